"""Names of languages, and lists, as the language of a reader writes them."""

from collections.abc import Iterable

from babel import Locale


def language_name(code: str, locale: str) -> str:
    """CLDR name of the language `code` in `locale`, as it stands in a sentence."""
    return Locale(locale).languages[code]


def listing(texts: Iterable[str], locale: str) -> str:
    """The texts one after the other with the comma of the language."""
    return ("، " if locale == "ar" else ", ").join(texts)
