"""A progress bar for commands that take more than a moment."""

import time
from typing import TextIO

from django.utils.translation import gettext as _

WIDTH = 30  # of the bar, in characters
INTERVAL = 0.1  # seconds between two drawings


class ProgressBar:
    """On a terminal one line that grows, with the time that is left; elsewhere (a log) one line at the end.

    `total` counts steps, 0 where there is nothing to do.
    """

    def __init__(self, total: int, label: str, stream: TextIO) -> None:
        self.total = total
        self.label = label
        self.stream = stream
        self.done = 0
        self._began = time.monotonic()
        self._drawn = 0.0
        self._on_terminal = stream.isatty()

    def advance(self, steps: int = 1) -> None:
        """`steps` more are done."""
        self.reach(self.done + steps)

    def reach(self, done: int) -> None:
        """`done` steps are done in all."""
        self.done = done
        now = time.monotonic()
        if self._on_terminal and (now - self._drawn >= INTERVAL or done >= self.total):
            self._drawn = now
            self._draw(now)

    def close(self) -> None:
        """End the line. Call it once, also where not all steps were done; where none of some was, nothing is told."""
        if self.total and not self.done:
            return
        now = time.monotonic()
        if self._on_terminal:
            self._draw(now)
            self._write("\n")
        else:
            told = _("%(label)s: %(done)s of %(total)s in %(seconds)s s") % self._told(now)
            self._write(f"{told}\n")

    def _draw(self, now: float) -> None:
        filled = WIDTH * min(self.done, self.total) // self.total if self.total else WIDTH
        told = _("%(label)s: %(done)s of %(total)s, %(left)s s left") % self._told(now)
        self._write(f"\r[{'█' * filled}{'·' * (WIDTH - filled)}] {told}\x1b[K")

    def _told(self, now: float) -> dict[str, object]:
        spent = now - self._began
        left = spent / self.done * max(self.total - self.done, 0) if self.done else 0
        return {
            "label": self.label,
            "done": self.done,
            "total": self.total,
            "left": round(left),
            "seconds": f"{spent:.1f}",
        }

    def _write(self, text: str) -> None:
        # Not write(): that of a management command's streams adds colour and a line's end.
        self.stream.writelines((text,))
        self.stream.flush()
