"""Prints the text of one PDF or Word file. Started as a process of its own, so that a hostile file harms only that.

    python extract_text.py FILE MEGABYTES SECONDS CHARACTERS

Exit codes: 0 done, 3 broken, 4 protected by a password, 5 out of memory or time; and 1, Python's own, where the file
is broken in a way that nobody has thought of.
"""

import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

BROKEN, PROTECTED, TOO_SLOW = 3, 4, 5
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def pdf_text(path: str) -> Iterator[str]:
    """The text of each page."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            sys.exit(PROTECTED)
        for page in reader.pages:
            yield page.extract_text()
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, OSError) as error:
        # pypdf meets damage in many ways of its own and of Python's.
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.exit(BROKEN)


def word_text(path: str) -> Iterator[str]:
    """The paragraphs wherever they stand, in tables too, then those of headers and footers."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        if _is_protected(path):
            sys.exit(PROTECTED)
        document = Document(path)
        around = {
            relation.target_part: None
            for relation in document.part.rels.values()
            if relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        }
        for part in (document.element.body, *(part.element for part in around)):
            # What is drawn anew for older programs stands there twice.
            for paragraph in part.xpath(".//w:p[not(ancestor::*[local-name() = 'Fallback'])]"):
                yield paragraph.text
    except (PackageNotFoundError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.exit(BROKEN)


def _is_protected(path: str) -> bool:
    """Whether the file is locked: as Office does it, in a container of another kind, or as ZIP programs do."""
    content = Path(path).read_bytes()
    if content.startswith(_OLE):
        return "EncryptedPackage".encode("utf-16-le") in content
    with zipfile.ZipFile(path) as archive:
        return any(part.flag_bits & 1 for part in archive.infolist())


def main(path: str, megabytes: int, seconds: int, characters: int) -> None:
    """Print at most `characters` of the file's text; leave with a code of this module where that fails."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    parts = pdf_text(path) if path.lower().endswith(".pdf") else word_text(path)
    try:
        for part in parts:
            text = part[:characters]
            characters -= len(text)
            sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
            if characters <= 0:
                return
    except (MemoryError, RecursionError):
        sys.exit(TOO_SLOW)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
