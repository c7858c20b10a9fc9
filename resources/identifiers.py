"""A published work has a record identifier, by whichever way it was published: other systems know it by that."""

from wagtail.models import Revision
from wagtail.signals import page_published

from resources.models import PAGE_MODELS


def connect() -> None:
    """Connect the receiver; called once, before those that have the work indexed."""
    page_published.connect(_give_identifier)


def _give_identifier(sender, instance, revision, **_signal) -> None:
    """Where nobody gave one: to the page and to the revision, from which the form is filled next."""
    # The signal is sent of pages too that are only scheduled.
    if not issubclass(sender, PAGE_MODELS) or not instance.live or instance.external_id or not instance.is_original:
        return
    instance.external_id = instance.free_external_id(instance.slug)
    sender._base_manager.filter(pk=instance.pk).update(external_id=instance.external_id)
    revision.content["external_id"] = instance.external_id
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
