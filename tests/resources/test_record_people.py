"""Profiles of experts and pages of trainings. A profile never gives away how to reach somebody."""

import datetime
import time

import pytest
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe  # noqa: TID251

from resources.contacts import without_contacts
from resources.documents import build
from tests import factories
from tests.resources.record_page import show

pytestmark = pytest.mark.django_db

CONTACTS = ("ana@example.org", "+57 300 123 4567", "3001234567", "8888-1234", "50688881234")


def test_a_profile_never_shows_an_address_or_a_number(client):
    expert = factories.ExpertPageFactory(
        title="Ana",
        summary="Trainer since 2010-2015, write to ana@example.org.",
        bio='<p>Call <a href="tel:+573001234567">+57 300 123 4567</a> or '
        '<a href="mailto:ana@example.org">ana@example.org</a> or <a href="https://wa.me/50688881234">WhatsApp</a>.</p>',
        body=[("paragraph", "<p>Mobile 3001234567, tel. 8888-1234</p>"), ("heading", "Work in 2019")],
        source_urls="ana@example.org\nhttps://wa.me/50688881234",
    )
    factories.ExpertPageFactory(
        title="آنا", summary="ana@example.org", bio="<p>+57 300 123 4567</p>", translation_of=expert, language="ar"
    )

    for locale in ("es", "ar", "en"):
        html = show(client, expert, locale).html
        for contact in (*CONTACTS, "mailto:", "tel:"):
            assert contact not in html
    shown = show(client, expert, "en")
    assert "2010-2015" in shown.main
    assert "Work in 2019" in shown.main


def test_no_title_of_a_profile_gives_them_away_either(client):
    expert = factories.ExpertPageFactory(title="Ana ana@example.org", slug="ana")
    factories.ExpertPageFactory(
        title="آنا +57 300 123 4567",
        seo_title="آنا ana@example.org",
        search_description="مدرّبة ana@example.org",
        translation_of=expert,
        language="ar",
    )
    factories.EditionFactory(page=expert, title="Ask 8888-1234", publisher="ana@example.org")
    training = factories.TrainingPageFactory()
    factories.TrainerFactory(page=training, target=expert)
    for page in (expert, training):
        for locale in ("es", "ar", "en"):
            html = show(client, page, locale).html
            assert not [contact for contact in CONTACTS if contact in html]

    arabic = show(client, expert, "ar").soup
    assert arabic.title.get_text().startswith("آنا [حُذفت بيانات الاتصال]")
    assert arabic.find("meta", {"name": "description"})["content"] == "مدرّبة [حُذفت بيانات الاتصال]"

    (document,) = build([str(expert.translation_key)])
    assert not [contact for contact in CONTACTS if contact in str(document)]
    assert {text.locale: text.title for text in document.pages} == {
        "es": "Ana [contacto eliminado]",
        "ar": "آنا [حُذفت بيانات الاتصال]",
    }
    assert document.materials[0].title == "Ask [contacto eliminado]"


@pytest.mark.parametrize(
    "text",
    ["ana@example.org", "Ana.Maria+x@mail.example.co", "ana (at) example.org", "+57 300 123 4567", "(601) 234-5678 9",
     "0057 300 1234567", "٣٠٠١٢٣٤٥٦٧", "300.123.4567", "ana at example.org", "ana arroba mail.example.org",
     "ana＠example.org", "ana[arroba]example.org", "ana (arobase) example.org",
     "https://wa.me/50688881234", "api.whatsapp.com/send?phone=50688881234&text=hi", "https://t.me/+ana_1",
     "8888-1234", "2222 3333", "2222.3333", "8888 - 1234", "55551234", "٨٨٨٨-١٢٣٤", "222-3344", "2711957",
     "22 33 44 55", "322 27 63", "(1) 234 5678", "5000 1234", "3001234000", "8888-1234/2222-3333",
     "ana@example.org+luis@example.org"],
)  # fmt: skip
def test_contacts_are_taken_out(text):
    with translation.override("en"):
        assert without_contacts(f"Reach me: {text}, thanks") == "Reach me: [contact removed], thanks"


