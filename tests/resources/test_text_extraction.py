"""Text of uploaded files is searched; what cannot be read is reported on the edition and breaks nothing."""

import io
import zipfile

import docx
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from wagtail.documents import get_document_model
from wagtail.models import Collection

from resources import text_extraction
from resources.models import DocumentText
from search.models import PendingChange
from tests.factories import WORK_FACTORIES, EditionFactory

pytestmark = pytest.mark.django_db
Problem = DocumentText.Problem


def pdf(text: str, password: str = "", algorithm: str = "") -> bytes:
    """A PDF of one page with this ASCII text; with an `algorithm` encrypted, even where it opens without a password."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("ascii"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    if algorithm:
        writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = "En la celda"
    return saved(document)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture
def upload(settings, tmp_path, search_index, django_capture_on_commit_callbacks):
    """A published publication with an edition that has this file: upload("name.pdf", bytes)."""
    settings.MEDIA_ROOT = tmp_path / "media"
    if not Collection.get_first_root_node():  # gone where a test before this one emptied the tables
        Collection.add_root(name="Root")

    def uploaded(name: str, content: bytes):
        with django_capture_on_commit_callbacks(execute=True):
            document = get_document_model()(title=name)
            document.file.save(name, ContentFile(content), save=False)
            document.save()
            page = WORK_FACTORIES["publication"](title="Guía")
            EditionFactory(page=page, document=document)
            page = type(page).objects.get(pk=page.pk)
            page.save_revision().publish()
        return page, document

    return uploaded


@pytest.mark.parametrize(
    ("name", "content"),
    [("guide.pdf", pdf("Acompanamiento")), ("guide.PDF", pdf("Acompanamiento")), ("g.docx", word("El acompañamiento"))],
)
def test_words_of_a_pdf_or_word_file_are_found(upload, found, name, content):
    upload(name, content)
    assert found("acompañamiento") == ["Guía"]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_words_of_a_pdf_that_restricts_printing_alone_are_found(upload, found, algorithm):
    upload("guide.pdf", pdf("Acompanamiento", algorithm=algorithm))
    assert found("acompañamiento") == ["Guía"]


def test_words_in_a_table_are_found(upload, found):
    upload("tabla.docx", word("Nada"))
    assert found("celda") == ["Guía"]


def test_words_in_a_table_within_a_table_and_in_header_and_footer_are_found(upload, found):
    document = docx.Document()
    outer = document.add_table(1, 1).cell(0, 0)
    outer.add_table(1, 1).cell(0, 0).text = "Acompañamiento"
    document.sections[0].header.paragraphs[0].text = "Encabezado"
    document.sections[0].footer.paragraphs[0].text = "Colofón"
    document.add_section()  # with the same ones
    upload("tabla.docx", saved(document))
    for word in ("acompañamiento", "encabezado", "colofón"):
        assert found(word) == ["Guía"]
    text = DocumentText.objects.get().text
    assert text.split() == ["Acompañamiento", "Encabezado", "Colofón"]


def test_the_text_of_a_cell_that_spans_columns_is_read_once(upload):
    document = docx.Document()
    row = document.add_table(1, 6).rows[0].cells
    row[0].merge(row[5]).text = "Ancho"
    _page, uploaded = upload("tabla.docx", saved(document))
    assert uploaded.extracted.text.split() == ["Ancho"]


def altered(content: bytes, change) -> bytes:
    """A ZIP file of which `change` has altered the bytes."""
    data = bytearray(content)
    change(data)
    return bytes(data)


def lock(data: bytearray) -> None:
    """Mark each part as encrypted, in its own head and in the list of parts."""
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = data.find(sign)
        while found >= 0:
            data[found + place] |= 1
            found = data.find(sign, found + 4)


def compress_unheard_of(data: bytearray) -> None:
    for sign, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        found = data.find(sign)
        while found >= 0:
            data[found + place] = 99
            found = data.find(sign, found + 4)


def damage(data: bytearray) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        begin = archive.getinfo("word/document.xml").header_offset + 60
    data[begin : begin + 40] = b"\xff" * 40


OLE = bytes.fromhex("D0CF11E0A1B11AE1")
BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w") as archive:
    archive.writestr("word/document.xml", "not a document")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("broken.pdf", b"%PDF-1.7 and then nothing of the sort", Problem.BROKEN),
        ("cut.pdf", pdf("Whole")[:200], Problem.BROKEN),
        ("empty.pdf", b"", Problem.BROKEN),
        ("broken.docx", b"PK\x03\x04 not a zip", Problem.BROKEN),
        ("hollow.docx", BOMB.getvalue(), Problem.BROKEN),
        ("deflated.docx", altered(word("Nada"), damage), Problem.BROKEN),
        ("unheard.docx", altered(word("Nada"), compress_unheard_of), Problem.BROKEN),
        ("old.docx", OLE + bytes(600), Problem.BROKEN),
        ("office.docx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), Problem.PROTECTED),
        ("zip.docx", altered(word("Nada"), lock), Problem.PROTECTED),
        *(
            (f"locked-{algorithm}.pdf", pdf("Secret", "x", algorithm), Problem.PROTECTED)
            for algorithm in ("RC4-128", "AES-128", "AES-256")
        ),
        ("scan.pdf", pdf(""), Problem.NO_TEXT),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_reported_on_its_edition(upload, admin_client, name, content, problem):
    page, document = upload(name, content)
    assert document.extracted.problem == problem
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert str(problem.label) in form
    assert admin_client.get(page.get_url()).status_code == 200


def test_a_work_whose_file_cannot_be_read_is_found_by_its_title(upload, found):
    upload("broken.pdf", b"%PDF-1.7 and then nothing of the sort")
    assert found("guía") == ["Guía"]


def test_a_file_over_the_limit_is_not_opened(upload, monkeypatch):
    monkeypatch.setattr(text_extraction, "LARGEST_FILE", 10)
    _page, document = upload("large.pdf", pdf("Long"))
    assert document.extracted.problem == Problem.TOO_LARGE


def test_a_file_that_takes_too_long_is_given_up(upload, monkeypatch):
    monkeypatch.setattr(text_extraction, "LONGEST_TIME", 0)
    _page, document = upload("slow.pdf", pdf("Slow"))
    assert document.extracted.problem == Problem.TOO_SLOW


def test_a_file_that_takes_too_much_memory_is_given_up(upload, monkeypatch):
    monkeypatch.setattr(text_extraction, "MEMORY", 64)
    _page, document = upload("heavy.docx", word("palabra " * 2_000_000))
    assert document.extracted.problem in (Problem.TOO_SLOW, Problem.BROKEN)


def test_only_so_much_text_is_kept(upload, monkeypatch):
    monkeypatch.setattr(text_extraction, "LONGEST_TEXT", 10)
    _page, document = upload("long.docx", word("0123456789abcdef", "more"))
    assert document.extracted.text.strip() == "0123456789"


def test_a_new_file_of_the_document_is_read_anew(upload, found, django_capture_on_commit_callbacks):
    _page, document = upload("first.pdf", pdf("Uno"))
    with django_capture_on_commit_callbacks(execute=True):
        document.file.save("second.pdf", ContentFile(pdf("Dos")), save=False)
        document.file_hash = ""
        document.save()
    assert found("uno") == []
    assert found("dos") == ["Guía"]


@pytest.fixture
def replace(editor):
    """Puts another file in the place of a document's, as an editor does: replace(document, "other.txt", bytes)."""

    def put(document, name: str, content: bytes) -> None:
        fields = {"title": document.title, "collection": document.collection_id, "tags": ""}
        address = reverse("wagtaildocs:edit", args=[document.pk])
        answer = editor.post(address, fields | {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302

    return put


def test_a_file_of_another_kind_takes_the_text_of_the_one_before_it_with_it(upload, found, replace):
    _page, document = upload("draft.pdf", pdf("Reservado"))
    assert found("reservado") == ["Guía"]
    replace(document, "draft.xlsx", b"PK")
    assert found("reservado") == []
    assert not DocumentText.objects.exists()


def test_a_slow_reading_of_the_file_before_keeps_nothing(upload, found, replace, monkeypatch):
    _page, document = upload("old.pdf", pdf("Viejo"))
    DocumentText.objects.all().delete()
    read = text_extraction.subprocess.run

    def replaced_meanwhile(*arguments, **options):
        done = read(*arguments, **options)
        monkeypatch.setattr(text_extraction.subprocess, "run", read)
        replace(document, "new.pdf", pdf("Nuevo"))  # as another process does it, which reads it too
        assert found("nuevo") == ["Guía"]
        return done

    monkeypatch.setattr(text_extraction.subprocess, "run", replaced_meanwhile)
    call_command("extract_texts")
    assert DocumentText.objects.get().text.strip() == "Nuevo"


def test_a_file_that_a_program_replaces_while_it_is_read_is_read_again(
    upload, found, django_capture_on_commit_callbacks, monkeypatch
):
    _page, document = upload("old.pdf", pdf("Viejo"))
    DocumentText.objects.all().delete()
    read = text_extraction.subprocess.run

    def replaced_meanwhile(*arguments, **options):
        monkeypatch.setattr(text_extraction.subprocess, "run", read)
        name = document.file.storage.save("documents/new.pdf", ContentFile(pdf("Nuevo")))
        type(document).objects.update(file=name, file_hash="")
        return read(*arguments, **options)

    monkeypatch.setattr(text_extraction.subprocess, "run", replaced_meanwhile)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("extract_texts")
    assert DocumentText.objects.get().text.strip() == "Nuevo"
    assert found("nuevo") == ["Guía"]


def test_a_document_that_is_deleted_while_it_is_read_leaves_nothing(upload, editor, monkeypatch):
    _page, document = upload("old.pdf", pdf("Viejo"))
    DocumentText.objects.all().delete()
    read = text_extraction.subprocess.run

    def deleted_meanwhile(*arguments, **options):
        done = read(*arguments, **options)
        editor.post(reverse("wagtaildocs:delete", args=[document.pk]))
        return done

    monkeypatch.setattr(text_extraction.subprocess, "run", deleted_meanwhile)
    call_command("extract_texts")
    assert not DocumentText.objects.exists()


def test_a_file_with_a_better_name_is_no_longer_called_broken(upload, editor, replace):
    page, document = upload("table.pdf", b"a,b")
    form = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert str(Problem.BROKEN.label) in editor.get(form).content.decode()
    replace(document, "table.csv", b"a,b")
    assert str(Problem.BROKEN.label) not in editor.get(form).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"), [("new.pdf", pdf("Nuevo"), ["nuevo"]), ("new.txt", b"x", []), ("new.pdf", b"x", [])]
)
def test_a_document_whose_file_is_replaced_between_two_uses_is_read_anew(
    upload, found, replace, django_capture_on_commit_callbacks, name, content, words
):
    page, document = upload("old.pdf", pdf("Viejo"))
    page.editions.all().delete()
    replace(document, name, content)
    with django_capture_on_commit_callbacks(execute=True):
        EditionFactory(page=page, document=document)
        type(page).objects.get(pk=page.pk).save_revision().publish()
    assert [word for word in ("viejo", "nuevo") if found(word)] == words


def test_the_old_text_is_not_searched_while_the_new_file_waits_to_be_read(upload, found, replace, monkeypatch):
    _page, document = upload("old.pdf", pdf("Viejo"))
    monkeypatch.setattr("resources.signals.extract_later", lambda documents: None)
    replace(document, "new.pdf", pdf("Nuevo"))
    assert found("guía") == ["Guía"]
    assert found("viejo") == []


def test_what_was_wrong_with_a_file_is_not_said_of_the_next_one(upload, editor, replace, monkeypatch):
    page, document = upload("old.pdf", b"x")
    form = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert str(Problem.BROKEN.label) in editor.get(form).content.decode()
    monkeypatch.setattr("resources.signals.extract_later", lambda documents: None)
    replace(document, "new.pdf", pdf("Nuevo"))
    assert str(Problem.BROKEN.label) not in editor.get(form).content.decode()


def test_a_missing_file_is_reported_and_read_once_it_is_back(upload, found, django_capture_on_commit_callbacks, capsys):
    _page, document = upload("gone.pdf", pdf("Recuperado"))
    DocumentText.objects.all().delete()
    document.file.storage.delete(document.file.name)
    type(document).objects.update(file_hash="")  # as of one that a program made
    call_command("extract_texts")
    assert DocumentText.objects.get().problem == Problem.MISSING
    capsys.readouterr()
    call_command("extract_texts")
    assert "0 files" in capsys.readouterr().out  # not again while it is missing

    document.file.storage.save(document.file.name, ContentFile(pdf("Recuperado")))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("extract_texts")
    assert DocumentText.objects.get().problem == ""
    assert found("recuperado") == ["Guía"]


def test_the_command_reads_what_was_left_after_a_stop(upload, found, django_capture_on_commit_callbacks, capsys):
    upload("left.pdf", pdf("Pendiente"))
    DocumentText.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("extract_texts")
    assert found("pendiente") == ["Guía"]
    call_command("extract_texts")
    assert "1/1" in capsys.readouterr().out


def test_a_text_whose_works_could_not_be_queued_is_read_again(
    upload, found, django_capture_on_commit_callbacks, monkeypatch
):
    upload("left.pdf", pdf("Pendiente"))
    DocumentText.objects.all().delete()
    keep = text_extraction.indexing.queue

    def stopped(ids):
        keep(ids)
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(text_extraction.indexing, "queue", stopped)
        call_command("extract_texts")
    assert not DocumentText.objects.exists()
    assert not PendingChange.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("extract_texts")
    assert found("pendiente") == ["Guía"]


def test_other_kinds_of_files_are_left_alone(upload):
    upload("table.xlsx", b"PK")
    assert not DocumentText.objects.exists()


def test_the_pdf_of_these_tests_holds_its_text():
    assert "Whole" in PdfReader(io.BytesIO(pdf("Whole"))).pages[0].extract_text()
