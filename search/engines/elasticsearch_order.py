"""A page of hits in order: numbers decide on the server, the few works that these do not tell apart are ordered here.

To sort by a key, an id or a title, the server would look into its dictionary for every work that is in the running.
Measured with 40,000 works on 2 cores: page 100 took 45 ms with ids as the last of the order, 175 ms by titles, 15 to 20
without. And keys of titles took a twentieth of the time to build an index.
"""

from base64 import b64decode

from search import storage
from search.engines.elasticsearch_query import Asking, Json
from search.engines.ties import between
from search.query import Hit, Query

ROOM = 10  # hits asked for before and after the page, in which equal ones usually end
MORE = 8  # times as many, where they do not


def window(query: Query, room: int) -> Json:
    """The page of `query` with `room` hits before and after it."""
    first = max(0, query.offset - room)
    return {"from": first, "size": query.offset + query.limit + room - first}


def page_of(answer: Json, asking: Asking, room: int) -> tuple[Hit, ...] | None:
    """The page of `asking` out of the answer with its window; None where works that are equal stand beyond it."""
    rows = answer["hits"]["hits"]
    place = window(asking.query, room)
    start = asking.query.offset - place["from"]
    end = start + asking.query.limit
    numbers = [row["sort"] for row in rows]
    if start >= len(rows):
        return ()
    begins_earlier = place["from"] > 0 and numbers[0] == numbers[start]
    ends_later = len(rows) == place["size"] and numbers[-1] == numbers[end - 1]
    if begins_earlier or ends_later:
        return None
    ranked = zip(numbers, rows, strict=True)
    return tuple(between(ranked, start, end, lambda row: hit_of(row, asking), lambda hit: asking.key(hit.document)))


def hit_of(row: Json, asking: Asking) -> Hit:
    """The work of a row."""
    document = storage.load(b64decode(row["fields"]["stored"][0]))
    return Hit(document, row["sort"][0] if asking.by_score else 0.0)
