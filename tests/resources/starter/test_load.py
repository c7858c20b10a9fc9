"""What the command does, on a few records: all of a file or nothing of it, and no more than was asked for."""

import io

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from home.models import HomePage
from resources.models import (
    CatalogueIndexPage,
    ExpertPage,
    ProgrammePage,
    PublicationPage,
    StarterRecord,
    Topic,
)
from resources.starter.content import read_content
from resources.starter.load import load, steps
from tests.resources.starter.conftest import DATA

pytestmark = pytest.mark.django_db


def load_again(folder=DATA, examples=True, step=lambda: None):
    return load(read_content(folder), examples, step)


def created(report):
    return {kind: counts["created"] + counts["draft"] for kind, counts in report.counts.items()}


def test_the_command_shows_progress_and_a_summary(small):
    out, err = io.StringIO(), io.StringIO()
    call_command("load_starter", data=small, stdout=out, stderr=err)
    assert "Starter content: " in err.getvalue()
    assert "Programmes: 2 created, 1 kept as draft" in out.getvalue()
    assert "Example experts: 1 created" in out.getvalue()
    assert ExpertPage.objects.count() == 5


def test_without_examples(small):
    call_command("load_starter", "--without-examples", data=small, stdout=io.StringIO(), stderr=io.StringIO())
    assert ProgrammePage.objects.count() == 3 and not ExpertPage.objects.exists()
    report = load_again(small)
    assert created(report)["experts"] == 1, "they can be had later"


def test_a_stopped_load_goes_on_and_a_file_is_loaded_whole_or_not_at_all(small):
    content = read_content(small)
    taken = []

    def step():
        taken.append(1)
        if ProgrammePage.objects.count() == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(content, True, step)
    assert Topic.objects.exists() and HomePage.objects.count() == 5
    assert not ProgrammePage.objects.exists(), "the file was not finished"
    report = load_again(small)
    assert created(report)["programmes"] == 3 and created(report)["vocabularies"] == 0
    assert len(taken) < steps(content, True)


def test_terms_editors_removed_and_lists_they_removed_are_done_without(small):
    content = read_content(small)
    load(content, False, lambda: None)
    for model in (ProgrammePage, PublicationPage):
        for page in model.objects.all():
            page.delete()
    StarterRecord.objects.filter(kind__in=("programmes", "publications")).delete()
    CatalogueIndexPage.objects.get(type="publication", locale__language_code="en").delete()
    load_again(small)
    kiva = ProgrammePage.objects.get(external_id="kiva")
    assert kiva.ratings.count() == 5
    report = load_again(small)
    assert report.number("publications", "left out") == 1
    assert not PublicationPage.objects.exists()


def test_a_site_that_somebody_made_is_left_alone(small):
    site = Site.objects.get()
    welcome = site.root_page.specific
    welcome.title = "Ours"
    welcome.save_revision().publish()
    site.site_name = "Ours"
    site.save()
    load_again(small)
    site.refresh_from_db()
    assert (site.site_name, site.root_page_id) == ("Ours", welcome.pk)
    assert HomePage.objects.count() == 5


def test_a_database_without_site_gets_one(small):
    Site.objects.all().delete()
    Page.objects.filter(depth=2).first().delete()
    load_again(small)
    assert Site.objects.get().root_page.slug == "es"
