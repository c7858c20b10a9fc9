"""Which analysis an index was made with: tokens of another one would not be found."""

import hashlib
import unicodedata
from functools import cache
from pathlib import Path

import Stemmer

# Everything that decides which tokens a text becomes.
_PARTS = (
    "arabic.py",
    "arabic_tables.py",
    "collation.py",
    "forms.py",
    "languages.py",
    "stemming.py",
    "stopwords.py",
    "texts.py",
    "word_tables.py",
    "words.py",
)


@cache
def analysis_version() -> str:
    """A short digest that changes with the analysis, by itself: nobody has to remember to raise a number."""
    libraries = f"{Stemmer.version()} {unicodedata.unidata_version}"
    digest = hashlib.blake2b(libraries.encode(), digest_size=6)
    for part in _PARTS:
        digest.update((Path(__file__).parent / part).read_bytes())
    return digest.hexdigest()
