"""From SQLite to PostgreSQL, with everything that the hub has."""

from pathlib import Path

import dj_database_url
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from home import database_copy
from home.database_copy import CopyRefused
from resources.database_lock import WAITING, database_lock
from search.progress import ProgressBar


class Command(BaseCommand):
    help = (
        "Copies everything from a hub on SQLite into the empty PostgreSQL database that DATABASE_URL names: pages, "
        "their ids and history, accounts, the log. All or nothing; tables are made first where there are none."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("source", help="the old database: sqlite:////path/to/hub.sqlite3")

    def handle(self, *args, source: str, **options) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(_("DATABASE_URL must name the PostgreSQL database to copy into."))
        with database_lock(lambda: self.stderr.write(WAITING)), database_copy.opened(self.path_of(source)) as old:
            try:
                database_copy.check_source(old)
                if database_copy.is_bare():
                    call_command("migrate", interactive=False, stdout=self.stdout, stderr=self.stderr)
                database_copy.check_target()
                rows = database_copy.count(old)
                bar = ProgressBar(rows, _("Rows"), self.stderr)
                try:
                    database_copy.copy(old, bar.advance)
                finally:
                    bar.close()
            except CopyRefused as error:
                raise CommandError(str(error)) from error
        tables = len(database_copy.copied_models())
        self.stdout.write(_("%(rows)s rows of %(tables)s tables are copied.") % {"rows": rows, "tables": tables})

    def path_of(self, source: str) -> Path:
        """The file that the address names; CommandError where it is no address of one that is there."""
        try:
            parsed = dj_database_url.parse(source)
        except (ValueError, dj_database_url.UnknownSchemeError):
            parsed = {}
        path = Path(str(parsed.get("NAME", "")))
        if parsed.get("ENGINE") != "django.db.backends.sqlite3" or not path.is_file():
            raise CommandError(
                _("%(address)s is not a SQLite database. Write: sqlite:////path/to/hub.sqlite3") % {"address": source}
            )
        return path
