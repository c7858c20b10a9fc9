"""Terms of every vocabulary, one factory a model; a term is found again by its key."""

import factory
from factory.django import DjangoModelFactory

from resources import models


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
