"""What every page type keeps to, so that no text is shown as if it were in a language it is not in."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from resources.forms import CopyForm


class TranslatedPage:
    """Mixin of all page types: a page is never an alias.

    A work answers at its address in every locale by itself (routing.py); an alias would say that its text is in the
    language of a tree that it is only copied into.
    """

    copy_form_class = CopyForm

    def create_alias(self, *args, **kwargs):
        """Refused: see the class."""
        raise ValidationError(gettext("A page is not made an alias: readers of other languages see it without one."))

    def copy_for_translation(self, locale, copy_parents=False, alias=False, exclude_fields=None):
        """As Wagtail's, but always a draft, where an alias is asked for too."""
        return super().copy_for_translation(locale, copy_parents=copy_parents, exclude_fields=exclude_fields)
