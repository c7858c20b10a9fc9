"""What each page type adds to its record, by the id of the type."""

from resources.record.types import country, evaluation, expert, practice, programme, publication, strategy, training

PARTS = {
    "strategy": strategy.parts,
    "programme": programme.parts,
    "expert": expert.parts,
    "training": training.parts,
    "evaluation": evaluation.parts,
    "publication": publication.parts,
    "practice": practice.parts,
    "country": country.parts,
}
