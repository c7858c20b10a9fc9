from django.utils.translation import gettext as _

from resources.record import rows
from resources.record.lists import counts, works_with
from resources.record.reading import Reading
from resources.record.shape import Parts


def parts(reading: Reading) -> Parts:
    """A strategy: what it is, and what the hub has on it by type."""
    work = reading.work
    term = reading.classification.term("strategy", work.term_id)
    lists, notice = works_with(reading, "strategy", term.key) if term else ([], "")
    return Parts(
        glance=[*counts(lists), rows.material_languages(reading), *rows.organisations(reading)],
        headings={
            "objective": _("Objective"),
            "why_it_matters": _("Why it matters"),
            "interventions_text": _("Approaches"),
            "indicators": _("Indicators"),
        },
        relations={"adopted_by": _("Practices that took it up")},
        lists=lists,
        more={
            "lists_notice": notice,
            "colour": term.colour if term else "",
            "letter": term.letter if term else "",
        },
    )
