from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    """Works, their vocabularies and catalogue."""

    name = "resources"
    verbose_name = _("Resources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from resources import identifiers, signals
        from resources.search import WorkSource
        from search import registry

        registry.register(WorkSource())
        identifiers.connect()
        signals.connect()
