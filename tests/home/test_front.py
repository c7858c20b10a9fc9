"""The home page: live counts that count works, strategies, what is new and what is coming."""

import time
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from resources.models import CatalogueIndexPage
from search.engines import get_engine
from search.registry import source
from tests.factories import WORK_FACTORIES, EditionFactory, StrategyFactory, home_page, index_page
from tests.search.fake_cluster import fake_cluster

pytestmark = [pytest.mark.django_db, pytest.mark.planted]


@pytest.fixture
def hub(settings, tmp_path):
    """Rebuilds the index of the test from what is in the database."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return lambda: get_engine().rebuild(source().documents())


def context(client, code: str = "es"):
    response = client.get(f"/{code}/")
    assert response.status_code == 200
    return response.context


def test_a_work_counts_once_whatever_the_number_of_its_translations(client, hub):
    strategy = StrategyFactory(key="norms-values", letter="N")
    page = WORK_FACTORIES["programme"](strategies=[strategy])
    EditionFactory(page=page, language="pt")
    for code in ("en", "fr", "ar"):
        WORK_FACTORIES["programme"](language=code, translation_of=page)
    hub()
    for code in ("es", "ar", "pt"):
        shown = context(client, code)
        title = CatalogueIndexPage.objects.get(type="programme", locale__language_code=code).title
        assert [(one.name, one.count) for one in shown["types"]] == [(title, 1)]
        assert [(one.code, one.count) for one in shown["languages"]] == [("pt", 1)]
        assert [(card.key, card.count) for card in shown["strategies"]] == [("norms-values", 1)]
        assert len(shown["newest"]) == 1


def test_a_type_without_a_list_in_the_readers_language_is_counted_too(client, hub):
    WORK_FACTORIES["practice"]()
    index_page("practice", "ar").delete()
    hub()
    [counted] = context(client, "ar")["types"]
    assert (counted.name, counted.url, counted.count) == ("الممارسات", "/ar/practice-list-en/", 1)
    assert client.get(counted.url).status_code == 200


def test_every_language_of_the_materials_is_there(client, hub):
    for code in ("es", "en", "fr", "pt", "ar", "de", "sw", "rw", "th", "tl"):
        EditionFactory(page=WORK_FACTORIES["publication"](), language=code)
    hub()
    response = client.get("/es/")
    assert len(response.context["languages"]) == 8 and len(response.context["more_languages"]) == 2
    html = response.content.decode()
    assert all(f"/es/search/?language={code}" in html for code in ("es", "de", "rw", "th", "tl"))
    assert "2 idiomas más" in html


def test_a_strategy_leads_to_its_page_or_to_its_works(client, hub):
    explained, other = StrategyFactory(key="norms-values"), StrategyFactory(key="other")
    retired = StrategyFactory(key="old", retired=True)
    WORK_FACTORIES["strategy"](slug="normas", term=explained, strategies=[other])
    hub()
    urls = {card.key: card.url for card in context(client, "fr")["strategies"]}
    assert urls == {"norms-values": "/fr/strategy-list-fr/normas/", "other": "/fr/search/?strategy=other"}
    assert retired.key not in urls
    assert other.key in urls


def test_a_strategy_without_words_in_the_readers_language_says_which_way_they_run(client):
    StrategyFactory(name_es="Normas y valores", description_es="Cambiar normas.", name_ar="القواعد")
    home_page("ar")
    page = BeautifulSoup(client.get("/ar/").content, "html.parser")
    name, summary = page.select_one(".strategy-card a"), page.select_one(".strategy-card h3 + p")
    assert (name["lang"], name["dir"]) == ("ar", "rtl")
    assert (summary["lang"], summary["dir"], summary.get_text()) == ("es", "ltr", "Cambiar normas.")


def test_upcoming_trainings_stand_in_the_order_of_their_dates(client, hub):
    today = timezone.localdate()
    for title, days in (("Later", 30), ("Soon", 2), ("Gone", -3)):
        WORK_FACTORIES["training"](title=title, start_date=today + timedelta(days))
    hub()
    assert [str(hit.title_html) for hit in context(client)["upcoming"]] == ["Soon", "Later"]


def test_a_training_that_was_cancelled_or_held_is_not_upcoming(client, hub):
    later = timezone.localdate() + timedelta(400)
    for status in ("planned", "cancelled", "held"):
        WORK_FACTORIES["training"](title=status, status=status, start_date=later)
    WORK_FACTORIES["training"](title="this year", status="held", start_date=later, only_year=True)
    WORK_FACTORIES["training"](title="until then", end_date=later)
    hub()
    assert {str(hit.title_html) for hit in context(client)["upcoming"]} == {"planned", "until then"}
    shown = client.get("/en/search/", {"type": "training"}).content.decode()
    assert shown.count("<span>Cancelled</span>") == 1
    assert "cancelled" in shown.split("<span>Cancelled</span>")[1].split("</article>")[0]
    for when, titles in (("upcoming", {"planned", "until then"}), ("past", set())):
        hits = client.get("/es/search/", {"when": when}).context["results"].hits
        assert {str(hit.title_html) for hit in hits} == titles


def test_a_course_at_ones_own_pace_that_has_no_end_is_not_past(client, hub):
    today, start = timezone.localdate(), date(2022, 6, 14)
    course = {"mode": "self-paced", "start_date": start}
    WORK_FACTORIES["training"](title="Goes on", **course)
    WORK_FACTORIES["training"](title="Of a year", **{**course, "start_date": date(2015, 1, 1), "only_year": True})
    WORK_FACTORIES["training"](title="To come", **{**course, "start_date": date(today.year + 1, 1, 31)})
    WORK_FACTORIES["training"](title="Ended", **course, end_date=date(2023, 1, 1))
    WORK_FACTORIES["training"](title="Held", **course, status="held")
    WORK_FACTORIES["training"](title="On one day", mode="online", start_date=today + timedelta(30))
    hub()
    upcoming, past = (
        {str(hit.title_html): hit.date for hit in client.get("/en/search/", {"when": when}).context["results"].hits}
        for when in ("upcoming", "past")
    )
    assert upcoming.keys() == {"Goes on", "Of a year", "To come", "On one day"}
    assert [upcoming[title] for title in ("Goes on", "Of a year")] == ["Since 2022", "Since 2015"]
    assert upcoming["To come"] == str(today.year + 1)
    assert past == {"Ended": "14 June 2022 to 1 January 2023", "Held": "14 June 2022"}
    assert str(context(client)["upcoming"][0].title_html) == "On one day", "what goes on anyway stands behind"


def test_without_an_index_the_home_page_still_answers(client, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    StrategyFactory(key="norms-values")
    home_page(), index_page("programme")
    shown = context(client)
    assert [(card.key, card.count) for card in shown["strategies"]] == [("norms-values", None)]


def test_a_slow_cluster_is_waited_for_once(client, settings):
    home_page("es")

    def slow(*_request):
        time.sleep(0.5)
        empty = {"hits": {"total": {"value": 0}, "hits": []}, "timed_out": False, "status": 200, "aggregations": {}}
        return 200, {"responses": [empty, empty]}

    with fake_cluster(slow) as cluster:
        settings.SEARCH_URL = f"{cluster.url}?timeout=0.8"
        assert client.get("/es/").context["engine_away"]
        assert 1 <= len(cluster.asked) <= 2  # of the four questions of the page
