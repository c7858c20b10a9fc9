"""The page "Where to get help"."""

import datetime
from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import translation

from resources.helplines import helplines_by_country
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("channel", "number", "link"),
    [
        ("call", "141", "tel:141"),
        ("call", "+57 (1) 234-5678", "tel:+5712345678"),
        ("call", "800 700", "tel:800700"),
        ("call", "1-800-4-A-CHILD", ""),
        ("call", "141 or 106", ""),
        ("call", "*322", ""),
        ("text", "686868", "sms:686868"),
        ("text", "NO to 686868", ""),
        ("whatsapp", "+55 61 99611-0100", "https://wa.me/5561996110100"),
        ("whatsapp", "(61) 99611-0100", ""),
        ("whatsapp", "08111-129-129", ""),
    ],
)
def test_only_a_number_that_is_complete_is_a_link(client, channel, number, link):
    page = factories.helplines_page("en")
    factories.HelplineFactory(channel=channel, number=number)
    shown = BeautifulSoup(client.get(page.get_url()).content, "html5lib").select_one(".helpline-number")
    assert shown.get("href", "") == link
    assert shown.get_text() == number
    assert bool(shown.svg) == link.startswith("tel:"), "no telephone where nobody is called"


def test_how_a_line_is_reached_is_said_where_it_is_not_called(client):
    page = factories.helplines_page("fr")
    for channel in ("call", "text", "whatsapp"):
        factories.HelplineFactory(channel=channel, name=channel)
    shown = BeautifulSoup(client.get(page.get_url()).content, "html5lib")
    tags = {one.h3.get_text(strip=True): one.select_one(".tag").get_text() for one in shown.select(".helpline")}
    assert tags == {"call": "Ligne d’assistance pour enfants", "text": "SMS", "whatsapp": "WhatsApp"}


def test_countries_stand_in_the_order_of_the_readers_language():
    for code in ("AT", "BD", "CH", "AR"):
        factories.HelplineFactory(country=factories.CountryFactory(code=code))
    names = {}
    for locale in ("es", "en"):
        with translation.override(locale):
            names[locale] = [country.name for country in helplines_by_country()]
    assert names["es"] == ["Argentina", "Austria", "Bangladés", "Suiza"]
    assert names["en"] == ["Argentina", "Austria", "Bangladesh", "Switzerland"]


def test_languages_stand_in_that_order_too():
    helpline = factories.HelplineFactory()
    helpline.languages.add(*(factories.LanguageFactory(code=code) for code in ("en", "ar", "es")))
    with translation.override("es"):
        (country,) = helplines_by_country()
    assert country.helplines[0].languages == "árabe, español, inglés"


def test_only_certain_numbers_are_shown_with_where_they_come_from(client):
    page = factories.helplines_page("en")
    colombia = factories.CountryFactory()
    helpline = factories.HelplineFactory(
        country=colombia,
        name="Línea 106",
        number="106",
        coverage="Bogotá",
        free=True,
        hours="24/7",
        source_url="https://www.childhelplines.example/colombia",
        source_read=datetime.date(2022, 5, 12),
    )
    helpline.languages.add(factories.LanguageFactory(code="es"), factories.LanguageFactory(code="en"))
    factories.HelplineFactory(country=colombia, name="Police", kind="emergency", source_read=None)
    factories.HelplineFactory(country=colombia, name="A line", kind="violence")
    factories.HelplineFactory(country=colombia, name="Uncertain", number="999", shown=False)

    response = client.get(page.get_url())

    (country,) = response.context["countries"]
    assert [one.name.text for one in country.helplines] == ["Línea 106", "A line", "Police"]
    view = country.helplines[0]
    assert (view.kind, view.languages, view.coverage.text) == ("Child helpline", "English, Spanish", "Bogotá")
    assert (view.source_name, view.source_read) == ("childhelplines.example", "12 May 2022")
    html = response.content.decode()
    assert 'href="tel:106"' in html
    assert "Numbers change" in html
    assert 'Not nationwide: <bdi lang="" dir="auto">Bogotá</bdi>' in html
    assert "Uncertain" not in html


