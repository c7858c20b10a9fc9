"""The admin of vocabularies and helplines: each language its own labelled field, terms in use protected."""

from collections.abc import Iterable
from functools import cached_property

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup
from wagtail.snippets.widgets import AdminSnippetChooser

from resources.forms import OfferedTerms
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
from search.analysis import folded
from search.collation import sort_key
from search.languages import LOCALES

# Headings in each language itself: whoever writes Arabic looks for العربية.
LANGUAGE_HEADINGS = {"es": "Español", "en": "English", "fr": "Français", "pt": "Português", "ar": "العربية"}


def language_tabs(*fields: str) -> list[ObjectList]:
    """One tab a language with these fields in it."""
    return [
        ObjectList([FieldPanel(f"{field}_{code}") for field in fields], heading=LANGUAGE_HEADINGS[code])
        for code in LOCALES
    ]


def words_of(term) -> str:
    """What editors find a term by, folded: its key, and its names and synonyms in all languages."""
    words = getattr(term, "search_words", term.label)
    return folded(" ".join([term.key, getattr(term, "endonym", ""), *map(words, LOCALES)]))


def with_words(terms: Iterable, query: str) -> list:
    """Those of `terms` that have all words of `query`: short ones at the beginning of a word, longer ones anywhere."""
    asked = [word if len(word) > 2 else f" {word}" for word in folded(query).split()]
    return [term for term in terms if all(word in f" {words_of(term)}" for word in asked)]


class TermFilterForm(SearchFilterMixin, BaseFilterForm):
    """The search field of a chooser, without the search backend of Wagtail: no vocabulary is in its index."""

    def filter(self, objects):
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return with_words(objects, self.search_query)


class TermPaginator(WagtailPaginator):
    """Of a list, where Wagtail's needs a query set to know what it counts."""

    @cached_property
    def model(self):
        return type(self.object_list[0])


class TermsToChoose:
    """What a chooser shows: no retired terms, though one that a record has already stays on it all the same."""

    filter_form_class = TermFilterForm
    paginator_class = TermPaginator

    def get_object_list(self):
        return [term for term in super().get_object_list() if not getattr(term, "retired", False)]

    def apply_object_list_ordering(self, objects):
        """As the vocabulary orders its terms, or else by name."""
        if "order" in self.model_class._meta.ordering:
            return objects
        return sorted(objects, key=lambda term: sort_key(str(term), get_language() or LOCALES[0]))


class TermChooseView(TermsToChoose, ChooseView):
    pass


class TermChooseResultsView(TermsToChoose, ChooseResultsView):
    pass


class TermChooserViewSet(SnippetChooserViewSet):
    page_title = _("Choose")  # Wagtail's own is translated when the hub starts, into one language for all
    choose_view_class = TermChooseView
    choose_results_view_class = TermChooseResultsView


WRITTEN = "written"


class LanguagesToChoose:
    """What the chooser of languages shows: no sign languages where its address says that words are written."""

    def get_object_list(self):
        languages = super().get_object_list()
        return [one for one in languages if not one.sign] if WRITTEN in self.request.GET else languages


class LanguageChooseView(LanguagesToChoose, TermChooseView):
    pass


class LanguageChooseResultsView(LanguagesToChoose, TermChooseResultsView):
    pass


class LanguageChooser(AdminSnippetChooser):
    """The button that opens the chooser; `written` is set of that for the language of words."""

    written = False

    def get_chooser_modal_url(self) -> str:
        return f"{super().get_chooser_modal_url()}{f'?{WRITTEN}=1' if self.written else ''}"


class LanguageChooserViewSet(TermChooserViewSet):
    choose_view_class = LanguageChooseView
    choose_results_view_class = LanguageChooseResultsView
    preserve_url_parameters = [*TermChooserViewSet.preserve_url_parameters, WRITTEN]
    base_widget_class = LanguageChooser

    def on_register(self):
        super().on_register()
        register_form_field_override(models.ForeignKey, to=self.model, override=self._override)

    def _override(self, field: models.ForeignKey) -> dict:
        widget = self.widget_class()
        widget.written = bool(field.get_limit_choices_to())
        return {"widget": widget}


class TermIndexView(IndexView):
    is_searchable = True

    def search_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        if not self.is_searching:
            return queryset
        return queryset.filter(pk__in=[term.pk for term in with_words(queryset, self.search_query)])


class VocabularyViewSet(SnippetViewSet):
    """The list and the chooser of a vocabulary, both searched by all names of its terms."""

    index_view_class = TermIndexView
    chooser_viewset_class = TermChooserViewSet
    copy_view_enabled = False
    add_to_admin_menu = False


class TermViewSet(VocabularyViewSet):
    """The list and form of a vocabulary whose names are typed."""

    list_display = ["__str__", "key", "order", BooleanColumn("retired", label=_("Retired"), sort_key="retired")]
    list_filter = ["retired"]
    own_panels: tuple = ()

    @property
    def edit_handler(self):
        about = ObjectList(
            [FieldPanel("key"), *self.own_panels, FieldRowPanel([FieldPanel("order"), FieldPanel("retired")])],
            heading=_("Term"),
        )
        return TabbedInterface([about, *language_tabs("name", "description", "synonyms")])


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
    own_panels = (
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("type")]),
        FieldPanel("url"),
        FieldPanel("logo"),
        MultiFieldPanel([FieldPanel("countries", widget=OfferedTerms)], heading=_("Countries"), classname="collapsed"),
    )


# Countries, regions and languages are named by CLDR, so there is little to type.


class CountryViewSet(VocabularyViewSet):
    model = Country
    icon = "globe"
    list_display = ["__str__", "code", "region"]
    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("code"), FieldPanel("region"), FieldPanel("retired")], heading=_("Country")),
            *language_tabs("synonyms"),
        ]
    )


class RegionViewSet(VocabularyViewSet):
    model = Region
    list_display = ["__str__", "code", "parent"]
    panels = [FieldPanel("code"), FieldPanel("parent")]


class LanguageViewSet(VocabularyViewSet):
    model = Language
    chooser_viewset_class = LanguageChooserViewSet
    icon = "openquote"
    list_display = ["__str__", "code", "endonym", BooleanColumn("sign", label=_("Sign language"), sort_key="sign")]
    list_filter = ["sign", "direction"]
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
