"""An image that arrives damaged is refused beside its field, in the language of the admin."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ImageField
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Collection

# Wagtail leaves the temporary file of a rendition to be closed when it is collected.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    Collection.get_first_root_node() or Collection.add_root(name="Root")


def whole(kind: str) -> bytes:
    picture = Picture.effect_noise((200, 150), 90).convert("RGB")
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def giant() -> bytes:
    """The head of a PNG of 60,000 by 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = b""
    for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1_000)), (b"IEND", b"")):
        chunks += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return b"\x89PNG\r\n\x1a\n" + chunks


def damaged(kind: str) -> dict[str, bytes]:
    content = whole(kind)
    half = len(content) // 2
    return {
        "half": content[:half],
        "beginning": content[:30],
        "middle": content[:half] + b"\xff" * 400 + content[half + 400 :],
        "zeros": content[:40] + b"\0" * (len(content) - 40),
    }


def upload(client, view: str, name: str, content: bytes, language: str = "en"):
    fields = {"title": "Casa", "file": SimpleUploadedFile(name, content), "collection": Collection.objects.first().pk}
    if view == "wagtailimages:add_multiple":
        fields = {"title": "Casa", "files[]": fields["file"]}
    if view == "wagtailimages_chooser:create":
        fields = {f"image-chooser-upload-{name}": value for name, value in fields.items()}
    return client.post(reverse(view), fields, headers={"accept-language": language})


VIEWS = ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "GIF"])
def test_a_damaged_image_is_refused(admin_client, view, kind):
    for how, content in damaged(kind).items():
        answer = upload(admin_client, view, f"casa.{kind.lower()}", content)
        if get_image_model().objects.exists():
            assert how in ("middle", "zeros")  # Pillow reads what there is of it
            get_image_model().objects.all().delete()
        else:
            assert answer.status_code == 200, how
            assert "Upload a valid image." in answer.content.decode(), how


@pytest.mark.parametrize("view", VIEWS)
def test_one_of_giant_dimensions_is_refused(admin_client, view):
    assert b"too many pixels" in upload(admin_client, view, "casa.png", giant()).content
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize("language", ["es", "fr", "pt-br", "ar"])
def test_it_is_said_in_the_language_of_the_admin(admin_client, language):
    with translation.override("en"):
        english = escape(str(ImageField.default_error_messages["invalid_image"]))
    with translation.override(language):
        said = escape(str(ImageField.default_error_messages["invalid_image"]))
    assert said != english
    answer = upload(admin_client, "wagtailimages:add", "casa.jpeg", whole("JPEG")[:300], language)
    assert said in answer.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_a_whole_one_is_taken(admin_client, view):
    assert upload(admin_client, view, "casa.png", whole("PNG")).status_code in (200, 302)
    image = get_image_model().objects.get()
    assert (image.width, image.height) == (200, 150)
    edit = reverse("wagtailimages:edit", args=[image.pk])
    fields = {"title": "Otra casa", "collection": image.collection_id}
    assert admin_client.post(edit, fields).status_code == 302  # without another file
    image.refresh_from_db()
    assert image.title == "Otra casa"
