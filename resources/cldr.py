"""Names of countries, regions and languages from the Unicode CLDR (by Babel), and how names sort in a language."""

from functools import lru_cache

from babel import Locale

from search.languages import LOCALES


@lru_cache(maxsize=len(LOCALES) + 1)
def _locale(code: str) -> Locale:
    base = code.split("-")[0]
    return Locale(base if base in LOCALES else "es")


def territory(code: str, locale: str) -> str:
    """Name in `locale` of an ISO 3166-1 alpha-2 country or UN M49 region; the code where CLDR has none."""
    return _locale(locale).territories.get(code, code)


def language(code: str, locale: str) -> str:
    """Name in `locale` of an ISO 639 language; "" where CLDR has none."""
    return _locale(locale).languages.get(code, "")
