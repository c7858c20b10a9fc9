"""The index follows what editors do with an uploaded document: hits never lead to a file that is not there."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection

from resources.models import DocumentText, Edition
from search import indexing
from search.engines import get_engine
from search.models import PendingChange
from search.query import Query
from tests.factories import WORK_FACTORIES, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")


@pytest.fixture
def document(search_index, django_capture_on_commit_callbacks):
    """A table, which is not read, of two published works."""
    with django_capture_on_commit_callbacks(execute=True):
        document = get_document_model()(title="Encuesta")
        document.file.save("x.xlsx", ContentFile(b"one"), save=False)
        document.save()
        for title in ("Una", "Otra"):
            page = WORK_FACTORIES["publication"](title=title)
            EditionFactory(page=page, document=document, url="")
            type(page).objects.get(pk=page.pk).save_revision().publish()
    assert links() == {document.url}
    return document


def links() -> set[str]:
    """Where the hits of the index lead to."""
    hits = get_engine().search(Query(text="", locale="es")).hits
    assert len(hits) == 2
    return {material.url for hit in hits for material in hit.document.materials}


def test_a_document_that_is_deleted_is_no_longer_linked(editor, document):
    editor.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert not Edition.objects.filter(document__isnull=False).exists()
    assert links() == {""}
    assert not PendingChange.objects.exists()


def test_documents_that_are_deleted_together_are_no_longer_linked(editor, document):
    address = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "delete"])
    editor.post(f"{address}?id={document.pk}", {"next": "/admin/documents/"})
    assert not get_document_model().objects.exists()
    assert links() == {""}


def test_a_document_with_another_file_is_linked_as_that(editor, document, client):
    fields = {"title": "Encuesta", "collection": document.collection_id, "tags": ""}
    address = reverse("wagtaildocs:edit", args=[document.pk])
    editor.post(address, fields | {"file": SimpleUploadedFile("y-2026.xlsx", b"another")})
    [link] = links()
    assert link == f"/documents/{document.pk}/y-2026.xlsx"
    answer = client.get(link)
    assert answer.getvalue() == b"another"
    assert not indexing.differences().ids


def test_a_document_that_no_work_uses_changes_nothing(editor, search_index, django_capture_on_commit_callbacks):
    document = get_document_model()(title="Suelto")
    document.file.save("x.txt", ContentFile(b"one"), save=False)
    document.save()
    document.delete()
    assert not PendingChange.objects.exists()


@pytest.fixture
def with_text(document):
    """The document, with the word "reservado" in its text, and two collections for it, one in the other."""
    document.file.save("x.pdf", ContentFile(b"one"), save=False)
    document.save()
    DocumentText.objects.create(document=document, file_hash=document.get_file_hash(), text="reservado")
    outer = document.collection.add_child(name="Borradores")
    return document, outer, outer.add_child(name="De 2026")


def restrict(editor, collection, restriction: str) -> None:
    privacy = reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])
    editor.post(privacy, {"restriction_type": restriction})


def works_with_the_word() -> int:
    """How many works the word of the text finds, in an index that is as the database."""
    assert not indexing.differences().ids
    return get_engine().search(Query(text="reservado ", locale="es")).total


def test_the_text_of_a_private_document_is_not_searched(editor, with_text):
    document, outer, inner = with_text
    fields = {"title": "Encuesta", "collection": inner.pk, "tags": ""}
    editor.post(reverse("wagtaildocs:edit", args=[document.pk]), fields)
    for restriction, count in (("none", 2), ("login", 0), ("none", 2)):
        restrict(editor, outer, restriction)
        assert works_with_the_word() == count


def test_neither_is_that_of_documents_put_into_a_private_collection_together(editor, with_text):
    document, outer, inner = with_text
    root = document.collection
    restrict(editor, outer, "login")
    address = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "add_to_collection"])
    for collection, count in ((root, 2), (inner, 0), (root, 2)):
        editor.post(f"{address}?id={document.pk}&next=/admin/", {"collection": collection.pk})
        assert get_document_model().objects.get().collection == collection
        assert works_with_the_word() == count


def test_neither_is_that_of_documents_in_a_collection_that_is_moved_into_a_private_one(editor, with_text):
    document, private, inner = with_text
    root = document.collection
    opened = root.add_child(name="Abierta")
    document.collection = opened.add_child(name="De 2025")
    document.save()
    restrict(editor, private, "login")
    address = reverse("wagtailadmin_collections:edit", args=[opened.pk])
    for parent, count in ((root, 2), (inner, 0), (root, 2)):
        editor.post(address, {"name": "Abierta", "parent": parent.pk})
        assert Collection.objects.get(pk=opened.pk).get_parent() == parent
        assert works_with_the_word() == count
