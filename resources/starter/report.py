"""What a load did: how many of each kind were created, left alone, kept as draft or left out, and why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

CREATED, ALONE, DRAFT, OUT = "created", "left alone", "draft", "left out"

# Why a thing was left out when an editor took it away after an earlier load.
REMOVED = _("removed by an editor, left out")

NAMES = {
    "vocabularies": _("Vocabulary terms"),
    "pages": _("Pages of the site"),
    "strategies": _("Strategies"),
    "strategies_translations": _("Strategies, translations"),
    "programmes": _("Programmes"),
    "ratings": _("Ratings, on their programmes"),
    "evaluations": _("Evaluations"),
    "evaluation_outcomes": _("Outcomes, on their evaluations"),
    "publications": _("Publications"),
    "editions": _("Editions, on their publications"),
    "practices": _("Practices"),
    "trainings": _("Trainings"),
    "sessions": _("Sessions, on their trainings"),
    "countries": _("Countries"),
    "countries_translations": _("Countries, translations"),
    "experts": _("Example experts"),
    "experts_translations": _("Example experts, translations"),
    "helplines": _("Helplines"),
}


@dataclass
class Report:
    """`counts` by kind and what became of it; `notes` say why, by kind and reason, of which."""

    counts: dict[str, Counter] = field(default_factory=dict)
    notes: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, kind: str, what: str, name: str = "", reason: str = "", number: int = 1) -> None:
        self.counts.setdefault(kind, Counter())[what] += number
        if reason:
            self.notes.setdefault((kind, str(reason)), []).append(name)

    def number(self, kind: str, what: str) -> int:
        return self.counts.get(kind, Counter())[what]

    def lines(self) -> Iterator[str]:
        """The summary, a line a kind, then a line for each reason."""
        for kind, counts in self.counts.items():
            parts = [phrase for what in (CREATED, ALONE, DRAFT, OUT) if (phrase := _phrase(what, counts[what]))]
            yield gettext("%(kind)s: %(counts)s") % {"kind": NAMES[kind], "counts": ", ".join(parts) or "0"}
        for (kind, reason), names in self.notes.items():
            shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
            values = {"kind": NAMES[kind], "reason": reason, "names": shown, "number": len(names)}
            yield gettext("  %(kind)s, %(reason)s (%(number)d): %(names)s") % values


def _phrase(what: str, number: int) -> str:
    if not number:
        return ""
    phrases = {
        CREATED: ngettext("%(number)d created", "%(number)d created", number),
        ALONE: ngettext("%(number)d left alone", "%(number)d left alone", number),
        DRAFT: ngettext("%(number)d kept as draft", "%(number)d kept as drafts", number),
        OUT: ngettext("%(number)d left out", "%(number)d left out", number),
    }
    return phrases[what] % {"number": number}
