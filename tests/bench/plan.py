"""What is measured in which order, from an empty folder."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from resources.models import CatalogueIndexPage, Organisation
from resources.vocabulary_cache import drop, vocabularies
from search import registry
from search.documents import Document
from search.engines import get_engine
from search.engines.base import Engine
from search.engines.elasticsearch_address import TIMEOUT
from search.languages import LOCALES
from search.progress import ProgressBar
from tests.bench import cluster, engine, hub_pages, peer, worker
from tests.bench.figures import Figure
from tests.bench.models import PeerPage
from tests.bench.questions import Asker, ready
from tests.bench.readers import Crowd, crowd
from tests.bench.synthetic import FACETS, Corpus
from tests.elasticsearch_server import Server

BASE = 10_000  # works of the comparison with the peer, of the pages and of the build
QUESTIONS, QUESTIONS_OF_PEER = 40, 6  # a kind
LARGEST_PEER = 100_000  # works; with more, loading its pages would take longer than everything else
QUICK_QUESTIONS = 4
QUICK_CROWD = Crowd(readers=2, workers=1, seconds=1)
QUICK_STEP = 40  # of so many records, one is looked at when it is only tried
PASSWORD = "only for one measurement"


class Plan:
    """`scales`: numbers of works. The smallest, at most 10,000, is that of pages, builds and readers."""

    def __init__(self, folder: Path, scales: list[int], runs: int, quick: bool) -> None:
        self.folder = folder
        self.base = min(BASE, *scales)
        self.scales = sorted({self.base, *scales})
        self.runs = runs
        self.quick = quick
        self.questions = QUICK_QUESTIONS if quick else QUESTIONS
        self.figures: list[Figure] = []

    def measure(self) -> None:
        """Every figure, in order."""
        self._step("Database", self._migrate)
        self._step("Starter content", self._load_content)
        real = list(registry.source().documents())
        works = self._step(f"{self.base:,} synthetic works", lambda: list(self._works(self.base)))
        questions = Asker(self._corpus(), works).questions(self.questions)
        few = {kind: of[:QUESTIONS_OF_PEER] for kind, of in questions.items()}
        self._measure_pages(real, works, questions)  # first, while this process is about as large as a web worker
        engines = self._build_embedded(works, real)
        for scale, one in engines.items():
            self._measure_engine(one, questions, scale)
        for scale, one in engines.items():
            if scale <= LARGEST_PEER:
                self._compare(one, scale, few)
        with cluster.server(thorough=not self.quick) as server:
            self._measure_cluster(server, works, real, questions)
        self._measure_largest_worker(engines[self.scales[-1]], real, questions, self.scales[-1])

    # Steps

    def _migrate(self) -> None:
        database = settings.DATABASES["default"]["NAME"]
        if ready := os.environ.get("BENCH_DATABASE"):
            shutil.copy(ready, database)
        else:
            # With the settings of the hub: Django cannot place the peer, which has no migration, among the rest.
            hub = os.environ | {"DJANGO_SETTINGS_MODULE": "hub.settings"}
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=settings.BASE_DIR, env=hub, check=True)
        with connection.schema_editor() as editor:
            editor.create_model(PeerPage)
        connection.close()
        shutil.copy(database, self.folder / "migrated.sqlite3")

    def _load_content(self) -> None:
        call_command("load_starter", stdout=io.StringIO(), stderr=io.StringIO())
        call_command("collectstatic", verbosity=0, interactive=False)
        get_user_model().objects.create_superuser("bench", password=PASSWORD)
        # A hub of ten thousand works knows many organisations, and draws them all.
        names = Corpus(seed=3)
        size = FACETS["organisation"][0]
        Organisation.objects.bulk_create(
            Organisation(key=f"organisation-{number}", type=Organisation.Type.NGO,
                         **{f"name_{code}": names.text(code, 3).capitalize() for code in LOCALES})
            for number in range(size - Organisation.objects.count())
        )  # fmt: skip
        drop()

    def _corpus(self) -> Corpus:
        """Words made up, facet values those of the vocabularies: so every value has its name on a page."""
        terms = vocabularies()
        values = {facet: tuple(terms.by_key[facet]) for facet in (*FACETS, "country") if facet in terms.by_key}
        values |= {facet: tuple(terms.labels(facet, "es")) for facet in ("kind", "mode", "role")}
        regions = {country.key: terms.regions(country) for country in terms.by_pk["country"].values()}
        return Corpus(values=values, regions=regions)

    def _works(self, count: int) -> Iterator[Document]:
        """The same works at every call: those of a smaller number are the first of a larger."""
        corpus = self._corpus()
        return (corpus.document(number) for number in range(count))

    def _build_embedded(self, works: list[Document], real: list[Document]) -> dict[int, Engine]:
        engines: dict[int, Engine] = {self.base: engine.EmbeddedEngine(self.folder / "index")}
        self._add("Build", lambda: engine.build_rates(engines[self.base], works, real, self.runs))
        for scale in self.scales[1:]:
            path = self.folder / f"index-{scale}"
            engines[scale] = self._progress(scale, lambda tell: engine.embedded(self._works(scale), path, tell))  # noqa: B023
        return engines

    def _measure_engine(self, one: Engine, questions, scale: int) -> None:
        name = f"{one.name.capitalize()} at {scale:,} works"
        self._add(name, lambda: engine.latencies(one, questions, scale, self.runs))

    def _measure_cluster(self, server: Server, works: list[Document], real: list[Document], questions) -> None:
        """The other engine, on a server that does nothing else, and readers of a hub that uses it."""
        for scale in self.scales:
            with server.prefix() as prefix:  # removed before the next: a server merges a large index for minutes
                one = cluster.engine(server, prefix)
                self._progress(scale, lambda tell: one.rebuild(self._works(scale), tell))  # noqa: B023
                self._measure_engine(one, questions, scale)
                self._add("Memory", lambda: cluster.memory(server, f"{scale:,} works"))  # noqa: B023
        # Not before: a server that has just started is still compiling itself.
        builder = cluster.engine(server, "bench-build")
        self._add("Build", lambda: engine.build_rates(builder, works, real, self.runs))
        readers = cluster.engine(server, "bench-readers")
        self._progress(len(real) + self.base, lambda tell: readers.rebuild(chain(real, works), tell))
        self._crowd(questions, SEARCH_URL=server.search_url("bench-readers", timeout=TIMEOUT))

    def _crowd(self, questions, **environment: str) -> None:
        name = "elasticsearch" if environment else "embedded"
        urls = hub_pages.search_urls(ready(get_engine(), questions))
        size = QUICK_CROWD if self.quick else Crowd()
        about = f"{name}, {self.base:,} works"
        self._add("Readers", lambda: crowd(size, settings.HUB_DATA, urls, about, **environment))

    def _compare(self, embedded: Engine, scale: int, questions) -> None:
        works = list(self._works(scale))
        with peer.database_of_its_own(self.folder / "migrated.sqlite3", self.folder / f"peer-{scale}.sqlite3"):
            self._progress(scale, lambda tell: peer.load(works, tell), "Pages of the peer")
            if scale == self.base:  # with more pages, most questions would reach the limit of their time
                self._add("Wagtail page model", lambda: peer.compare(embedded, questions, scale, self.runs, False))
            peer.analyse()
            self._add("After ANALYZE", lambda: peer.compare(embedded, questions, scale, self.runs, True))
        drop()

    def _measure_pages(self, real: list[Document], works: list[Document], questions) -> None:
        reader = hub_pages.Reader()
        seen = real[::QUICK_STEP] if self.quick else real
        self._progress(len(real), lambda tell: get_engine().rebuild(real, tell))
        self._add("Record pages", lambda: hub_pages.record_pages(reader, seen, self.runs))
        self._add("First view", lambda: hub_pages.first_views(reader, seen, "q=violencia", "starter content"))
        self._measure_worker(real, questions, "starter content", worker.RESIDENT_MB)
        self._progress(len(real) + self.base, lambda tell: get_engine().rebuild(chain(real, works), tell))
        urls = hub_pages.search_urls(ready(get_engine(), questions))[: self.questions]
        self._add("Search page", lambda: hub_pages.search_page(urls, self.base, self.runs))
        self._add("Publishing", lambda: hub_pages.publishing(self.base, self.runs))
        self._crowd(questions)

    def _measure_largest_worker(self, largest: Engine, real: list[Document], questions, works: int) -> None:
        largest.upsert(real)
        shutil.rmtree(settings.SEARCH_INDEX_DIR)
        shutil.move(str(largest.folder.root), settings.SEARCH_INDEX_DIR)
        self._measure_worker(real, questions, f"{works:,} works")

    def _measure_worker(self, real: list[Document], questions, note: str, target: float | None = None) -> None:
        """A worker of the hub with the index as it is now."""
        urls = hub_pages.search_urls(ready(get_engine(), questions))
        lists = [page.get_url() for page in CatalogueIndexPage.objects.all()]
        others = [*(f"/{code}/" for code in LOCALES), *lists, *(work.url_for("fr") for work in real[::9])]
        mixed = [url for pair in zip(urls, others, strict=False) for url in pair]
        requests = worker.REQUESTS // QUICK_STEP if self.quick else worker.REQUESTS
        self._add("Memory", lambda: worker.memory(settings.HUB_DATA, mixed, requests, note, PASSWORD, target))

    # What is told meanwhile

    def _add(self, name: str, figures: Callable[[], list[Figure]]) -> None:
        self.figures += self._step(name, figures)

    def _step(self, name: str, do: Callable):
        began = monotonic()
        print(f"{name} ...", end=" ", file=sys.stderr, flush=True)
        done = do()
        print(f"{monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        return done

    def _progress(self, total: int, do: Callable[[Callable[[int], None]], object], name: str = "Index"):
        with translation.override("en"):  # the last page asked for was in another language
            bar = ProgressBar(total, name, sys.stderr)
            try:
                return do(bar.reach)
            finally:
                bar.close()
