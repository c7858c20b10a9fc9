"""The edit form of a work, grouped as editors think: Text, Classification, Editions, Links, Review."""

from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)


class WorkPanel(ObjectList):
    """Panels of values that belong to the work: shown on the original page, elsewhere a pointer to it."""

    class BoundPanel(ObjectList.BoundPanel):
        @cached_property
        def children(self):
            if self.instance.is_original:
                return super().children
            message = format_html(
                '<p>{} <a href="{}">{}</a></p>',
                gettext("These values belong to the work and are entered once, on its original page:"),
                reverse("wagtailadmin_pages:edit", args=[self.instance.work.pk]),
                self.instance.work.get_admin_display_title(),
            )
            pointer = HelpPanel(message).bind_to_model(type(self.instance))
            return [
                pointer.get_bound_panel(
                    instance=self.instance, request=self.request, form=self.form, prefix=f"{self.prefix}-pointer"
                )
            ]


class FileProblemPanel(Panel):
    """Says why the text of an uploaded file is not searched; nothing where it is, or where there is no file."""

    class BoundPanel(Panel.BoundPanel):
        @cached_property
        def problem(self) -> str:
            document = self.instance.document if self.instance.document_id else None
            extracted = getattr(document, "extracted", None)
            return extracted.present_problem if extracted else ""

        def is_shown(self):
            return bool(self.problem)

        def render_html(self, parent_context=None):
            return format_html('<div class="help-block help-warning"><p>{}</p></div>', self.problem)


def work_tabs(page_class) -> TabbedInterface:
    """The edit handler of a page type of works."""
    text = [TitleFieldPanel("title"), FieldPanel("summary"), *page_class.prose_panels(), FieldPanel("body")]
    classification = [
        *page_class.type_panels,
        MultiFieldPanel(
            # A draft may lack its strategy.
            [FieldPanel("strategies", required_on_save=False), FieldPanel("interventions")],
            heading=_("INSPIRE"),
        ),
        MultiFieldPanel(
            [FieldPanel("countries")], heading=_("Countries"), classname="collapsed", help_text=_("Where it is.")
        ),
        MultiFieldPanel(
            [FieldPanel("sectors"), FieldPanel("settings"), FieldPanel("violence_types"), FieldPanel("topics")],
            heading=_("Field of work"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [FieldPanel("populations"), FieldPanel("audiences"), FieldPanel("sdg_targets")],
            heading=_("People and goals"),
            classname="collapsed",
        ),
    ]
    editions = [
        HelpPanel(_("One edition for each language in which the material itself exists or is planned.")),
        InlinePanel("editions", label=_("Edition")),
    ]
    links = [
        *page_class.link_panels,
        InlinePanel("organisation_roles", label=_("Organisation and its role")),
        InlinePanel("related_works", label=_("Related work")),
    ]
    review = [
        FieldPanel("described_title"),
        FieldPanel("title_language"),
        FieldPanel("external_id"),
        FieldPanel("source_urls"),
        FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")]),
        FieldPanel("review_notes"),
    ]
    for_search_engines = MultiFieldPanel(
        [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
        heading=_("Address and search engines"),
        classname="collapsed",
    )
    return TabbedInterface(
        [
            ObjectList(text, heading=_("Text")),
            ObjectList([WorkPanel(classification)], heading=_("Classification")),
            ObjectList([WorkPanel(editions)], heading=_("Editions")),
            ObjectList([WorkPanel(links)], heading=_("Links")),
            # The last: when the page goes live and expires, which the side panel "Status" opens, and comments.
            ObjectList([WorkPanel(review), for_search_engines, *page_class.settings_panels], heading=_("Review")),
        ],
        base_form_class=page_class.base_form_class,
    )
