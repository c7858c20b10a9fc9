"""Words of the starter content that the hub says in the reader's language: their records keep them once for all."""

import re

from django.utils.translation import gettext as _

from resources.models import Language
from resources.record.shape import Item
from resources.record.texts import wording

_KEY_FINDINGS = re.compile(r"(?P<year>\d{4}) \(key findings\)")


def known_wording(text: str, language: Language | None) -> Item | None:
    """`text` in the reader's language where the hub knows it, else as its source wrote it in `language`."""
    said = _said(text)
    return Item(said) if said else wording(text, language)


def _said(text: str) -> str:
    if found := _KEY_FINDINGS.fullmatch(text):
        return _("%(year)s (key findings)") % {"year": found["year"]}
    return {
        "Adama, Oromia": _("Adama, Oromia"),
        "Bogotá": _("Bogotá"),
        "Dubai": _("Dubai"),
        "Kurdistan Region": _("Kurdistan Region"),
        "Sharjah": _("Sharjah"),
        "Somaliland": _("Somaliland"),
        "Buenos Aires is a pathfinding city": _("Buenos Aires is a pathfinding city"),
        "already pathfinding by December 2017 (progress report)": _(
            "already pathfinding by December 2017 (progress report)"
        ),
        "already pathfinding by December 2017 (progress report); named as pathfinding in November 2019": _(
            "already pathfinding by December 2017 (progress report); named as pathfinding in November 2019"
        ),
        "on the list of 24 pathfinding countries": _("on the list of 24 pathfinding countries"),
        "on the list of 24 pathfinding countries; named as pathfinding in November 2019": _(
            "on the list of 24 pathfinding countries; named as pathfinding in November 2019"
        ),
        "data collected by July 2019": _("data collected by July 2019"),
        "full report available by 2019": _("full report available by 2019"),
        "survey done August to November 2018; first results presented July 2019": _(
            "survey done August to November 2018; first results presented July 2019"
        ),
        "survey in progress in July 2019": _("survey in progress in July 2019"),
    }.get(text, "")
