"""Test data, one factory a model. Pages come with the tree they need: homes and index pages in all five locales.

Terms are found again by their key, so that two tests of one run may both ask for "parent-caregiver-support".
"""

import datetime

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from home.models import HomePage, StandardPage
from resources import models
from search.languages import LOCALES

ROOT_DEPTH = 1


def locale_of(code: str) -> Locale:
    """The content locale with this language code."""
    return Locale.objects.get_or_create(language_code=code)[0]


def home_page(code: str = "es") -> HomePage:
    """The home page of a locale; the first call makes all five and the site."""
    if not HomePage.objects.exists():
        _make_homes()
    return HomePage.objects.get(locale__language_code=code)


def _make_homes() -> None:
    root = Page.objects.get(depth=ROOT_DEPTH)
    for welcome in root.get_children():
        welcome.delete()
    first = None
    for code in LOCALES:
        page = HomePage(title=f"INSPIRE {code}", slug=f"home-{code}", locale=locale_of(code))
        if first:
            page.translation_key = first.translation_key
        Page.objects.get(depth=ROOT_DEPTH).add_child(instance=page)
        first = first or page
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", site_name="INSPIRE", root_page=first, is_default_site=True)


def index_page(type_id: str, code: str = "es") -> models.CatalogueIndexPage:
    """The index page of a type in a locale, at /<code>/<type>-list-<code>/; the first call makes all five."""
    found = models.CatalogueIndexPage.objects.filter(type=type_id)
    if not found.exists():
        _make_translations(
            lambda locale: models.CatalogueIndexPage(
                type=type_id, title=f"{type_id.title()} list {locale}", slug=f"{type_id}-list-{locale}"
            )
        )
    return found.get(locale__language_code=code)


def helplines_page(code: str = "es") -> models.HelplinesPage:
    """The page of helplines in a locale; the first call makes all five."""
    if not models.HelplinesPage.objects.exists():
        _make_translations(lambda locale: models.HelplinesPage(title=f"Helplines {locale}", slug=f"helplines-{locale}"))
    return models.HelplinesPage.objects.get(locale__language_code=code)


def _make_translations(make) -> None:
    first = None
    for code in LOCALES:
        page = make(code)
        page.locale = locale_of(code)
        if first:
            page.translation_key = first.translation_key
        home_page(code).add_child(instance=page)
        first = first or page


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


# Vocabularies


class TermFactory(DjangoModelFactory):
    """Names in five languages that can be told apart: "Key (es)", "Key (ar)"."""

    class Meta:
        abstract = True
        django_get_or_create = ("key",)

    name_es = factory.LazyAttribute(lambda term: f"{term.key.title()} (es)")
    name_en = factory.LazyAttribute(lambda term: f"{term.key.title()} (en)")
    name_fr = factory.LazyAttribute(lambda term: f"{term.key.title()} (fr)")
    name_pt = factory.LazyAttribute(lambda term: f"{term.key.title()} (pt)")
    name_ar = factory.LazyAttribute(lambda term: f"{term.key.title()} (ar)")


class StrategyFactory(TermFactory):
    class Meta:
        model = models.Strategy

    key = factory.Sequence(lambda n: f"strategy-{n}")
    letter = "P"
    colour = "#1d4f76"
    order = factory.Sequence(lambda n: n)


class InterventionFactory(TermFactory):
    class Meta:
        model = models.Intervention

    key = factory.Sequence(lambda n: f"intervention-{n}")
    strategy = factory.SubFactory(StrategyFactory)


class OutcomeFactory(TermFactory):
    class Meta:
        model = models.Outcome

    key = factory.Sequence(lambda n: f"outcome-{n}")
    group = models.Outcome.Group.VIOLENCE


class SectorFactory(TermFactory):
    class Meta:
        model = models.Sector

    key = factory.Sequence(lambda n: f"sector-{n}")


class ViolenceTypeFactory(TermFactory):
    class Meta:
        model = models.ViolenceType

    key = factory.Sequence(lambda n: f"violence-{n}")


class SettingFactory(TermFactory):
    class Meta:
        model = models.Setting

    key = factory.Sequence(lambda n: f"setting-{n}")


class TopicFactory(TermFactory):
    class Meta:
        model = models.Topic

    key = factory.Sequence(lambda n: f"topic-{n}")


class PopulationFactory(TermFactory):
    class Meta:
        model = models.Population

    key = factory.Sequence(lambda n: f"population-{n}")


class EvidenceLevelFactory(TermFactory):
    class Meta:
        model = models.EvidenceLevel

    key = "promising"


class EvaluationStatusFactory(TermFactory):
    class Meta:
        model = models.EvaluationStatus

    key = "evaluated"


class StudyDesignFactory(TermFactory):
    class Meta:
        model = models.StudyDesign

    key = "rct"


class AudienceFactory(TermFactory):
    class Meta:
        model = models.Audience

    key = factory.Sequence(lambda n: f"audience-{n}")


class SDGTargetFactory(TermFactory):
    class Meta:
        model = models.SDGTarget

    key = "16.2"


class OrganisationFactory(TermFactory):
    class Meta:
        model = models.Organisation

    key = factory.Sequence(lambda n: f"organisation-{n}")
    acronym = ""
    type = models.Organisation.Type.NGO


class RegionFactory(DjangoModelFactory):
    """South America by default."""

    class Meta:
        model = models.Region
        django_get_or_create = ("code",)

    code = "005"


class CountryFactory(DjangoModelFactory):
    """Colombia by default."""

    class Meta:
        model = models.Country
        django_get_or_create = ("code",)

    code = "CO"
    region = factory.SubFactory(RegionFactory)


class LanguageFactory(DjangoModelFactory):
    """Spanish by default."""

    class Meta:
        model = models.Language
        django_get_or_create = ("code",)

    code = "es"
    direction = factory.LazyAttribute(lambda language: "rtl" if language.code == "ar" else "ltr")


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
