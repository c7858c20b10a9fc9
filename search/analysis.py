"""Text analysis: the one way in which documents, queries and highlights see words, on every engine.

A text becomes words (search/words.py), each word its forms (search/forms.py): the folded
word and its stems, by Snowball with rules of our own (search/stemming.py) and for Arabic by
Light10 (search/arabic.py). What a reader types is taken apart in search/parsing.py, what
matched is marked in search/highlight.py. This module is the interface; the others are its parts.
"""

from search.forms import LANGUAGES, folded, forms, keys, query_forms, stop_key, stop_keys, tokens
from search.highlight import MARK, highlight, snippet
from search.parsing import ParsedQuery, parse
from search.stopwords import is_somewhere_a_stop_word, is_stop_word
from search.words import Word, fold, words

__all__ = [
    "LANGUAGES",
    "MARK",
    "ParsedQuery",
    "Word",
    "fold",
    "folded",
    "forms",
    "highlight",
    "is_somewhere_a_stop_word",
    "is_stop_word",
    "keys",
    "parse",
    "query_forms",
    "snippet",
    "stop_key",
    "stop_keys",
    "tokens",
    "words",
]
