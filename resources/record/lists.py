"""Works that share a term with a page, from the search engine: what a strategy or a country page lists by type."""

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from resources.models import CatalogueIndexPage
from resources.record.classification import search_link
from resources.record.reading import Reading
from resources.record.shape import GlanceRow, Item, RelatedGroup, RelatedItem
from resources.record.texts import row
from search.documents import Document
from search.engines import get_engine
from search.engines.base import EngineError, one_page
from search.hits import HitView, hit_views
from search.query import Query

LISTED = 6  # works of a type, the others are one link away
TYPES = ("programme", "evaluation", "training", "expert", "publication", "practice")
_SORTS = {"training": "date", "evaluation": "year", "publication": "year"}


def works_with(reading: Reading, facet: str, key: str) -> tuple[list[RelatedGroup], str]:
    """Works with this value by type, and "" — or no works and a plain sentence while the engine is away."""
    try:
        with one_page():
            groups = [_group(reading, facet, key, type_id) for type_id in TYPES]
    except EngineError:
        return [], _("The lists of works that belong here cannot be shown at the moment. Please try again later.")
    return [group for group in groups if group.items], ""


def counts(groups: list[RelatedGroup]) -> list[GlanceRow]:
    """How many works there are of each type, each number a link to them."""
    return [
        row(group.heading, Item(number_format(group.total, force_grouping=True), group.more_url)) for group in groups
    ]


def _group(reading: Reading, facet: str, key: str, type_id: str) -> RelatedGroup:
    heading = str(CatalogueIndexPage.Type(type_id).label)
    query = Query(
        locale=reading.locale,
        filters={facet: (key,), "type": (type_id,)},
        sort=_SORTS.get(type_id, "title"),
        limit=LISTED,
        today=timezone.localdate(),
    )
    result = get_engine().search(query)
    documents = [hit.document for hit in result.hits]
    views = hit_views(documents, reading.locale)
    number = number_format(result.total, force_grouping=True)
    return RelatedGroup(
        heading=heading,
        items=tuple(_item(document, view, facet) for document, view in zip(documents, views, strict=True)),
        total=result.total,
        more_url=search_link(facet, key, type=type_id),
        more_label=_("%(works)s: see all %(count)s") % {"works": heading, "count": number}
        if result.total > LISTED
        else "",
    )


def _item(document: Document, view: HitView, facet: str) -> RelatedItem:
    about = (view.detail, view.date or view.year, view.countries if facet != "country" else "")
    return RelatedItem(
        title=document.page_for(view.lang).title,
        url=view.url,
        lang=view.title_lang,
        dir=view.title_dir,
        type_label="",
        note=" · ".join(filter(None, about)),
        described=view.described,
    )
