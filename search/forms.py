"""The index forms of words: what a document stores and a query asks for, the same on every engine."""

import re
from collections.abc import Callable
from functools import lru_cache

from search import arabic, stemming
from search.languages import LOCALES
from search.stopwords import STOP_WORDS, is_acronym, is_stop_word
from search.words import LONGEST, fold, spellings

LANGUAGES = LOCALES

_CACHED = 20_000  # words a language; natural text repeats far fewer
_CACHED_OF_ALL = len(LANGUAGES) * _CACHED
_ARABIC_WORD = re.compile(r"[ء-يٮ-ۓ]+")


class _Forms(dict[str, str]):
    """Spelling -> what `make` gives of it in one language, joined by spaces. Emptied when full: memory has a bound."""

    def __init__(self, language: str, make: Callable[[str, str], tuple[str, ...]]) -> None:
        super().__init__()
        self.language = language
        self.make = make
        self.room = _CACHED if language else _CACHED_OF_ALL

    def __missing__(self, spelling: str) -> str:
        joined = " ".join(self.make(spelling, self.language))
        if len(spelling) <= LONGEST:
            if len(self) >= self.room:
                self.clear()
            self[spelling] = joined
        return joined


def _forms(folded: str, language: str) -> tuple[str, ...]:
    if not folded:
        return ()
    if language not in LANGUAGES or is_stop_word(folded, language):
        return (folded,)
    if language == "ar":
        stems = arabic.stems(folded) if _ARABIC_WORD.fullmatch(folded) else ()
    else:
        stems = stemming.stems(folded, language) if folded.isascii() and folded.isalpha() else ()
    return (folded, *(f"{language}~{stem}" for stem in stems))


def _forms_of(spelling: str, language: str) -> tuple[str, ...]:
    return _forms(fold(spelling), language)


def _keys_of(spelling: str, language: str) -> tuple[str, ...]:
    folded = fold(spelling)
    if is_stop_word(folded, language) and not is_acronym(spelling):
        return ()
    every = _forms(folded, language)
    return every[1:] or every


_by_language = {language: _Forms(language, _forms_of) for language in (*LANGUAGES, "")}
_keys_by_language = {language: _Forms(language, _keys_of) for language in LANGUAGES}


def _table(language: str) -> _Forms:
    return _by_language.get(language, _by_language[""])


def forms(word: str, language: str) -> tuple[str, ...]:
    """The forms of one word in a text of `language`: folded, then its stems as "es~crianz".

    Stop words of the language, words in another script, and words of a language that is
    not one of the five have the folded form only; what folds to nothing has none.
    """
    return tuple(_table(language)[word].split())


@lru_cache(maxsize=4096)
def _query_forms(folded: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((language, _forms(folded, language)) for language in LANGUAGES)


def query_forms(word: str) -> dict[str, tuple[str, ...]]:
    """Language -> forms of a query word in it. It matches a word of a text when the two share a form."""
    return dict(_query_forms(fold(word)))


def tokens(text: str, language: str) -> str:
    """The forms of every word of `text`, joined by spaces."""
    table = _table(language)
    return " ".join(filter(None, map(table.__getitem__, spellings(text))))


def keys(text: str, language: str) -> str:
    """As few of the `tokens` of `text` as an index needs beside its `folded` words: of a word that has stems, only
    these; of a stop word of the language none, unless it is written as an acronym.

    A query word has its stems in all languages among its forms (`query_forms`), and stems follow from the folded
    word: where the folded words are equal, so are the stems in the language of the text. A query word that is a stop
    word of some language is to be looked for among the folded words too.
    """
    table = _keys_by_language.get(language, _by_language[""])
    return " ".join(filter(None, map(table.__getitem__, spellings(text))))


def stop_key(stop_word: str) -> str:
    """The key of a stop word in a title; no word has it. Not the word itself, which is the key of an acronym."""
    return f"~{stop_word}"


_stop_keys = {language: {word: stop_key(word) for word in words} for language, words in STOP_WORDS.items()}


def stop_keys(folded: str, language: str) -> str:
    """What a title stores beside its `keys`, of its `folded` words: a question of stop words ("No es no") is for the
    title that they are before texts that have them too."""
    return " ".join(filter(None, map(_stop_keys.get(language, {}).get, folded.split())))


def folded(text: str) -> str:
    """The folded words of `text`, stop words too, joined by spaces: for phrases and prefixes."""
    table = _by_language[""]
    return " ".join(filter(None, map(table.__getitem__, spellings(text))))
