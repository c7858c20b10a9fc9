from django.db import models
from django.utils.translation import gettext_lazy as _


class StarterRecord(models.Model):
    """One thing that `load_starter` has put into the hub once; what editors delete later is not brought back."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=400)

    class Meta:
        verbose_name = _("starter record")
        constraints = [models.UniqueConstraint(fields=("kind", "key"), name="starter_record_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"
