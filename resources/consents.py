"""The end of a consent changes no row, so nothing would tell the index of it: whoever works in the background looks."""

from datetime import date

from django.utils import timezone

from resources.models import ExpertPage
from search import indexing


def queue_ended(since: date | None = None) -> None:
    """Queue for the index the experts whose consent has ended, of all times or with a last day of `since` or later.

    One query of an indexed column, and nothing is written where no consent has ended.
    """
    ended = ExpertPage._base_manager.filter(consent_until__lt=timezone.localdate())
    if since:
        ended = ended.filter(consent_until__gte=since)
    indexing.queue({str(key) for key in ended.values_list("translation_key", flat=True)})
