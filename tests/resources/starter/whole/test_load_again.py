"""A load leaves what is there as it is, brings nothing back, and can be stopped and run again."""

from collections import Counter

import pytest
from django.db.models import Q
from wagtail.models import Page

from resources.models import (
    ExpertPage,
    Helpline,
    PracticePage,
    ProgrammePage,
    PublicationPage,
    StarterRecord,
    Topic,
)
from resources.starter.content import read_content
from resources.starter.load import load, steps
from tests.resources.starter.conftest import DATA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hub")]


def load_again(folder=DATA, examples=True, step=lambda: None):
    return load(read_content(folder), examples, step)


def created(report):
    return {kind: counts["created"] + counts["draft"] for kind, counts in report.counts.items()}


def test_a_second_load_creates_nothing():
    pages, records = Page.objects.count(), StarterRecord.objects.count()
    taken = Counter()
    report = load_again(step=lambda: taken.update("x"))
    assert not any(created(report).values())
    assert report.number("programmes", "left alone") == 102
    assert (Page.objects.count(), StarterRecord.objects.count()) == (pages, records)
    assert taken["x"] == steps(read_content(DATA), examples=True)


def test_what_editors_changed_stays():
    page = ProgrammePage.objects.get(external_id="kiva")
    page.title, page.summary = "KiVa here", "Our words."
    page.sectors.clear()
    page.save_revision().publish()
    Topic.objects.filter(key="financing").update(name_es="Dinero", retired=True)
    line = Helpline.objects.get(number="1546")
    line.hours = "24/7"
    line.save()
    load_again()
    page = ProgrammePage.objects.get(external_id="kiva")
    assert (page.title, page.summary, page.sectors.count()) == ("KiVa here", "Our words.", 0)
    assert Topic.objects.get(key="financing").retired
    assert Helpline.objects.get(number="1546").hours == "24/7"


def test_what_editors_unpublished_or_moved_stays():
    page = PracticePage.objects.get(external_id="spotlight-jamaica-committees")
    page.unpublish()
    load_again()
    assert not PracticePage.objects.get(pk=page.pk).live


def test_what_editors_removed_does_not_come_back():
    removed = ProgrammePage.objects.get(external_id="kiva")
    removed.delete()
    PublicationPage.objects.get(external_id="inspire-core").delete()
    for page in ExpertPage.objects.filter(translation_key=ExpertPage.objects.first().translation_key):
        page.delete()
    Helpline.objects.get(number="1546").delete()
    unused = next(topic for topic in Topic.objects.all() if not any(map(len, topic.uses())))
    unused.delete()
    Page.objects.filter(Q(slug="privacy") & Q(locale__language_code="en")).first().delete()
    report = load_again()
    assert not any(created(report).values())
    told = {(kind, name) for (kind, _reason), names in report.notes.items() for name in names}
    assert {("programmes", "kiva"), ("publications", "inspire-core"), ("pages", "privacy-en")} <= told
    assert {("helplines", "GT 1546"), ("vocabularies", f"topics/{unused.key}")} <= told
    assert "removed by an editor, left out" in "\n".join(report.lines())
    assert report.number("ratings", "left out") == 5 + 1, "those of the programme, and the one that is not certain"
    assert not ProgrammePage.objects.filter(external_id="kiva").exists()
