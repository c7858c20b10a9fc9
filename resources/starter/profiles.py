"""Works that are written in all five languages: the strategies and the invented examples of experts."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.text import slugify

from resources.models import ExpertLanguage, ExpertPage, ResourcePage, StrategyPage
from resources.starter.facts import Facts, source_lines
from resources.starter.report import CREATED
from resources.starter.shelf import Shelf
from resources.starter.structure import paragraphs
from search.languages import LOCALES

STRATEGIES, EXPERTS = "strategies", "experts"


def count_strategies(facts: Facts) -> int:
    return len(facts.content.structure[STRATEGIES])


def count_experts(facts: Facts) -> int:
    return len(facts.content.structure[EXPERTS])


def load_strategies(facts: Facts, shelf: Shelf) -> None:
    sources = {row["key"]: row["source_url"] for row in facts.content.facts["strategies"]}
    names = {row["key"]: row for row in facts.content.vocabularies["interventions"]}
    with transaction.atomic():
        for text in facts.content.structure[STRATEGIES]:
            key = text["key"]
            if shelf.wanted(STRATEGIES, key, key in shelf.works):
                term = shelf.term("Strategy", key)
                values = {"external_id": key, "term": term, "source_urls": source_lines(sources.get(key, ()))}
                terms = {
                    "strategies": [term] if term else [],
                    "interventions": shelf.some("Intervention", [part["key"] for part in text["interventions"]]),
                }
                add_in_all_languages(
                    STRATEGIES,
                    lambda code, text=text: StrategyPage(**_strategy_prose(text, names, code)),
                    values,
                    {},
                    terms,
                    shelf,
                )
            shelf.step()


def _strategy_prose(text: Mapping, names: Mapping, code: str) -> dict[str, str]:
    approaches = format_html_join(
        "",
        "<h3>{}</h3><p>{}</p>",
        ((names[part["key"]][f"name_{code}"], part["text"][code]) for part in text["interventions"]),
    )
    return {
        "title": text["title"][code],
        "slug": text["slug"][code],
        "summary": text["summary"][code],
        "objective": text["objective"][code],
        "why_it_matters": paragraphs(text["why"][code]),
        "interventions_text": format_html("<p>{}</p>{}", text["interventions_intro"][code], approaches),
        "indicators": format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in text["indicators"][code]))
        ),
    }


def load_experts(facts: Facts, shelf: Shelf) -> None:
    with transaction.atomic():
        for text in facts.content.structure[EXPERTS]:
            external_id = text["external_id"]
            if shelf.wanted(EXPERTS, external_id, external_id in shelf.works):
                values = {
                    "external_id": external_id,
                    "example": True,
                    "open_to_invitations": text["open_to_invitations"],
                    **{f"is_{role}": True for role in text["roles"]},
                }
                languages = [
                    ExpertLanguage(language=language, level=entry["level"], sort_order=place)
                    for place, entry in enumerate(text["languages"])
                    if (language := shelf.term("Language", entry["code"])) is not None
                ]
                terms = {
                    "countries": shelf.some("Country", text["countries"]),
                    "strategies": shelf.some("Strategy", text["strategies"]),
                    "interventions": shelf.some("Intervention", text["interventions"]),
                    "sectors": shelf.some("Sector", text["sectors"]),
                }
                add_in_all_languages(
                    EXPERTS,
                    lambda code, text=text: ExpertPage(
                        title=text["title"][code],
                        slug=slugify(text["slug"][code]),
                        summary=text["summary"][code],
                        bio=paragraphs(text["bio"][code]),
                        **({"example": True} if code != LOCALES[0] else {}),
                    ),
                    values,
                    {"languages": languages},
                    terms,
                    shelf,
                )
            shelf.step()


def add_in_all_languages(
    kind: str,
    make: Callable[[str], ResourcePage],
    values: Mapping,
    rows: Mapping,
    terms: Mapping,
    shelf: Shelf,
    draft_reason: str = "",
) -> None:
    """The original in the first language, with all values of the work, then its translations, with prose only."""
    original = make(LOCALES[0])
    for name, value in values.items():
        setattr(original, name, value)
    if shelf.add_work(kind, original, rows, terms, locale=LOCALES[0], draft_reason=draft_reason) is None:
        return
    for code in LOCALES[1:]:
        index = shelf.indexes.get((original.type_id, code))
        if index is None:
            continue
        page = make(code)
        page.locale = shelf.locales[code]
        page.translation_key = original.translation_key
        shelf.add_page(index, page, live=not draft_reason)
        shelf.report.add(f"{kind}_translations", CREATED)
