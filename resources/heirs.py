"""When the original page of a work is deleted, the next translation inherits what belongs to the work.

The heir gets copies of the rows, not the rows themselves: Django has collected those for
deletion before it tells anyone.
"""

from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.models import Page

from resources.models.evaluation import EvaluatedProgramme
from resources.models.expert import ExpertPage, TrainedAt
from resources.models.links import RelatedWork
from resources.models.practice import PracticePage
from resources.models.programme import ProgrammePage
from resources.models.revisions import INHERITED, lead_to_heir
from resources.models.training import SessionSpeaker, Trainer
from resources.untranslated import keep_pieces

# Rows of other works that point to a page of this one by `target`, each with the path to the page they belong to.
INCOMING = {
    RelatedWork: "page",
    EvaluatedProgramme: "page",
    Trainer: "page",
    TrainedAt: "page",
    SessionSpeaker: "session__page",
}
# Other works that point to a page of this one by a field.
INCOMING_FIELDS = {ProgrammePage: "adapted_from", PracticePage: "adopted_from"}


def hand_over(page: Page) -> None:
    """Give what belongs to the work of `page`, about to be deleted, to the page that is the original after it.

    Where several pages of a work are deleted together, Django tells of them in the order of their keys:
    each hands on what the one before has just handed to it.
    """
    model = type(page)
    pages = model._base_manager.filter(translation_key=page.translation_key).order_by("pk")
    original = pages.first()
    is_original = original is not None and original.pk == page.pk
    page = model._base_manager.filter(pk=page.pk).first()
    if page is None or not (is_original or _rows(page) or any(pages.exists() for pages in _pointing(page))):
        return
    if not (is_original or page.external_id):  # nothing was handed to it: somebody chose a translation for a link
        _lead_links(page, original)
        return
    if is_original:
        keep_pieces(page)
        if isinstance(page, ExpertPage) and page.is_withdrawn:
            _withdraw(page)
    heir = pages.filter(pk__gt=page.pk).first()
    if heir:
        _inherit(page, heir)
    if not is_original:
        # Django did not collect them: they came after it had looked.
        for row in _rows(page):
            row.delete()


def _withdraw(page: ExpertPage) -> None:
    """Keep a profile that nobody sees out of sight in other languages too, with the consent that its draft tells."""
    if not page.live:
        draft = page.get_latest_revision_as_object()
        page.example, page.consent_on, page.consent_until = draft.example, draft.consent_on, draft.consent_until
    for translation in page.get_translations():
        translation.unpublish()
        translation.revisions.update(approved_go_live_at=None)


def _inherit(page: Page, heir: Page) -> None:
    draft = heir.get_latest_revision_as_object() if heir.has_unpublished_changes else None
    _copy_work(page, heir)
    heir.save(clean=False)
    _lead_links(page, heir)
    heir = type(heir).objects.get(pk=heir.pk)
    for scheduled in heir.revisions.filter(approved_go_live_at__isnull=False):
        due = scheduled.as_object()
        _copy_work(page, due)
        scheduled.content = due.serializable_data()
        scheduled.save(update_fields=["content"])
    revision = heir.save_revision(log_action=False, clean=False)
    log(instance=heir, action=INHERITED, revision=revision, content_changed=True)
    if draft is not None:
        # What the translator had not yet published stays their draft, now with what belongs to the work.
        _copy_work(page, draft)
        draft.save_revision(clean=False)
    elif heir.live:
        revision.publish()


def _rows(page: Page) -> list:
    """The rows that belong to the work and hang on this page, and those of other works that point to it."""
    names = page.all_work_fields()
    own = [relation for relation in page._meta.get_fields() if relation.name in names and relation.one_to_many]
    rows = [row for relation in own for row in relation.related_model.objects.filter(page__pk=page.pk)]
    return rows + [row for model in INCOMING for row in model.objects.filter(target__pk=page.pk)]


def _pointing(page: Page) -> list[QuerySet]:
    """Other works that point to this page by a field."""
    return [model._base_manager.filter(**{field: page.pk}) for model, field in INCOMING_FIELDS.items()]


def _copy_work(source, target) -> None:
    names = target.all_work_fields()
    for field in target._meta.get_fields():
        if field.name not in names:
            continue
        if field.one_to_many:
            source.copy_child_relation(field.name, target)
        elif field.many_to_many:
            setattr(target, field.name, list(getattr(source, field.name).all()))
        elif field.name == "title_language" and source.title != target.title:
            target.title_language = None  # it was said of a title that goes with its page
        elif field.name != "external_id":
            setattr(target, field.name, getattr(source, field.name))
    if not source.external_id:
        return
    # The identifier is unique: it leaves the old page in the same transaction.
    type(source)._base_manager.filter(pk=source.pk).update(external_id=None)
    target.external_id = source.external_id


def _lead_links(page: Page, heir: Page) -> None:
    """Let other works point to the heir, in what is published and in what may be."""
    linked = set()
    for model, path in INCOMING.items():
        rows = model.objects.filter(target__pk=page.pk)
        linked.update(rows.values_list(path, flat=True))
        for row in rows:
            row.pk = None
            row.target_id = heir.pk
            row.save()
    for pages, field in zip(_pointing(page), INCOMING_FIELDS.values(), strict=True):
        linked.update(pages.values_list("pk", flat=True))
        pages.update(**{field: heir.pk})
    lead_to_heir(page, heir, linked)
