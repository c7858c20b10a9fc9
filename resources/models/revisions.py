"""What the revisions of pages refer to. They are JSON: no database looks after the keys in them."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import PROTECT, Field, Model, Q
from modelcluster.fields import ParentalKey
from wagtail.models import Page, Revision


def _references(model: type[Model], content: dict) -> Iterator[tuple[Field, int]]:
    """The relations of `model` and of its rows, each with a key that `content` has there."""
    for field in model._meta.get_fields():
        value = content.get(field.name)
        if not field.is_relation or not value:
            continue
        if isinstance(field.remote_field, ParentalKey):
            for row in value:
                yield from _references(field.related_model, row)
        else:
            for key in value if field.many_to_many else [value]:
                yield field, key


def drafts_with(term: Model) -> Iterator[Revision]:
    """Drafts and scheduled revisions that refer to `term`, by the titles of their pages."""
    latest = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    waiting = Revision.page_revisions.filter(Q(pk__in=latest) | Q(approved_go_live_at__isnull=False))
    for revision in waiting.order_by("object_str", "pk").iterator():
        model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
        if model and any(
            field.related_model is type(term) and key == term.pk for field, key in _references(model, revision.content)
        ):
            yield revision


def without_deleted(model: type[Model], content: dict) -> dict:
    """`content` without what was deleted since though it is protected: modelcluster makes no page of such content."""
    protected: dict[type[Model], set[int]] = defaultdict(set)
    for field, key in _references(model, content):
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
