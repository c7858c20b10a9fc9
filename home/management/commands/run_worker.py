"""The worker beside the web processes."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from home.background import run_worker


class Command(BaseCommand):
    help = "Reads uploaded files and tries again what could not be indexed, until it is stopped."

    def handle(self, *args, **options) -> None:
        if settings.BACKGROUND != "worker":
            raise CommandError(
                _(
                    "HUB_BACKGROUND is “%(choice)s”: the web processes need no worker. "
                    "Set it to “worker” for them and for this one."
                )
                % {"choice": settings.BACKGROUND}
            )
        run_worker()
