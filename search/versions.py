"""Versions of changes, for an engine that several hosts write to.

A writer takes a version before it reads a work, and stores the state it read under that version. A cluster that
keeps the higher version then never has an older state over a newer one, whatever was delayed on the way: a version
that is higher was taken later, so the state stored under it was read later.

The clocks of hosts differ, and go back at times; so versions come from the database, which all hosts share. They are
microseconds since 1970, or one more than the last where the clock has not moved on: a database that was restored
from a backup, or a new one, gives versions above those that the cluster has, without anyone seeing to it.
"""

import time

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from search.models import VersionClock

_ROW = 1


def next_version() -> int:
    """A number above all that were given before, on any host."""
    now = time.time_ns() // 1000
    with transaction.atomic():
        clock = VersionClock.objects.filter(pk=_ROW)
        # The row stays locked from here to the end of the transaction: nobody else gets this number.
        if not clock.update(value=Greatest(F("value") + 1, now)):
            VersionClock.objects.bulk_create([VersionClock(pk=_ROW)], ignore_conflicts=True)
            clock.update(value=Greatest(F("value") + 1, now))
        return clock.values_list("value", flat=True).get()
