"""Pages of the embedded engine fit together, also where many works are equal in order."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest

from search.documents import Document, PageText
from search.engines.embedded import EmbeddedEngine
from search.query import Query

WORKS = 400
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)


def work(number: int) -> Document:
    """Works 60 to 359 were added in one moment, the others each on a day of its own."""
    day = 60 if 60 <= number < 360 else number
    return Document(
        id=f"work-{number * 7919 % WORKS:03}",  # in another order than they are stored
        external_id=f"work-{number}",
        type="practice",
        pages=(PageText("en", f"Work {number}", "A summary.", f"/en/{number}/"),),
        added_on=FIRST_DAY + timedelta(days=day),
    )


@pytest.mark.parametrize("size", [7, 20])
def test_pages_follow_each_other_through_a_long_row_of_equal_works(tmp_path, size):
    works = [work(number) for number in range(WORKS)]
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild(works)
    pages = [
        engine.search(Query(sort="newest", offset=offset, limit=size)).hits for offset in range(0, WORKS + size, size)
    ]
    wanted = sorted(works, key=lambda one: (-one.added_on.timestamp(), one.id))
    assert [hit.document.id for hit in chain(*pages)] == [one.id for one in wanted]
