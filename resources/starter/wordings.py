"""The languages of words that records keep as their source wrote them, for hubs that had the words before.

Rows get their languages when they are put in. Those of an earlier load, from before there were such languages,
get them here, once: where the words are still those of the files and nobody has given a language. What editors
do with it afterwards stays.
"""

from collections.abc import Callable, Iterator, Mapping

from django.db import models, transaction
from wagtail.models import ReferenceIndex

from resources.models import (
    CountryPage,
    Edition,
    EvaluationOutcome,
    EvaluationPage,
    Helpline,
    Language,
    ProgrammePage,
    PublicationPage,
    Rating,
    ResourcePage,
    Session,
    TrainingPage,
)
from resources.starter import countries, evaluations, helplines, programmes, publications, trainings
from resources.starter.facts import WRITTEN_IN, Facts
from resources.starter.shelf import Shelf
from resources.starter.titles import plain_title, without_last_note
from search import indexing

KIND = "wordings"

Words = tuple[str, ...]
# What was done for older hubs, each once, by the name under which it is remembered: model and its field for the
# language to how the words it speaks of are read.
_WORDS: Mapping[str, Mapping[tuple[type[models.Model], str], Callable[[models.Model], Words]]] = {
    "languages": {
        (Rating, "wording_language"): lambda rating: (rating.topic_area, rating.level),
        (Rating, "description_language"): lambda rating: (rating.population, rating.harm_reason),
        (EvaluationPage, "wording_language"): lambda page: (page.design_as_stated,),
        (EvaluationOutcome, "wording_language"): lambda outcome: (outcome.measured,),
        (TrainingPage, "wording_language"): lambda page: (page.audience_text,),
        (Session, "wording_language"): lambda session: (session.title, session.speakers_text),
        (CountryPage, "wording_language"): lambda page: countries.words(page.pathfinding_note, page.surveys.all()),
        (Helpline, "name_language"): lambda helpline: (helpline.name,),
        (Helpline, "wording_language"): lambda helpline: (helpline.hours, helpline.coverage),
    },
    "titles": {
        (ProgrammePage, "title_language"): lambda page: (page.title,),
        (TrainingPage, "title_language"): lambda page: (page.title,),
    },
    "titles of editions": {(Edition, "title_language"): lambda edition: (edition.title,)},
}
_ROWS = {
    ProgrammePage: "ratings",
    EvaluationPage: "outcomes",
    TrainingPage: "sessions",
    CountryPage: "surveys",
    PublicationPage: "editions",
}


def load(facts: Facts, shelf: Shelf) -> None:
    """Before new works are put in: those have their languages."""
    names = [name for name in _WORDS if (KIND, name) not in shelf.records]
    if not names:
        return
    with transaction.atomic():
        words = {field: read for name in names for field, read in _WORDS[name].items()}
        filling = _Filling(words, _known(facts), shelf.terms["Language"])
        for model in _ROWS:
            for page in model.objects.filter(external_id__in={key for _kind, key in shelf.records}):
                filling.fill_page(page)
        put_in = {key for kind, key in shelf.records if kind == helplines.KIND}
        for helpline in Helpline.objects.select_related("country"):
            if "/".join((helpline.country.code, helpline.name, helpline.number)) in put_in:
                for name in filling.fill(helpline):
                    helpline.save(update_fields=[name])
        shelf.remember(KIND, *names)


def _known(facts: Facts) -> dict[tuple[type[models.Model], str], dict[Words, str]]:
    """Field to the words of the files and the code of their language."""
    records = facts.content.records
    return {
        (Rating, "wording_language"): {
            (row["topic_area"], row["level"]): programmes.scheme_language(row) for row in records["ratings"]
        },
        (Rating, "description_language"): {
            (row["population"], programmes.harm_reason(row)): WRITTEN_IN for row in records["ratings"]
        },
        (EvaluationPage, "wording_language"): {
            (evaluations.design_as_stated(row),): WRITTEN_IN for row in records["evaluations"]
        },
        (EvaluationOutcome, "wording_language"): {
            (row["outcome_text"],): WRITTEN_IN for row in records["evaluation_outcomes"]
        },
        (TrainingPage, "wording_language"): {
            (row["audience"],): trainings.audience_language(row) for row in records["trainings"]
        },
        (Session, "wording_language"): {
            (plain_title(row["title"]).text, row["speakers_text"]): WRITTEN_IN for row in records["sessions"]
        },
        (CountryPage, "wording_language"): {
            countries.words(countries.pathfinding_note(row), surveys): WRITTEN_IN
            for row in records["countries"]
            # Hubs of that time have the surveys without what was said of them.
            for surveys in (countries.surveys(row), countries.surveys({**row, "vacs_note": ""}))
        },
        (Helpline, "name_language"): {(row["name"],): row["language"] for row in records["helpline_names"]},
        (Helpline, "wording_language"): {
            (row["hours"], helplines.coverage(row)): WRITTEN_IN for row in records["helplines"]
        },
        (ProgrammePage, "title_language"): {
            (row["name"],): programmes.language_of_name(row) for row in records["programmes"]
        },
        (TrainingPage, "title_language"): {
            (without_last_note(row["title"]).text,): trainings.TITLE_LANGUAGES.get(row["key"], "")
            for row in records["trainings"]
        },
        (Edition, "title_language"): {
            (plain_title(row["title"]).text,): publications.language_of_title(row)
            for row in records["publications"]
            if publications.language_of_title(row)
        },
    }


class _Filling:
    def __init__(self, words: Mapping, known: Mapping, languages: Mapping[str, Language]):
        self.words, self.known, self.languages = words, known, languages

    def fill(self, thing: models.Model) -> Iterator[str]:
        """Names of the fields of `thing` that got their language; it is not saved."""
        for (model, name), words in self.words.items():
            if type(thing) is not model or getattr(thing, f"{name}_id") is not None:
                continue
            found = words(thing)
            language = self.languages.get(self.known[model, name].get(found, "")) if any(found) else None
            if language is not None:
                setattr(thing, name, language)
                yield name

    def fill_page(self, page: ResourcePage) -> None:
        """The page and its rows, and the draft an editor would go on with."""
        found = [(thing, name) for thing in _things(page) for name in self.fill(thing)]
        for thing, name in found:
            type(thing)._base_manager.filter(pk=thing.pk).update(**{name: getattr(thing, name)})
        if found:
            ReferenceIndex.create_or_update_for_object(page)
            indexing.queue([str(page.translation_key)])
        revision = page.latest_revision
        if revision is not None:
            draft = revision.as_object()
            if [name for thing in _things(draft) for name in self.fill(thing)]:
                revision.content = draft.serializable_data()
                revision.save(update_fields=["content"])


def _things(page: ResourcePage) -> list[models.Model]:
    return [page, *getattr(page, _ROWS[type(page)]).all()]
