"""How much a match counts, the same on every engine: a title more than names of terms, these more than other texts.

An engine scores each form of a word (BM25) by how few works have this form in one field. The forms of a word in five
languages are one word, though: where few titles are French, "fr~violenc" is rare and violence is not, and a work that
has only the commonest of the words in a French title would stand before all that is about the question. So a form
counts by how many works have the word in any form.
"""

from math import log

# A word that no text has. It stands where a row would have no word in a field that is scored: engines differ in whether
# such a row is one of those by whose number and average length they weigh.
NO_WORD = "~"

WEIGHTS = {"title": 8.0, "words": 1.0}
TITLE_STOP_WEIGHT = 4.0  # of a stop word in a title: less than of an acronym that is folded to it
KEYWORD_WEIGHT = 3.0
PAIR_WEIGHT = 3.0  # of a term that has two words of the question, beside that of each of them
MOST_WEIGHED = 30  # terms; where a word is in the names of more, none of them tells much
TITLE_START_WEIGHT = 3.0
START_WEIGHT = 0.1
AS_TYPED = 0.5  # weight of the very word that was typed, beside that of its stems
OWN_LANGUAGE = 1.5  # weight of a stem in the reader's language
LEAST = 0.1  # idf that a score is divided by: that of a form which nearly all rows have is next to nothing


def rarity(works: int, having: int) -> float:
    """How much is told by what `having` of `works` works have: from 0.7 for all of them to 12 for one of 100,000."""
    return log(1 + works / max(1, min(works, having)))


def boost(works: int, with_word: int, rows: int, with_form: int) -> float:
    """What the score of a form is to be multiplied with where `with_word` of `works` works have its word in any form;
    the engine takes it for one that `with_form` of `rows` rows have (idf of BM25 in Lucene and tantivy)."""
    return rarity(works, with_word) / max(LEAST, idf(rows, with_form))


def idf(rows: int, having: int) -> float:
    """What an engine takes for the rarity of a token that `having` of `rows` rows have: BM25 in Lucene and tantivy."""
    return log(1 + (rows - having + 0.5) / (having + 0.5))
