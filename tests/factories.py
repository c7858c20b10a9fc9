"""Test data, one factory a model. Pages come with the tree they need: homes and index pages in all five locales.

Terms are found again by their key, so that two tests of one run may both ask for "parent-caregiver-support".
"""

import datetime

import factory
from factory.django import DjangoModelFactory

from home.models import StandardPage
from resources import models
from tests.term_factories import (
    AudienceFactory as AudienceFactory,
)
from tests.term_factories import (
    CountryFactory as CountryFactory,
)
from tests.term_factories import (
    EvaluationStatusFactory as EvaluationStatusFactory,
)
from tests.term_factories import (
    EvidenceLevelFactory as EvidenceLevelFactory,
)
from tests.term_factories import (
    InterventionFactory as InterventionFactory,
)
from tests.term_factories import (
    LanguageFactory as LanguageFactory,
)
from tests.term_factories import (
    OrganisationFactory as OrganisationFactory,
)
from tests.term_factories import (
    OutcomeFactory as OutcomeFactory,
)
from tests.term_factories import (
    PopulationFactory as PopulationFactory,
)
from tests.term_factories import (
    RegionFactory as RegionFactory,
)
from tests.term_factories import (
    SDGTargetFactory as SDGTargetFactory,
)
from tests.term_factories import (
    SectorFactory as SectorFactory,
)
from tests.term_factories import (
    SettingFactory as SettingFactory,
)
from tests.term_factories import (
    StrategyFactory as StrategyFactory,
)
from tests.term_factories import (
    StudyDesignFactory as StudyDesignFactory,
)
from tests.term_factories import (
    TopicFactory as TopicFactory,
)
from tests.term_factories import (
    ViolenceTypeFactory as ViolenceTypeFactory,
)
from tests.tree import helplines_page as helplines_page
from tests.tree import home_page, index_page, locale_of


class StandardPageFactory(DjangoModelFactory):
    class Meta:
        model = StandardPage

    title = factory.Sequence(lambda n: f"Plain page {n}")
    slug = factory.Sequence(lambda n: f"plain-page-{n}")

    @classmethod
    def _create(cls, model_class, *args, language="es", **kwargs):
        page = model_class(locale=locale_of(language), **kwargs)
        home_page(language).add_child(instance=page)
        return page


# Works


def slug_of(name: str):
    """Slugs that tell works apart; a translation has that of the page it translates."""
    return lambda page, n: page.translation_of.slug if page.translation_of else f"{name}-{n}"


class WorkPageFactory(DjangoModelFactory):
    """A published page of a work under its index page.

    `language` is the locale it is written in, `translation_of` another page of the same work,
    classification and other many-to-many fields take lists of terms.
    """

    class Meta:
        abstract = True

    language = "es"
    translation_of = None
    summary = factory.LazyAttribute(lambda page: f"Summary of {page.title}.")

    @classmethod
    def _create(cls, model_class, *args, language, translation_of, **kwargs):
        if translation_of:
            kwargs["translation_key"] = translation_of.translation_key
        many = {field.name: kwargs.pop(field.name) for field in model_class._meta.many_to_many if field.name in kwargs}
        page = model_class(locale=locale_of(language), **kwargs)
        for name, terms in many.items():
            setattr(page, name, terms)
        index_page(model_class.type_id, language).add_child(instance=page)
        return page


class StrategyPageFactory(WorkPageFactory):
    class Meta:
        model = models.StrategyPage

    title = factory.Sequence(lambda n: f"Strategy page {n}")
    slug = factory.LazyAttributeSequence(slug_of("strategy-page"))


class ProgrammePageFactory(WorkPageFactory):
    class Meta:
        model = models.ProgrammePage

    title = factory.Sequence(lambda n: f"Programme {n}")
    slug = factory.LazyAttributeSequence(slug_of("programme"))


class ExpertPageFactory(WorkPageFactory):
    class Meta:
        model = models.ExpertPage

    title = factory.Sequence(lambda n: f"Expert {n}")
    slug = factory.LazyAttributeSequence(slug_of("expert"))
    consent_on = datetime.date(2026, 1, 15)


class TrainingPageFactory(WorkPageFactory):
    class Meta:
        model = models.TrainingPage

    title = factory.Sequence(lambda n: f"Training {n}")
    slug = factory.LazyAttributeSequence(slug_of("training"))


