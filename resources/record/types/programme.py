from collections.abc import Iterator

from django.utils.translation import gettext as _

from resources.models import Rating
from resources.record import rows
from resources.record.reading import Reading
from resources.record.shape import Parts, RatingRow
from resources.record.texts import (
    ages,
    day,
    host,
    partial_date_in_words,
    row,
    website,
    websites,
    wording,
    words_of_a_list,
    years,
)


def parts(reading: Reading) -> Parts:
    """A programme: how it runs, how it was rated, what evaluated it, what it came from and what became of it."""
    work, terms = reading.work, reading.classification
    return Parts(
        glance=[
            rows.countries(reading),
            row(_("Ages"), ages(work.age_from, work.age_to)),
            row(_("Years"), years(work.start_year, work.end_year)),
            row(_("Status"), work.get_status_display()),
            row(_("Scale"), work.get_scale_display()),
            row(_("Delivered by"), work.get_delivered_by_display()),
            *rows.organisations(reading, work.organisations_text),
            row(_("Cost"), work.get_cost_band_display()),
            row(_("Evidence on the INSPIRE scale"), *terms.items("evidence", [work.evidence_level_id])),
            row(_("Evaluation status"), *terms.items("evaluation_status", [work.evaluation_status_id])),
            rows.material_languages(reading),
            row(_("Website"), website(work.website)),
        ],
        headings={
            "reach": _("Reach"),
            "needs": _("What it needs to work"),
            "cost_notes": _("What it costs"),
            "adaptation": _("Adaptation and scale-up"),
        },
        relations={
            "evaluations": _("Evaluations of this programme"),
            "adapted_from": _("Adapted from"),
            "adapted_into": _("Adapted into"),
            "adopted_by": _("Practices that took it up"),
        },
        terms={"evidence": [work.evidence_level_id], "evaluation_status": [work.evaluation_status_id]},
        more={"ratings": tuple(_rating(rating, reading) for rating in work.ratings.all())},
    )


def _rating(rating: Rating, reading: Reading) -> RatingRow:
    scheme_language = reading.language(rating.wording_language_id)
    language = reading.language(rating.description_language_id)
    return RatingRow(
        scheme=rating.scheme,
        topic_area=wording(words_of_a_list(rating.topic_area), scheme_language),
        level=wording(rating.level, scheme_language),
        date=partial_date_in_words(rating.rated_on),
        reviewed=partial_date_in_words(rating.reviewed_on),
        valid_until=day(rating.valid_until),
        population=wording(rating.population, language),
        harm_noted=rating.harm_noted,
        harm_reason=wording(rating.harm_reason, language) if rating.harm_noted else None,
        source=website(rating.source_url),
        more_sources=websites(rating.more_source_urls),
        remarks=tuple(_remarks(rating)),
    )


def _remarks(rating: Rating) -> Iterator[str]:
    if rating.may_be_outdated:
        site = host(rating.source_url)
        yield _("As listed by %(site)s; may be out of date.") % {"site": site} if site else _("May be out of date.")
    if rating.scheme_ended:
        yield _("This scheme no longer operates.")
