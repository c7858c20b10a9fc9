"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.languages import LOCALES
from search.presentation import results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Works that match the parameters of the address, in the locale of the address."""
    locale = get_language()
    found = results(request, locale if locale in LOCALES else LOCALES[0], request.path)
    title = _("Search results for “%(text)s”") % {"text": found.text} if found.text else _("Search the hub")
    return render(request, "search/search.html", {"results": found, "page_title": title})
