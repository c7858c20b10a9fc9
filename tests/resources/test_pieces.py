"""What translators enter is taken where a page has room for it, from PO files too, and what is not taken is told."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from polib import POFile
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from tests.factories import WORK_FACTORIES
from tests.resources.test_translation_workflow import submit
from tests.resources.test_untranslated import of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(admin_client):
    """Sent to translation into French."""
    page = WORK_FACTORIES["practice"](title="Una práctica", body=[("paragraph", RichText("<p>El trabajo</p>"))])
    submit(admin_client, page, "fr")
    del admin_client.cookies["messages"]  # which says so
    return page


@pytest.fixture
def po(page) -> POFile:
    """As it is downloaded, and translated whole."""
    exported = Translation.objects.get().export_po()
    for entry in exported:
        entry.msgstr = "En français"
    return exported


def put(client, path: str, value: str):
    translation = Translation.objects.get()
    piece = translation.source.stringsegment_set.get(context__path__startswith=path)
    return put_piece(client, translation, piece, value)


def put_piece(client, translation, piece, value: str):
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, piece.pk])
    sent = urlencode({"value": value})
    return client.put(address, sent, content_type="application/x-www-form-urlencoded", follow=True)


def upload(client, page, text: str | POFile) -> list[str]:
    """Upload a PO file in the editor of the French page; what the hub says of it."""
    address = reverse("wagtail_localize:upload_pofile", args=[Translation.objects.get().pk])
    editor = reverse("wagtailadmin_pages:edit", args=[of(page, "fr").pk])
    fields = {"file": SimpleUploadedFile("pieces.po", str(text).encode()), "next": editor}
    answer = client.post(address, fields, follow=True, headers={"accept-language": "en"})
    assert answer.redirect_chain == [(editor, 302)]
    return [str(message).strip() for message in answer.context["messages"]]


def progress() -> tuple[int, int]:
    return Translation.objects.get().get_progress()


@pytest.mark.parametrize(("path", "most"), [("title", 255), ("summary", 600)])
def test_a_piece_is_no_longer_than_its_field(admin_client, page, path, most):
    refused = put(admin_client, path, "x" * (most + 1))
    assert refused.status_code == 400
    assert str(most) in refused.json()["value"][0]
    assert not StringTranslation.objects.exists()
    assert put(admin_client, path, "x" * most).status_code == 201


def test_the_markup_of_a_title_is_no_longer_either(admin_client, page):
    assert put(admin_client, "title", "&" * 200 + "<!-- -->").status_code == 400  # its draft is stored as &amp;
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize(("markup", "stored"), [("&amp;", "&"), ("<b>x</b>", "x"), ("&<!-- -->", "&")])
def test_other_pieces_are_as_long_as_what_is_stored_of_them(admin_client, page, markup, stored):
    assert put(admin_client, "summary", markup * 601).status_code == 400
    assert put(admin_client, "summary", markup * 600).status_code == 201
    Translation.objects.get().save_target(publish=False)
    assert of(page, "fr").get_latest_revision_as_object().summary == stored * 600


def test_a_piece_of_the_text_is_as_long_as_it_is(admin_client, page):
    assert put(admin_client, "body", "x" * 1000).status_code == 201


def test_a_piece_of_another_page_is_not_found(admin_client, page):
    translation = Translation.objects.get()
    other = WORK_FACTORIES["programme"](cost_notes="Mucho")  # which practices do not have
    submit(admin_client, other, "fr")
    piece = StringSegment.objects.get(context__path="cost_notes")
    assert put_piece(admin_client, translation, piece, "Beaucoup").status_code == 404
    assert not StringTranslation.objects.exists()


def test_whoever_may_not_edit_a_page_is_told_so_first(client, page):
    reader = User.objects.create_user("reader")
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(reader)
    for value in ("Une pratique", "x" * 256):
        assert put(client, "title", value).status_code == 403
    assert not StringTranslation.objects.exists()


def test_pieces_are_imported_from_the_file_of_this_translation_only(admin_client, page, po):
    whole = str(po)
    other = whole.replace(str(Translation.objects.get().uuid), "another")
    without_header = "".join(line for line in whole.splitlines(keepends=True) if "TranslationID" not in line)
    for text in ("", without_header, other):
        assert upload(admin_client, page, text) == [
            "Nothing was imported: this is not a PO file that was downloaded here."
        ]
        assert progress() == (3, 0)
    assert upload(admin_client, page, whole) == ["3 pieces were imported."]
    assert progress() == (3, 3)


def test_what_nobody_has_confirmed_is_not_imported(admin_client, page, po):
    po[0].flags = ["fuzzy"]
    po[1].obsolete = True
    assert upload(admin_client, page, po) == [
        "1 piece was left out: it is marked as fuzzy in the file. Confirm it there first.",
        "1 piece was imported.",
    ]
    assert progress() == (3, 1)


def test_what_the_page_does_not_have_is_told(admin_client, page, po):
    page.title = "Otra práctica"
    page.save_revision().publish()
    Translation.objects.get().source.update_from_db()
    po[1].msgctxt = "nowhere"
    assert upload(admin_client, page, po) == [
        "2 pieces were left out: the page does not have them, or no longer.",
        "1 piece was imported.",
    ]


def test_what_has_no_room_is_told(admin_client, page, po):
    po.find("Una práctica").msgstr = "x" * 256
    assert upload(admin_client, page, po) == [
        "“title” was left out. Ensure this value has at most 255 characters (it has 256).",
        "2 pieces were imported.",
    ]
    assert len(Page.objects.get(pk=of(page, "fr").pk).draft_title) < 256
