"""The language of the admin for those who have not chosen one."""

from django.urls import reverse
from django.utils import translation


class AdminLanguageMiddleware:
    """Speaks Brazilian Portuguese in the admin to whoever reads Portuguese: Wagtail has no catalogue named "pt".

    Under "pt-br" gettext finds Wagtail's catalogue first and ours, which is "pt", after it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if translation.get_language() == "pt" and request.path.startswith(reverse("wagtailadmin_home")):
            translation.activate("pt-br")
        return self.get_response(request)
