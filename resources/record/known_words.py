"""Words of the starter content that the hub says in the reader's language: their records keep them once for all."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from resources.models import Language
from resources.record.shape import Item
from resources.record.texts import wording

_KEY_FINDINGS = re.compile(r"(?P<year>\d{4}) \(key findings\)")
_KNOWN = frozenset(
    (
        gettext_noop("Adama, Oromia"),
        gettext_noop("Bogotá"),
        gettext_noop("Dubai"),
        gettext_noop("Kurdistan Region"),
        gettext_noop("Sharjah"),
        gettext_noop("Somaliland"),
        gettext_noop("Buenos Aires is a pathfinding city"),
        gettext_noop("already pathfinding by December 2017 (progress report)"),
        gettext_noop("already pathfinding by December 2017 (progress report); named as pathfinding in November 2019"),
        gettext_noop("on the list of 24 pathfinding countries"),
        gettext_noop("on the list of 24 pathfinding countries; named as pathfinding in November 2019"),
        gettext_noop("data collected by July 2019"),
        gettext_noop("full report available by 2019"),
        gettext_noop("survey done August to November 2018; first results presented July 2019"),
        gettext_noop("survey in progress in July 2019"),
    )
)


def known_wording(text: str, language: Language | None) -> Item | None:
    """`text` in the reader's language where the hub knows it, else as its source wrote it in `language`."""
    if text in _KNOWN:
        return Item(_(text))
    if found := _KEY_FINDINGS.fullmatch(text):
        return Item(_("%(year)s (key findings)") % {"year": found["year"]})
    return wording(text, language)
