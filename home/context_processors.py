"""Variables of every template."""

from django.http import HttpRequest
from django.urls import reverse

from home import frame


def site_frame(request: HttpRequest) -> dict:
    """Navigation, footer and language menu for pages of readers; nothing in the admin."""
    if request.path.startswith(reverse("wagtailadmin_home")):
        return {}
    return frame.site_frame(request)
