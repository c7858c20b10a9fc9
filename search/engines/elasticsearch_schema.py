"""How a document lies in an index of Elasticsearch.

There are rows of works and rows of terms (embedded_schema.py says why). Fields of terms:
    term                             the id
    term_words, term_folded          as words and folded of works, not scored
    title, words                     NO_WORD (relevance.py), as on the other engine

Fields of works:
    work                             true
    title                            keys of the words of all titles (analysis.keys, analysis.stop_keys), scored
    words                            those of all texts, scored; words of the summary twice
    terms                            ids of the terms, and NO_WORD: so each is weighed against all works
    title_starts                     the first letters of the words of all titles
    folded                           folded words in order: phrases, prefixes, spellings
    facets, organisations            facet values (fields.facet_values)
    years, last_day                  numbers for ranges
    added, year, order, start, start_down  numbers to sort by
    id_head, title_*_0, title_*_1, ...  the first letters of the id, and of the title, as numbers to sort by
    id                               of the work
    fingerprint                      of the document as it was stored
    stored                           what a hit shows: JSON that the server keeps and does not read

Texts arrive as tokens, split on white space: the analysis is ours (search/analysis.py), the same as on the other
engine. The source of a row is not kept: everything a hit needs is in `stored`, and an index is only ever built from
the database.
"""

from base64 import b64encode
from hashlib import blake2b
from typing import Any

from search import storage
from search.documents import Document, Term
from search.engines import fields
from search.engines.relevance import NO_WORD, WEIGHTS
from search.languages import LOCALES
from search.version import analysis_version

# Raise the number with every change of what is written: an index of another version asks to be rebuilt.
VERSION = f"11-{analysis_version()}"

NEVER = 0  # the day of works without one
LAST_DAY = 4_000_000  # later than every day that can be told, 9999-12-31 being 3,652,059
LONGEST_KEY = 500  # bytes of an id; Elasticsearch takes 512

SETTINGS: dict[str, Any] = {
    # One shard: scores and orders are those of one index, and a million works are some gigabytes.
    "number_of_shards": 1,
    "number_of_replicas": 0,
    # A term counts by its rarity alone: a row without lengths is taken for one word, far below the average otherwise.
    "similarity": {"rarity": {"type": "BM25", "b": 0}},
    # Whoever writes refreshes: what is published is visible at once, and nothing is refreshed in vain.
    "refresh_interval": "-1",
    # A page is found with all works around it that stand at the same numbers (elasticsearch_order.py), however many.
    "max_result_window": 2**31 - 1,
    # A day in which a deletion is remembered: a change that is older than it does not bring the work back.
    "gc_deletes": "1d",
}
# A copy on another node where there is one; made when the index is whole, which is cheaper than indexing twice.
READY: dict[str, Any] = {"auto_expand_replicas": "0-1"}

_TEXT = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
_SCORED = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
_VALUES = {"type": "keyword", "eager_global_ordinals": True}
_NUMBER = {"type": "long"}
_COLUMN = {"type": "keyword", "index": False}
_NUMERIC_COLUMN = {"type": "long", "index": False}
_NO_WORDS = dict.fromkeys(WEIGHTS, NO_WORD)


def mapping() -> dict[str, Any]:
    """The mapping of a new index: nothing that it does not name is taken."""
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "properties": {
            **dict.fromkeys(WEIGHTS, _SCORED),
            **dict.fromkeys(("title_starts", "term_words"), _TEXT),
            "terms": _TEXT | {"similarity": "rarity"},
            **dict.fromkeys(("folded", "term_folded"), _TEXT | {"index_options": "positions"}),
            "work": {"type": "boolean", "doc_values": False},
            "term": _COLUMN | {"eager_global_ordinals": True},
            **dict.fromkeys(fields.FACET_FIELDS, _VALUES),
            **dict.fromkeys(("years", "last_day"), _NUMBER),
            **dict.fromkeys(("added", "year", "order", "start", "start_down", "id_head"), _NUMERIC_COLUMN),
            **{column: _NUMERIC_COLUMN for locale in LOCALES for column in fields.TITLE_COLUMNS[locale]},
            "id": _COLUMN,
            "fingerprint": _COLUMN,
            "stored": {"type": "binary", "store": True},
        },
    }  # fmt: skip


def key(id: str) -> str:
    """What the server calls the work `id`."""
    id = fields.clean(id)
    encoded = id.encode()
    return id if len(encoded) <= LONGEST_KEY else blake2b(encoded).hexdigest()


def row(document: Document) -> bytes:
    """`document` as the server takes it: one line of JSON."""
    tokens, shown = fields.tokens(document), storage.dump(document)
    id = fields.clean(document.id)
    first, last = fields.first_day(document), fields.last_day(document)
    start = first.toordinal() if first else NEVER
    data: dict[str, Any] = {
        "work": True,
        "title": tokens.title,
        "words": tokens.words,
        "terms": f"{NO_WORD} {fields.term_ids(document)}",
        "title_starts": tokens.title_starts,
        "folded": tokens.folded,
        "years": document.years,
        "added": fields.microseconds(document),
        "year": max(document.years, default=0),
        "order": document.order,
        "start": start,
        "start_down": LAST_DAY - start,
        "id": id,
        "id_head": fields.heads(id)[0],
        "fingerprint": storage.fingerprint(document, shown),
        "stored": b64encode(shown).decode(),
    }
    if last:
        data["last_day"] = last.toordinal()
    data |= fields.facet_values(document)
    data |= fields.title_heads(fields.title_keys(document, tokens.title_words))
    return storage.to_json(data)


def term_key(term: Term) -> str:
    """What the server calls the row of `term`. Works are called by UUIDs."""
    return f"term {term.id}"


def term_row(term: Term) -> bytes:
    """`term` as the server takes it: one line of JSON."""
    tokens = fields.term_tokens(term)
    return storage.to_json(
        {
            **_NO_WORDS,
            "term": term.id,
            "term_words": tokens.words,
            "term_folded": tokens.folded,
        }
    )
