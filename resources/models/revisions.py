"""What the revisions of pages refer to. They are JSON: no database looks after the keys in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy

from django.contrib.contenttypes.models import ContentType
from django.db.models import PROTECT, Field, Model, Q
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, Revision

INHERITED = "hub.work.inherited"  # in the history of a page that became the original
TRANSLATED = "wagtail.copy_for_translation"


def _references(model: type[Model], content: dict) -> Iterator[tuple[dict, Field, int]]:
    """What `content` of a page or row refers to, in its own rows too: where it says so, the relation, the key."""
    for field in model._meta.get_fields():
        value = content.get(field.name)
        if not field.is_relation or not value:
            continue
        if isinstance(field.remote_field, ParentalKey):
            for row in value:
                yield from _references(field.related_model, row)
        else:
            for key in value if field.many_to_many else [value]:
                yield content, field, key


def _waiting(pages: Iterable[int] = ()) -> Iterator[tuple[Revision, list[tuple[dict, Field, int]]]]:
    """Drafts, scheduled revisions and the latest ones of `pages`, by title, each with what it refers to."""
    latest = Page.objects.filter(Q(has_unpublished_changes=True) | Q(pk__in=pages)).values("latest_revision")
    found = Revision.page_revisions.filter(Q(pk__in=latest) | Q(approved_go_live_at__isnull=False))
    for revision in found.order_by("object_str", "pk").iterator():
        if model := ContentType.objects.get_for_id(revision.content_type_id).model_class():
            yield revision, list(_references(model, revision.content))


def drafts_with(term: Model) -> Iterator[Revision]:
    """Drafts and scheduled revisions that refer to `term`."""
    for revision, references in _waiting():
        if any(field.related_model is type(term) and key == term.pk for _row, field, key in references):
            yield revision


def lead_to_heir(page: Page, heir: Page, pages: Iterable[int]) -> None:
    """Let drafts, scheduled revisions and the latest ones of `pages` refer to `heir` where they refer to `page`."""
    changed = []
    for revision, references in _waiting(pages):
        links = [one for one in references if issubclass(one[1].related_model, Page) and one[2] == page.pk]
        for row, field, _key in links:
            row[field.name] = heir.pk
        if links:
            changed.append(revision)
    Revision.objects.bulk_update(changed, ["content"])


def as_of_now(model: type[Page], content: dict) -> dict:
    """`content` of a revision that may be old, so that a page can be made of it, shown in a form and saved."""
    pages = model._base_manager.filter(pk=content["pk"])
    latest = Revision.objects.filter(pk__in=pages.values("latest_revision")).values_list("content", flat=True).first()
    if latest is not None:
        content = _with_inheritance(model, content, latest)
    return _with_known_keys(model, _without_deleted(model, content), latest)


def _with_inheritance(model: type[Page], content: dict, latest: dict) -> dict:
    """`content` of a translation that took over the work since: what belongs to the work is as in `latest`."""
    names = model.all_work_fields()
    if any(content.get(name) for name in names) or not any(latest.get(name) for name in names):
        return content
    if not _is_from_before_inheritance(content):
        return content
    inherited = {name: latest[name] for name in names if name in latest}
    if latest["title"] != content["title"]:
        inherited["title_language"] = None  # it was said of a title that goes with its page
    return content | inherited


def _is_from_before_inheritance(content: dict) -> bool:
    """Whether `content` is that of a translation which took over the work since.

    Where that was before it was noted, the history tells of the page that it was made as a translation, but not when it
    became the original.
    """
    history = PageLogEntry.objects.filter(page=content["pk"])
    if inherited := history.filter(action=INHERITED).values_list("revision", flat=True).first():
        return (content.get("latest_revision") or 0) < inherited  # the one before it
    return history.filter(action=TRANSLATED).exists()


def _child_rows(model: type[Model], content: dict, names: Iterable[str]) -> Iterator[tuple[Field, int | None, dict]]:
    """Rows of `content` and their own rows: each with its relation to what it is a row of, and the key of that."""
    for relation in get_all_child_relations(model):
        if relation.name in names:
            for row in content.get(relation.name, ()):
                yield relation.field, content["pk"], row
                below = relation.related_model
                yield from _child_rows(below, row, [one.name for one in get_all_child_relations(below)])


def _with_known_keys(model: type[Page], content: dict, latest: dict | None) -> dict:
    """`content` with rows as new ones where the page has them no longer: a form refuses their keys."""
    content, names = deepcopy(content), model.all_work_fields()
    keys: dict[Field, set[int]] = defaultdict(set)
    for field, _parent, row in _child_rows(model, content, names):
        keys[field].add(row["pk"])
    known = {
        (field, *found)
        for field, wanted in keys.items()
        for found in field.model._base_manager.filter(pk__in=wanted - {None}).values_list(field.attname, "pk")
    }
    if latest is not None:  # the form is checked against this one
        known &= {(field, parent, row["pk"]) for field, parent, row in _child_rows(model, latest, names)}
    for field, parent, row in _child_rows(model, content, names):
        if (field, parent, row["pk"]) not in known:
            row["pk"] = None
        row[field.name] = parent
    return content


def _without_deleted(model: type[Model], content: dict) -> dict:
    """`content` without what was deleted since though it is protected: modelcluster makes no page of such content."""
    protected: dict[type[Model], set[int]] = defaultdict(set)
    for _row, field, key in _references(model, content):
        if field.many_to_one and field.remote_field.on_delete is PROTECT:
            protected[field.related_model].add(key)
    deleted = {
        (target, key)
        for target, keys in protected.items()
        for key in keys.difference(target._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
    }
    return _without(deleted, model, content) if deleted else content


def _without(deleted: set[tuple], model: type[Model], content: dict) -> dict | None:
    """None where a row is nothing without what was deleted."""
    left = dict(content)
    for field in model._meta.get_fields():
        value = content.get(field.name)
        if value and isinstance(field.remote_field, ParentalKey):
            rows = (_without(deleted, field.related_model, row) for row in value)
            left[field.name] = [row for row in rows if row is not None]
        elif field.many_to_one and (field.related_model, value) in deleted:
            if not field.null:
                return None
            left[field.name] = None
    return left
