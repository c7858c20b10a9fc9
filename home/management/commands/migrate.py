"""As Django's, one at a time: several hosts of one hub may be upgraded together. What was stopped can go on."""

from django.core.management.commands import migrate
from django.db.migrations.operations.base import Operation

from resources.database_lock import WAITING, database_lock

# Wagtail has it outside of a transaction, for old versions of SQLite: stopped midway it could never be run again.
IN_STEPS = ("wagtailcore", "0070_rename_pagerevision_revision")


class Finish(Operation):
    """Does what a migration has put off until its end. Django does it then too, but after that it commits, and notes
    that the migration was made in a transaction of its own: stopped in between, it would be made again."""

    def state_forwards(self, app_label, state) -> None:
        """The tables that models describe stay the same."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        while schema_editor.deferred_sql:
            schema_editor.execute(schema_editor.deferred_sql.pop(0), None)


class Command(migrate.Command):
    def handle(self, *args, **options):
        with database_lock(lambda: self.stderr.write(WAITING)):
            return super().handle(*args, **options)

    def migration_progress_callback(self, action, migration=None, fake=False):
        """Called before each migration, to make it and the note of it one transaction."""
        if action == "apply_start":
            if (migration.app_label, migration.name) == IN_STEPS:
                migration.atomic = True
            if migration.atomic:
                migration.operations.append(Finish())
        super().migration_progress_callback(action, migration, fake)
