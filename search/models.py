"""What is waiting to be indexed. Kept in the database, so that neither a crash nor an absent engine loses a change."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PendingChange(models.Model):
    """One work of which the index may not have the present state."""

    document_id = models.CharField(_("document"), max_length=64, unique=True)
    # Renewed by every change: a writer removes the row only if nothing has changed since it read the work.
    token = models.UUIDField(_("token"), default=uuid4, unique=True, editable=False)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)
    not_before = models.DateTimeField(_("not before"), default=timezone.now, db_index=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # The work could not be read as a document: it is tried by itself, so that it holds up no other.
    alone = models.BooleanField(_("alone"), default=False)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("pending change of the search index")
        verbose_name_plural = _("pending changes of the search index")
        ordering = ("not_before", "pk")

    def __str__(self) -> str:
        return self.document_id


class VersionClock(models.Model):
    """The last version that was given to changes of the index; one row (search/versions.py)."""

    value = models.PositiveBigIntegerField(_("value"), default=0)

    class Meta:
        verbose_name = _("version of the search index")
        verbose_name_plural = _("versions of the search index")

    def __str__(self) -> str:
        return str(self.value)
