from django.utils.translation import gettext as _

from resources.models import EvaluationOutcome
from resources.record import rows
from resources.record.reading import Reading
from resources.record.shape import Item, OutcomeRow, Parts
from resources.record.texts import row, wording, words_of_a_list


def parts(reading: Reading) -> Parts:
    """An evaluation: who studied what and how, and what they found."""
    work, terms = reading.work, reading.classification
    outcomes = list(work.outcomes.all())
    authors = [author.strip() for author in work.authors.split(";") if author.strip()]
    return Parts(
        glance=[
            row(_("Authors"), *authors),
            row(_("Year"), str(work.year or "")),
            row(_("Study design"), *terms.items("design", [work.design_id])),
            row(
                _("Design in the study’s own words"),
                wording(work.design_as_stated, reading.language(work.wording_language_id)),
            ),
            rows.countries(reading),
            row(_("Access"), _access(work.open_access)),
            *rows.organisations(reading),
            rows.material_languages(reading),
        ],
        headings={"sample": _("Sample")},
        relations={"programmes": _("Programmes evaluated"), "adopted_by": _("Practices that took it up")},
        terms={
            "design": [work.design_id],
            "outcome": [outcome.outcome_id for outcome in outcomes],
            "intervention": [outcome.intervention_id for outcome in outcomes],
        },
        more={"outcomes": tuple(_outcome(outcome, reading) for outcome in outcomes)},
    )


def _access(is_open: bool | None) -> str:
    if is_open is None:
        return ""
    return _("Open access") if is_open else _("Not open access")


def _outcome(row_of_work: EvaluationOutcome, reading: Reading) -> OutcomeRow:
    terms = reading.classification
    outcome = next(iter(terms.items("outcome", [row_of_work.outcome_id])), Item(""))
    return OutcomeRow(
        outcome=outcome,
        direction_key=row_of_work.direction,
        direction_label=row_of_work.get_direction_display() if row_of_work.direction else _("Not stated"),
        measured=wording(words_of_a_list(row_of_work.measured), reading.language(row_of_work.wording_language_id)),
        intervention=next(iter(terms.items("intervention", [row_of_work.intervention_id])), None),
    )
