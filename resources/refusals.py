"""What keeps a page from being published (`refusal` of models/translated.py), told to whoever would have it public."""

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from resources import cldr
from search.languages import LOCALES

NO_CONSENT = gettext_lazy("A profile is published only with the person’s consent: give its date.")


def reason(model: type[Page], refusal: dict) -> str:
    """Why a page of this type is not published, in the language of the editor."""
    if missing := refusal.get("missing"):
        sentence = ngettext(
            "%(count)s piece is still to be translated.",
            "%(count)s pieces are still to be translated.",
            missing,
        )
        return sentence % {"count": missing}
    if original := refusal.get("original"):
        title, code = original
        values = {"title": title, "language": cldr.language(code, get_language() or LOCALES[0])}
        return _("Its original, “%(title)s” (%(language)s), is not published: publish that first.") % values
    if empty := refusal.get("empty"):
        return _("Still empty: %(fields)s.") % {"fields": model.labels(empty)}
    if "consent" in refusal:
        return str(NO_CONSENT)
    return _("Something in it is not valid: publish it by hand to see what.")


def tell(request: HttpRequest, page: Page, refusal: dict) -> None:
    """Say on the next page of the admin that `page` was not published, and why."""
    values = {"title": page.get_admin_display_title(), "reason": reason(page.specific_class, refusal)}
    messages.warning(request, _("“%(title)s” was not published. %(reason)s") % values)
