"""Mends the differences between database and index, and nothing else."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import indexing, registry
from search.engines.base import EngineError
from search.models import PendingChange
from search.progress import ProgressBar


class Command(BaseCommand):
    help = "Indexes what is missing or changed, removes what should not be shown, and works off what is waiting."

    def handle(self, *args, **options) -> None:
        try:
            bar = ProgressBar(len(registry.source().ids()), _("Works compared"), self.stderr)
            found = indexing.differences(bar.reach)
            bar.close()
        except EngineError as error:
            raise CommandError(str(error)) from error
        indexing.queue(found.ids)
        indexing.process(hurry=True)
        if waiting := PendingChange.objects.order_by("-last_error").first():
            raise CommandError(
                _("%(count)s changes could not be indexed: %(reason)s")
                % {"count": PendingChange.objects.count(), "reason": waiting.last_error}
            )
        count = len(found.ids)
        self.stdout.write(
            ngettext("%(count)s work was mended.", "%(count)s works were mended.", count) % {"count": count}
        )
