"""Search engines. Which one runs is one setting, SEARCH_URL."""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine


def get_engine() -> Engine:
    """The engine of this process: embedded in SEARCH_INDEX_DIR where SEARCH_URL is empty, else the cluster it names.

    EngineError where SEARCH_URL cannot be read; nothing is asked of a cluster yet.
    """
    return _engine(settings.SEARCH_URL, str(settings.SEARCH_INDEX_DIR), os.getpid())


@lru_cache(maxsize=4)
def _engine(url: str, folder: str, _process: int) -> Engine:
    # The number of the process is part of the key: a child must not use locks and files that its parent has open.
    if url:
        from search.engines import elasticsearch_address
        from search.engines.elasticsearch import ElasticsearchEngine
        from search.versions import next_version

        return ElasticsearchEngine(elasticsearch_address.read(url), next_version)
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(Path(folder))
