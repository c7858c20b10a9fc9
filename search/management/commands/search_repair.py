"""Mends the differences between database and index, and nothing else."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import indexing, registry
from search.engines.base import EngineError
from search.management.commands.search_status import left_out
from search.models import PendingChange
from search.progress import ProgressBar


class Command(BaseCommand):
    help = "Indexes what is missing or changed, removes what should not be shown, and works off what is waiting."

    def handle(self, *args, **options) -> None:
        bar = ProgressBar(len(registry.source().ids()), _("Works compared"), self.stderr)
        try:
            found = indexing.differences(bar.reach)
        except EngineError as error:
            raise CommandError(str(error)) from error
        finally:
            bar.close()
        indexing.queue(found.ids)
        indexing.process(hurry=True)
        problems = [left_out(found.unreadable)] if found.unreadable else []
        if waiting := PendingChange.objects.order_by("-last_error").first():
            told = {"count": PendingChange.objects.count(), "reason": waiting.last_error}
            problems.append(_("%(count)s changes could not be indexed: %(reason)s") % told)
        if problems:
            raise CommandError("\n".join(problems))
        count = len(found.ids)
        self.stdout.write(
            ngettext("%(count)s work was repaired.", "%(count)s works were repaired.", count) % {"count": count}
        )
