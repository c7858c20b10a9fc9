from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class SearchConfig(AppConfig):
    """The search engines, what is waiting to be indexed, and the search page."""

    name = "search"
    verbose_name = pgettext_lazy("name of the app", "Search")
    default_auto_field = "django.db.models.BigAutoField"
