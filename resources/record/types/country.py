from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from resources.models import CountryPage, Language, Survey
from resources.record import rows
from resources.record.classification import search_link
from resources.record.known_words import known_wording
from resources.record.lists import counts, works_with
from resources.record.reading import Reading
from resources.record.shape import Item, Parts, SurveyRow
from resources.record.texts import row, website, wording
from search.wording import listing


def parts(reading: Reading) -> Parts:
    """A country: what it does to end violence against children, and everything of the hub linked to it."""
    work, terms = reading.work, reading.classification
    country = terms.term("country", work.country_id)
    words = reading.language(work.wording_language_id)
    lists, notice = works_with(reading, "country", country.key) if country else ([], "")
    return Parts(
        glance=[
            row(_("Region"), _region(reading, country)),
            row(_("Pathfinding"), *_pathfinding(work, words)),
            row(pgettext("country", "National plan"), website(work.national_plan_url)),
            *counts(lists),
            *rows.organisations(reading),
            rows.material_languages(reading),
        ],
        headings={
            "national_plan": pgettext("country", "National plan"),
            "coordination_body": _("Coordination body"),
            "priorities": _("Priorities"),
        },
        relations={"adopted_by": _("Practices that took it up")},
        lists=lists,
        terms={"country": [work.country_id]},
        more={
            "lists_notice": notice,
            "surveys": tuple(_survey(survey, words, reading.locale) for survey in work.surveys.all()),
        },
    )


def _region(reading: Reading, country) -> Item | None:
    codes = reading.terms.regions(country) if country else ()
    if not codes:
        return None
    return Item(reading.terms.labels("region", reading.locale)[codes[0]], search_link("region", codes[0]))


def _pathfinding(work: CountryPage, words: Language | None) -> list[str | Item | None]:
    since = _("Since %(year)s") % {"year": work.pathfinding_since} if work.pathfinding_since else ""
    return [work.get_pathfinding_display(), since, known_wording(work.pathfinding_note, words)]


def _survey(survey: Survey, words: Language | None, locale: str) -> SurveyRow:
    reports = [known_wording(part.strip(), words) for part in survey.report_year.split("|") if part.strip()]
    report = _listed(reports, locale)
    if survey.report_url:
        report = replace(report, url=survey.report_url) if report else website(survey.report_url)
    return SurveyRow(
        name=wording(survey.year, words),
        report_year=report,
        headline=known_wording(survey.headline, words),
    )


def _listed(items: Sequence[Item], locale: str) -> Item | None:
    """Several as one; in the language of the first that is not in the reader's."""
    if not items:
        return None
    foreign = next((item for item in items if item.dir), items[0])
    return replace(foreign, text=listing([item.text for item in items], locale))
