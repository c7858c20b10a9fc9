"""What every page type keeps to, so that no text is shown as if it were in a language it is not in."""

import logging
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from resources.forms import CopyForm

REFUSED = "hub.publish.refused"  # in the history of a page that was not published when it was due

logger = logging.getLogger(__name__)


class TranslatedPage:
    """Mixin of all page types: a page is never an alias, and never published with untranslated pieces.

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

    @property
    def waits_for_original(self) -> dict:
        """The refusal of a page that is not published before its original; empty where that is no matter."""
        return {}

    def public_translations(self, without: Collection[int] = ()) -> str:
        """The languages in which this page is public beside its own, for people to read; pages with the keys `without`
        are about to go too."""
        from resources import cldr
        from resources.models.routing import reader_locale

        stay = self.get_translations().live().exclude(pk__in=without)
        live = stay.values_list("locale__language_code", flat=True)
        return ", ".join(cldr.language(code, reader_locale()) for code in live.order_by("pk"))

    def hides_translations(self, without: Collection[int] = ()) -> bool:
        """Whether the page is not shown in any language once this page is unpublished."""
        return False

    def heir_that_hides(self, without: Collection[int] = ()) -> str:
        """The language of the draft that hides the others once this page is deleted; empty where none does."""
        return ""

    def refusal(self, revision) -> dict:
        """What keeps `revision` from becoming public, which is logged; empty where nothing does."""
        from resources.untranslated import missing_pieces

        if refusal := self.waits_for_original:
            logger.warning("Page %s is not published: its original is not", self.pk)
            return refusal

        if not self.live and (missing := missing_pieces(self)):
            logger.warning("Page %s is not published: %s pieces of it are not translated", self.pk, missing)
            return {"missing": missing}
        return {}

    def shortcoming(self, revision) -> dict:
        """The same, and what people have to mend before they publish `revision` other than by its form."""
        return self.refusal(revision)

    def publish(self, revision, *args, **kwargs):
        """As Wagtail's; a page stays as it is while something keeps it from becoming public, whoever publishes it."""
        return None if self.refusal(revision) else super().publish(revision, *args, **kwargs)
