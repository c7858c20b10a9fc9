"""The facets of the hub. Ids and values are stable and never translated; labels follow the locale."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TYPES = ("strategy", "programme", "expert", "training", "evaluation", "publication", "practice", "country")


@dataclass(frozen=True, slots=True)
class Facet:
    """`types` are the work types a facet applies to, all of them where it is empty."""

    id: str
    label: str | Promise
    types: tuple[str, ...] = ()


# In the order in which the search page draws them.
FACETS = {
    facet.id: facet
    for facet in (
        Facet("type", _("Type")),
        Facet("language", _("Language of the material")),
        Facet("strategy", pgettext_lazy("facet", "Strategy")),
        Facet("country", pgettext_lazy("facet", "Country")),
        Facet("region", _("Region")),
        Facet("kind", _("Kind of publication"), ("publication",)),
        Facet("mode", _("Mode"), ("training",)),
        Facet("when", _("When"), ("training",)),
        Facet("role", _("Role"), ("expert",)),
        Facet("intervention", _("Intervention")),
        Facet("evidence", _("Evidence"), ("programme",)),
        Facet("evaluation_status", _("Evaluation status"), ("programme",)),
        Facet("design", _("Study design"), ("evaluation",)),
        Facet("outcome", _("Outcome"), ("evaluation",)),
        Facet("violence", _("Type of violence")),
        Facet("setting", _("Setting")),
        Facet("sector", _("Sector")),
        Facet("population", _("Population")),
        Facet("audience", _("Audience")),
        Facet("topic", _("Topic")),
        Facet("sdg", _("SDG target")),
        Facet("organisation", _("Organisation")),
        Facet("year", _("Year")),
        Facet("described_in", _("Described in")),
    )
}
