"""The indexes of one hub in a cluster: which one readers use, which one is being built, which are left over.

    prefix.VERSION              alias of the index that readers use; a change moves it in one step
    prefix.VERSION.building     alias of the index that a rebuild is loading, while one is
    prefix.VERSION.1a2b3c...    an index
    ... .loading                alias by which the rebuild that made it, and no other, fills it
    prefix.state                alias of an index of one document, the lock of rebuilds (elasticsearch_lock.py)

VERSION is that of rows and analysis: a process of another version of the hub does not see the index at all. While the
index of a new version is built, processes of the old one change nothing: it would be lost when the new one is ready.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from search.engines.base import EngineError
from search.engines.elasticsearch_client import Cluster, Deadline, Refusal, path
from search.engines.elasticsearch_schema import READY, SETTINGS, VERSION, mapping

NOT_BUILT = "The search index has not been built yet. Run: manage.py search_rebuild"
OTHER_VERSION = "The search index was made by another version of the hub. Run: manage.py search_rebuild"
BUILDING = ".building"
LONG = 60.0  # seconds for what a server may do slowly: making an index, moving an alias


@dataclass(frozen=True, slots=True)
class State:
    """What there is: whether readers have an index, whether one is being built, here or for another version of the
    hub, the names of all indexes, and of those that readers use, of whatever version."""

    live: bool
    building: bool
    building_other: bool = False
    names: frozenset[str] = field(default_factory=frozenset)
    in_use: frozenset[str] = field(default_factory=frozenset)


class Indexes:
    """The indexes of `cluster` under its prefix."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._root = f"{cluster.address.prefix}."
        self.live = f"{self._root}{VERSION}"
        self.building = f"{self.live}{BUILDING}"
        self.lock = f"{self._root}state"

    def state(self, deadline: Deadline) -> State:
        """What the cluster has now."""
        found = self._cluster.ask("GET", path(f"{self._root}*", "_alias"), deadline=deadline)
        aliases = {alias for one in found.values() for alias in one["aliases"]}
        names = frozenset(name for name in found if not name.startswith(self.lock))
        building = {alias for alias in aliases if alias.endswith(BUILDING)}
        return State(
            live=self.live in aliases,
            building=self.building in building,
            building_other=bool(building - {self.building}),
            names=names,
            in_use=frozenset(name for name in names if _live(name) in found[name]["aliases"]),
        )

    def explain(self, deadline: Deadline) -> EngineError:
        """Why there is nothing to read."""
        state = self.state(deadline)
        others = [name for name in state.names if not name.startswith(f"{self.live}.")]
        return EngineError(OTHER_VERSION if others and not state.live else NOT_BUILT)

    def loading(self, name: str) -> str:
        """The alias by which a rebuild fills the index `name`."""
        return f"{name}.loading"

    def create(self, building: bool, deadline: Deadline) -> str:
        """A new, empty index for readers at once, or one that is being built; returns its name."""
        name = f"{self.live}.{uuid4().hex}"
        settings = SETTINGS if building else SETTINGS | READY
        aliases: dict[str, Any] = {self.building: {}, self.loading(name): {}} if building else {self.live: {}}
        body = {"settings": {"index": settings}, "mappings": mapping(), "aliases": aliases}
        answer = self._cluster.ask("PUT", path(name), body, deadline)
        if not (answer["acknowledged"] and answer["shards_acknowledged"]):
            raise EngineError("The search server has not made the new index everywhere in time.")
        return name

    def publish(self, name: str, deadline: Deadline) -> None:
        """Make `name` the index that readers use, in one step, and remove all others. Needs the lock of rebuilds."""
        self._cluster.ask("PUT", path(name, "_settings"), {"index": READY}, deadline)
        left = sorted(self.state(deadline).names - {name})
        actions = [
            {"add": {"index": name, "alias": self.live}},
            # Fails where `abandon` was faster, and where this was done already and the answer was lost.
            self._claim(name),
            {"remove": {"index": name, "alias": self.loading(name)}},
            *({"remove_index": {"index": other}} for other in left),
        ]
        self._cluster.ask("POST", "/_aliases", {"actions": actions}, deadline)

    def abandon(self, name: str, deadline: Deadline) -> bool:
        """Remove the index of a rebuild that has not ended well. False where readers use it already: then it stays.

        A request to publish it may still be on its way. It and this one need the alias of what is being built, so that
        only the first of them succeeds. EngineError where the cluster does not answer: the next rebuild removes it.
        """
        try:
            self._cluster.ask("POST", "/_aliases", {"actions": [self._claim(name)]}, deadline)
        except Refusal as error:
            if error.status != 404:
                raise
            if name in self.state(deadline).in_use:
                return False
        self.remove(name, deadline)
        return True

    def _claim(self, name: str) -> dict[str, Any]:
        """The action that one request only can do, with all that it asks for beside: the end of building `name`."""
        return {"remove": {"index": name, "alias": f"{_live(name)}{BUILDING}", "must_exist": True}}

    def remove_unfinished(self, deadline: Deadline) -> None:
        """Remove what rebuilds of any version that failed or were killed have left. Needs the lock of rebuilds."""
        state = self.state(deadline)
        for name in sorted(state.names - state.in_use):
            self.abandon(name, deadline)

    def remove(self, name: str, deadline: Deadline) -> None:
        """Remove an index; one that is not there is no error."""
        try:
            self._cluster.ask("DELETE", path(name), deadline=deadline)
        except Refusal as error:
            if error.status != 404:
                raise


def _live(name: str) -> str:
    """The alias by which readers of its version find the index `name`, when it is ready."""
    return name.rpartition(".")[0]
