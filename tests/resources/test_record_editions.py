"""Editions, sources and citation: what readers may follow, and what they may not."""

import datetime

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from resources.models import DocumentText
from tests import factories
from tests.resources.record_page import address, show

pytestmark = pytest.mark.django_db

UNOFFICIAL = "https://es.scribd.com/document/360200837/Inspire"


@pytest.fixture
def publication():
    return factories.PublicationPageFactory(title="INSPIRE", language="en", year=2016, kind="handbook")


def test_the_readers_language_stands_first_and_the_others_by_name(client, publication):
    factories.LanguageFactory(code="csn", sign=True, name_es="Lengua de señas colombiana", name_en="Zz sign language")
    for code in ("pt", "csn", "fr", "ar", "es"):
        factories.EditionFactory(page=publication, language=code)

    assert [row.language_code for row in show(client, publication, "es").record.editions] == [
        "es",
        "ar",
        "fr",
        "csn",
        "pt",
    ]
    shown = show(client, publication, "ar")
    assert shown.record.editions[0].language_code == "ar"
    assert shown.soup.find("tr", class_="own").th.get_text() == "العربية"
    sign = next(row for row in shown.record.editions if row.language_code == "csn")
    assert (sign.lang, sign.dir) == ("", "auto")


def test_facts_of_an_edition_keep_their_order_between_arabic_and_latin_letters(client, publication):
    factories.EditionFactory(page=publication, language="ar", format="pdf", pages=12, captions=True)
    shown = show(client, publication, "ar")
    (row,) = shown.record.editions
    assert len(row.facts) == 3
    assert [one.get_text() for one in shown.soup.select(".editions-detail bdi")] == list(row.facts)


def test_an_unofficial_copy_is_named_without_any_link_to_it(client, publication):
    factories.EditionFactory(
        page=publication,
        title="INSPIRE. Siete estrategias",
        publisher="Organización Panamericana de la Salud",
        year=2017,
        isbn="978-92-75-31941-3",
        unofficial_url=UNOFFICIAL,
    )
    publication.source_urls = f"{UNOFFICIAL}\nhttps://www.publisher.example/inspire?a=1\nINSPIRE workshop report 2019"
    publication.save()

    for locale in ("es", "en"):
        shown = show(client, publication, locale)
        (row,) = shown.record.editions
        assert (row.url, row.link_label, row.year, row.isbn) == ("", "", "2017", "978-92-75-31941-3")
        assert row.withheld
        assert row.withheld in shown.main
        assert UNOFFICIAL not in shown.html
        assert "INSPIRE. Siete estrategias" in shown.main
        assert [(item.text, item.url) for item in shown.record.sources] == [
            ("es.scribd.com", ""),
            ("publisher.example", "https://www.publisher.example/inspire?a=1"),
            ("INSPIRE workshop report 2019", ""),
        ]
        assert UNOFFICIAL not in shown.record.citation.text
        assert address(publication, "en") in shown.record.citation.text


def test_what_is_an_unofficial_copy_of_one_work_is_no_link_among_the_sources_of_another(client, publication):
    factories.EditionFactory(page=publication, unofficial_url=UNOFFICIAL)
    other = "https://es.scribd.com/document/1/Another"  # nobody called this one unofficial
    strategy = factories.StrategyPageFactory(source_urls=f"{UNOFFICIAL}\n{other}\nINSPIRE workshop report 2019")

    shown = show(client, strategy)

    assert UNOFFICIAL not in shown.html
    assert [(item.text, item.url) for item in shown.record.sources] == [
        ("es.scribd.com", ""),
        ("es.scribd.com", other),
        ("INSPIRE workshop report 2019", ""),
    ]


