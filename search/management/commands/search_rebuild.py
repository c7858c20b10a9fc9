"""Builds the index anew from the database; readers use the old one until the new one is whole."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import indexing, registry
from search.engines.base import EngineError
from search.management.commands.search_status import left_out
from search.progress import ProgressBar


class Command(BaseCommand):
    help = "Builds the search index anew from the database, then puts it in place of the old one in one step."

    def handle(self, *args, **options) -> None:
        bar = ProgressBar(len(registry.source().ids()), _("Works indexed"), self.stderr)
        unreadable: dict[str, str] = {}
        try:
            count = indexing.rebuild(bar.reach, unreadable)
        except EngineError as error:
            raise CommandError(str(error)) from error
        finally:
            bar.close()
        self.stdout.write(
            ngettext("The index has %(count)s work.", "The index has %(count)s works.", count) % {"count": count}
        )
        if unreadable:
            # No failure: readers have an index of all others, and search_status goes on telling it.
            self.stderr.write(self.style.WARNING(left_out(unreadable)))
