"""Images are for everybody; an uploaded document is for those who may read its collection, at one address only."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def secret():
    """A document in a collection for those who have logged in."""
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    collection = root.add_child(name="Editors")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    document = get_document_model()(title="Secret", collection=collection)
    document.file.save("secret.txt", ContentFile(b"for editors"), save=False)
    document.save()
    return document


def test_a_document_for_some_is_not_had_at_another_address(client, admin_client, secret, settings):
    assert (Path(settings.MEDIA_ROOT) / "documents" / "secret.txt").read_bytes() == b"for editors"
    assert client.get(secret.file.url).status_code == 404
    assert client.get(secret.url).status_code == 302
    assert admin_client.get(secret.url).getvalue() == b"for editors"


@pytest.mark.parametrize(
    "path",
    [
        "documents/secret.txt",
        "documents/../documents/secret.txt",
        "/documents/secret.txt",
        "./documents/secret.txt",
        "images/../documents/secret.txt",
        "../media/documents/secret.txt",
        "../media/../media/documents/secret.txt",
        "%2e%2e/media/documents/secret.txt",
        "images/..%2fdocuments/secret.txt",
        "documents//secret.txt",
        "%64ocuments/secret.txt",
    ],
)
def test_no_way_leads_to_the_folder_of_documents(client, secret, settings, path):
    (Path(settings.MEDIA_ROOT) / "images").mkdir()
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("path", ["../../etc/passwd", "images/../../hub.sqlite3", "/etc/passwd"])
def test_no_way_leads_out_of_the_folder(client, path):
    assert client.get(f"/media/{path}").status_code in (400, 404)


@pytest.mark.parametrize("name", ["a" * 256 + ".png", "a/" * 2_500 + "a.png", "%00.png"])
def test_a_name_that_no_file_can_have_is_none(client, settings, name):
    (Path(settings.MEDIA_ROOT) / "images").mkdir(parents=True)
    assert client.get(f"/media/images/{name}").status_code == 404


# Wagtail leaves the temporary file of a rendition to be closed when it is collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_images_are_for_everybody(client):
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    png = io.BytesIO()
    Picture.new("RGB", (40, 40)).save(png, "PNG")
    image = get_image_model().objects.create(title="Casa", file=ImageFile(png, "casa.png"))
    for url in (image.file.url, image.get_rendition("fill-20x20").url):
        answer = client.get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert answer.getvalue()
    assert client.get("/media/images/nothing.png").status_code == 404
