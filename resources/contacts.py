"""Profiles of experts carry no e-mail address and no telephone number, whoever typed one into their text."""

import re

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_MESSENGER = r"(?:https?://)?(?:www\.)?(?:wa\.me|(?:\w+\.)?whatsapp\.com|t\.me|telegram\.me|signal\.me)/[^\s<>\"']*\w"
_AT_HOST = (
    r"(?:\s?(?:[@＠﹫]|[(\[](?:at|arroba|arobase)[)\]]|&#64;|%40)\s?[\w-]+(?:\.[\w-]+)+"
    r"|\s(?:at|arroba|arobase)\s(?!www\.)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b)"
)
# Addresses, or several in a row; looked for at the beginning of a word only, or a long one would take for ever.
_ADDRESS = re.compile(
    rf"(?<![\w.+-])(?:[\w.+-]+{_AT_HOST})+|(?<![\w./-]){_MESSENGER}",
    re.IGNORECASE,
)
_GAP = r"(?:\s?-\s?|[\s.])"
_YEAR = r"(?:[1١][9٩]|[2٢][0٠])\d\d"
_STAYS = "|".join(
    (
        r"(?:ISBN|ISSN|ORCID|PMID):?\s[\dX-]+",
        rf"{_YEAR}(?:{_GAP}{_YEAR})+",
        rf"{_YEAR}{_GAP}\d\d{_GAP}\d\d|\d\d{_GAP}\d\d{_GAP}{_YEAR}|{_YEAR}[01]\d[0-3]\d",  # dates
        r"\d\d?00-[1-9]\d00|\d{4,5}000",  # about so many, or from so many to so many
    )
)
# Seven or eight digits as they are written in a country, in groups or without; thousands are in other groups.
_LOCAL = (
    rf"(?:(?:\d\)?{_GAP})?\d\d\d\d?{_GAP}\d\d{_GAP}?\d\d|\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}?\d\d|\d{{7,8}})"
    r"(?!\w|[.,]\d|-\w)"
)
_NUMBER = re.compile(
    r"(?:(?<![\w/.-])|(?<=\b[tc]el\.))\(?"
    rf"(?:(?P<stays>(?:{_STAYS})(?!\w|[.,-]\d))"
    r"|(?:\+|00)[\s(]?\d(?:[\s().-]{0,2}\d){6,14}"
    r"|\d(?:[\s().-]{0,2}\d){8,14}"
    rf"|{_LOCAL}(?:/{_LOCAL})*)",
    re.IGNORECASE,
)
# The attributes of a link, and what is between its tags. No possessive quantifier: before Python 3.11.5 one with a
# negative look-ahead runs too far, and the links of a profile stayed (github.com/python/cpython/issues/100061).
_LINK = re.compile(r"<a\b([^<>]*)>((?:(?!</?a\b).)*)</a>", re.IGNORECASE | re.DOTALL)
_TO_CONTACT = re.compile(rf"href=[\"']?\s*(?:(?:mailto|tel|sms|callto|whatsapp):|{_MESSENGER})", re.IGNORECASE)
_TAG = re.compile(r"(<[^<>]*>)")


def without_contacts(text: str, mark: str | None = None) -> str:
    """`text`, plain or HTML, with e-mail addresses and telephone numbers replaced by `mark`; links to them go."""
    is_html = isinstance(text, SafeString)
    if is_html:
        text = _LINK.sub(lambda found: found[2] if _TO_CONTACT.search(found[1]) else found[0], str(text))
    mark = _("[contact removed]") if mark is None else mark
    pieces = _TAG.split(text) if is_html else [text]
    cleaned = "".join(piece if number % 2 else _replace(piece, mark) for number, piece in enumerate(pieces))
    # It was safe HTML before; only text without markup was taken out of it and put into it.
    return SafeString(cleaned) if is_html else cleaned


def leads_to_contact(address: str) -> bool:
    """Whether this web address is that of a person's mailbox or messenger."""
    return bool(_ADDRESS.search(address))


def _replace(text: str, mark: str) -> str:
    return _NUMBER.sub(lambda found: found[0] if found["stays"] else mark, _ADDRESS.sub(mark, text))
