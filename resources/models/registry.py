"""The lists that code goes through instead of naming every vocabulary or page type again."""

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

TERM_MODELS = (
    Strategy,
    Intervention,
    Outcome,
    Sector,
    ViolenceType,
    Setting,
    Topic,
    Population,
    EvidenceLevel,
    EvaluationStatus,
    StudyDesign,
    Audience,
    SDGTarget,
    Organisation,
)

# Facet id of search/facets.py to the vocabulary its values come from.
FACET_VOCABULARIES = {
    "strategy": Strategy,
    "intervention": Intervention,
    "sector": Sector,
    "violence": ViolenceType,
    "setting": Setting,
    "topic": Topic,
    "population": Population,
    "audience": Audience,
    "evidence": EvidenceLevel,
    "evaluation_status": EvaluationStatus,
    "design": StudyDesign,
    "outcome": Outcome,
    "sdg": SDGTarget,
    "organisation": Organisation,
    "language": Language,
    "country": Country,
    "region": Region,
}
