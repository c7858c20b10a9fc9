"""The shape every vocabulary term has, and the rule that a term in use is never deleted."""

from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from resources.forms import TermForm
from resources.models.revisions import drafts_with
from search.documents import NEXT_NAME
from search.languages import FALLBACK_ORDER, LOCALES

key_validator = RegexValidator(
    r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$", _("Use lower-case letters a to z, digits, hyphens and full stops.")
)

SHOWN = 10  # of the rows that use a term


def search_words(name: str | None, synonyms: str | None) -> str:
    """A name and its synonyms, separated by |, as the search index takes them; "" where there are none."""
    return NEXT_NAME.join(filter(None, (name, (synonyms or "").replace("|", NEXT_NAME))))


def synonyms_field() -> models.TextField:
    help_text = _("Other words people type when they look for this, separated by the sign |.")
    return models.TextField(_("synonyms"), blank=True, help_text=help_text)


class InLanguages:
    """Fields that exist once a language: `name_es`, `name_en`, ..."""

    def translated(self, field: str, locale: str) -> str:
        """`field` in `locale` with fallback; "" where no language has it."""
        code = self.language_of(field, locale)
        return getattr(self, f"{field}_{code}") if code else ""

    def language_of(self, field: str, locale: str) -> str:
        """The first language of the fallback order of `locale` that has `field`; "" where none has."""
        order = FALLBACK_ORDER.get(locale.split("-")[0], LOCALES)
        return next((code for code in order if getattr(self, f"{field}_{code}")), "")


class UseProtected(models.Model):
    """A row that pages or other terms point to: it can be retired, not deleted, while anything uses it.

    resources/signals.py asks `check_unused` before every deletion.
    """

    base_form_class = TermForm

    class Meta:
        abstract = True

    def uses(self) -> list[models.QuerySet]:
        """One query set a kind of row that refers to this one: pages by classification, other rows by foreign key."""
        found = []
        for relation in self._meta.get_fields(include_hidden=True):
            incoming = relation.is_relation and relation.auto_created and not relation.concrete
            # The rows of a many-to-many table are seen through the relation they belong to.
            if incoming and not relation.related_model._meta.auto_created:
                found.append(relation.related_model._base_manager.filter(**{relation.field.name: self}))
        return found

    def use_count(self) -> int:
        """How many rows refer to this one. A query for each kind of row."""
        return sum(rows.count() for rows in self.uses())

    def check_unused(self) -> None:
        """Raise ProtectedError, saying how many records use this row, or which drafts alone do, if any does."""
        if count := self.use_count():
            message = ngettext(
                "“%(term)s” is used by %(count)d record. Retire it instead: links to it go on working.",
                "“%(term)s” is used by %(count)d records. Retire it instead: links to it go on working.",
                count,
            ) % {"term": self, "count": count}
            raise ProtectedError(message, {row for rows in self.uses() for row in rows[:SHOWN]})
        if drafts := list(islice(drafts_with(self), SHOWN)):
            message = gettext(
                "“%(term)s” is used by drafts that are not published yet: %(titles)s. "
                "Retire it instead: links to it go on working."
            ) % {"term": self, "titles": ", ".join(draft.object_str for draft in drafts)}
            raise ProtectedError(message, set(drafts))


class Term(InLanguages, UseProtected):
    """One row of a vocabulary. `name`, `description` and `synonyms` exist once a language (translation.py)."""

    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[key_validator],
        help_text=_("Stable name in addresses, files and the API. It is never translated; do not change it later."),
    )
    name = models.CharField(_("name"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)
    synonyms = synonyms_field()
    order = models.PositiveIntegerField(_("order"), default=0, help_text=_("Terms are listed by this number."))
    retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_("No longer offered to editors. Records and links that use it go on working."),
    )

    class Meta:
        abstract = True
        ordering = ("order", "key")

    def __str__(self):
        return self.label(get_language() or LOCALES[0])

    def clean(self):
        super().clean()
        if not any(getattr(self, f"name_{code}") for code in LOCALES):
            raise ValidationError({f"name_{LOCALES[0]}": _("Give the name in one language at least.")})

    def label(self, locale: str) -> str:
        """The name in `locale`, else in the first language of its fallback order that has one, else the key."""
        return self.translated("name", locale) or self.key

    def label_language(self, locale: str) -> str:
        """The language of `label`; "" for a key."""
        return self.language_of("name", locale)

    def search_words(self, locale: str) -> str:
        """Name and synonyms in `locale`, as the search index takes them; "" where there are none."""
        return search_words(getattr(self, f"name_{locale}"), getattr(self, f"synonyms_{locale}"))
