"""Names of languages, lists and years, as the language of a reader writes them."""

from collections.abc import Iterable

from babel import Locale
from django.utils.translation import gettext as _

from search import years


def language_name(code: str, locale: str) -> str:
    """CLDR name of the language `code` in `locale`, as it stands in a sentence."""
    return Locale(locale).languages[code]


def listing(texts: Iterable[str], locale: str) -> str:
    """The texts one after the other with the comma of the language."""
    return comma(locale).join(texts)


def comma(locale: str) -> str:
    """What stands between the parts of a list."""
    return "، " if locale == "ar" else ", "


def label_of_years(value: str) -> str:
    """A year or range as a reader reads it."""
    meant = years.read(value)
    if meant is None:
        return value
    if meant.first == meant.last:
        return str(meant.first)
    if meant.last is None:
        return _("from %(year)s") % {"year": meant.first}
    if meant.first is None:
        return _("until %(year)s") % {"year": meant.last}
    return _("%(first)s–%(last)s") % {"first": meant.first, "last": meant.last}
