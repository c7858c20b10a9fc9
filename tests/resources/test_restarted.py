"""A translation that was stopped, corrected as a page and started again keeps what was written."""

import pytest
from django.contrib import messages
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from resources.models import PracticePage
from resources.models.blocks import BodyBlock
from resources.restarted import BUTTON
from resources.untranslated import missing_pieces
from tests.factories import WORK_FACTORIES, StrategyFactory, locale_of
from tests.resources.admin_form import AdminForm
from tests.resources.test_translation_workflow import submit

pytestmark = pytest.mark.django_db
BODY = [
    ("heading", "Encabezado"),
    ("paragraph", '<p>Lea <a href="https://uno.example/">la guía</a>.</p><p>Otro párrafo.</p>'),
]


class Stopped:
    """A practice, translated piece by piece into French and published, whose translation was then stopped."""

    def __init__(self, client):
        self.client = client
        page = WORK_FACTORIES["practice"](
            title="Título", summary="Resumen", body=BODY, what_was_done="", strategies=[StrategyFactory()]
        )
        submit(client, page, "fr")
        self.pk = page.get_translation(locale_of("fr")).pk
        self.translation = Translation.objects.get()
        self.url = reverse("wagtailadmin_pages:edit", args=[self.pk])
        for segment in self.translation.source.stringsegment_set.all():
            self.type(segment, f"FR {segment.string.data}")
        client.post(self.url, {"action": "publish"})
        assert self.page.live
        self.stop()

    def type(self, segment, text: str) -> None:
        """Keep a piece, as the editor of pieces does."""
        url = reverse("wagtail_localize:edit_string_translation", args=[self.translation.pk, segment.pk])
        response = self.client.put(url, data=f"value={text}", content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 201), response.content

    def stop(self) -> None:
        self.client.post(reverse("wagtail_localize:stop_translation", args=[self.translation.pk]))

    @property
    def page(self) -> PracticePage:
        return PracticePage.objects.get(pk=self.pk)

    def correct(self, body=None, **values) -> None:
        """Publish the page with other texts; `body` changes the source of its blocks."""
        page = self.page.get_latest_revision_as_object()
        for name, value in values.items():
            setattr(page, name, value)
        if body:
            page.body = [{**block, "value": body(block["value"])} for block in page.body.raw_data]
        page.save_revision().publish()

    def start(self) -> list[str]:
        """Start it again; the warnings of the next page of the admin."""
        response = self.client.post(self.url, {BUTTON: "1"}, follow=True)
        assert Translation.objects.get().enabled
        return [str(message) for message in response.context["messages"] if message.level == messages.WARNING]

    def publish(self) -> PracticePage:
        self.client.post(self.url, {"action": "publish"})
        return self.page


def stream_of(page: PracticePage) -> dict:
    """The blocks of the page as its form sends them."""
    paragraph = BodyBlock().child_blocks["paragraph"].field.widget
    fields = {"body-count": str(len(page.body))}
    for number, block in enumerate(page.body.raw_data):
        value = paragraph.format_value(block["value"]) if block["type"] == "paragraph" else block["value"]
        sent = {"deleted": "", "order": number, "type": block["type"], "id": block["id"], "value": value}
        fields |= {f"body-{number}-{name}": text for name, text in sent.items()}
    return fields


@pytest.fixture
def stopped(admin_client, django_capture_on_commit_callbacks):
    request = admin_client.request

    def answered(**environ):
        with django_capture_on_commit_callbacks(execute=True):
            return request(**environ)

    admin_client.request = answered
    return Stopped(admin_client)


def test_what_was_corrected_stays_when_it_is_published_again(stopped):
    form = AdminForm(stopped.client, stopped.url).fill(summary="Résumé corrigé & relu")
    form.fill(**stream_of(stopped.page))
    assert form.send().status_code == 302
    assert stopped.page.summary == "Résumé corrigé & relu"
    assert stopped.start() == []
    page = stopped.publish()
    assert (page.summary, page.title) == ("Résumé corrigé & relu", "FR Título")
    assert "FR Otro párrafo." in str(page.body)


def test_so_does_what_was_typed_when_it_is_started(stopped):
    form = AdminForm(stopped.client, stopped.url).fill(summary="Résumé tapé à l’instant", **stream_of(stopped.page))
    form.send(BUTTON)
    assert Translation.objects.get().enabled
    assert stopped.publish().summary == "Résumé tapé à l’instant"


def test_pieces_of_a_text_with_links_are_taken_one_by_one(stopped):
    stopped.correct(body=lambda html: html.replace("FR Lea", "Lisez"))
    assert stopped.start() == []
    body = str(stopped.publish().body)
    assert 'Lisez <a href="https://uno.example/">la guía</a>' in body
    assert "FR Otro párrafo." in body


def test_pieces_that_were_never_on_the_page_stay(stopped):
    stopped.start()
    [title] = stopped.translation.source.stringsegment_set.filter(context__path="title")
    stopped.type(title, "Titre neuf")
    stopped.stop()
    stopped.correct(summary="Résumé corrigé")
    stopped.start()
    page = stopped.publish()
    assert (page.title, page.summary) == ("Titre neuf", "Résumé corrigé")


@pytest.mark.parametrize(
    "change",
    [
        lambda html: html.replace("FR Otro párrafo.", "Un.</p><p>Deux."),
        lambda html: html.replace("uno.example", "deux.example"),
    ],
)
def test_what_does_not_fit_into_the_pieces_is_named_and_not_published_over(stopped, change):
    stopped.correct(body=change)
    body = str(stopped.page.body)
    [warning] = stopped.start()
    assert "texto" in warning
    assert missing_pieces(stopped.page)
    assert str(stopped.publish().body) == body


def test_a_block_that_the_original_lacks_is_named(stopped):
    page = stopped.page
    page.body = [
        *page.body.raw_data,
        {"type": "heading", "value": "Ajouté", "id": "5e0b1c9e-0000-4000-8000-000000000000"},
    ]
    page.save_revision().publish()
    [warning] = stopped.start()
    assert "texto" in warning


def test_a_text_that_is_still_the_originals_is_to_be_translated(admin_client):
    page = WORK_FACTORIES["practice"](title="Título", summary="Resumen", strategies=[StrategyFactory()])
    submit(admin_client, page, "fr")
    draft = page.get_translation(locale_of("fr"))
    translation = Translation.objects.get()
    admin_client.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]))
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    AdminForm(admin_client, url).fill(title="Titre").send("action-submit-draft")
    admin_client.post(url, {BUTTON: "1"})
    texts = StringTranslation.objects.values_list("context__path", "data")
    assert list(texts) == [("title", "Titre")]
