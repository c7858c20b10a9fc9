"""Profiles of experts carry no e-mail address and no telephone number, whoever typed one into their text."""

import re

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_ADDRESS = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|&#64;|%40)\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# A plus sign and 7 digits or more, or 9 digits or more: separators between them, never a span of years or a date.
_NUMBER = re.compile(
    r"(?<![\w/.-])(?:\+|00)[\s(]?\d(?:[\s().-]{0,2}\d){6,14}|(?<![\w/.-])\(?\d(?:[\s().-]{0,2}\d){8,14}"
)
_LINK = re.compile(
    r"<a\b[^>]*href=[\"']?\s*(?:mailto|tel|sms|callto|whatsapp):[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"(<[^>]*>)")


def without_contacts(text: str) -> str:
    """`text`, plain or HTML, with e-mail addresses and telephone numbers replaced by a plain mark; links to them go."""
    is_html = isinstance(text, SafeString)
    if is_html:
        text = _LINK.sub(r"\1", str(text))
    mark = _("[contact removed]")
    pieces = _TAG.split(text) if is_html else [text]
    cleaned = "".join(piece if piece.startswith("<") and is_html else _replace(piece, mark) for piece in pieces)
    # It was safe HTML before; only text without markup was taken out of it and put into it.
    return SafeString(cleaned) if is_html else cleaned


def _replace(text: str, mark: str) -> str:
    return _NUMBER.sub(mark, _ADDRESS.sub(mark, text))
