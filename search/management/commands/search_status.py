"""Tells whether search is well and has everything that the database shows."""

import json
import sys

from django.core.management.base import BaseCommand
from django.db import Error
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import indexing, registry
from search.engines import get_engine
from search.engines.base import EngineError, Health
from search.faults import in_a_line
from search.models import PendingChange

SHOWN = 10  # differing works named; their number is always told


class Command(BaseCommand):
    help = "Shows engine, counts, waiting changes and differences between database and index; exit code 1 for trouble."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print a JSON object")

    def handle(self, *args, **options) -> None:
        try:
            report = status()
        except Error as error:
            if not options["json"]:
                raise
            report = {"ok": False, "message": in_a_line(error)}
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(report)))
        if not report["ok"]:
            sys.exit(1)


def status() -> dict:
    """State of search as plain data; "ok" is False where the engine is not well or differs from the database, or
    works cannot be read."""
    differences: dict[str, list[str]] | None = None
    unreadable: dict[str, str] = {}
    try:
        engine = get_engine()
        health = engine.health()
        if health.ok:
            found = indexing.differences()
            unreadable = found.unreadable
            differences = {name: sorted(getattr(found, name)) for name in ("missing", "changed", "surplus")}
    except EngineError as error:
        health = Health("", False, 0, 0, str(error))
    failed = PendingChange.objects.exclude(last_error="").order_by("alone", "-not_before").first()
    oldest = PendingChange.objects.order_by("queued_at").first()
    return {
        "ok": health.ok and differences is not None and not any(differences.values()) and not unreadable,
        "engine": health.engine,
        "message": health.message,
        "documents": health.documents,
        "bytes": health.size,
        "in_database": len(registry.source().ids()),
        "pending": PendingChange.objects.count(),
        "oldest_pending": oldest.queued_at.isoformat() if oldest else None,
        "last_error": failed.last_error if failed else None,
        "differences": differences,
        "unreadable": unreadable,
    }


def left_out(unreadable: dict[str, str]) -> str:
    """A sentence that names works, at least one, that could not be read: id to reason."""
    named = [f"{id} ({reason})" for id, reason in list(unreadable.items())[:SHOWN]]
    works = ", ".join(named) + (", …" if len(unreadable) > SHOWN else "")
    told = ngettext(
        "%(count)s work could not be read and is left out: %(works)s",
        "%(count)s works could not be read and are left out: %(works)s",
        len(unreadable),
    )
    return told % {"count": len(unreadable), "works": works}


def _lines(report: dict) -> list[str]:
    lines = [
        _("Engine: %(engine)s. %(message)s") % report,
        _("Works in the index: %(documents)s (%(bytes)s bytes); works in the database: %(in_database)s") % report,
        _("Changes waiting to be indexed: %(pending)s") % report,
    ]
    if report["oldest_pending"]:
        lines.append(_("The oldest has been waiting since: %(oldest_pending)s") % report)
    if report["last_error"]:
        lines.append(_("The last error: %(last_error)s") % report)
    if report["differences"] is None:
        lines.append(_("Differences cannot be determined."))
        return lines
    labels = {
        "missing": _("Missing in the index: %(count)s"),
        "changed": _("Changed since they were indexed: %(count)s"),
        "surplus": _("In the index, but not to be shown: %(count)s"),
    }
    for name, ids in report["differences"].items():
        if ids:
            more = ", …" if len(ids) > SHOWN else ""
            lines.append(f"{labels[name] % {'count': len(ids)}} ({', '.join(ids[:SHOWN])}{more})")
    if report["unreadable"]:
        lines.append(left_out(report["unreadable"]))
    if report["ok"]:
        lines.append(_("Index and database agree."))
    elif any(report["differences"].values()):
        lines.append(_("To repair this, run: manage.py search_repair"))
    return lines
