"""How a document lies in an index of tantivy, and how a question is put to it.

Fields:
    title, keywords, summary, body   keys of the words (analysis.keys) in all languages, scored
    all                              the same keys once, not scored: what counting asks
    starts, title_starts             the first two to four letters of every word: prefixes without a scan
    folded                           folded words in order: phrases, long prefixes, the dictionary of spellings
    facets                           all facet values, as "facet=value": posting lists, one walk counts them all
    column_*                         the values of one facet: a column, fast where few works match
    year, last_day, added            numbers for ranges and orders
    id_head                          the first letters of the id as a number: the order of works added at one time
    recency                          weighs on a score so lightly that it only decides between equal ones
    by_*                             keys to sort by
    stored                           what a hit shows, as JSON
"""

from collections.abc import Iterable

import tantivy

from search import collation, storage, texts
from search.documents import Document, fingerprint
from search.facets import FACETS
from search.languages import LOCALES, best_locale
from search.version import analysis_version

# Raise the number with every change of what is written: an index of another version asks to be rebuilt.
VERSION = f"3.{analysis_version()}"

COLUMNS = tuple(facet for facet in FACETS if facet != "when")
WEIGHTS = {"title": 8.0, "keywords": 3.0, "summary": 1.5, "body": 1.0}
TITLE_START_WEIGHT = 3.0
START_WEIGHT = 0.1
LONGEST_START = texts.STARTS[-1]
BORDER = "|"  # between texts, so that no phrase runs from one into the next; no word contains it
ID_HEAD = 7  # bytes, which a signed number of 64 bits can hold in order
NEVER = 9_999_999  # the day of works without one, in keys to sort by
# A score is multiplied with log2(2 + recency): fifty years make a difference of 0.15 %, one day one that can be told.
RECENCY_OF_FIFTY_YEARS = 0.002
FIFTY_YEARS = 50 * 365 * 86_400 * 1_000_000  # microseconds


def schema() -> tantivy.Schema:
    """The schema of a new index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("fingerprint", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="tokens", index_option="freq")
    for name in ("all", "starts", "title_starts"):
        builder.add_text_field(name, tokenizer_name="tokens", index_option="basic")
    builder.add_text_field("folded", tokenizer_name="tokens", index_option="position")
    builder.add_text_field("facets", tokenizer_name="raw", index_option="basic")
    for facet in COLUMNS:
        builder.add_text_field(f"column_{facet}", fast=True, tokenizer_name="column", index_option="basic")
    for name in ("year", "last_day"):
        builder.add_integer_field(name, fast=True, indexed=True)
    for name in ("added", "id_head", "by_year", "by_start"):
        builder.add_integer_field(name, fast=True)
    builder.add_float_field("recency", fast=True)
    for locale in LOCALES:
        builder.add_text_field(f"by_title_{locale}", fast=True, tokenizer_name="column", index_option="basic")
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """They are not kept in the index: call this whenever one is opened."""
    build = tantivy.TextAnalyzerBuilder
    index.register_tokenizer("tokens", build(tantivy.Tokenizer.whitespace()).build())
    # A key to sort by is a column only: as a posting list, which nobody asks, it would be a quarter of the index.
    index.register_tokenizer("column", build(tantivy.Tokenizer.regex("\\x00\\x00")).build())
    index.register_fast_field_tokenizer("column", build(tantivy.Tokenizer.raw()).build())


def clean(text: str) -> str:
    """`text` as UTF-8 can hold it: a lone surrogate becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def row(document: Document, schema: tantivy.Schema) -> tantivy.Document:
    """`document` as the index stores it."""
    fields: dict[str, object] = {}
    folded: list[str] = []
    every: set[str] = set()
    starts: set[str] = set()
    for name, pieces in _texts(document).items():
        keys: list[str] = []
        for text, language in pieces:
            analysed = texts.analysed(text, language)
            keys += analysed.keys
            folded += analysed.folded
            folded.append(BORDER)
            starts.update(analysed.starts)
        fields[name] = " ".join(keys)
        every.update(keys)
        if name == "title":
            fields["title_starts"] = " ".join(starts)
    shown = {page.locale: page for page in document.pages}
    added = microseconds(document)
    first_day = document.starts_on or document.ends_on
    fields |= {
        "id": clean(document.id),
        "fingerprint": f"{clean(document.id)} {fingerprint(document)}",
        "stored": storage.dump(document),
        "all": " ".join(every),
        "starts": " ".join(starts),
        "folded": " ".join(folded),
        "year": list(set(document.years)),
        "added": added,
        "id_head": int.from_bytes(document.id.encode("utf-8", "replace")[:ID_HEAD].ljust(ID_HEAD, b"\0"), "big"),
        "recency": max(added, 0) / FIFTY_YEARS * RECENCY_OF_FIFTY_YEARS,
        "by_year": max(document.years, default=0) * 10**12 + added // 10**6,
        "by_start": first_day.toordinal() if first_day else NEVER,
    }
    if last_day := document.ends_on or document.starts_on:
        fields["last_day"] = last_day.toordinal()
    values = facet_values(document)
    fields["facets"] = [f"{facet}={value}" for facet, of in values.items() for value in of]
    for facet, of in values.items():
        fields[f"column_{facet}"] = of
    for locale in LOCALES:
        title = shown[best_locale(shown, locale)].title
        fields[f"by_title_{locale}"] = f"{collation.sort_key(title, locale)}\t{clean(document.id)}"
    return tantivy.Document.from_dict(fields, schema)


def facet_values(document: Document) -> dict[str, list[str]]:
    """Facet to the values under which `document` is counted, each once; facets that search does not know left out."""
    values: dict[str, Iterable[str]] = {facet: of for facet, of in document.facets.items() if facet in COLUMNS}
    values["type"] = (document.type,)
    values["described_in"] = [page.locale for page in document.pages]
    values["year"] = map(str, document.years)
    return {facet: [clean(value) for value in dict.fromkeys(of)] for facet, of in values.items()}


def microseconds(document: Document) -> int:
    """When the work was added, in microseconds since 1970."""
    return round(document.added_on.timestamp() * 1_000_000)


def _texts(document: Document) -> dict[str, list[tuple[str, str]]]:
    pages, materials = document.pages, document.materials
    return {
        "title": [(page.title, page.locale) for page in pages] + [(one.title, one.language) for one in materials],
        "keywords": [(text, locale) for locale, text in document.keywords.items()],
        "summary": [(page.summary, page.locale) for page in pages],
        "body": [(page.body, page.locale) for page in pages if page.body]
        + [(one.text, one.language) for one in materials if one.text],
    }
