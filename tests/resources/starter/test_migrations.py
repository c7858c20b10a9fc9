"""Migrations of the hub go forward, back and forward again, with content in the tables."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Revision, Site
from wagtail_localize.models import TranslatableObject

from tests.factories import WORK_FACTORIES, EditionFactory, RelatedWorkFactory, SectorFactory, StandardPageFactory
from tests.resources.test_translation_workflow import submit

APPS = ("search", "home", "resources")


def tables() -> set[str]:
    """Tables of the hub's own models that are there now."""
    models = (apps.get_app_config(app).get_models(include_auto_created=True) for app in APPS)
    wanted = {model._meta.db_table for of_app in models for model in of_app}
    return wanted & set(connection.introspection.table_names())


def fill(client) -> None:
    """Works, with what Wagtail keeps about pages: revisions, redirects, references, translations."""
    practice = WORK_FACTORIES["practice"](title="Una práctica")
    submit(client, practice, "fr")
    page = WORK_FACTORIES["programme"](sectors=[SectorFactory()])
    page.save_revision().publish()
    EditionFactory(page=page)
    RelatedWorkFactory(page=page, target=practice)
    about = StandardPageFactory(body=[("paragraph", f'<p><a linktype="page" id="{page.pk}">KiVa</a></p>')])
    ReferenceIndex.create_or_update_for_object(about)
    Redirect.objects.create(old_path="/kiva", redirect_page=page)
    assert ReferenceIndex.objects.filter(to_object_id=page.pk).exists()


def kept() -> set[str]:
    """Apps of the content that anything is kept about."""
    assert not any(Page.find_problems())
    models = (Page, Revision, ReferenceIndex)
    return {app for model in models for app in model.objects.values_list("content_type__app_label", flat=True)}


def loads_again(client, small) -> None:
    """The starter content comes back into a database from which migrations took it."""
    call_command("load_starter", data=small, verbosity=0)
    for address in ("/es/", "/es/programas/", "/es/programas/kiva/", "/ar/", "/en/programmes/"):
        assert client.get(address).status_code == 200


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_forward_back_and_forward_again(admin_client, client, small):
    before = tables()
    assert len(before) > 100
    call_command("load_starter", data=small, verbosity=0)
    fill(admin_client)
    call_command("migrate", "resources", "zero", verbosity=0)
    assert kept() == {"home", "wagtailcore"}  # of Wagtail's own, the root
    assert not Redirect.objects.exists()
    assert not TranslatableObject.objects.exists()
    assert not ReferenceIndex.objects.filter(to_content_type__model="page").exists()
    for app in APPS:
        call_command("migrate", app, "zero", verbosity=0)
    assert tables() == set()
    assert kept() == {"wagtailcore"}
    assert not Site.objects.exists()
    call_command("migrate", verbosity=0)
    assert tables() == before
    loads_again(client, small)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_only_the_records_back_and_forward_again(client, small):
    call_command("load_starter", data=small, verbosity=0)
    for to in ("resources", "zero"), ():
        call_command("migrate", *to, verbosity=0)
    loads_again(client, small)
