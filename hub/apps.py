from django.apps import AppConfig


class HubConfig(AppConfig):
    """Base templates, components, static files and system checks of the project."""

    name = "hub"
    verbose_name = "INSPIRE"
