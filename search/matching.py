"""What a typed text asks of a work, the same on every engine.

A work matches when it has every word and every phrase of the text, and nothing of what it
excludes. It has a word when one of its texts has a word with the same folded form or, in
the language of the text, the same stem. It has a phrase when one of its texts has the
folded words of the phrase in a row. The last word, while it is being typed, is also met by
the words that begin with it. A text of which no word is left (only symbols) matches nothing.
"""

from dataclasses import dataclass

from search import analysis


@dataclass(frozen=True, slots=True)
class Word:
    """`forms` are tokens of search.analysis, any of which will do; so does a word that begins with `prefix`, if any."""

    folded: str
    forms: frozenset[str]
    prefix: str = ""

    @property
    def may_be_left_out(self) -> bool:
        """Whether it is a stop word in some texts, of which it is no key (analysis.keys): it has to be looked for
        among their folded words too."""
        return analysis.is_somewhere_a_stop_word(self.folded)

    @property
    def stop_key(self) -> str:
        """Its key in the titles of which it is a stop word, empty where it is none."""
        return analysis.stop_key(self.folded) if self.may_be_left_out else ""


@dataclass(frozen=True, slots=True)
class Expression:
    """A typed text, taken apart. Phrases are folded words in order."""

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded_words: tuple[Word, ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    matches_nothing: bool = False

    @property
    def is_scored(self) -> bool:
        """Whether some matches can be better than others."""
        return bool(self.words or self.phrases)


def read(text: str) -> Expression:
    """The expression of any string at all."""
    parsed = analysis.parse(text)
    return Expression(
        words=tuple(word_of(word, word if word == parsed.prefix else "") for word in parsed.words),
        phrases=parsed.phrases,
        excluded_words=tuple(word_of(word) for word in parsed.excluded),
        excluded_phrases=parsed.excluded_phrases,
        matches_nothing=parsed.is_empty and bool(text.strip()),
    )


def word_of(folded: str, prefix: str = "") -> Word:
    """The word in all its forms."""
    forms = (form for of_language in analysis.query_forms(folded).values() for form in of_language)
    return Word(folded, frozenset(forms), prefix)