@pytest.mark.parametrize(
    "text",
    ["2010-2015", "2010–2015", "2010 - 2015", "(2010 2015 2018)", "٢٠١٠-٢٠١٥", "2026-11-22", "22.11.2026", "20261122",
     "2026-11-22 10:30", "116 111", "20,000 families", "12,345,678", "12.345.678", "1 234 567", "1500000 families",
     "800-1200 families", "1500-2000", "ISO 8601", "ISSN 1413-8123", "PMID: 34567890", "Decreto 027-2007-PCM",
     "https://example.org/12345678", "meet at 10.30", "read it at www.example.org", "paypalt.me/ana", "a @ b"],
)  # fmt: skip
def test_other_numbers_stay(text):
    assert without_contacts(text) == text


def test_of_links_those_to_contacts_go():
    elsewhere = '<a class="b" href="https://example.org/ana">her <b>work</b></a>'
    html = f'{elsewhere}, <a href="mailto:ana@example.org">mail</a>, <A id="x" HREF=tel:116111>call</A>, {elsewhere}'
    assert without_contacts(SafeString(html)) == f"{elsewhere}, mail, call, {elsewhere}"


def test_html_stays_html():
    html = mark_safe('<p class="a12345678901">Call <b>+57 300 123 4567</b> &amp; wait</p>')
    with translation.override("en"):
        cleaned = without_contacts(html)
    assert isinstance(cleaned, SafeString)
    assert cleaned == '<p class="a12345678901">Call <b>[contact removed]</b> &amp; wait</p>'


def test_of_a_training_only_the_last_day_may_be_known(client):
    last = datetime.date(2026, 5, 25)
    page = factories.TrainingPageFactory(end_date=last)
    assert show(client, page).glance()["Date"] == ["Until 25 May 2026"]
    (document,) = build([str(page.translation_key)])
    assert (document.starts_on, document.ends_on, document.years) == (None, last, (2026,))


@pytest.mark.parametrize("text", ["a" * 100_000, "<a href=" * 20_000, "<a href=mailto:>" * 10_000])
@pytest.mark.parametrize("kind", [str, SafeString])
def test_a_long_text_without_any_is_read_in_no_time(kind, text):
    begun = time.process_time()
    assert without_contacts(kind(text)) == text
    assert time.process_time() - begun < 5


def test_a_profile_at_a_glance(client):
    expert = factories.ExpertPageFactory(
        is_trainer=True,
        is_adviser=True,
        organisation=factories.OrganisationFactory(key="who"),
        open_to_invitations=True,
        example=True,
        bio="<p>Works in schools.</p>",
    )
    factories.ExpertLanguageFactory(page=expert, language=factories.LanguageFactory(code="pt"), level="native")

    shown = show(client, expert)

    assert shown.glance() == {
        "Roles": ["Trainer", "Adviser"],
        "Organisation": ["Who (en)"],
        "Working languages": ["Portuguese (native or bilingual)"],
        "Invitations": ["Open to invitations"],
    }
    assert "/en/search/?role=trainer" in shown.links
    assert shown.record.remarks == ("This profile is an invented example: it describes no real person.",)
    assert "Works in schools." in shown.main


