"""Terms of the vocabularies, put in by key; a term that is there is left as it is."""

from collections.abc import Mapping, Sequence

from django.db import models, transaction

from resources import vocabulary_cache
from resources.models import Country, Language, Organisation, Region, Strategy, VocabularyStamp
from resources.search import WorkSource
from resources.starter.content import TERMS, VOCABULARIES, Content
from resources.starter.report import CREATED
from resources.starter.rows import Row
from resources.starter.shelf import Shelf
from search import indexing
from search.languages import LOCALES

KIND = "vocabularies"
SYNONYMS = "country_synonyms"
TRANSLATED = ("name", "description", "synonyms")


def count(content: Content) -> int:
    """How many steps `load` takes."""
    members = sum(len(row["members"]) for row in content.vocabularies["regions"])
    return members + sum(map(len, content.vocabularies.values()))


def load(content: Content, shelf: Shelf) -> None:
    """All vocabularies, each file in a transaction of its own.

    A new term is used by no work yet, so nothing but the stamp has to know of it: they are created in bulk.
    """
    with transaction.atomic():
        _load_regions(content.vocabularies["regions"], shelf)
        _load_country_synonyms(content.vocabularies["country_synonyms"], shelf)
    with transaction.atomic():
        _load_languages(content.vocabularies["languages"], shelf)
    for name, class_name in VOCABULARIES.items():
        with transaction.atomic():
            _load_terms(TERMS[class_name], name, content.vocabularies[name], shelf)
    VocabularyStamp.advance()
    vocabulary_cache.forget()


def _missing(model: type[models.Model], column: str, name: str, keys: Sequence[str], shelf: Shelf) -> list[str]:
    """Those of `keys` to create; the rest is in the report."""
    present = set(model.objects.values_list(column, flat=True))
    found = []
    for key in keys:
        if shelf.wanted(KIND, f"{name}/{key}", key in present):
            found.append(key)
        shelf.step()
    shelf.remember(KIND, *(f"{name}/{key}" for key in found))
    if found:
        shelf.report.add(KIND, CREATED, number=len(found))
    return found


def _load_terms(model: type[models.Model], name: str, rows: Sequence[Row], shelf: Shelf) -> None:
    related = _related(model)
    if "strategy" in related:
        rows = [row for row in rows if row["strategy"] in related["strategy"]]
    missing = set(_missing(model, "key", name, [row["key"] for row in rows], shelf))
    new = {row["key"]: _term(model, row, related) for row in rows if row["key"] in missing}
    model.objects.bulk_create(new.values())
    if model is Organisation:
        through = Organisation.countries.through
        through.objects.bulk_create(
            through(organisation=new[row["key"]], country=related["countries"][code])
            for row in rows
            if row["key"] in new
            for code in row["countries"]
            if code in related["countries"]
        )


def _term(model: type[models.Model], row: Row, related: Mapping[str, Mapping]) -> models.Model:
    term = model(key=row["key"], order=row["order"])
    for field in TRANSLATED:
        for code in LOCALES:
            setattr(term, f"{field}_{code}", row[f"{field}_{code}"])
    for column in ("letter", "kind", "colour", "group", "acronym", "type", "url"):
        if column in row:
            setattr(term, column, row[column])
    if "strategy" in row:
        term.strategy = related["strategy"][row["strategy"]]
    return term


def _related(model: type[models.Model]) -> dict[str, Mapping]:
    """Rows that terms of `model` point to, by field and key."""
    names = {field.name for field in model._meta.get_fields()}
    found: dict[str, Mapping] = {}
    if "strategy" in names:
        found["strategy"] = {term.key: term for term in Strategy.objects.all()}
    if model is Organisation:
        found["countries"] = {country.code: country for country in Country.objects.all()}
    return found


def _load_languages(rows: Sequence[Row], shelf: Shelf) -> None:
    missing = set(_missing(Language, "code", "languages", [row["code"] for row in rows], shelf))
    columns = ("code", "endonym", "direction", "sign", *(f"name_{code}" for code in LOCALES))
    Language.objects.bulk_create(
        Language(**{column: row[column] for column in columns}) for row in rows if row["code"] in missing
    )


def _load_regions(rows: Sequence[Row], shelf: Shelf) -> None:
    """Regions, larger ones first, and the countries that are their members."""
    missing = set(_missing(Region, "code", "regions", [row["code"] for row in rows], shelf))
    regions = {region.code: region for region in Region.objects.all()}
    waiting = [row for row in rows if row["code"] in missing]
    while waiting:
        ready = [row for row in waiting if row["parent"] not in {other["code"] for other in waiting}]
        for row in ready:
            regions[row["code"]] = Region(code=row["code"], parent=regions.get(row["parent"]))
        Region.objects.bulk_create(regions[row["code"]] for row in ready)
        waiting = [row for row in waiting if row not in ready]
    region_of = {code: row["code"] for row in rows for code in row["members"]}
    codes = [code for code, region in region_of.items() if region in regions]
    Country.objects.bulk_create(
        Country(code=code, region=regions[region_of[code]])
        for code in _missing(Country, "code", "countries", codes, shelf)
    )


def _load_country_synonyms(rows: Sequence[Row], shelf: Shelf) -> None:
    """Once, to new countries and to those of hubs from before there were synonyms; what an editor has given stays."""
    fields = [f"synonyms_{code}" for code in LOCALES]
    synonyms = {} if (KIND, SYNONYMS) in shelf.records else {row["code"]: row for row in rows}
    countries = [
        country
        for country in Country.objects.filter(code__in=synonyms)
        if not any(getattr(country, field) for field in fields)
    ]
    for country in countries:
        for field in fields:
            setattr(country, field, synonyms[country.code][field])
    Country.objects.bulk_update(countries, fields)
    if countries:
        VocabularyStamp.advance()
        indexing.queue(WorkSource().ids())
    shelf.remember(KIND, SYNONYMS)
    for _row in rows:
        shelf.step()
