"""What a translator enters runs nowhere: neither for whoever reviews it nor for readers."""

import tempfile
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from resources.models import HelplinesPage
from resources.rich_text import cleaned
from tests.factories import WORK_FACTORIES, StandardPageFactory, home_page, locale_of
from tests.resources.test_translation_workflow import submit

pytestmark = pytest.mark.django_db
SCRIPT = '<img src=x onerror="document.title=1">'
UNSAFE = [
    f"Le travail <!-->{SCRIPT}-->",
    f"Le travail <!--->{SCRIPT}-->",
    f"Le travail <![CDATA[>{SCRIPT}]]>",
    f"Le travail <?x >{SCRIPT}?>",
    f"Le travail <!x [>{SCRIPT}]>",
    f"Le travail {SCRIPT}",
    "Le travail <script>document.title=1</script>",
]


@pytest.fixture
def translation(admin_client) -> Translation:
    """Into French, of a work with a link in its text."""
    body = [("paragraph", RichText('<p>El trabajo <a href="https://who.int/">aquí</a></p>'))]
    page = WORK_FACTORIES["practice"](title="Una práctica", body=body)
    submit(admin_client, page, "fr")
    return Translation.objects.get()


def put(client, address: str, **fields):
    return client.put(address, urlencode(fields), content_type="application/x-www-form-urlencoded")


def of_piece(translation: Translation, path: str = "body") -> str:
    piece = translation.source.stringsegment_set.get(context__path__startswith=path)
    return reverse("wagtail_localize:edit_string_translation", args=[translation.pk, piece.pk])


def of_link(translation: Translation) -> str:
    link = translation.source.overridablesegment_set.get(data_json__contains="who.int")
    return reverse("wagtail_localize:edit_override", args=[translation.pk, link.pk])


def shown(client, translation: Translation) -> list[str]:
    """The preview, and the page for readers, after publishing."""
    preview = client.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))
    translation.save_target(publish=False)
    page = translation.get_target_instance()
    page.get_latest_revision().publish()
    return [preview.content.decode(), client.get(page.url).content.decode()]


def assert_harmless(html: str) -> None:
    article = BeautifulSoup(html, "html5lib").article  # as browsers read it
    assert "Le travail" in article.get_text() or "El trabajo" in article.get_text()
    assert not article.select("script, img, [onerror], a[href^='javascript']")
    assert "<!" not in str(article).replace("&lt;!", "")


@pytest.mark.parametrize("stored", [False, True], ids=["sent", "stored before"])
def test_no_script_of_a_piece_runs(admin_client, translation, stored):
    put(admin_client, of_piece(translation, "title"), value="Une pratique")
    for text in UNSAFE:
        put(admin_client, of_piece(translation), value=f'{text} <a id="a1">ici</a>')
        if stored:
            pieces = StringTranslation.objects.filter(context__path__startswith="body")
            pieces.update(data=f'{text} <a id="a1">ici</a>', has_error=False)
        for html in shown(admin_client, translation):
            assert_harmless(html)


def test_a_piece_is_stored_without_what_is_no_text(admin_client, translation):
    answer = put(admin_client, of_piece(translation), value=f'{UNSAFE[0]} & <b>puis</b> <a id="a1">ici</a>')
    assert answer.status_code == 201
    data = StringTranslation.objects.get().data
    assert "<!" not in data
    assert data.endswith('&amp; <b>puis</b> <a id="a1">ici</a>')


def test_nor_does_one_of_a_po_file(admin_client, translation):
    exported = translation.export_po()
    for entry in exported:
        entry.msgstr = UNSAFE[0]
    file = SimpleUploadedFile("pieces.po", str(exported).encode())
    admin_client.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file})
    assert translation.get_progress()[1]
    assert not StringTranslation.objects.filter(data__contains="<!").exists()