class EvaluationPageFactory(WorkPageFactory):
    class Meta:
        model = models.EvaluationPage

    title = factory.Sequence(lambda n: f"Evaluation {n}")
    slug = factory.LazyAttributeSequence(slug_of("evaluation"))


class PublicationPageFactory(WorkPageFactory):
    class Meta:
        model = models.PublicationPage

    title = factory.Sequence(lambda n: f"Publication {n}")
    slug = factory.LazyAttributeSequence(slug_of("publication"))


class PracticePageFactory(WorkPageFactory):
    class Meta:
        model = models.PracticePage

    title = factory.Sequence(lambda n: f"Practice {n}")
    slug = factory.LazyAttributeSequence(slug_of("practice"))


class CountryPageFactory(WorkPageFactory):
    class Meta:
        model = models.CountryPage

    title = factory.Sequence(lambda n: f"Country page {n}")
    slug = factory.LazyAttributeSequence(slug_of("country-page"))


# Type id to the factory of its pages, in the order of the facet "type".
WORK_FACTORIES = {
    "strategy": StrategyPageFactory,
    "programme": ProgrammePageFactory,
    "expert": ExpertPageFactory,
    "training": TrainingPageFactory,
    "evaluation": EvaluationPageFactory,
    "publication": PublicationPageFactory,
    "practice": PracticePageFactory,
    "country": CountryPageFactory,
}


# Rows of a work


class RowFactory(DjangoModelFactory):
    """A row of a work; `page` is the page it was entered on, of any class."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(**{name: value for name, value in kwargs.items() if name != "page"})
        row.page_id = kwargs["page"].pk
        row.save()
        return row


class EditionFactory(RowFactory):
    """An available edition in Spanish by default; `language` takes a code or a Language."""

    class Meta:
        model = models.Edition

    language = factory.SubFactory(LanguageFactory)
    title = factory.Sequence(lambda n: f"Edition {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if isinstance(kwargs.get("language"), str):
            kwargs["language"] = LanguageFactory(code=kwargs["language"])
        return super()._create(model_class, *args, **kwargs)


class OrganisationRoleFactory(RowFactory):
    class Meta:
        model = models.OrganisationRole

    organisation = factory.SubFactory(OrganisationFactory)
    role = models.OrganisationRole.Role.IMPLEMENTER


class RelatedWorkFactory(RowFactory):
    class Meta:
        model = models.RelatedWork

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs["target_id"] = kwargs.pop("target").pk
        return super()._create(model_class, *args, **kwargs)


class RatingFactory(RowFactory):
    class Meta:
        model = models.Rating

    scheme = "CEBC"
    level = "3 - Promising Research Evidence"


class EvaluatedProgrammeFactory(RowFactory):
    class Meta:
        model = models.EvaluatedProgramme


class EvaluationOutcomeFactory(RowFactory):
    class Meta:
        model = models.EvaluationOutcome

    outcome = factory.SubFactory(OutcomeFactory)
    direction = models.EvaluationOutcome.Direction.POSITIVE


class ExpertLanguageFactory(RowFactory):
    class Meta:
        model = models.ExpertLanguage

    language = factory.SubFactory(LanguageFactory)


class TrainedAtFactory(RowFactory):
    class Meta:
        model = models.TrainedAt


class TrainerFactory(RowFactory):
    class Meta:
        model = models.Trainer


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = models.Session

    title = factory.Sequence(lambda n: f"Session {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        many = {name: kwargs.pop(name) for name in ("languages", "strategies") if name in kwargs}
        session = model_class(**kwargs)
        for name, terms in many.items():
            setattr(session, name, terms)
        session.save()
        return session


class SessionSpeakerFactory(DjangoModelFactory):
    class Meta:
        model = models.SessionSpeaker


class SessionMaterialFactory(DjangoModelFactory):
    class Meta:
        model = models.SessionMaterial

    url = "https://slides.example/session"


class SurveyFactory(RowFactory):
    class Meta:
        model = models.Survey

    year = "2018"


class HelplineFactory(DjangoModelFactory):
    class Meta:
        model = models.Helpline

    country = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda n: f"Helpline {n}")
    number = "141"
    source_url = "https://childhelplines.example/colombia"
    source_read = datetime.date(2022, 5, 12)
