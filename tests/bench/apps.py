from django.apps import AppConfig


class BenchConfig(AppConfig):
    """Installed by tests/bench/settings.py alone; its table has no migration."""

    name = "tests.bench"
    label = "bench"
