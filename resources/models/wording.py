"""Words that a record keeps as their source wrote them, whatever the language of its pages."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resources.models.vocabularies import Language

HELP = _("In which language they are written here: screen readers need it. Leave it empty when it is not known.")


def language_of_words(label: str | Promise, help_text: str | Promise = HELP) -> models.ForeignKey:
    """A field for the language of the words that `label` names; sign languages are not offered."""
    return models.ForeignKey(
        Language,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"sign": False},
        verbose_name=label,
        help_text=help_text,
    )
