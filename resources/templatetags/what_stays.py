"""What readers still see of a work once pages of it are unpublished or deleted, said where the admin asks."""

from collections.abc import Sequence

from django import template
from wagtail.models import Page

register = template.Library()


@register.inclusion_tag("wagtailadmin/pages/what_stays.html")
def what_stays(page: Page, items: Sequence[dict] = (), hiding: bool = False) -> dict:
    """Of `page`, named where it is one of the `items` of a bulk action, which go together."""
    page, without = page.specific, [chosen["item"].pk for chosen in items]
    hidden = hiding and page.hides_translations(without)
    if hidden and not page.hides_translations():
        return {}  # it is said of the original, which is among them
    return {
        "title": page.get_admin_display_title() if items else "",
        "languages": page.public_translations(without),
        "heir": "" if hiding else page.heir_that_hides(without),
        "hidden": hidden,
    }
