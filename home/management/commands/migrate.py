"""As Django's, one at a time: several hosts of one hub may be upgraded together."""

from django.core.management.commands import migrate

from resources.database_lock import WAITING, database_lock


class Command(migrate.Command):
    def handle(self, *args, **options):
        with database_lock(lambda: self.stderr.write(WAITING)):
            return super().handle(*args, **options)
