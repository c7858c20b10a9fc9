"""Documents as compact JSON: whole for journals, or as much of them as a list shows."""

import json
from datetime import date, datetime
from typing import Any

from search.documents import Document, Material, PageText

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
        "f": dict(document.facets),
        "y": document.years,
        "s": document.starts_on and document.starts_on.isoformat(),
        "e": document.ends_on and document.ends_on.isoformat(),
        "u": dict(document.urls),
        "d": document.described,
        "o": document.order,
    }
    if whole:
        data["k"] = dict(document.keywords)
        data["pb"] = [page.body for page in document.pages]
        data["mt"] = [edition.text for edition in document.materials]
    return _encode(data).encode("utf-8", "surrogatepass")


def load(data: bytes) -> Document:
    """The document of `dump`; what was left out of it is empty. ValueError where the data is no document."""
    try:
        return _document(json.loads(data.decode("utf-8", "surrogatepass")))
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
        keywords=read.get("k") or {},
        materials=tuple(Material(*edition, text) for edition, text in zip(read["m"], texts, strict=True)),
        facets={facet: tuple(values) for facet, values in read["f"].items()},
        years=tuple(read["y"]),
        starts_on=read["s"] and date.fromisoformat(read["s"]),
        ends_on=read["e"] and date.fromisoformat(read["e"]),
        urls=read["u"],
        described=read["d"],
        order=read["o"],
    )
