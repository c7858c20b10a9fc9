"""What each file of the starter content has to look like."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from resources.models import EvaluationOutcome, Outcome, ProgrammePage, Strategy
from resources.starter import cells
from resources.starter.rows import Column, Row, Table
from search.languages import LOCALES

CONFIDENCE = ("high", "medium", "low")
URL_KINDS = ("page", "doi", "third-party copy", "none found")
# How the documents are called that the facts were first read in.
SEED_DOCUMENTS = {
    "000": "INSPIRE workshop report 2019",
    "001": "INSPIRE working group meeting, December 2023",
    "002": "INSPIRE working group page",
    "003": "Spotlight Initiative learning brief",
    "004": "Regional Initiative LAC Free of Child Labour, 2018 report",
}
CLASSIFIED = ("programmes", "evaluations", "publications", "practices", "trainings")
# Vocabularies that have nothing but the fields of every term. File name to the facet-like name used in `Known`.
PLAIN_VOCABULARIES = (
    "sectors",
    "violence_types",
    "settings",
    "topics",
    "populations",
    "evidence_levels",
    "evaluation_statuses",
    "study_designs",
    "audiences",
    "sdg_targets",
)

TEXT = Column(cells.text())
NEEDED_TEXT = Column(cells.text(), required=True)
URL = Column(cells.url)
SHORT = Column(cells.text(300))
YES = Column(cells.yes, empty=False)
CONFIDENT = Column(cells.one_of(CONFIDENCE), required=True)
YEAR = Column(cells.year, empty=None)
# It becomes the external id, before which the type may stand: see `Facts.external_id`.
RECORD_KEY = Column(cells.key(120 - len("publication-")), required=True)


class Unread(dict[str, str]):
    """In the place of the keys or of the map of a file that could not be read: of no value can it be said that it is
    not among them."""

    def __contains__(self, value: object) -> bool:
        return True

    def __missing__(self, value: str) -> str:
        return ""


@dataclass(frozen=True)
class Known:
    """Keys that cells may name, by the name of the file they are in: those of the files and those of the hub."""

    keys: Mapping[str, Collection[str]]
    maps: Mapping[str, Mapping[str, str]]

    def list(self, name: str) -> Column:
        return Column(cells.list_of(cells.one_of(self.keys[name])), empty=())

    def one(self, name: str, required: bool = False) -> Column:
        return Column(cells.one_of(self.keys[name]), required=required)

    def mapped(self, name: str, required: bool = False) -> Column:
        return Column(cells.mapped(self.maps[name]), required=required)


def source(cell: str) -> str:
    """Where a fact was read: a web address, or the name of a document that the seed holds as a file."""
    if cell.endswith(".txt") and cell[:3] in SEED_DOCUMENTS:
        return SEED_DOCUMENTS[cell[:3]]
    return cells.url(cell)


SOURCES = Column(cells.list_of(source), empty=())


def _translated(field: str, limit: int = 0) -> dict[str, Column]:
    return {f"{field}_{code}": Column(cells.text(limit)) for code in LOCALES}


def _named(row: Row) -> Iterator[tuple[str, str]]:
    if not any(row[f"name_{code}"] for code in LOCALES):
        yield f"name_{LOCALES[0]}", gettext("the term has no name in any language.")


TERM = {
    "key": Column(cells.key(80), required=True),
    "order": Column(cells.whole_number, empty=0),
    **_translated("name", 255),
    **_translated("description"),
    **_translated("synonyms"),
}
TERM_OPTIONAL = frozenset(["order", *_translated("description"), *_translated("synonyms")])


def _term_table(name: str, extra: Mapping[str, Column] | None = None) -> Table:
    return Table(name, {**TERM, **(extra or {})}, check=_named, optional_columns=TERM_OPTIONAL)


def map_table(name: str) -> Table:
    """A table that says which key stands for a value of the source."""
    return Table(name, {"raw": NEEDED_TEXT, "key": Column(cells.text())}, unique=("raw",))


def first_vocabulary_tables() -> dict[str, Table]:
    """Vocabularies that name no other."""
    strategy = {
        "letter": Column(cells.text(1)),
        "kind": Column(cells.one_of(Strategy.Kind.values), required=True),
        "colour": Column(cells.text(7), required=True),
    }
    return {
        **{name: _term_table(name) for name in PLAIN_VOCABULARIES},
        "strategies": _term_table("strategies", strategy),
        "outcomes": _term_table("outcomes", {"group": Column(cells.one_of(Outcome.Group.values), required=True)}),
        "regions": Table(
            "regions",
            {
                "code": Column(cells.key(3), required=True),
                "parent": Column(cells.text()),
                "members": Column(cells.list_of(cells.country_code), empty=()),
            },
            unique=("code",),
        ),
        "languages": Table(
            "languages",
            {
                "code": Column(cells.key(8), required=True),
                "endonym": Column(cells.text(120)),
                "direction": Column(cells.one_of(("ltr", "rtl")), empty="ltr"),
                "sign": Column(cells.yes_or_no, empty=False),
                **_translated("name", 120),
            },
            unique=("code",),
            optional_columns=frozenset(["sign", *_translated("name")]),
        ),
    }


def second_vocabulary_tables(known: Known, organisation_types: Collection[str]) -> dict[str, Table]:
    """Vocabularies that name terms of the first ones, or countries."""
    organisation = {
        "acronym": Column(cells.text(40)),
        "type": Column(cells.one_of(organisation_types), required=True),
        "countries": known.list("countries"),
        "url": URL,
    }
    return {
        "country_synonyms": Table(
            "country_synonyms",
            {"code": known.one("countries", required=True), **_translated("synonyms")},
            unique=("code",),
        ),
        "interventions": _term_table("interventions", {"strategy": known.one("strategies", required=True)}),
        "organisations": _term_table("organisations", organisation),
    }


def record_tables(known: Known) -> dict[str, Table]:
    """The files of records, and those that say more about them."""
    return {**_programme_tables(known), **_study_tables(known), **_other_tables(known)}


def _programme_tables(known: Known) -> dict[str, Table]:
    programmes = Table(
        "programmes",
        {
            "key": RECORD_KEY,
            "name": Column(cells.text(255), required=True),
            "countries": known.list("countries"),
            "strategies": known.list("strategies"),
            "sectors": Column(cells.list_of(_sector(known)), empty=()),
            "organisation": SHORT,
            "start_year": YEAR,
            "status": Column(cells.one_of(ProgrammePage.Status.values)),
            "languages_of_materials": known.list("languages"),
            "evidence_level": Column(_evidence(known), empty="unknown"),
            "summary_en": Column(cells.text(600), required=True),
            "url": URL,
            "source_url": SOURCES,
            "confidence": CONFIDENT,
            "url_kind": Column(cells.one_of(URL_KINDS), required=True),
        },
    )
    ratings = Table(
        "ratings",
        {
            "programme_key": known.one("programmes", required=True),
            "scheme": Column(cells.text(120), required=True),
            "topic_area": Column(cells.text(200)),
            "level": Column(cells.text(200), required=True),
            "rated_on": Column(cells.check_partial_date),
            "reviewed_on": Column(cells.check_partial_date),
            "population": Column(cells.text(500)),
            "harm_noted": YES,
            "source_url": SOURCES,
            "confidence": CONFIDENT,
        },
        unique=("programme_key", "scheme", "topic_area", "level", "population"),
    )
    return {"programmes": programmes, "ratings": ratings}


def _evidence(known: Known):
    read = cells.one_of(known.keys["evidence_levels"])
    return lambda cell: cell if cell == "unknown" else read(cell)


def _sector(known: Known):
    read = cells.one_of(known.keys["sectors"])
    return lambda cell: read(cell.replace(" ", "-"))


def _study_tables(known: Known) -> dict[str, Table]:
    evaluations = Table(
        "evaluations",
        {
            "key": RECORD_KEY,
            "title": NEEDED_TEXT,
            "authors": TEXT,
            "year": YEAR,
            "programme_key": known.list("programmes"),
            "design": Column(cells.text(200), required=True),
            "countries": known.list("countries"),
            "outcomes": TEXT,
            "effect": Column(cells.one_of(EvaluationOutcome.Direction.values)),
            "language": known.list("languages"),
            "doi": Column(cells.bare_doi),
            "url": URL,
            "strategies": known.list("strategies"),
            "source_url": SOURCES,
            "confidence": CONFIDENT,
            "url_kind": Column(cells.one_of(URL_KINDS), required=True),
        },
        check=lambda row: (
            []
            if row["design"] in known.maps["study_design_map"]
            else [("design", gettext("“%(value)s” is not known.") % {"value": row["design"]})]
        ),
    )
    outcomes = Table(
        "evaluation_outcomes",
        {
            "evaluation_key": known.one("evaluations", required=True),
            "outcome": known.one("outcomes", required=True),
            "outcome_text": Column(cells.text(500)),
            "direction": Column(cells.one_of(EvaluationOutcome.Direction.values)),
            "intervention": known.one("interventions"),
        },
        unique=("evaluation_key", "outcome"),
    )
    return {"evaluations": evaluations, "evaluation_outcomes": outcomes}


def _other_tables(known: Known) -> dict[str, Table]:
    publications = {
        "work_key": RECORD_KEY,
        "title": Column(cells.text(500), required=True),
        "language": known.one("languages", required=True),
        "publisher": SHORT,
        "year": YEAR,
        "isbn_or_doi": Column(cells.text(120)),
        "url": URL,
        "kind": known.mapped("publication_kind_map", required=True),
        "strategies": known.list("strategies"),
        "source_url": SOURCES,
        "confidence": CONFIDENT,
        "url_kind": Column(cells.one_of(URL_KINDS), required=True),
    }
    practices = {
        "key": RECORD_KEY,
        "title_en": Column(cells.text(255), required=True),
        "country": known.list("countries"),
        "year": YEAR,
        "strategies": known.list("strategies"),
        "kind": Column(cells.one_of(("experience", "lesson", "promising practice", "challenge")), required=True),
        "summary_en": Column(cells.text(600), required=True),
        "organisations": known.list("organisations"),
        "source_url": SOURCES,
        "confidence": CONFIDENT,
    }
    trainings = {
        "key": RECORD_KEY,
        "title": NEEDED_TEXT,
        "start_date": Column(cells.check_partial_date),
        "end_date": Column(cells.check_partial_date),
        "place": Column(cells.text(200)),
        "country": known.list("countries"),
        "mode": Column(cells.one_of(("in person", "online", "hybrid", "self-paced"))),
        "languages": known.list("languages"),
        "organisers": Column(cells.text(500)),
        "audience": SHORT,
        "url": URL,
        "source_url": SOURCES,
        "confidence": CONFIDENT,
    }
    sessions = {
        "event_key": known.one("trainings", required=True),
        "order": Column(cells.whole_number, required=True),
        "title": Column(cells.text(500), required=True),
        "language": known.list("languages"),
        "speakers_text": TEXT,
        "country": known.list("countries"),
        "strategies": known.list("strategies"),
        "url": URL,
        "source_url": SOURCES,
        "confidence": CONFIDENT,
    }
    return {
        "publications": Table("publications", publications, unique=("work_key", "language", "title")),
        "practices": Table("practices", practices),
        "trainings": Table("trainings", trainings),
        "training_strategies": Table(
            "training_strategies",
            {"key": known.one("trainings", required=True), "strategies": known.list("strategies")},
        ),
        "sessions": Table("sessions", sessions, unique=("event_key", "order")),
        "countries": _country_facts(known),
        "helplines": _helplines(known),
        "helpline_names": Table(
            "helpline_names",
            {
                "country": known.one("countries", required=True),
                "name": NEEDED_TEXT,
                "language": known.one("languages", required=True),
            },
            unique=("country", "name"),
        ),
        "classification": _classification(known),
    }


def _country_facts(known: Known) -> Table:
    columns = {
        "code": known.one("countries", required=True),
        "pathfinding": Column(cells.one_of(("yes", "city only", "no evidence found")), required=True),
        "pathfinding_since": YEAR,
        "pathfinding_note": SHORT,
        "vacs": Column(cells.one_of(("yes", "in progress in July 2019", "no evidence found")), required=True),
        "vacs_years": Column(cells.list_of(cells.text(40)), empty=()),
        "vacs_report_years": Column(cells.list_of(cells.text(40)), empty=()),
        "vacs_note": Column(cells.text(500)),
        "source_url": SOURCES,
        "confidence": CONFIDENT,
    }
    return Table("countries", columns, unique=("code",))


def _helplines(known: Known) -> Table:
    columns = {
        "country": known.one("countries", required=True),
        "name": Column(cells.text(200), required=True),
        "number": Column(cells.text(80), required=True),
        "kind": known.mapped("helpline_kind_map", required=True),
        "languages": known.list("languages"),
        "free": YES,
        "hours": Column(cells.text(120)),
        "url": URL,
        "source_url": Column(cells.list_of(cells.url), required=True, empty=()),
        "source_read": Column(cells.check_partial_date),
        "confidence": CONFIDENT,
    }
    return Table("helplines", columns, unique=("country", "name", "number"))


def _classification(known: Known) -> Table:
    columns = {
        "file": Column(cells.one_of(CLASSIFIED), required=True),
        "key": RECORD_KEY,
        "ages": Column(cells.ages, empty=None),
    }
    names = ("interventions", "sectors", "violence_types", "settings", "topics", "populations", "audiences")
    columns |= {name: known.list(name) for name in (*names, "sdg_targets")}

    def check(row: Row) -> Iterator[tuple[str, str]]:
        if row["key"] not in known.keys[row["file"]]:
            yield "key", gettext("“%(value)s” is not known.") % {"value": row["key"]}

    return Table("classification", columns, unique=("file", "key"), check=check)