@pytest.mark.parametrize(
    ("hours", "locale", "shown"),
    [
        ("Mon-Fri 8:00-16:00", "es", "lun–vie 8:00–16:00"),
        ("Mon-Fri 8:00-16:00", "en", "Mon–Fri 8:00–16:00"),
        ("Sun-Thu 8:00-20:00, Fri-Sat 9:00-17:00", "fr", "dim.–jeu. 8:00–20:00, ven.–sam. 9:00–17:00"),
        ("Mon-Sat 24 hours", "pt", "seg.–sáb. 0:00–24:00"),
        ("Sat-Thu 8:00-20:00, Fri 8:00-13:00", "ar", "السبت–الخميس 8:00–20:00، الجمعة 8:00–13:00"),
        ("Tue and Thu 16:00-20:00, Fri-Sat 9:00-17:00", "es", "mar y jue 16:00–20:00, vie–sáb 9:00–17:00"),
        # Where days are named one by one, a hyphen never stands for those between.
        (
            "Mon-Tue-Thu-Fri 16:00-22:00, Wed-Sat 14:00-22:00",
            "pt",
            "seg., ter., qui. e sex. 16:00–22:00, qua. e sáb. 14:00–22:00",
        ),
    ],
)
def test_hours_of_a_source_in_english_are_written_in_the_readers_language(hours, locale, shown):
    factories.HelplineFactory(hours=hours, wording_language=factories.LanguageFactory(code="en"))
    with translation.override(locale):
        (country,) = helplines_by_country()
    assert (country.helplines[0].hours.text, country.helplines[0].hours.lang) == (shown, "")


@pytest.mark.parametrize(
    "hours",
    ["Mon-Fri 7:00-5:00 (as stated)", "Mon-Fri 12:00-18:00 EST", "Mon-Fri and Sun 8:00-9:00", "lun 9:00-9:30"],
)
def test_other_words_on_hours_stay_as_they_are(hours):
    factories.HelplineFactory(hours=hours, wording_language=factories.LanguageFactory(code="en"))
    with translation.override("fr"):
        (country,) = helplines_by_country()
    assert (country.helplines[0].hours.text, country.helplines[0].hours.lang) == (hours, "en")


def test_every_source_is_shown(client):
    page = factories.helplines_page("en")
    factories.HelplineFactory(more_source_urls="https://www.first.example/a\n\nhttps://second.example/b")
    html = client.get(page.get_url()).content.decode()
    assert 'More sources: <a href="https://www.first.example/a" rel="external"><bdi>first.example</bdi></a> · ' in html
    assert 'href="https://second.example/b"' in html


def test_more_sources_are_addresses():
    helpline = factories.HelplineFactory(more_source_urls="https://second.example/b\njavascript:alert(1)")
    with pytest.raises(ValidationError, match="javascript") as caught:
        helpline.full_clean()
    assert set(caught.value.message_dict) == {"more_source_urls"}


def test_a_hub_loaded_before_is_told_of_the_alert_and_nothing_else():
    guatemala, mexico = (factories.CountryFactory(code=code) for code in ("GT", "MX"))
    alert = factories.HelplineFactory(country=guatemala, number="1546", kind="emergency")
    other = factories.HelplineFactory(country=mexico, number="911", kind="emergency")
    migration = import_module("resources.migrations.0006_more_sources")
    for change, kind in ((migration.tell_the_alert, "missing-child"), (migration.forget_alerts, "emergency")):
        change(apps, None)
        for helpline in (alert, other):
            helpline.refresh_from_db()
        assert (alert.kind, other.kind) == (kind, "emergency")


def test_a_hub_loaded_before_is_told_of_messages_and_nothing_else():
    canada, brazil, mexico = (factories.CountryFactory(code=code) for code in ("CA", "BR", "MX"))
    lines = [
        factories.HelplineFactory(country=canada, name="Kids Help Phone (text)", number="686868"),
        factories.HelplineFactory(country=brazil, name="Disque 100 (WhatsApp)", number="(61) 99611-0100"),
        factories.HelplineFactory(country=mexico, name="Another (text)", number="686868"),
    ]
    migration = import_module("resources.migrations.0009_channel_of_a_helpline")
    migration.tell_channels(apps, None)
    for helpline in lines:
        helpline.refresh_from_db()
    assert [helpline.channel for helpline in lines] == ["text", "whatsapp", "call"]


def test_statements_do_not_grow_with_the_helplines(django_assert_num_queries):
    for size in (1, 4):
        for _ in range(size):
            factories.HelplineFactory().languages.add(factories.LanguageFactory())
        helplines_by_country()
        with django_assert_num_queries(2):
            helplines_by_country()
