"""Variables of every template."""

from django.http import HttpRequest

from home import frame
from home.middleware import is_admin


def site_frame(request: HttpRequest) -> dict:
    """Navigation, footer and language menu for pages of readers; nothing in the admin."""
    if is_admin(request):
        return {}
    return frame.site_frame(request)
