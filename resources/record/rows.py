"""Lines of "At a glance" that several page types have."""

from dataclasses import replace

from django.utils.translation import gettext as _

from resources.models import OrganisationRole
from resources.record.reading import Reading
from resources.record.shape import GlanceRow
from resources.record.texts import row, wording
from search.languages import standing_alone


def countries(reading: Reading) -> GlanceRow:
    """The countries of the work."""
    return row(_("Countries"), *reading.classification.items("country", reading.classification.pks("countries")))


def organisations(reading: Reading, as_named: str = "") -> list[GlanceRow]:
    """A line a role, and what the source names beside the organisations the hub knows."""
    roles = reading.classification.by_detail("organisations")
    rows = [
        row(role.label, *reading.classification.items("organisation", roles[role.value]))
        for role in OrganisationRole.Role
        if roles.get(role.value)
    ]
    # Names, in as many languages as there are.
    return [*rows, row(_("Organisations as the source names them"), wording(as_named, None))]


def material_languages(reading: Reading) -> GlanceRow:
    """Languages of the editions that can be had, the reader's first."""
    languages = reading.terms.by_pk["language"]
    found = dict.fromkeys(languages[edition.language_id] for edition in reading.editions if edition.is_available)
    items = (reading.classification.item("language", language.code) for language in found)
    return row(_("Languages of the material"), *(replace(item, text=standing_alone(item.text)) for item in items))
