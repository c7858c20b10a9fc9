"""How cells are read: each function takes text that is not empty and gives a value, or raises ValueError in words."""

import re
from collections.abc import Callable, Collection, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext

from resources.doi import bare_doi as bare_doi
from resources.models.terms import key_validator
from resources.partial_dates import check_partial_date as check_partial_date

URL_LENGTH = 800
LIST_SIGN = "|"
_check_url = URLValidator(schemes=["http", "https"])
_AGES = re.compile(r"(\d{1,2})-(\d{1,2})")


def text(limit: int = 0) -> Callable[[str], str]:
    """Any text, of `limit` characters at most (0: no limit)."""

    def read(cell: str) -> str:
        if limit and len(cell) > limit:
            counts = {"length": len(cell), "limit": limit}
            raise ValueError(gettext("%(length)d characters, at most %(limit)d fit.") % counts)
        if "\0" in cell:
            raise ValueError(gettext("the text holds a character that cannot be stored."))
        return cell

    return read


def key(limit: int) -> Callable[[str], str]:
    """The stable key of a term or record, of `limit` characters at most."""
    short = text(limit)

    def read(cell: str) -> str:
        try:
            key_validator(cell)
        except ValidationError:
            message = gettext("“%(value)s” is not a key: lower-case letters a to z, digits, hyphens and full stops.")
            raise ValueError(message % {"value": cell}) from None
        return short(cell)

    return read


def country_code(cell: str) -> str:
    """An ISO 3166-1 alpha-2 code in capital letters."""
    if not re.fullmatch(r"[A-Z]{2}", cell):
        raise ValueError(gettext("“%(value)s” is not a country code of two capital letters.") % {"value": cell})
    return cell


def whole_number(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", cell):
        raise ValueError(gettext("“%(value)s” is not a whole number.") % {"value": cell})
    return int(cell)


def year(cell: str) -> int:
    """A year from 1850 to 2100."""
    if not re.fullmatch(r"[0-9]{4}", cell) or not 1850 <= int(cell) <= 2100:
        raise ValueError(gettext("“%(value)s” is not a year from 1850 to 2100.") % {"value": cell})
    return int(cell)


def url(cell: str) -> str:
    """An address that begins with http:// or https://."""
    if len(cell) > URL_LENGTH:
        raise ValueError(gettext("the address is longer than %(limit)d characters.") % {"limit": URL_LENGTH})
    try:
        _check_url(cell)
    except ValidationError:
        raise ValueError(gettext("“%(value)s” is not a web address.") % {"value": cell}) from None
    return cell


def one_of(known: Collection[str]) -> Callable[[str], str]:
    """A value that `known` holds."""

    def read(cell: str) -> str:
        if cell not in known:
            raise ValueError(gettext("“%(value)s” is not known.") % {"value": cell})
        return cell

    return read


def mapped(values: Mapping[str, str]) -> Callable[[str], str]:
    """A value that `values` translates; "" where it says that there is none."""

    def read(cell: str) -> str:
        return values[one_of(values)(cell)]

    return read


def list_of(read_one: Callable[[str], object]) -> Callable[[str], tuple]:
    """Values separated by the sign |, each read by `read_one`; none twice."""

    def read(cell: str) -> tuple:
        parts = [part.strip() for part in cell.split(LIST_SIGN)]
        if not all(parts):
            raise ValueError(gettext("a value between two signs | is missing."))
        return tuple(dict.fromkeys(read_one(part) for part in parts))

    return read


def ages(cell: str) -> tuple[int, int]:
    """Two ages in years, such as 10-14."""
    found = _AGES.fullmatch(cell)
    if not found or int(found[1]) > int(found[2]):
        raise ValueError(gettext("“%(value)s” is not a span of ages such as 10-14.") % {"value": cell})
    return int(found[1]), int(found[2])


def yes(cell: str) -> bool:
    if cell != "yes":
        raise ValueError(gettext("“%(value)s” is neither “yes” nor empty.") % {"value": cell})
    return True


def yes_or_no(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(gettext("“%(value)s” is neither “yes” nor “no”.") % {"value": cell})
    return cell == "yes"
