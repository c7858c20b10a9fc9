"""Which helplines readers are shown after a load of the whole starter content."""

import pytest

from resources.models import Helpline
from tests.resources.starter.conftest import table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hub")]


def test_every_helpline_is_shown_kept_or_left_out_with_a_reason(hub):
    rows = table("helplines")
    high = [row for row in rows if row["confidence"] == "high"]
    dated = [row for row in high if row["source_read"]]
    only_year = {row["number"] for row in high if len(row["source_read"]) == 4}
    assert Helpline.objects.count() == len(high)
    assert Helpline.objects.filter(shown=True).count() == len(dated) == hub.number("helplines", "created")
    assert not Helpline.objects.filter(shown=True, source_read=None).exists()
    assert {helpline.number for helpline in Helpline.objects.filter(read_only_year=True)} == only_year != set()
    reasons = {reason: len(names) for (kind, reason), names in hub.notes.items() if kind == "helplines"}
    assert sorted(reasons.values()) == sorted([len(high) - len(dated), len(rows) - len(high)])
