"""Trainings and events with their sessions."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from resources.models import OrganisationRole, Session, SessionMaterial, TrainingPage
from resources.starter.facts import (
    WRITTEN_IN,
    Facts,
    countries_in_words,
    day_in_words,
    draft_reason,
    listed,
    notes,
    shorten,
    source_lines,
)
from resources.starter.organisations import OrganisationNames
from resources.starter.report import ALONE, CREATED, OUT
from resources.starter.rows import Row
from resources.starter.shelf import Shelf
from resources.starter.tables import SEED_DOCUMENTS
from resources.starter.titles import plain_title, without_last_note

KIND = "trainings"
Kind, Status = TrainingPage.Kind, TrainingPage.Status

# Words of a title that tell what kind of training it is; the first that is found counts.
KIND_WORDS = (
    (Kind.MOOC, r"\bMOOCs?\b|massive open online course"),
    (Kind.TRAINING_OF_TRAINERS, r"training of trainers"),
    (Kind.MASTERCLASS, r"master ?class"),
    (Kind.SIDE_EVENT, r"side event|showcased at"),
    (Kind.WEBINAR, r"webinars?\b"),
    (Kind.WORKSHOP, r"workshop"),
    (Kind.CONFERENCE, r"conference|congress"),
    (Kind.MEETING, r"\bmeeting\b|consultation|\bforo\b|\bforum\b|learning session"),
)
# Trainings whose audience is told in another language than English.
AUDIENCE_LANGUAGES = {"manejo-clinico-ops": "es", "cvsp-salud-mental-nna": "es"}
# Trainings whose title is not in English, the language of the pages.
TITLE_LANGUAGES = {
    "crianzas-sin-violencias-2020": "es",
    "cvsp-salud-mental-nna": "es",
    "inspire-ba-2025": "es",
    "manejo-clinico-ops": "es",
    "mexico-crianza-positiva-2025": "es",
}
# What notes beside titles say in English where they are in another language; "" where it is said already.
NOTES = {
    "Campus Virtual de la OPS": "On the virtual campus of the Pan American Health Organization",
    "capacitación, provincia de Buenos Aires": "In the province of Buenos Aires",
    "curso en línea": "",
}
# When sources appeared that tell of meetings to come.
SOURCE_DATES = {SEED_DOCUMENTS["001"]: date(2023, 12, 7)}
NOT_VERIFIED = "It was announced; whether it took place was not verified"
_PLANNED = re.compile(r"\bplanned\b|\bannounced\b", re.IGNORECASE)
_TO_BE_ANNOUNCED = "date to be announced"
_YEAR = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True)
class When:
    """When a training is; `only_year`: start is the first of January of the year, the rest is not known."""

    start: date | None = None
    end: date | None = None
    only_year: bool = False
    to_be_announced: bool = False
    note: str = ""


def count(facts: Facts) -> int:
    return len(facts.content.records["trainings"])


def load(facts: Facts, shelf: Shelf) -> None:
    sessions = defaultdict(list)
    for row in sorted(facts.content.records["sessions"], key=lambda row: row["order"]):
        sessions[row["event_key"]].append(row)
    strategies = {row["key"]: row["strategies"] for row in facts.content.records["training_strategies"]}
    with transaction.atomic():
        for row in facts.content.records["trainings"]:
            external_id = facts.external_id(KIND, row["key"])
            own = sessions[row["key"]]
            if shelf.wanted(KIND, external_id, external_id in shelf.works):
                added = _add(row, external_id, own, strategies.get(row["key"], ()), facts, shelf)
                shelf.report.add("sessions", CREATED if added else OUT, number=len(own))
            elif own:
                there = external_id in shelf.works
                shelf.report.add("sessions", ALONE if there else OUT, number=len(own))
            shelf.step()


def kind_of(title: str) -> str:
    """The kind that the words of a title tell; a course where they tell none."""
    return next((kind for kind, words in KIND_WORDS if re.search(words, title, re.IGNORECASE)), Kind.COURSE)


def when(row: Row) -> When:
    """Dates as far as they are known: to the day, else the year that the title or the key names."""
    start, end = row["start_date"], row["end_date"]
    if _TO_BE_ANNOUNCED in row["title"]:
        return When(to_be_announced=True)
    if len(start) == 10 or (not start and end):
        return When(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)
    if start:
        return When(date(int(start[:4]), 1, 1), only_year=True)
    for text, note in ((row["title"], ""), (row["key"].replace("-", " "), "The year is not stated in so many words.")):
        if found := _YEAR.search(text):
            return When(date(int(found[1]), 1, 1), only_year=True, note=note)
    return When()


def only_announced(row: Row, dates: When) -> bool:
    """Whether every source is older than the training."""
    told = [SOURCE_DATES.get(source) for source in row["source_url"]]
    return bool(told) and dates.start is not None and all(day and day < dates.start for day in told)


def status_of(row: Row, dates: When) -> str:
    """Planned where title or source say so, else held where it is over; blank where nothing tells."""
    if _PLANNED.search(row["title"]) or only_announced(row, dates):
        return Status.PLANNED
    last = dates.end or dates.start
    if row["mode"] == "self-paced" or last is None:
        return ""
    over = last.year < timezone.localdate().year if dates.only_year else last < timezone.localdate()
    return Status.HELD if over else Status.PLANNED


def _add(row: Row, external_id: str, sessions: list[Row], strategies, facts: Facts, shelf: Shelf):
    named = shelf.organisation_names.read(row["organisers"], OrganisationRole.Role.ORGANISER)
    title = without_last_note(row["title"])
    dates = when(row)
    kind = kind_of(row["title"])
    page = TrainingPage(
        title=title.text,
        title_language=shelf.term("Language", TITLE_LANGUAGES.get(row["key"], "")),
        slug=row["key"],
        summary=_summary(row, kind, dates, shelf.organisation_names),
        external_id=external_id,
        kind=kind,
        status=status_of(row, dates),
        mode=row["mode"].replace(" ", "-"),
        date_to_be_announced=dates.to_be_announced,
        start_date=dates.start,
        end_date=dates.end,
        only_year=dates.only_year,
        place=row["place"],
        organisers_text=named.text,
        audience_text=row["audience"],
        wording_language=shelf.language_of(audience_language(row), row["audience"]),
        website=row["url"],
        source_urls=source_lines(row["source_url"]),
        review_notes=notes(
            title.note and f"Beside the title stood: {title.note}.",
            dates.note,
            strategies and "The strategies are our own classification.",
            row["confidence"] == "medium" and "Part of this record is incomplete or inferred.",
        ),
    )
    terms = facts.terms(shelf, KIND, row["key"], {"countries": row["country"], "strategies": strategies})
    terms["languages"] = shelf.some("Language", row["languages"])
    rows = {
        "organisation_roles": named.rows(),
        "sessions": [_session(session, shelf) for session in sessions],
    }
    return shelf.add_work(KIND, page, rows, terms, draft_reason=draft_reason([row]))


def audience_language(row: Row) -> str:
    """ISO 639 code of the language in which the table says whom the training is for."""
    return AUDIENCE_LANGUAGES.get(row["key"], WRITTEN_IN)


def _session(row: Row, shelf: Shelf) -> Session:
    title = plain_title(row["title"])
    countries = shelf.some("Country", row["country"])
    session = Session(
        title=title.text,
        described_title=title.described,
        country=next(iter(countries), None),
        speakers_text=row["speakers_text"],
        wording_language=shelf.term("Language", WRITTEN_IN),
        source_url=source_lines(row["source_url"]),
        sort_order=row["order"],
    )
    session.more_countries = countries[1:]
    session.languages = shelf.some("Language", row["language"])
    session.strategies = shelf.some("Strategy", row["strategies"])
    if row["url"]:
        session.materials = [SessionMaterial(kind=SessionMaterial.Kind.FOLDER, url=row["url"], sort_order=0)]
    return session


# What a sentence calls each kind.
KIND_NAMES = {
    Kind.COURSE: "Training course",
    Kind.MOOC: "Massive open online course",
    Kind.TRAINING_OF_TRAINERS: "Training of trainers",
    Kind.MASTERCLASS: "Masterclass",
    Kind.WORKSHOP: "Workshop",
    Kind.CONFERENCE: "Conference",
    Kind.WEBINAR: "Webinar",
    Kind.MEETING: "Meeting",
    Kind.SIDE_EVENT: "Side event",
}
MODE_NAMES = {"online": "online", "hybrid": "in person and online", "self-paced": "at one’s own pace"}


def _summary(row: Row, kind: str, dates: When, names: OrganisationNames) -> str:
    """Sentences on the facts of the row: the tables give trainings no summary."""
    sentence = KIND_NAMES[Kind(kind)]
    if row["mode"] in MODE_NAMES:
        sentence += f" {MODE_NAMES[row['mode']]}"
    place = ", ".join(filter(None, [row["place"], countries_in_words(row["country"]) if row["country"] else ""]))
    if place:
        sentence += f" in {place}"
    sentence += _dates_in_words(dates)
    sentences = [sentence]
    if row["organisers"]:
        sentences.append(f"Organised by {listed(names.in_english(row['organisers']))}")
    # Words of a source in another language stay in their own field and in the notes.
    if row["audience"] and audience_language(row) == WRITTEN_IN:
        sentences.append(f"For {row['audience']}")
    note = without_last_note(row["title"]).note
    if note == "announced" or only_announced(row, dates):
        sentences.append(NOT_VERIFIED)
    elif (said := NOTES.get(note, note)) and said.casefold() != KIND_NAMES[Kind(kind)].casefold():
        sentences.append(said[0].upper() + said[1:])
    return shorten(" ".join(f"{sentence}." for sentence in sentences))


def _dates_in_words(dates: When) -> str:
    if dates.only_year:
        return f", {dates.start.year}"
    if dates.start and dates.end and dates.start != dates.end:
        return f", {day_in_words(dates.start)} to {day_in_words(dates.end)}"
    if dates.start:
        return f", {'' if dates.end else 'from '}{day_in_words(dates.start)}"
    return f", until {day_in_words(dates.end)}" if dates.end else ""
