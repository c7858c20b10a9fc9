"""Search engines. Which one runs is one setting, SEARCH_URL."""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine, EngineError


def get_engine() -> Engine:
    """The engine of this process: embedded in SEARCH_INDEX_DIR where SEARCH_URL is empty."""
    return _engine(settings.SEARCH_URL, str(settings.SEARCH_INDEX_DIR), os.getpid())


@lru_cache(maxsize=4)
def _engine(url: str, folder: str, _process: int) -> Engine:
    # The number of the process is part of the key: a child must not use locks and files that its parent has open.
    if url:
        raise EngineError("SEARCH_URL names a search server, but only the embedded engine is known here.")
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(Path(folder))
