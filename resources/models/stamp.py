import secrets

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class VocabularyStamp(models.Model):
    """A number that grows with every change of a vocabulary: how each process knows that its copy is old."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("vocabulary stamp")

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number now; 0 before the first change. One query."""
        return cls.objects.values_list("number", flat=True).filter(pk=1).first() or 0

    @classmethod
    def advance(cls) -> None:
        """Call in the transaction that changes a term.

        By how much is left to chance: if this is rolled back, the next change must not get the same number, under
        which a process may have kept what it saw meanwhile.
        """
        stamp = cls.objects.filter(pk=1)
        later = F("number") + 1 + secrets.randbelow(2**32)
        if not stamp.update(number=later):
            cls.objects.bulk_create([cls(pk=1)], ignore_conflicts=True)
            stamp.update(number=later)
