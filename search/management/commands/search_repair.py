"""Mends the differences between database and index, and nothing else."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone
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
        indexing.note(found.ids)
        began = timezone.now()
        indexing.process(hurry=True)
        problems = [left_out(found.unreadable)] if found.unreadable else []
        # What others have changed since waits for them, without an error.
        failed = ~Q(last_error="")
        if reason := PendingChange.objects.filter(failed).values_list("last_error", flat=True).first():
            count = PendingChange.objects.filter(failed | Q(queued_at__lte=began)).count()
            told = {"count": count, "reason": reason}
            problems.append(_("%(count)s changes could not be indexed: %(reason)s") % told)
        if problems:
            raise CommandError("\n".join(problems))
        count = len(found.ids)
        self.stdout.write(
            ngettext("%(count)s work was repaired.", "%(count)s works were repaired.", count) % {"count": count}
        )
