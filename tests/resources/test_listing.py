"""Works by title from the database, for readers while the engine is away: in order, up to date, sorted once."""

import pytest
from wagtail.models import PageViewRestriction

from resources import search
from resources.search import WorkSource
from tests.factories import WORK_FACTORIES

pytestmark = pytest.mark.django_db


def titles(locale: str = "es", types: tuple[str, ...] = (), offset: int = 0, limit: int = 20) -> list[str]:
    total, documents = WorkSource().listing(locale, types, offset, limit)
    assert len(documents) == min(limit, max(total - offset, 0))
    return [document.page_for(locale).title for document in documents]


def test_by_title_as_the_reader_sees_it():
    tree = WORK_FACTORIES["programme"](title="Árbol")
    WORK_FACTORIES["programme"](title="A tree", language="en", translation_of=tree)
    WORK_FACTORIES["publication"](title="Zanahoria")
    WORK_FACTORIES["programme"](title="barco")
    WORK_FACTORIES["programme"](title="Draft", live=False)
    assert titles() == ["Árbol", "barco", "Zanahoria"]
    assert titles("en") == ["A tree", "barco", "Zanahoria"]
    assert titles(types=("programme",)) == ["Árbol", "barco"]
    assert titles(offset=1, limit=1) == ["barco"]
    assert titles(offset=3) == []


def test_every_change_shows_at_once():
    first, second = (WORK_FACTORIES["programme"](title=title) for title in ("Uno", "Zwei"))
    assert titles() == ["Uno", "Zwei"]
    first.title = "Zz"
    first.save_revision().publish()
    assert titles() == ["Zwei", "Zz"]
    restriction = PageViewRestriction.objects.create(page=first, restriction_type=PageViewRestriction.LOGIN)
    assert titles() == ["Zwei"]
    restriction.delete()
    PageViewRestriction.objects.create(page=second, restriction_type=PageViewRestriction.LOGIN)
    assert titles() == ["Zz"]
    first.unpublish()
    assert titles() == []


def test_without_a_change_nothing_is_sorted_again(monkeypatch):
    WORK_FACTORIES["programme"](title="Uno")
    assert titles() == ["Uno"]
    monkeypatch.setattr(search, "sort_key", None)
    assert titles() == ["Uno"]
