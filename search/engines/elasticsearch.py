"""The engine for several web servers: indexes in an Elasticsearch cluster."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from time import perf_counter
from typing import Any

from search import spelling
from search.documents import Document
from search.engines.base import OTHER_BUILDS, Engine, EngineError, Health, unhurried
from search.engines.elasticsearch_address import Address
from search.engines.elasticsearch_client import Cluster, Deadline, OutOfTime, Refusal, path, reason
from search.engines.elasticsearch_facets import (
    counted,
    counting,
    counting_rows,
    finding_terms,
    rows_counted,
    terms_found,
)
from search.engines.elasticsearch_indexes import LONG, Indexes
from search.engines.elasticsearch_lock import Lock
from search.engines.elasticsearch_order import MORE, ROOM, page_of, window
from search.engines.elasticsearch_query import EVERYTHING, Asking, Json, asking_terms, scored_tokens
from search.engines.elasticsearch_spelling import Spellings
from search.engines.elasticsearch_writing import Batch, Change, Rows, TargetGone, Writer, loading
from search.query import Query, Result
from search.storage import to_json

PROGRESS_STEP = 100  # works between two calls of `progress`
SCAN = 5_000  # works of one answer when all are read
TRIES = 2  # a search that meets an index just when it is removed asks once more
KEPT = "1m"  # how long the server keeps a state for the next part to be read
MISSING = "index_not_found_exception"


class ElasticsearchEngine(Engine):
    """`next_version` gives whole numbers that grow from call to call, whichever host calls."""

    name = "elasticsearch"

    def __init__(self, address: Address, next_version: Callable[[], int]) -> None:
        self._cluster = Cluster(address)
        self._indexes = Indexes(self._cluster)
        self._lock = Lock(self._cluster, self._indexes.lock)
        self._next_version = next_version

    def search(self, query: Query) -> Result:
        started = perf_counter()
        deadline = self._cluster.deadline()
        first: list[Result] = []

        def answer(asked: Query) -> Result:
            result = self._answer(asked, deadline)
            first.append(result)
            return result

        def suggest(asked: Json) -> Json:
            return self._ask_index("POST", deadline, "_search", body=asked)

        def totals(asked: Sequence[Query]) -> list[int]:
            return self._totals(asked, deadline)

        def having(forms: Sequence[str]) -> list[int]:
            tokens = [(field, form) for form in forms for field in ("words", "term_words")]
            (counts,) = self._search([counting_rows(tokens)], deadline)
            _works, rows = rows_counted(tokens, counts)
            return [rows["words", form] + rows["term_words", form] for form in forms]

        try:
            result = spelling.with_correction(query, answer, totals, lambda: Spellings(suggest), having)
        except OutOfTime:
            if not first:
                raise
            result = first[0]  # there was no time left for a better spelling
        return replace(result, took_ms=(perf_counter() - started) * 1000)

    def totals(self, queries: Sequence[Query]) -> list[int]:
        return self._totals(queries, self._cluster.deadline())

    def suggest(self, text: str, locale: str, limit: int = 8) -> tuple[str, ...]:
        # Editions and translations share titles: ask for more works than titles are wanted.
        query = Query(text=text.rstrip(), locale=locale, limit=limit * 2)
        hits = self._answer(query, self._cluster.deadline()).hits if query.text else ()
        return tuple(dict.fromkeys(hit.document.page_for(locale).title for hit in hits))[:limit]

    def upsert(self, documents: Iterable[Document]) -> int:
        return self._change((), documents)

    def delete(self, ids: Iterable[str]) -> None:
        self._change(ids, ())

    def bring(self, ids: Iterable[str], documents: Iterable[Document]) -> int:
        return self._change(ids, documents, make_first=False)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        with unhurried(), self._lock.held() as held:
            deadline = Deadline(LONG)
            self._indexes.remove_unfinished(deadline)
            name = self._indexes.create(building=True, deadline=deadline)
            try:
                # Only now: who changes a work after it was read finds the new index, and writes a higher version there.
                version = self._next_version()
                count = 0
                with loading(self._cluster, self._indexes.loading(name), version) as loader:
                    for document in documents:
                        loader.put(document)
                        count += 1
                        if progress and count % PROGRESS_STEP == 0:
                            progress(count)
                if progress:
                    progress(count)
                held.check()
                self._indexes.publish(name, deadline)
            except BaseException as error:
                removed = True
                with suppress(EngineError):
                    removed = self._indexes.abandon(name, deadline)
                # Where readers use it already, nothing but the answer of the server was lost.
                if removed or not isinstance(error, EngineError):
                    raise
        return count

    def fingerprints(self) -> dict[str, str]:
        with unhurried():
            deadline = Deadline(LONG)
            return dict(self._fingerprints(deadline))

    def health(self) -> Health:
        try:
            deadline = self._cluster.deadline()
            counting = {"size": 0, "track_total_hits": True, "query": EVERYTHING}
            found = self._ask_index("POST", deadline, "_search", body=counting)
            stats = self._ask_index("GET", deadline, "_stats", "store")
        except EngineError as error:
            return Health(self.name, False, 0, 0, str(error))
        size = stats["_all"]["primaries"]["store"]["size_in_bytes"]
        return Health(self.name, True, found["hits"]["total"]["value"], size, "The search index is ready.")

    def _answer(self, query: Query, deadline: Deadline) -> Result:
        """The works that match the text as it stands, and the counts."""
        query = self._within_reach(query)
        (asking,) = self._askings([query], deadline, scored=True)
        ordered: Json = {"query": asking.found(), "sort": asking.order(), "track_total_hits": False}
        ordered["stored_fields"] = ["stored"]
        room = ROOM
        wanted = [ordered | window(query, room)] if query.limit else []
        counts, *found = self._search([counting(asking), *wanted], deadline)
        total, facets = counted(asking, counts)
        self._refuse_deeper(query, total)
        hits = page_of(found[0], asking, room) if found else ()
        while hits is None:
            room *= MORE
            (more,) = self._search([ordered | window(query, room)], deadline)
            hits = page_of(more, asking, room)
        return Result(hits=hits, total=total, facets=facets)

    def _totals(self, queries: Sequence[Query], deadline: Deadline) -> list[int]:
        """How many works match each of `queries`, which ask for no facets."""
        askings = self._askings(queries, deadline)
        answers = self._search(list(map(counting, askings)), deadline)
        return [counted(asking, answer)[0] for asking, answer in zip(askings, answers, strict=True)]

    def _askings(self, queries: Sequence[Query], deadline: Deadline, scored: bool = False) -> list[Asking]:
        """`queries` as questions: the terms that each is about, and where they are `scored` how rare their words are,
        are found in one request."""
        asked = {name: one for query in queries for name, one in asking_terms(query.text).items()}
        if not asked:
            return [Asking(query, {}) for query in queries]
        tokens = (
            list(dict.fromkeys(token for query in queries for token in scored_tokens(query.text))) if scored else []
        )
        *found, counts = self._search([*map(finding_terms, asked.values()), counting_rows(tokens)], deadline)
        terms = dict(zip(asked, map(terms_found, found), strict=True))
        works, rows = rows_counted(tokens, counts)
        return [Asking(query, terms, rows, works) for query in queries]

    def _search(self, requests: list[Json], deadline: Deadline) -> list[Json]:
        """The answers to several searches, asked together."""
        header = _line({"allow_partial_search_results": False})
        timeout = {"timeout": f"{round(self._cluster.address.timeout * 1000)}ms"}
        body = b"".join(header + _line(request | timeout) for request in requests)
        for _try in range(TRIES):
            answers = self._ask_index("POST", deadline, "_msearch", body=body)["responses"]
            failed = [one for one in answers if "error" in one]
            if not failed:
                break
            if failed[0]["error"].get("type") == MISSING:
                raise self._indexes.explain(deadline)
        else:
            # An index that is removed just when it is searched is met once; this is something else.
            raise EngineError(f"The search server could not answer: {reason(failed[0]['error'])}")
        if any(one["timed_out"] for one in answers):
            raise OutOfTime(f"The search server did not answer within {self._cluster.address.timeout:g} s.")
        return answers

    def _ask_index(
        self, method: str, deadline: Deadline, *what: str, body: Json | bytes | None = None, **params: str
    ) -> Any:
        """What the cluster answers about the index that readers use."""
        try:
            return self._cluster.ask(method, path(self._indexes.live, *what), body, deadline, **params)
        except Refusal as error:
            if error.kind == MISSING:
                raise self._indexes.explain(deadline) from None
            raise

    def _fingerprints(self, deadline: Deadline) -> Iterator[tuple[str, str]]:
        """Read at one moment, in parts."""
        moment = {"id": self._ask_index("POST", deadline, "_pit", keep_alive=KEPT)["id"], "keep_alive": KEPT}
        asked: Json = {
            "pit": moment,
            "query": EVERYTHING,
            "size": SCAN,
            "sort": ["_shard_doc"],
            "track_total_hits": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["id", "fingerprint"],
        }
        try:
            while hits := self._cluster.ask("POST", "/_search", asked, deadline)["hits"]["hits"]:
                yield from ((hit["fields"]["id"][0], hit["fields"]["fingerprint"][0]) for hit in hits)
                asked["search_after"] = hits[-1]["sort"]
        finally:
            with suppress(EngineError):
                self._cluster.ask("DELETE", "/_pit", {"id": moment["id"]}, deadline)

    def _change(self, ids: Iterable[str], documents: Iterable[Document], make_first: bool = True) -> int:
        """Store `documents`, and remove those of `ids` that are not among them."""
        deadline = self._cluster.deadline()
        version = self._next_version()  # before the first work is read
        targets = self._targets(deadline, make_first)
        gone = dict.fromkeys(ids)
        rows = Rows()
        batch = Batch()
        count = 0

        def add(change: Change) -> None:
            nonlocal batch
            if batch.is_full(change):
                self._send(batch, targets, version, deadline)
                batch = Batch()
            batch.add(change)

        for document in documents:
            for change in rows.of(document):
                add(change)
            gone.pop(document.id, None)
            count += 1
        for id in gone:
            add(rows.without(id))
        self._send(batch, targets, version, deadline, refresh=True)
        return count

    def _send(
        self, batch: Batch, targets: tuple[str, ...], version: int, deadline: Deadline, refresh: bool = False
    ) -> None:
        try:
            self._writer(targets, version).send(batch, deadline, refresh)
        except TargetGone:
            # A rebuild has ended since, or someone has removed the index.
            self._writer(self._targets(deadline, make_first=False), version).send(batch, deadline, refresh)

    def _writer(self, targets: tuple[str, ...], version: int) -> Writer:
        """What is being built may be gone where readers have an index: by then it is that one, or has been given up.

        Where they had none, a change that finds nothing there has not been stored anywhere.
        """
        optional = self._indexes.building if self._indexes.live in targets else ""
        return Writer(self._cluster, targets, version, optional)

    def _targets(self, deadline: Deadline, make_first: bool) -> tuple[str, ...]:
        """The aliases to which a change goes: what readers use, and what is being built."""
        state = self._indexes.state(deadline)
        if state.building_other:
            raise EngineError(OTHER_BUILDS)
        if not (state.live or state.building):
            if state.names or not make_first:
                raise self._indexes.explain(deadline)
            self._make_first()
            state = self._indexes.state(deadline)
        live = (self._indexes.live,) if state.live else ()
        return (*live, self._indexes.building) if state.building else live

    def _make_first(self) -> None:
        """An empty index where there is none at all; another process may be faster."""
        with unhurried():
            deadline = Deadline(LONG)
            with self._lock.held():
                if not self._indexes.state(deadline).names:
                    self._indexes.create(building=False, deadline=deadline)


def _line(data: Json) -> bytes:
    return to_json(data) + b"\n"
