"""Documents as compact JSON: whole for journals, or as much of them as a list shows; and digests of them."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

import orjson

from search.documents import Document, Material, PageText, Term

_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # takes what orjson refuses


def to_json(data: object) -> bytes:
    """`data` in UTF-8 JSON on one line; lone surrogates, which UTF-8 cannot hold, as if it could."""
    try:
        return orjson.dumps(data)
    except TypeError:
        return _to_json(data).encode("utf-8", "surrogatepass")


def from_json(data: bytes) -> Any:
    """What `to_json` was given. ValueError where it is no JSON."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return json.loads(data.decode("utf-8", "surrogatepass"))


def dump(document: Document, whole: bool = False) -> bytes:
    """`document` in UTF-8 JSON; its bodies, keywords and material texts only where `whole`."""
    pages = [(page.locale, page.title, page.summary, page.url, page.title_language) for page in document.pages]
    materials = [(edition.language, edition.title, edition.url, edition.available) for edition in document.materials]
    data: dict[str, Any] = {
        "id": document.id,
        "x": document.external_id,
        "t": document.type,
        "p": pages,
        "a": document.added_on.isoformat(),
        "m": materials,
        "f": dict(sorted(document.facets.items())),
        "y": document.years,
        "s": document.starts_on and document.starts_on.isoformat(),
        "e": document.ends_on and document.ends_on.isoformat(),
        "u": dict(sorted(document.urls.items())),
        "d": document.described,
        "o": document.order,
    }
    if document.cancelled:  # of few: all others stay as older indexes hold them
        data["c"] = True
    if whole:
        data["k"] = [term.names for term in document.keywords]
        data["pb"] = [page.body for page in document.pages]
        data["mt"] = [edition.text for edition in document.materials]
    return to_json(data)


def fingerprint(document: Document, shown: bytes = b"") -> str:
    """A short digest of everything in the document, equal where the documents are equal.

    `shown` is what `dump` gives of it, where that is known already.
    """
    digest = hashlib.blake2b(shown or dump(document), digest_size=12)
    bodies, texts = [page.body for page in document.pages], [edition.text for edition in document.materials]
    digest.update(to_json((bodies, texts, [term.id for term in document.keywords])))
    return digest.hexdigest()


def load(data: bytes) -> Document:
    """The document of `dump`; what was left out of it is empty. ValueError where the data is no document."""
    try:
        return _document(from_json(data))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"This is no stored document: {error!r}") from error


def _document(read: dict[str, Any]) -> Document:
    bodies = read.get("pb") or [""] * len(read["p"])
    texts = read.get("mt") or [""] * len(read["m"])
    return Document(
        id=read["id"],
        external_id=read["x"],
        type=read["t"],
        pages=tuple(
            PageText(*shown, body, written_in) for (*shown, written_in), body in zip(read["p"], bodies, strict=True)
        ),
        added_on=datetime.fromisoformat(read["a"]),
        keywords=tuple(Term(tuple(map(tuple, names))) for names in read.get("k", ())),
        materials=tuple(Material(*edition, text) for edition, text in zip(read["m"], texts, strict=True)),
        facets={facet: tuple(values) for facet, values in read["f"].items()},
        years=tuple(read["y"]),
        starts_on=read["s"] and date.fromisoformat(read["s"]),
        ends_on=read["e"] and date.fromisoformat(read["e"]),
        urls=read["u"],
        described=read["d"],
        order=read["o"],
        cancelled=read.get("c", False),
    )
