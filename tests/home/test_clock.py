"""What is due at a time is done: experts leave with their consent, pages come and go as they were scheduled."""

import threading
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from home import background, clock
from resources import consents
from search import indexing
from search.engines import get_engine
from tests import elasticsearch_server
from tests.factories import WORK_FACTORIES, StrategyFactory
from tests.resources.test_translation_workflow import submit

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
LATER = timedelta(hours=2)


@pytest.fixture(autouse=True)
def _index(settings, tmp_path):
    with elasticsearch_server.search_settings("embedded", settings, tmp_path):
        get_engine().rebuild([])
        yield


@pytest.fixture
def hub(settings, monkeypatch, client):
    """A web process that works in the background, beginning with its next request; its clock looks at each of them."""
    looking = clock.Clock()
    monkeypatch.setattr(looking, "start", looking.look)
    monkeypatch.setattr(background, "clock", looking)
    monkeypatch.setattr(indexing.background, "start", lambda **how: None)
    monkeypatch.setattr(background, "read_files_left", lambda: None)  # in a thread, which may outlive the test
    settings.BACKGROUND = "process"
    background.connect()
    return client


@pytest.fixture
def it_is(monkeypatch):
    """it_is(day): the date of all processes."""

    def set_date(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda: day)

    set_date(TODAY)
    return set_date


@pytest.fixture
def hours_pass(monkeypatch):
    """hours_pass(): the schedule is looked at again, two hours later."""
    now = timezone.now

    def passed() -> None:
        monkeypatch.setattr(timezone, "now", lambda: now() + LATER)
        monkeypatch.setattr(clock, "SCHEDULE", 0)

    return passed


def shown(client) -> str:
    return client.get("/es/search/").content.decode()


def scheduled(title: str, **times) -> Page:
    """A programme with `times`, published by an editor now."""
    page = WORK_FACTORIES["programme"](title=title, live="expire_at" in times, strategies=[StrategyFactory()])
    for name, value in times.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk)


def history(admin_client, page: Page) -> str:
    """What the admin shows an English editor of the history of `page`."""
    address = reverse("wagtailadmin_pages:history", args=[page.pk])
    return admin_client.get(address, headers={"accept-language": "en"}).content.decode()


# Consents


@pytest.mark.parametrize("since", ["the process began", "yesterday"])
def test_an_expert_leaves_search_and_sitemap_the_day_after_the_last_day_of_consent(hub, it_is, since):
    expert = WORK_FACTORIES["expert"](title="Ana Quispe", slug="ana", consent_until=TODAY)
    WORK_FACTORIES["expert"](title="Rosa Mamani", consent_until=TODAY + DAY)
    if since == "yesterday":
        assert "Ana Quispe" in shown(hub)
    assert "/ana/" in hub.get("/sitemap.xml").content.decode()
    it_is(TODAY + DAY)
    assert hub.get(expert.get_url()).status_code == 404  # the first request of the day
    assert "Ana Quispe" not in shown(hub)
    assert "Rosa Mamani" in shown(hub)
    assert not indexing.differences().ids
    sitemap = hub.get("/sitemap.xml").content.decode()
    assert "/ana/" not in sitemap
    assert "/expert-list-es/" in sitemap


def test_only_consents_that_have_ended_since_are_looked_at_again(it_is, monkeypatch):
    ended = [WORK_FACTORIES["expert"](consent_until=TODAY + number * DAY) for number in range(-2, 2)]
    queued = []
    monkeypatch.setattr(indexing, "queue", lambda ids: queued.append(set(ids)))
    looking = clock.Clock()
    looking.look()
    looking.look()
    it_is(TODAY + DAY)
    looking.look()
    keys = [str(expert.translation_key) for expert in ended]
    assert queued == [{*keys[:2]}, {keys[2]}]


# The schedule


def test_pages_come_and_go_when_they_are_due(hub, hours_pass):
    soon = timezone.now() + LATER / 2
    for title, times in {"Llega": {"go_live_at": soon}, "Se va": {"expire_at": soon}}.items():
        scheduled(title, **times)
    assert "Se va" in shown(hub)
    assert "Llega" not in shown(hub)
    hours_pass()
    for _twice in range(2):
        assert "Se va" not in shown(hub)
        assert "Llega" in shown(hub)
    gone = Page.objects.get(title="Se va")
    assert (gone.live, gone.expired) == (False, True)
    assert hub.get(gone.get_url()).status_code == 404
    logged = PageLogEntry.objects.filter(action__in=("wagtail.publish.scheduled", "wagtail.unpublish.scheduled"))
    assert sorted(logged.values_list("label", flat=True)) == ["Llega", "Se va"]
    assert not indexing.differences().ids