def test_text_that_is_only_text_stays_as_it_is(admin_client, translation):
    text = "Le travail d'« ici » & là, 1 < 2"
    put(admin_client, of_piece(translation), value=text)
    assert StringTranslation.objects.get().data == text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVa\tScript:alert(1)", "data:text/html,x"])
def test_the_address_of_a_link_runs_nothing(admin_client, translation, address):
    assert put(admin_client, of_link(translation), value=address).status_code == 400
    assert not SegmentOverride.objects.exists()
    put(admin_client, of_link(translation), value="https://www.who.int/fr")
    put(admin_client, of_piece(translation), value='Le travail <a id="a1">ici</a>')
    put(admin_client, of_piece(translation, "title"), value="Une pratique")
    assert 'href="https://www.who.int/fr"' in shown(admin_client, translation)[0]
    SegmentOverride.objects.update(data_json=f'"{address}"'.replace("\t", "\\t"))
    for html in shown(admin_client, translation):
        assert_harmless(html)
        assert "alert(1)" not in html
        assert "data:" not in html


@pytest.mark.parametrize("address", [of_piece, of_link])
def test_a_value_that_cannot_be_stored_is_refused(admin_client, translation, address):
    assert put(admin_client, address(translation)).status_code == 400
    assert put(admin_client, address(translation), value="Le \0 travail").status_code == 400
    assert not StringTranslation.objects.exists()
    assert not SegmentOverride.objects.exists()
    assert put(admin_client, address(translation), value="116 111").status_code == 201
    assert admin_client.delete(address(translation)).status_code == 200


def test_refused_files_leave_nothing_behind(admin_client, translation, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    whole = str(translation.export_po())
    without_header = "".join(line for line in whole.splitlines(keepends=True) if "TranslationID" not in line)
    contents = [b"", b"msgid", b"\xff\xfe", b"/etc/passwd", without_header.encode(), f"{whole}\0".encode()]
    for content in contents:
        file = SimpleUploadedFile("pieces.po", content)
        answer = admin_client.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file})
        assert answer.status_code == 302
    assert list(tmp_path.iterdir()) == []


def test_texts_of_plain_pages_are_cleaned_too(client):
    text = RichText(f"<p>El trabajo <!-->{SCRIPT}--></p>")
    page = StandardPageFactory(title="Acerca de", body=[("paragraph", text)])
    assert "onerror" not in client.get(page.url).content.decode()


def test_so_is_the_introduction_of_the_helplines(client):
    page = HelplinesPage(title="Ayuda", slug="ayuda", locale=locale_of("es"), intro=f"<p>Llame <!-->{SCRIPT}--></p>")
    home_page("es").add_child(instance=page)
    assert "onerror" not in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    "html",
    [
        """<p data-block-key="x1">L'« ici » & "là"</p><h3 data-block-key="x2">Sí</h3><br/>""",
        "<ul><li><b>a</b></li><li><i>b</i></li></ul><ol><li>c</li></ol>",
        '<p><a linktype="page" id="3">a</a> <a id="4" linktype="document">b</a></p>',
        '<p><a href="https://a.org/?b&amp;c">c</a> <a href="/es/ayuda/#mx">a</a> <a href="#b">b</a></p>',
        '<p><a href="mailto:a@b.org">c</a> <a href="tel:116">d</a></p>',
    ],
)
def test_what_editors_enter_stays_as_it_is(html):
    assert cleaned(html) == html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<p onclick="x">a</p>', "<p>a</p>"),
        ("<<p>img src=x onerror=x>", "&lt;<p>img src=x onerror=x&gt;</p>"),
        ('<a href="https://a.org/" onclick="x">a</a>', '<a href="https://a.org/">a</a>'),
        ('<a linktype="other" id="x">a</a>', "<a>a</a>"),
        ("<p>a<iframe src=https://a.org></iframe><style>p{}</style></p>", "<p>ap{}</p>"),
    ],
)
def test_anything_else_goes(html, left):
    assert cleaned(html) == left
