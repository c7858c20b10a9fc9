"""Words of the index that are spelled nearly like another one, found by the cluster, judged by search/spelling.py."""

from collections.abc import Callable

from search import spelling
from search.engines.elasticsearch_query import Json

SOUGHT = 500  # words asked for; those nearest to the word come first


class Spellings:
    """Has of spelling.Dictionary what is used of it. `suggest` asks the index for suggestions."""

    def __init__(self, suggest: Callable[[Json], Json]) -> None:
        self._suggest = suggest

    def near(self, word: str) -> list[str]:
        """Words within the errors that are forgiven for `word`: fewest errors first, then the most frequent."""
        most = spelling.errors_forgiven(word)
        if not most:
            return []
        common = {
            "analyzer": "whitespace",
            "suggest_mode": "always",
            "string_distance": "damerau_levenshtein",
            "max_edits": most,
            "min_word_length": spelling.SHORTEST_ARABIC,
            "prefix_length": 0,
            "size": SOUGHT,
            "shard_size": SOUGHT,
        }
        asked = {field: {"text": word, "term": {"field": field} | common} for field in ("folded", "term_folded")}
        answer = self._suggest({"size": 0, "suggest": asked})
        options = [option for of in answer["suggest"].values() for part in of for option in part["options"]]
        return spelling.nearest(word, ((option["text"], option["freq"]) for option in options))