def test_the_schedule_is_looked_at_once_a_minute(hub, monkeypatch):
    looks = []
    monkeypatch.setattr(clock, "keep_schedule", lambda: looks.append(None))
    hub.get("/healthz")
    hub.get("/healthz")
    assert len(looks) == 1


def test_a_translation_of_which_pieces_are_missing_stays_a_draft_when_it_is_due(hub, admin_client, caplog):
    page = WORK_FACTORIES["practice"](title="Una práctica")
    submit(admin_client, page, "fr")
    french = Page.objects.get(translation_key=page.translation_key, locale__language_code="fr")
    revision = french.specific.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - LATER)
    clock.keep_schedule()
    french.refresh_from_db()
    assert not french.live
    assert "not translated" in caplog.text
    assert "Not published when it was due. 2 pieces are still to be translated." in history(admin_client, french)
    caplog.clear()
    clock.keep_schedule()
    assert not caplog.text


def test_the_history_of_a_profile_says_that_consent_is_missing(admin_client):
    page = WORK_FACTORIES["expert"](live=False, consent_on=None, example=False)
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - LATER)
    clock.keep_schedule()
    assert not Page.objects.get(pk=page.pk).live
    assert "A profile is published only with the person’s consent" in history(admin_client, page)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False)


def test_the_history_says_what_of_a_page_is_not_valid_any_more(admin_client, hours_pass):
    page = scheduled("Rota", go_live_at=timezone.now() + LATER / 2)
    revision = Revision.objects.for_instance(page.specific).get()
    revision.content["title"] = ""
    revision.save()
    hours_pass()
    clock.keep_schedule()
    assert not Page.objects.get(pk=page.pk).live
    assert "Something in it is not valid: publish it by hand to see what." in history(admin_client, page)


def test_a_page_that_cannot_be_published_holds_up_no_other(hub, hours_pass, caplog):
    soon = timezone.now() + LATER / 2
    broken = scheduled("Rota", go_live_at=soon)
    revision = Revision.objects.for_instance(broken.specific).get()
    revision.content["editions"] = [None]
    revision.save()
    scheduled("Sana", go_live_at=soon + timedelta(minutes=1))
    hours_pass()
    assert "Sana" in shown(hub)
    assert f"Revision {revision.pk} could not be published" in caplog.text
    assert not Page.objects.get(pk=broken.pk).live


@pytest.mark.postgresql
def test_what_another_process_has_in_hand_is_left_to_it(hub, hours_pass):
    page = scheduled("Se va", expire_at=timezone.now() + LATER / 2)
    hours_pass()

    def other_process() -> None:
        try:
            clock.keep_schedule()
        finally:
            connection.close()

    with transaction.atomic():
        Page.objects.select_for_update().get(pk=page.pk)
        thread = threading.Thread(target=other_process)
        thread.start()
        thread.join(30)
        assert not thread.is_alive()
    assert Page.objects.get(pk=page.pk).live
    clock.keep_schedule()
    assert not Page.objects.get(pk=page.pk).live


# The thread


def test_a_database_that_is_away_is_waited_for(monkeypatch, caplog):
    def away(**_since) -> None:
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr(consents, "queue_ended", away)
        looking = clock.Clock()
        looking.look()
    assert "closed the connection" in caplog.text
    days = []
    monkeypatch.setattr(consents, "queue_ended", lambda since: days.append(since))
    looking.look()
    assert days == [None]


def test_a_database_that_is_away_is_not_asked_for_every_page(monkeypatch):
    for title in ("Una", "Otra"):
        page = scheduled(title, expire_at=timezone.now() + LATER)
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - LATER)
    asked = []

    def away(self, *args, **kwargs) -> None:
        asked.append(self)
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(Page, "unpublish", away)
    with pytest.raises(OperationalError):
        clock.keep_schedule()
    assert len(asked) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_thread_looks_again_and_again_and_is_started_once(monkeypatch):
    monkeypatch.setattr(clock, "PAUSE", 0.01)
    looking, looks, enough = clock.Clock(), [], threading.Event()

    def look() -> None:
        looks.append(threading.current_thread().name)
        if len(looks) >= 3:
            enough.wait(30)
            raise SystemExit  # as when the process ends

    monkeypatch.setattr(looking, "look", look)
    looking.start()
    thread = looking._thread
    looking.start()
    assert looking._thread is thread
    enough.set()
    thread.join(30)
    assert looks == ["clock"] * 3
    looking.start()
    assert looking._thread is not thread
    looking._thread.join(30)
    assert looks == ["clock"] * 4


@pytest.mark.parametrize("choice", ["worker", "request"])
def test_where_others_work_in_the_background_a_web_process_has_no_clock(hub, settings, choice, monkeypatch):
    looks = []
    monkeypatch.setattr(background.clock, "start", lambda: looks.append(None))
    settings.BACKGROUND = choice
    hub.get("/healthz")
    assert looks == []
