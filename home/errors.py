"""What Django answers by itself, in the frame of the hub."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views import csrf

from resources.models.routing import reader_locale


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """As Django's, but its links lead to a language that readers have, in the admin too, which has "pt-br"."""
    with translation.override(reader_locale()):
        return csrf.csrf_failure(request, reason)
