"""The admin of vocabularies and helplines: each language its own labelled field, terms in use protected."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from resources.models import (
    Audience,
    Country,
    EvaluationStatus,
    EvidenceLevel,
    Helpline,
    Intervention,
    Language,
    Organisation,
    Outcome,
    Population,
    Region,
    SDGTarget,
    Sector,
    Setting,
    Strategy,
    StudyDesign,
    Topic,
    ViolenceType,
)
from search.languages import LOCALES

# Headings in each language itself: whoever writes Arabic looks for العربية.
LANGUAGE_HEADINGS = {"es": "Español", "en": "English", "fr": "Français", "pt": "Português", "ar": "العربية"}


def language_tabs() -> list[ObjectList]:
    """One tab a language with name, description and synonyms in it."""
    return [
        ObjectList(
            [FieldPanel(f"name_{code}"), FieldPanel(f"description_{code}"), FieldPanel(f"synonyms_{code}")],
            heading=LANGUAGE_HEADINGS[code],
        )
        for code in LOCALES
    ]


class WithoutRetired:
    """What a chooser shows; a retired term that a record has already stays on it all the same."""

    def get_object_list(self):
        return super().get_object_list().filter(retired=False)


class TermChooseView(WithoutRetired, ChooseView):
    pass


class TermChooseResultsView(WithoutRetired, ChooseResultsView):
    pass


class TermChooserViewSet(SnippetChooserViewSet):
    choose_view_class = TermChooseView
    choose_results_view_class = TermChooseResultsView


class TermViewSet(SnippetViewSet):
    """The list, search and form of one vocabulary."""

    chooser_viewset_class = TermChooserViewSet
    copy_view_enabled = False
    list_display = ["__str__", "key", "order", BooleanColumn("retired", label=_("Retired"), sort_key="retired")]
    list_filter = ["retired"]
    search_fields = ["key", *(f"name_{code}" for code in LOCALES), *(f"synonyms_{code}" for code in LOCALES)]
    search_backend_name = None
    add_to_admin_menu = False
    own_panels: tuple = ()

    @property
    def edit_handler(self):
        about = ObjectList(
            [FieldPanel("key"), *self.own_panels, FieldRowPanel([FieldPanel("order"), FieldPanel("retired")])],
            heading=_("Term"),
        )
        return TabbedInterface([about, *language_tabs()])


class StrategyViewSet(TermViewSet):
    model = Strategy
    icon = "list-ul"
    own_panels = (FieldRowPanel([FieldPanel("letter"), FieldPanel("kind"), FieldPanel("colour")]),)


class InterventionViewSet(TermViewSet):
    model = Intervention
    own_panels = (FieldPanel("strategy"),)
    list_filter = ["strategy", "retired"]


class OutcomeViewSet(TermViewSet):
    model = Outcome
    own_panels = (FieldPanel("group"),)
    list_filter = ["group", "retired"]


class OrganisationViewSet(TermViewSet):
    model = Organisation
    icon = "group"
    list_display = [
        "__str__",
        "acronym",
        "type",
        BooleanColumn("retired", label=pgettext_lazy("organisation", "Retired"), sort_key="retired"),
    ]
    list_filter = ["type", "retired"]
    search_fields = [*TermViewSet.search_fields, "acronym"]
    own_panels = (
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("type")]),
        FieldPanel("url"),
        FieldPanel("logo"),
        MultiFieldPanel([FieldPanel("countries")], heading=_("Countries"), classname="collapsed"),
    )


class CodeViewSet(SnippetViewSet):
    """Countries, regions and languages: named by CLDR, so there is little to type."""

    copy_view_enabled = False
    search_fields = ["code"]
    search_backend_name = None
    add_to_admin_menu = False


class CountryViewSet(CodeViewSet):
    model = Country
    chooser_viewset_class = TermChooserViewSet
    icon = "globe"
    list_display = ["__str__", "code", "region"]
    panels = [FieldPanel("code"), FieldPanel("region"), FieldPanel("retired")]


class RegionViewSet(CodeViewSet):
    model = Region
    list_display = ["__str__", "code", "parent"]
    panels = [FieldPanel("code"), FieldPanel("parent")]


class LanguageViewSet(CodeViewSet):
    model = Language
    chooser_viewset_class = TermChooserViewSet
    icon = "openquote"
    list_display = ["__str__", "code", "endonym", BooleanColumn("sign", label=_("Sign language"), sort_key="sign")]
    list_filter = ["sign", "direction"]
    search_fields = ["code", "endonym", *(f"name_{code}" for code in LOCALES)]
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("endonym")]),
        FieldRowPanel([FieldPanel("direction"), FieldPanel("sign"), FieldPanel("retired")]),
        MultiFieldPanel([FieldPanel(f"name_{code}") for code in LOCALES], heading=_("Names, where CLDR has none")),
    ]


def _plain(term_model) -> type[TermViewSet]:
    return type(f"{term_model.__name__}ViewSet", (TermViewSet,), {"model": term_model})


class VocabularyGroup(SnippetViewSetGroup):
    """The menu of all vocabularies."""

    menu_label = _("Vocabularies")
    menu_name = "vocabularies"
    menu_icon = "tag"
    menu_order = 300
    items = (
        StrategyViewSet,
        InterventionViewSet,
        OutcomeViewSet,
        *map(
            _plain,
            (
                Sector, ViolenceType, Setting, Topic, Population, Audience, EvidenceLevel, EvaluationStatus,
                StudyDesign, SDGTarget,
            ),
        ),
        OrganisationViewSet,
        CountryViewSet,
        RegionViewSet,
        LanguageViewSet,
    )  # fmt: skip


class HelplineViewSet(SnippetViewSet):
    """The numbers on the page “Where to get help”."""

    model = Helpline
    icon = "help"
    menu_label = _("Helplines")
    menu_order = 310
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "number", "country", "kind", "source_read", BooleanColumn("shown", label=_("Shown"))]
    list_filter = ["kind", "shown", "country"]
    search_fields = ["name", "number"]
    search_backend_name = None
