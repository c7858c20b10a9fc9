"""Asks the search engine on a terminal what the search page asks it."""

import json
import re
import time
from dataclasses import replace

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import registry
from search.collation import sort_key
from search.documents import Document
from search.engines import get_engine
from search.engines.base import EngineError
from search.facets import FACETS
from search.languages import LOCALES
from search.query import SORTS
from search.request import Answered, answer, read, unknown_filter
from search.wording import label_of_years

VALUES_SHOWN = 8  # of a facet, where a person reads
_OPTION = re.compile("-h|-v[0-3]?")


class Command(BaseCommand):
    help = "Searches the hub: the same works, counts and facets as on the search page."

    def create_parser(self, *args, **kwargs) -> CommandParser:
        """A reader excludes words with a minus: "-violencia" is a text, not the option -v."""
        parser = super().create_parser(*args, **kwargs)
        parse = parser.parse_args
        parser.parse_args = lambda args=None, namespace=None: parse(_with_text_last(args or []), namespace)
        return parser

    def add_arguments(self, parser) -> None:
        parser.add_argument("text", nargs="?", default="", help="what a reader would type")
        parser.add_argument("--locale", choices=LOCALES, default="es", help="the reader's language (default: es)")
        parser.add_argument(
            "--filter", action="append", default=[], metavar="ID=VALUE", help="a facet and a value; may be repeated"
        )
        parser.add_argument("--language-match", choices=("any", "all"), default="any")
        parser.add_argument("--sort", choices=SORTS, default="relevance")
        parser.add_argument("--page", default="1")
        parser.add_argument("--json", action="store_true", help="print a JSON object")

    def handle(self, *args, **options) -> None:
        locale = options["locale"]
        began = time.perf_counter()
        with translation.override(locale):
            params, notices = _params(options)
            asked = read(params, locale)
            # Here all facets are counted, also those that apply to no chosen type.
            asked = asked._replace(query=replace(asked.query, facets=tuple(FACETS)))
            try:
                answered = answer(get_engine(), asked)
            except EngineError as error:
                raise CommandError(str(error)) from error
            for notice in (*notices, *answered.notices):
                self.stderr.write(str(notice))
            report = _report(answered, (time.perf_counter() - began) * 1000)
            if options["json"]:
                self.stdout.write(json.dumps(report, ensure_ascii=False))
            else:
                self.stdout.write("\n".join(_lines(report)))


def _with_text_last(args: list[str]) -> list[str]:
    """`args` with what begins with a minus but is no option put where argparse takes it for a text."""
    texts = [arg for arg in args if re.match(r"-[^-\d]", arg) and not _OPTION.fullmatch(arg)]
    return [*(arg for arg in args if arg not in texts), "--", *texts] if texts else args


def _params(options: dict) -> tuple[QueryDict, list[str]]:
    """The options as the parameters of an address, and a notice for each filter that cannot be one."""
    params = QueryDict(mutable=True)
    notices = []
    for name in ("language_match", "sort", "page"):
        params[name] = options[name]
    params["q"] = options["text"]
    for given in options["filter"]:
        name, _equals, value = given.partition("=")
        if name in FACETS:
            params.appendlist(name, value)
        else:
            notices.append(unknown_filter(name))
    return params, notices


def _report(answered: Answered, took_ms: float) -> dict:
    query, result = answered.query, answered.result
    return {
        "total": result.total,
        "hits": [_hit(hit.document, query.locale) for hit in result.hits],
        "facets": {facet: _values(answered, facet) for facet in result.facets},
        "suggestion": result.suggestion,
        "took_ms": round(took_ms, 2),
    }


def _hit(document: Document, locale: str) -> dict:
    page = document.page_for(locale)
    return {
        "external_id": document.external_id,
        "type": document.type,
        "title": page.title,
        "locale": page.locale,
        "url": document.url_for(locale),
        "languages": list(document.facets.get("language", ())),
    }


def _values(answered: Answered, facet: str) -> list[dict]:
    locale = answered.query.locale
    chosen = answered.query.filters.get(facet, ())
    labels = registry.source().labels(facet, locale)
    values = [
        {
            "value": one.value,
            "label": label_of_years(one.value) if facet == "year" else labels.get(one.value, one.value),
            "count": one.count,
            "selected": one.value in chosen,
        }
        for one in answered.result.facets[facet]
    ]
    return sorted(values, key=lambda one: (-one["count"], sort_key(one["label"], locale), one["value"]))


def _lines(report: dict) -> list[str]:
    total = report["total"]
    lines = [ngettext("%(total)s work", "%(total)s works", total) % {"total": total}]
    if report["suggestion"]:
        lines.append(_("Did you mean “%(text)s”?") % {"text": report["suggestion"]})
    for hit in report["hits"]:
        languages = ", ".join(hit["languages"])
        lines.append(f"  {hit['title']} [{hit['type']}; {languages}] {hit['url']}")
    for facet, values in report["facets"].items():
        if values:
            shown = [f"{one['label']} {one['count']}{' ✓' if one['selected'] else ''}" for one in values[:VALUES_SHOWN]]
            more = ", …" if len(values) > VALUES_SHOWN else ""
            lines.append(f"{FACETS[facet].label}: {', '.join(shown)}{more}")
    return lines
