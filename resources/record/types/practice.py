from django.utils.translation import gettext as _

from resources.record import rows
from resources.record.reading import Reading
from resources.record.shape import Parts
from resources.record.texts import row


def parts(reading: Reading) -> Parts:
    """What somebody tried, and what others can learn from it."""
    work = reading.work
    return Parts(
        glance=[
            row(_("Kind"), work.get_kind_display()),
            row(_("Year"), str(work.year or "")),
            rows.countries(reading),
            *rows.organisations(reading),
            rows.material_languages(reading),
        ],
        headings={
            "what_was_done": _("What was done"),
            "achieved": _("What was achieved"),
            "hard": _("What was hard"),
            "lessons": _("What others can learn"),
        },
        relations={"adopted_from": _("Adopted from"), "adopted_by": _("Practices that took it up")},
    )
