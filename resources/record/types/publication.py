from django.utils import timezone
from django.utils.translation import gettext as _

from resources.record import rows
from resources.record.classification import search_link
from resources.record.reading import Reading
from resources.record.shape import Item, Parts
from resources.record.texts import day, row


def parts(reading: Reading) -> Parts:
    """A publication: its editions are its heart, the rest says what it is and from when to when it holds."""
    work = reading.work
    ended = work.valid_until is not None and work.valid_until < timezone.localdate()
    return Parts(
        glance=[
            row(_("Kind"), Item(work.get_kind_display(), search_link("kind", work.kind)) if work.kind else None),
            row(_("Year"), str(work.year or "")),
            row(_("Valid from"), day(work.valid_from)),
            row(_("Valid until"), day(work.valid_until)),
            rows.material_languages(reading),
            *rows.organisations(reading),
            rows.countries(reading),
        ],
        remarks=[_("This is no longer valid: it was valid until %(date)s.") % {"date": day(work.valid_until)}]
        if ended
        else [],
        relations={"adopted_by": _("Practices that took it up")},
    )
