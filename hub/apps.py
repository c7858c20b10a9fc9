from django.apps import AppConfig


class HubConfig(AppConfig):
    """Base templates, components and static files of the project."""

    name = "hub"
    verbose_name = "INSPIRE"

    def ready(self):
        from hub import checks  # noqa: F401  registers them
