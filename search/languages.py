"""The five languages of interface and description, and the order in which they stand in for each other."""

import os
import re

LOCALES = ("es", "en", "fr", "pt", "ar")

# A work without a page in the reader's language is shown in the first of these that exists.
FALLBACK_ORDER = {
    "es": ("es", "pt", "en", "fr", "ar"),
    "pt": ("pt", "es", "en", "fr", "ar"),
    "fr": ("fr", "en", "es", "pt", "ar"),
    "en": ("en", "es", "fr", "pt", "ar"),
    "ar": ("ar", "en", "fr", "es", "pt"),
}

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ku", "dv", "sd", "ug", "yi"})


def direction(code: str) -> str:
    """Either "rtl" or "ltr" for a BCP 47 language code; unknown codes are "ltr"."""
    return "rtl" if code.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def standing_alone(name: str) -> str:
    """The name of a language, small in a sentence of most languages, as it stands alone in a list."""
    return name[:1].upper() + name[1:]


def best_locale(available, reader: str) -> str:
    """The locale of `available` (a non-empty collection) in which a reader of `reader` is shown a work."""
    order = FALLBACK_ORDER.get(reader, LOCALES)
    for code in order:
        if code in available:
            return code
    return min(available)


def operator_language() -> str:
    """The language of the terminal, by the variables that every program follows; English where the hub lacks it."""
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = re.split(r"[_.@-]", next(filter(None, variables), ""))[0]
    return code if code in LOCALES else "en"
