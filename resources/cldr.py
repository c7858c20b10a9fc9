"""Names of countries, regions and languages from the Unicode CLDR (by Babel), and how names sort in a language."""

import re
from functools import lru_cache

from babel import Locale

from search.languages import LOCALES

_COUNTRY = re.compile(r"[A-Z]{2}")
_NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # groups of countries, what tests use, and the unknown


@lru_cache(maxsize=len(LOCALES) + 1)
def _locale(code: str) -> Locale:
    base = code.split("-")[0]
    return Locale(base if base in LOCALES else "es")


@lru_cache(maxsize=1)
def _latin_american_spanish() -> Locale:
    return Locale("es", "419")


def territory(code: str, locale: str) -> str:
    """Name in `locale` of an ISO 3166-1 alpha-2 country or UN M49 region; the code where CLDR has none."""
    names = _locale(locale)
    if names.language == "es" and code.isalpha():  # regions have worse names there: "África del Sur"
        names = _latin_american_spanish()
    return names.territories.get(code, code)


def is_country(code: str) -> bool:
    """Whether CLDR has a country or territory with this code of ISO 3166-1 alpha-2."""
    return bool(_COUNTRY.fullmatch(code)) and code not in _NO_COUNTRIES and code in _locale(LOCALES[0]).territories


def is_region(code: str) -> bool:
    """Whether CLDR has a region with this code of UN M49."""
    return code.isdecimal() and code in _locale(LOCALES[0]).territories


def language(code: str, locale: str) -> str:
    """Name in `locale` of an ISO 639 language; "" where CLDR has none."""
    return _locale(locale).languages.get(code, "")
