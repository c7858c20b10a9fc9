"""How a document lies in an index of tantivy, and how a question is put to it.

There are rows of works and rows of terms. The words of a term stand in its own row, once, and works name it by its
id: a work has seven hundred words of names and synonyms, and a few dozen terms.

Fields of both:
    kind                             "work" or "term"

Fields of terms:
    term                             the id as a number: a column, and how the row is found
    term_words, term_folded          as words and folded of works, not scored
    title, words                     NO_WORD (relevance.py)

Fields of works:
    title                            keys of the words of all titles (analysis.keys, analysis.stop_keys), scored
    words                            those of all texts, scored; words of the summary twice
    terms                            ids of the terms
    title_starts                     the first letters of the words of all titles
    folded                           folded words in order: phrases, prefixes, the dictionary of spellings
    facets, organisations            facet values (fields.facet_values): posting lists, of which one walk counts all,
                                     and a column, fast where few works match
    year, last_day, added            numbers for ranges and orders
    id_head                          the first letters of the id as a number: the order of works added at one time
    title_*_0, title_*_1, ...        the first letters of the title, those after them, ...: the order by title
    recency                          weighs on a score so lightly that it only decides between equal ones
    by_*                             numbers to sort by
    stored                           what a hit shows, as JSON
"""

import tantivy

from search import storage
from search.documents import Document, Term
from search.engines import fields
from search.engines.relevance import NO_WORD, WEIGHTS
from search.languages import LOCALES
from search.version import analysis_version

# Raise the number with every change of what is written: an index of another version asks to be rebuilt.
VERSION = f"13.{analysis_version()}"

WORK, TERM = "work", "term"

NEVER = 9_999_999  # the day of works without one, in keys to sort by
# A score is multiplied with log2(2 + recency): fifty years make a difference of 0.15 %, one day one that can be told.
RECENCY_OF_FIFTY_YEARS = 0.002
FIFTY_YEARS = 50 * 365 * 86_400 * 1_000_000  # microseconds


NUMBERS = (
    "added",
    "id_head",
    "by_year",
    "by_start",
    "by_order",
    *(name for locale in LOCALES for name in fields.TITLE_COLUMNS[locale]),
)
_NO_WORDS = dict.fromkeys(WEIGHTS, NO_WORD)
# A column that every row has is read faster.
_NO_NUMBERS: dict[str, object] = {**dict.fromkeys(NUMBERS, 0), "recency": 0.0}


def schema() -> tantivy.Schema:
    """The schema of a new index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("term", fast=True, indexed=True)
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("fingerprint", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="tokens", index_option="freq")
    for name in ("title_starts", "terms", "term_words"):
        builder.add_text_field(name, tokenizer_name="tokens", index_option="basic")
    for name in ("folded", "term_folded"):
        builder.add_text_field(name, tokenizer_name="tokens", index_option="position")
    for name in fields.FACET_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("year", "last_day"):
        builder.add_integer_field(name, fast=True, indexed=True)
    for name in NUMBERS:
        builder.add_integer_field(name, fast=True)
    builder.add_float_field("recency", fast=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """They are not kept in the index: call this whenever one is opened."""
    build = tantivy.TextAnalyzerBuilder
    index.register_tokenizer("tokens", build(tantivy.Tokenizer.whitespace()).build())


def row(document: Document, schema: tantivy.Schema) -> tantivy.Document:
    """`document` as the index stores it."""
    tokens, shown = fields.tokens(document), storage.dump(document)
    id, added = fields.clean(document.id), fields.microseconds(document)
    first, last = fields.first_day(document), fields.last_day(document)
    stored: dict[str, object] = {
        "kind": WORK,
        "title": tokens.title,
        "words": tokens.words,
        "terms": fields.term_ids(document),
        "title_starts": tokens.title_starts,
        "folded": tokens.folded,
        "id": id,
        "fingerprint": f"{id} {storage.fingerprint(document, shown)}",
        "stored": shown,
        "year": list(set(document.years)),
        "added": added,
        "id_head": fields.heads(id)[0],
        "recency": max(added, 0) / FIFTY_YEARS * RECENCY_OF_FIFTY_YEARS,
        "by_year": max(document.years, default=0) * 10**12 + added // 10**6,
        "by_start": first.toordinal() if first else NEVER,
        "by_order": document.order,
        **fields.facet_values(document),
        **fields.title_heads(fields.title_keys(document, tokens.title_words)),
    }
    if last:
        stored["last_day"] = last.toordinal()
    return tantivy.Document.from_dict(stored, schema)


def term_row(term: Term, schema: tantivy.Schema) -> tantivy.Document:
    """`term` as the index stores it."""
    tokens = fields.term_tokens(term)
    stored: dict[str, object] = {
        "kind": TERM,
        "term": int(term.id, 16),
        "term_words": tokens.words,
        "term_folded": tokens.folded,
        **_NO_WORDS,
        **_NO_NUMBERS,
    }
    return tantivy.Document.from_dict(stored, schema)
