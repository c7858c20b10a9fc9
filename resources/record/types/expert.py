from dataclasses import replace

from django.utils.html import format_html
from django.utils.translation import gettext as _

from resources.record import rows
from resources.record.classification import search_link
from resources.record.reading import Reading
from resources.record.shape import Item, Parts
from resources.record.texts import in_its_language, row
from search.languages import standing_alone


def parts(reading: Reading) -> Parts:
    """A person who agreed to be listed: what they do, in which languages. There are no contacts to show."""
    work = reading.work
    return Parts(
        glance=[
            row(_("Roles"), *(Item(str(role.label), search_link("role", role.value)) for role in work.roles)),
            row(_("Organisation"), *reading.classification.items("organisation", [work.organisation_id])),
            row(_("Working languages"), *_languages(reading)),
            rows.countries(reading),
            *rows.organisations(reading),
            row(_("Invitations"), _("Open to invitations") if work.open_to_invitations else ""),
            rows.material_languages(reading),
        ],
        remarks=[_("This profile is an invented example: it describes no real person.")] if work.example else [],
        headings={"bio": _("About the person")},
        relations={
            "trainings_given": _("Trainings given"),
            "spoke_at": _("Spoke at"),
            "trained_at": _("Trained at"),
            "adopted_by": _("Practices that took it up"),
        },
        terms={"organisation": [work.organisation_id]},
        more={"photo": work.photo},
    )


def _languages(reading: Reading) -> list[Item]:
    languages = reading.terms.by_pk["language"]
    items = []
    for one in reading.work.languages.all():
        code, level = languages[one.language_id].code, one.get_level_display()
        name = reading.classification.item("language", code)
        text = format_html(
            _("%(language)s (%(level)s)") % {"language": "{language}", "level": "{level}"},
            language=in_its_language(replace(name, text=standing_alone(name.text))),
            level=level[:1].lower() + level[1:],
        )
        items.append(Item(text, search_link("language", code, type="expert")))
    return items
