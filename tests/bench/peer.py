"""A plain Wagtail page model with `.search()` and `.facet()`, asked what the engine is asked, in the same run."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from time import monotonic
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import MATCH_ALL

from search.documents import Document
from search.engines.base import MOST_DEEP, Engine
from search.languages import LOCALES
from search.query import Query
from tests.bench.figures import AT_LEAST, Figure, summary, time_of, times_of
from tests.bench.models import PEER_FACETS, PeerPage
from tests.bench.questions import ready

TIMES_FASTER, JUDGED_AT = 100, 10_000
BATCH = 1000  # works
# A question that takes longer is given up and counted as so long, in favour of the peer: its order by relevance looks
# every page up in the full text again, minutes for a word that is in every other page.
LONGEST_S = 1.0
PROGRESS_STEPS = 10_000  # of SQLite's virtual machine, between two looks at the clock


@contextmanager
def database_of_its_own(migrated: Path, path: Path) -> Iterator[None]:
    """Inside, the default connection is to `path`, a copy of the database `migrated` (without content)."""
    shutil.copy(migrated, path)
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        ContentType.objects.clear_cache()


def load(works: Sequence[Document], progress: Callable[[int], None]) -> None:
    """Five pages a work, so that readers of every locale find it; indexed as `update_index` does."""
    loader = _Loader()
    with transaction.atomic():
        for start in range(0, len(works), BATCH):
            loader.add(works[start : start + BATCH])
            progress(min(start + BATCH, len(works)))


def analyse() -> None:
    """Have SQLite look at its tables once, which makes some questions much faster. Neither Wagtail nor Django does."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Loader:
    """Puts pages into the tables directly: through the tree, one by one, it would take an hour."""

    def __init__(self) -> None:
        self.root = Page.objects.get(depth=1)
        self.type = ContentType.objects.get_for_model(PeerPage)
        self.locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LOCALES}
        self.index = get_search_backend().get_index_for_model(PeerPage)
        self.number = 1000  # beyond the places of Wagtail's own first pages

    def add(self, works: Sequence[Document]) -> None:
        pairs = [(work, code) for work in works for code in LOCALES]
        pages = Page.objects.bulk_create([self._page(work, code) for work, code in pairs])
        peers = [self._peer(page, work, code) for page, (work, code) in zip(pages, pairs, strict=True)]
        own = PeerPage._meta.local_concrete_fields
        names = ", ".join(connection.ops.quote_name(field.column) for field in own)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {PeerPage._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(own))})",  # noqa: S608
                [[getattr(peer, field.attname) for field in own] for peer in peers],
            )
        self.index.add_items(PeerPage, peers)

    def _page(self, work: Document, code: str) -> Page:
        self.number += 1
        slug = f"{work.external_id}-{code}"
        return Page(
            title=work.page_for(code).title, draft_title=work.page_for(code).title, slug=slug, live=True,
            path=Page._get_path(self.root.path, 2, self.number), depth=2, url_path=f"/{slug}/",
            content_type=self.type, locale=self.locales[code], translation_key=UUID(work.id),
            first_published_at=work.added_on,
        )  # fmt: skip

    def _peer(self, page: Page, work: Document, code: str) -> PeerPage:
        peer = PeerPage(
            page_ptr=page,
            summary=work.page_for(code).summary,
            keywords=" ".join(names for term in work.keywords for locale, names in term.names if locale == code),
            **{facet: first_value(work, facet) for facet in PEER_FACETS},
        )
        for field in Page._meta.local_concrete_fields:
            setattr(peer, field.attname, getattr(page, field.attname))
        return peer


def first_value(work: Document, facet: str) -> str:
    """The value by which the peer knows `work`; "" where it has none."""
    return work.type if facet == "type" else next(iter(work.facets.get(facet, ())), "")


def ask(query: Query, prefix: bool = False) -> tuple[int, list[PeerPage], dict[str, dict[str, int]]]:
    """Total, hits and counts, as Wagtail's documentation shows it.

    The counts of a facet ignore its own filter, as those of the hub do: one more search each.
    """

    def found(without: str = ""):
        filters = {f"{facet}__in": values for facet, values in query.filters.items() if facet != without}
        pages = PeerPage.objects.filter(locale=locales[query.locale], live=True, **filters)
        if not query.text:
            return pages.order_by("-first_published_at").search(MATCH_ALL, order_by_relevance=False)
        return pages.autocomplete(query.text) if prefix else pages.search(query.text)

    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    results = found()
    counts = {facet: results.facet(facet) for facet in query.facets if facet not in query.filters}
    counts |= {facet: found(facet).facet(facet) for facet in query.facets if facet in query.filters}
    return results.count(), list(results[query.offset : query.offset + query.limit]), counts


def ask_briefly(query: Query, prefix: bool = False) -> None:
    """`ask`, ended after LONGEST_S seconds."""
    connection.ensure_connection()
    until = monotonic() + LONGEST_S
    connection.connection.set_progress_handler(lambda: monotonic() > until, PROGRESS_STEPS)
    try:
        ask(query, prefix)
    except OperationalError:
        if monotonic() <= until:  # it was not ended by us
            raise
    finally:
        connection.connection.set_progress_handler(None, 0)


def compare(
    engine: Engine, questions: Mapping[str, Sequence[Query]], works: int, runs: int, analysed: bool
) -> list[Figure]:
    """How much faster `engine` answers the same questions at the median; the database holds the pages of the peer,
    `analysed` or as a plain installation leaves them."""
    ours: dict[str, list[list[float]]] = {}
    theirs: dict[str, list[list[float]]] = {}
    for kind, queries in ready(engine, questions).items():
        ours[kind] = times_of([partial(engine.search, query) for query in queries], runs)
        asked = map(_at_its_end, questions[kind]) if kind == "deepest page" else queries
        theirs[kind] = times_of([partial(ask_briefly, query, kind == "prefix") for query in asked], runs)
    for all_of in (ours, theirs):
        all_of["all questions"] = [list(chain(*run)) for run in zip(*all_of.values(), strict=True)]
    state = f"{works:,} works, after ANALYZE" if analysed else f"{works:,} works"
    figures = [time_of(f"Wagtail page model, {state}: {kind}", summary(theirs[kind]), judged="p50") for kind in theirs]
    for kind in ours:
        times = summary(theirs[kind]).p50 / summary(ours[kind]).p50
        target = TIMES_FASTER if kind == "all questions" and works == JUDGED_AT and not analysed else None
        figures.append(Figure(f"{engine.name} faster than it, {state}: {kind}", "times", times, target, AT_LEAST))
    return figures


def _at_its_end(query: Query) -> Query:
    total = min(MOST_DEEP, ask(replace(query, facets=()))[0])
    return replace(query, offset=max(0, total - 1) // query.limit * query.limit)