def test_a_training_tells_when_where_and_in_which_languages(client):
    page = factories.TrainingPageFactory(
        kind="workshop",
        status="confirmed",
        mode="hybrid",
        start_date=datetime.date(2099, 6, 1),
        end_date=datetime.date(2099, 6, 3),
        start_time=datetime.time(14, 30),
        time_zone="America/Mexico_City",
        place="San Salvador",
        capacity=1200,
        languages=[factories.LanguageFactory(code="es")],
        interpretation=[factories.LanguageFactory(code="en"), factories.LanguageFactory(code="fr")],
        audience_text="Ministries",
        organisers_text="A network",
        registration_url="https://register.example/",
        website="https://event.example/",
    )

    shown = show(client, page)

    assert shown.glance() == {
        "Kind": ["Workshop"],
        "Status": ["Confirmed"],
        "Date": ["1 June 2099 to 3 June 2099", "2:30 p.m., time of America/Mexico City"],
        "Mode": ["Hybrid"],
        "Place": ["San Salvador"],
        "Given in": ["Spanish"],
        "Interpretation into": ["English", "French"],
        "Places": ["1,200"],
        "Organisations as the source names them": ["A network"],
        "Who it is for": ["Ministries"],
        "Website": ["event.example"],
    }
    assert "https://register.example/" in shown.links


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({"date_to_be_announced": True}, ["Date to be announced"]),
        ({"start_date": datetime.date(2019, 1, 1), "only_year": True}, ["2019"]),
        ({"start_date": datetime.date(2019, 5, 1)}, ["1 May 2019"]),
        ({"end_date": datetime.date(2019, 5, 1)}, ["Until 1 May 2019"]),
        ({"end_date": datetime.date(2019, 5, 1), "only_year": True}, ["Until 2019"]),
        ({"start_date": datetime.date(2019, 5, 1), "start_time": datetime.time(9)}, ["1 May 2019", "At 9 a.m."]),
        ({"start_date": datetime.date(2022, 6, 14), "mode": "self-paced"}, ["Since 14 June 2022"]),
        ({"start_date": datetime.date(2099, 6, 14), "mode": "self-paced"}, ["From 14 June 2099"]),
        ({"start_date": datetime.date(2015, 1, 1), "mode": "self-paced", "only_year": True}, ["Since 2015"]),
        ({"start_date": datetime.date(2022, 6, 14), "mode": "self-paced", "status": "held"}, ["14 June 2022"]),
        ({}, None),
    ],
)
def test_dates_known_in_part(client, fields, date):
    assert show(client, factories.TrainingPageFactory(**fields)).glance().get("Date") == date


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "cancelled"},
        {"status": "held"},
        {"start_date": datetime.date(2019, 5, 1)},
        {"start_date": datetime.date(2019, 5, 1), "only_year": True},
    ],
)
def test_nobody_is_sent_to_register_for_what_is_over_or_cancelled(client, fields):
    page = factories.TrainingPageFactory(registration_url="https://register.example/", **fields)

    shown = show(client, page)

    assert "https://register.example/" not in shown.html
    assert ("This training was cancelled." in shown.main) == (fields.get("status") == "cancelled")


def test_one_registers_for_what_may_still_come_this_year(client):
    first = timezone.localdate().replace(month=1, day=1)
    page = factories.TrainingPageFactory(registration_url="https://register.example/", start_date=first, only_year=True)
    assert "https://register.example/" in show(client, page).links


@pytest.mark.parametrize("only_year", [False, True])
def test_one_registers_for_a_course_at_ones_own_pace_until_it_ends(client, only_year):
    fields = {"mode": "self-paced", "start_date": datetime.date(2019, 5, 1), "only_year": only_year}
    fields["registration_url"] = "https://register.example/"
    goes_on = factories.TrainingPageFactory(**fields)
    ended = factories.TrainingPageFactory(**fields, end_date=datetime.date(2020, 5, 1))
    assert "https://register.example/" in show(client, goes_on).links
    assert "https://register.example/" not in show(client, ended).links


def test_sessions_are_shown_in_their_order_with_what_is_left_of_them(client):
    page = factories.TrainingPageFactory()
    strategy = factories.StrategyFactory(key="norms")
    spanish = factories.LanguageFactory(code="es")
    factories.SessionFactory(page=page, title="Second", sort_order=2)
    first = factories.SessionFactory(
        page=page,
        title="First",
        sort_order=1,
        described_title=True,
        speakers_text="Somebody, who spoke",
        country=factories.CountryFactory(),
        languages=[spanish],
        strategies=[strategy],
        source_url="page 3 of the programme\nhttps://www.event.example/agenda",
    )
    factories.SessionMaterialFactory(session=first, language=spanish, url="https://slides.example/1")

    shown = show(client, page)

    row, other = shown.record.sessions
    assert (row.title.text, other.title.text, other.described) == ("First", "Second", "")
    assert row.described
    assert (row.speakers.text, row.country, row.languages) == ("Somebody, who spoke", "Colombia", "Spanish")
    assert [item.url for item in row.strategies] == ["/en/search/?strategy=norms"]
    (material,) = row.materials
    assert (material.link.text, material.link.url, material.language) == (
        "Slides",
        "https://slides.example/1",
        "Spanish",
    )
    assert "Slides (Spanish)" in shown.main
    assert shown.main.count("Source: ") == 1
    assert 'Source: <a href="https://www.event.example/agenda"><bdi>event.example</bdi></a>' in shown.html
    assert shown.main.index("First") < shown.main.index("Second")
    assert {group.facet for group in shown.record.classification} == {"strategy"}
