"""One stylesheet for readers, one file a component for us: static files "find" css/site.css, made from the others."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

NAME = "css/site.css"
SOURCE = Path(__file__).resolve().parent / "static" / "css"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\s*\n\s*")


def stylesheet() -> str:
    """All style sheets in one: measures and colours, elements, then components by name; no comments, one line each."""
    files = [SOURCE / "tokens.css", SOURCE / "base.css", *sorted((SOURCE / "components").glob("*.css"))]
    return "\n".join(_INDENT.sub("", _COMMENT.sub("", file.read_text(encoding="utf-8"))) for file in files) + "\n"


class StylesheetFinder(BaseFinder):
    """Lets collectstatic and the development server serve the one stylesheet as a file like any other."""

    def check(self, **kwargs) -> list:
        return []

    def list(self, ignore_patterns) -> Iterator[tuple[str, Storage]]:
        """The stylesheet, for collectstatic."""
        yield NAME, FileSystemStorage(location=self._write())

    def find(self, path: str, find_all: bool = False, **kwargs):
        """The path of the stylesheet where `path` asks for it, else nothing, as static file finders do."""
        found = [str(self._write() / NAME)] if path == NAME else []
        return found if find_all else (found or [[]])[0]

    @staticmethod
    def _write() -> Path:
        folder = Path(settings.HUB_DATA) / "stylesheet"
        file = folder / NAME
        text = stylesheet()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return folder