def test_an_uploaded_document_tells_its_format_and_size(client, publication):
    document = Document.objects.create(
        title="Handbook", file=ContentFile(b"x" * 2048, name="handbook.pdf"), file_size=2048
    )
    DocumentText.objects.create(document=document, problem="no-text")
    factories.EditionFactory(page=publication, language="en", document=document, pages=45)

    (row,) = show(client, publication).record.editions

    assert row.url == document.url
    assert (row.link_label, row.external) == ("Download", False)
    assert row.facts == ("PDF", "2.0\xa0KB", "45 pages")
    assert row.error == "The file holds no text, perhaps only scanned pages, so it is not searched."
    DocumentText.objects.update(problem="missing")
    (row,) = show(client, publication).record.editions
    assert row.error == "The file cannot be opened at the moment."
    document.file.delete(save=False)


def test_beside_a_doi_nobody_reads_that_there_is_no_link(client, publication):
    factories.EditionFactory(page=publication, doi="10.1186/s13063-019-3356-x", unofficial_url=UNOFFICIAL)
    shown = show(client, publication)
    assert "https://doi.org/10.1186/s13063-019-3356-x" in shown.links
    assert shown.record.editions[0].withheld == ""
    assert "no link is given" not in shown.main
    assert UNOFFICIAL not in shown.html


def test_what_an_edition_says_of_itself(client, publication):
    factories.EditionFactory(
        page=publication,
        language="en",
        title="A film about it",
        described_title=True,
        unofficial_translation=True,
        format="video",
        minutes=1,
        captions=True,
        transcript=True,
        url="https://films.example/1",
        doi="10.1186/s13063-019-3356-x",
    )
    factories.EditionFactory(
        page=publication, language="fr", status="in-translation", url="https://early.example/draft"
    )
    factories.EditionFactory(page=publication, language="pt", format="audio", url="https://films.example/2")
    factories.EditionFactory(page=publication, language="ar", url="https://films.example/3")

    rows = {row.language_code: row for row in show(client, publication).record.editions}

    film = rows["en"]
    assert film.described and film.official_label == "Unofficial translation"
    assert film.facts == ("Video", "1 minute", "with captions", "with a transcript")
    assert (film.link_label, film.external, film.status_label) == ("Watch", True, "")
    assert film.doi_url == "https://doi.org/10.1186/s13063-019-3356-x"
    assert (rows["fr"].url, rows["fr"].status_label) == ("", "In translation")
    assert (rows["pt"].link_label, rows["ar"].link_label, rows["ar"].dir) == ("Listen", "Open", "rtl")


def test_citation_of_a_publication_is_that_of_the_readers_edition(client, publication):
    factories.EditionFactory(
        page=publication, language="en", title="INSPIRE: seven strategies", publisher="World Health Organization",
        year=2016, url="https://who.example/inspire",
    )  # fmt: skip
    factories.EditionFactory(
        page=publication, language="es", title="INSPIRE. Siete estrategias", publisher="OPS", year=2017,
        doi="10.1/siete",
    )  # fmt: skip

    assert show(client, publication, "en").record.citation.text == (
        "World Health Organization (2016). INSPIRE: seven strategies. https://who.example/inspire"
    )
    shown = show(client, publication, "es")
    assert shown.record.citation.text == "OPS (2017). INSPIRE. Siete estrategias. https://doi.org/10.1/siete"
    assert shown.soup.find(id="citation-text").get_text() == shown.record.citation.text


def test_without_an_edition_of_the_readers_the_citation_is_of_one_in_the_language_shown(client, publication):
    for language, url in (("ar", "https://who.example/ar"), ("pt", ""), ("en", "https://who.example/en")):
        factories.EditionFactory(page=publication, language=language, title=f"INSPIRE in {language}", url=url)
    factories.EditionFactory(page=publication, language="en", title="INSPIRE on paper", url="", sort_order=0)

    for reader in ("es", "fr"):
        assert "INSPIRE in en" in show(client, publication, reader).record.citation.text
    assert "INSPIRE in pt" in show(client, publication, "pt").record.citation.text


