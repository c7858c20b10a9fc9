"""Which helplines readers are shown after a load of the whole starter content."""

import pytest
from django.utils import translation

from resources.helplines import helplines_by_country
from resources.models import Helpline
from tests.resources.starter.conftest import table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hub")]


def test_every_helpline_is_shown_kept_or_left_out_with_a_reason(hub):
    rows = table("helplines")
    high = [row for row in rows if row["confidence"] == "high"]
    dated = [row for row in high if row["source_read"]]
    only_year = {row["number"] for row in high if len(row["source_read"]) == 4}
    assert Helpline.objects.count() == len(high)
    assert Helpline.objects.filter(shown=True).count() == len(dated) == hub.number("helplines", "created")
    assert not Helpline.objects.filter(shown=True, source_read=None).exists()
    assert {helpline.number for helpline in Helpline.objects.filter(read_only_year=True)} == only_year != set()
    reasons = {reason: len(names) for (kind, reason), names in hub.notes.items() if kind == "helplines"}
    assert sorted(reasons.values()) == sorted([len(high) - len(dated), len(rows) - len(high)])


def test_the_alert_for_missing_children_says_so_in_every_language():
    kinds = {}
    for locale in ("es", "en", "fr", "pt", "ar"):
        with translation.override(locale):
            (guatemala,) = [country for country in helplines_by_country() if country.anchor == "gt"]
            kinds[locale] = {line.number: line.kind for line in guatemala.helplines}["1546"]
    assert kinds == {
        "es": "Alerta por desaparición de niñas, niños y adolescentes",
        "en": "Missing-child alert",
        "fr": "Alerte pour enfant disparu",
        "pt": "Alerta de criança ou adolescente desaparecido",
        "ar": "خط التنبيه بشأن الأطفال المفقودين",
    }


def test_every_source_of_a_helpline_is_shown():
    shown = {
        (country.anchor.upper(), line.number): {line.source_url, *(more.url for more in line.more_sources)}
        for country in helplines_by_country()
        for line in country.helplines
    }
    rows = {(row["country"], row["number"]): row["source_url"].split("|") for row in table("helplines")}
    assert shown == {line: set(rows[line]) for line in shown}
    assert len([sources for sources in shown.values() if len(sources) == 2]) == 9


def test_lines_that_nobody_answers_by_voice_are_not_called():
    shown = {line.name.text: line for country in helplines_by_country() for line in country.helplines}
    written = {name: (line.channel, line.link) for name, line in shown.items() if line.channel}
    assert written == {
        "Kids Help Phone (text)": ("Text message", "sms:686868"),
        "Disque 100 (WhatsApp)": ("WhatsApp", ""),
        "SAPA 129 (WhatsApp)": ("WhatsApp", ""),
    }


def test_places_that_are_served_are_named_in_the_language_of_the_reader():
    with translation.override("ar"):
        shown = {line.coverage for country in helplines_by_country() for line in country.helplines if line.coverage}
    assert {(place.lang, place.dir) for place in shown} == {("", "")}
    assert {place.text for place in shown} == {"بوغوتا", "إقليم كردستان", "الشارقة", "دبي"}
