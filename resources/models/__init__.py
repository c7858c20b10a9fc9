"""What the hub holds: vocabularies, page types, and the rows that belong to a work."""

from resources.models.base import ResourcePage
from resources.models.country_page import CountryPage, Survey
from resources.models.document_text import DocumentText
from resources.models.evaluation import EvaluatedProgramme, EvaluationOutcome, EvaluationPage
from resources.models.expert import ExpertLanguage, ExpertPage, ExpertRole, TrainedAt
from resources.models.helplines import Helpline, HelplinesPage
from resources.models.index_page import CatalogueIndexPage
from resources.models.links import Edition, OrganisationRole, RelatedWork
from resources.models.practice import PracticePage
from resources.models.programme import ProgrammePage, Rating
from resources.models.publication import PublicationPage
from resources.models.stamp import VocabularyStamp
from resources.models.starter import StarterRecord
from resources.models.strategy import StrategyPage
from resources.models.training import Session, SessionMaterial, SessionSpeaker, Trainer, TrainingPage
from resources.models.vocabularies import (
    Audience,
    Country,
    EvaluationStatus,
    EvidenceLevel,
    Intervention,
    Language,
    Organisation,
    Outcome,
    Population,
    Region,
    SDGTarget,
    Sector,
    Setting,
    Strategy,
    StudyDesign,
    Topic,
    ViolenceType,
)

# Every page type of works, in the order of the facet "type".
PAGE_MODELS = (
    StrategyPage,
    ProgrammePage,
    ExpertPage,
    TrainingPage,
    EvaluationPage,
    PublicationPage,
    PracticePage,
    CountryPage,
)

__all__ = [
    "PAGE_MODELS",
    "Audience",
    "CatalogueIndexPage",
    "Country",
    "CountryPage",
    "DocumentText",
    "Edition",
    "EvaluatedProgramme",
    "EvaluationOutcome",
    "EvaluationPage",
    "EvaluationStatus",
    "EvidenceLevel",
    "ExpertLanguage",
    "ExpertPage",
    "ExpertRole",
    "Helpline",
    "HelplinesPage",
    "Intervention",
    "Language",
    "Organisation",
    "OrganisationRole",
    "Outcome",
    "Population",
    "PracticePage",
    "ProgrammePage",
    "PublicationPage",
    "Rating",
    "Region",
    "RelatedWork",
    "ResourcePage",
    "SDGTarget",
    "Sector",
    "Session",
    "SessionMaterial",
    "SessionSpeaker",
    "Setting",
    "StarterRecord",
    "Strategy",
    "StrategyPage",
    "StudyDesign",
    "Survey",
    "Topic",
    "TrainedAt",
    "Trainer",
    "TrainingPage",
    "ViolenceType",
    "VocabularyStamp",
]