def test_citation_of_other_records(client):
    evaluation = factories.EvaluationPageFactory(title="A trial?", authors="Orpinas P; Ambrose A", year=2014)
    factories.EditionFactory(page=evaluation, title="A trial seen from afar", described_title=True, publisher="Journal")
    assert show(client, evaluation).record.citation.text == (
        f"Orpinas P; Ambrose A (2014). [A trial seen from afar]. Journal. http://testserver{address(evaluation, 'es')}"
    )
    given = factories.EvaluationPageFactory(citation="Somebody 2012. A study.")
    assert (
        show(client, given).record.citation.text == f"Somebody 2012. A study. http://testserver{address(given, 'es')}"
    )
    practice = factories.PracticePageFactory(title="In our town", year=2019)
    factories.OrganisationRoleFactory(page=practice, organisation=factories.OrganisationFactory(key="town hall"))
    assert show(client, practice).record.citation.text == (
        f"Town Hall (en) (2019). In our town. INSPIRE hub. http://testserver{address(practice, 'es')}"
    )
    assert show(client, factories.ExpertPageFactory()).record.citation is None


def test_organisers_whom_only_the_source_names_are_cited(client):
    training = factories.TrainingPageFactory(
        title="Crianzas", organisers_text="A network", start_date=datetime.date(2020, 5, 1)
    )
    programme = factories.ProgrammePageFactory(
        title="Barrios", organisations_text="Municipal teams (developers: A and B); Ministry (SEDIS)"
    )
    known = factories.ProgrammePageFactory(title="Barrios", organisations_text="Municipal teams")
    factories.OrganisationRoleFactory(page=known, organisation=factories.OrganisationFactory(key="town hall"))

    cited = [show(client, page).record.citation.text for page in (training, programme, known)]

    assert [text.partition(" INSPIRE hub.")[0] for text in cited] == [
        "A network (2020). Crianzas.",
        "Municipal teams; Ministry (SEDIS). Barrios.",
        "Town Hall (en). Barrios.",
    ]


def test_no_edition_is_cited_from_the_year_of_another(client):
    page = factories.PublicationPageFactory(title="A guide", year=2006)
    factories.EditionFactory(page=page, language="en", title="A guide", year=2006)
    factories.EditionFactory(page=page, language="es", title="Una guía")
    alone = factories.PublicationPageFactory(title="A report", year=2006)
    factories.EditionFactory(page=alone, language="en", title="A report")

    assert show(client, page, "en").record.citation.text.startswith("(2006). A guide.")
    assert show(client, page, "es").record.citation.text.startswith("Una guía.")
    assert show(client, alone, "en").record.citation.text.startswith("(2006). A report.")


def test_a_citation_in_arabic_has_its_comma_and_keeps_latin_parts_in_order(client):
    page = factories.PracticePageFactory(title="In our town", language="en", year=2019)
    for key in ("one", "two"):
        factories.OrganisationRoleFactory(page=page, organisation=factories.OrganisationFactory(key=key, name_ar=key))

    text = show(client, page, "ar").record.citation.text

    assert text.startswith("one، two (2019). \u2066In our town.\u2069 ")
    # Nothing that is not seen stands right beside the address: whoever copies it by hand would copy that too.
    assert text.endswith(f". \u2066 http://testserver{address(page, 'en')}")
    assert not set("\u2066\u2069") & set(show(client, page, "en").record.citation.text)


def test_a_publication_no_longer_valid_says_so(client):
    page = factories.PublicationPageFactory(
        kind="national-plan", valid_from=datetime.date(2010, 1, 1), valid_until=datetime.date(2015, 12, 31)
    )

    shown = show(client, page)

    assert shown.record.remarks == ("This is no longer valid: it was valid until 31 December 2015.",)
    assert shown.record.remarks[0] in shown.main
    assert shown.glance()["Kind"] == ["National plan"]
    assert shown.glance()["Valid from"] == ["1 January 2010"]


def test_the_day_of_the_last_review_is_written_as_the_reader_writes_it(client):
    page = factories.PracticePageFactory(reviewed_on=datetime.date(2026, 3, 5), what_was_done="Much.")

    assert "Last reviewed on 5 March 2026." in show(client, page, "en").main
    assert "5 de marzo de 2026" in show(client, page, "es").main
    assert "Not reviewed yet." in show(client, factories.PracticePageFactory(), "en").main
