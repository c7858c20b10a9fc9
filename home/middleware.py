"""The language of the admin, of its refusals too; what pages of readers may load and run; changes that are made wholly
or not at all."""

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation


def is_admin(request: HttpRequest) -> bool:
    """Whether the request is for the admin, not for a page of readers."""
    return request.path.startswith(reverse("wagtailadmin_home"))


class AdminLanguageMiddleware:
    """Speaks the language of the account in the admin, else that of the browser.

    Wagtail speaks the language of the account in its views only: what it says instead of a view that somebody may
    not open would be in the browser's. To whoever reads Portuguese it speaks that of Brazil, for Wagtail has no
    catalogue named "pt": under "pt-br" gettext finds Wagtail's catalogue first and ours, which is "pt", after it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_admin(request):
            profile = getattr(request.user, "wagtail_userprofile", None)
            language = (profile and profile.preferred_language) or translation.get_language()
            translation.activate("pt-br" if language == "pt" else language)
        return self.get_response(request)


# A script that somebody smuggled into a text does not run. Styles may stand in pages: colours, and those of 500.html.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)


class ContentSecurityPolicyMiddleware:
    """Sends a policy with pages of readers, and with previews of them. The admin has scripts within its pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not is_admin(request):
            response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response


class WholeOrNothingMiddleware:
    """Does in one transaction what a request may change. The last of the middleware: others look at the view first.

    Wagtail saves a page, publishes it and tells who listens in one transaction each. A process that was killed in
    between would leave a page that is live and that nobody has been told of: the search index, for one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            return None  # these change nothing, and readers must not wait for writers
        with transaction.atomic():
            return view(request, *args, **kwargs)
