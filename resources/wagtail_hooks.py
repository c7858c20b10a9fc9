"""How the admin of works differs from plain Wagtail."""

from django.db.models import ProtectedError, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.documents import get_document_model
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageLogEntry
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from resources import cldr, refusals, restarted, untranslated
from resources.approval import WholePageViewSet
from resources.models.base import ResourcePage
from resources.models.revisions import INHERITED
from resources.models.routing import reader_locale
from resources.models.terms import UseProtected
from resources.models.translated import REFUSED
from resources.page_links import PageLinks
from resources.pieces import EditOverride, EditPiece, upload_pofile
from resources.submission import SubmitPage
from resources.text_extraction import works_with
from resources.viewsets import HelplineViewSet, VocabularyGroup
from search import indexing

register_snippet(VocabularyGroup)
register_snippet(HelplineViewSet)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Long lists of terms in columns."""
    return format_html('<link rel="stylesheet" href="{}">', static("resources/admin.css"))


@hooks.register("register_rich_text_features", order=1)  # after Wagtail's
def lead_links_with_few_statements(features: FeatureRegistry) -> None:
    """Links to pages, however many a text has."""
    features.register_link_type(PageLinks)


@hooks.register("register_log_actions")
def tell_of_refusals(actions: LogActionRegistry) -> None:
    """In the history of a page, why it was not published when it was due: nobody was there to be told."""

    @actions.register_action(REFUSED)
    class Refusal(LogFormatter):
        label = gettext_lazy("Not published when it was due")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return f"{self.label}. {refusals.reason(log_entry.content_type.model_class(), log_entry.data)}"


@hooks.register("register_log_actions")
def tell_of_inheritance(actions: LogActionRegistry) -> None:
    """In the history of a page, that it has what belongs to the work since."""
    inherited = gettext_lazy("Became the original, as the one before it was deleted")
    actions.register_action(INHERITED, inherited, inherited)


@hooks.register("before_delete_snippet")
def keep_terms_in_use(request: HttpRequest, instances: list) -> HttpResponse | None:
    """Say why a term in use is not deleted, before the question whether to delete it."""
    refusals = []
    for instance in instances:
        if isinstance(instance, UseProtected):
            try:
                instance.check_unused()
            except ProtectedError as error:
                refusals.append(error.args[0])
    if not refusals:
        return None
    for refusal in refusals:
        messages.error(request, refusal)
    return redirect(instances[0].snippet_viewset.get_url_name("list"))


FIRST = -1  # before the hooks of wagtail-localize, which have the order 0


@hooks.register("register_admin_viewset", order=1)  # after Wagtail's
def views_of_pages() -> PageViewSet:
    """Wagtail's, but for the one that would approve what cannot be published."""
    return WholePageViewSet()


@hooks.register("register_admin_urls", order=FIRST)
def instead_of_views_of_wagtail_localize() -> list[URLPattern]:
    """At the addresses of those that would publish text in a language it is not in, or that fail, or ask no rights."""
    update = untranslated.UpdateWholeTranslations.as_view()
    return [
        path("localize/submit/page/<int:page_id>/", SubmitPage.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", refuse_alias),
        path("localize/update/<int:translation_source_id>/", update),
        path("localize/translate/<int:translation_id>/pofile/upload/", upload_pofile),
        path("localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/", EditPiece.as_view()),
        path(
            "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
            EditOverride.as_view(),
        ),
    ]


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say why a page is not made an alias, to whoever has the address from an older page of the admin."""
    messages.error(request, _("A page is not made an alias: readers of other languages see it without one."))
    return redirect("wagtailadmin_pages:edit", page_id)


@hooks.register("construct_page_action_menu")
def offer_no_alias(menu_items: list, request: HttpRequest, context: dict) -> None:
    """Neither does the menu of a page whose translation was stopped."""
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


@hooks.register("before_edit_page", order=FIRST)
def publish_whole(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Of translations, publish only those that are translated."""
    return untranslated.publish_whole(request, page)


@hooks.register("before_edit_page", order=FIRST)
def restart_with_what_was_written(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Go on with the pieces of a translation that was stopped as its page says them now."""
    return restarted.restart(request, page)


@hooks.register("before_copy_page")
def copy_originals(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy of a translation would be a work without any of the values that are entered on the original."""
    page = page.specific
    if not isinstance(page, ResourcePage) or page.is_original:
        return None
    values = {"title": page.work.title, "language": cldr.language(page.work.locale.language_code, reader_locale())}
    messages.error(request, _("A translation is not copied: copy the original, “%(title)s” (%(language)s).") % values)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def name_what_stays(request: HttpRequest, page: Page) -> None:
    """Beside the question whether to delete it."""
    if request.method == "GET" and (languages := page.public_translations()):
        message = _("It stays public in other languages, and readers of this one are shown those: %(languages)s.")
        if heir := page.heir_that_hides():
            message = _(
                "Until its page in %(heir)s is published, the profile is not shown in other languages either: "
                "%(languages)s."
            )
        messages.warning(request, message % {"languages": languages, "heir": heir})


@hooks.register("before_bulk_action")
def publish_what_is_ready(request: HttpRequest, action_type: str, objects: list, action) -> HttpResponse | None:
    """The same of pages that are chosen in a list, and of the drafts below them where those are asked for.

    What the form of a page asks for, it asks for here too. The action publishes what is left in `objects`.
    """
    if action_type != "publish":
        return None
    chosen = action.cleaned_form.cleaned_data
    if chosen["include_descendants"]:
        below = Q(pk__in=[])
        for page in objects:
            below |= Q(path__startswith=page.path)
        drafts = Page.objects.not_live().filter(below).exclude(pk__in=[page.pk for page in objects])
        objects += [page for page in drafts if action.check_perm(page)]
        chosen["include_descendants"] = False
    # An original, which is older than its translations, is public by the time that they are published.
    published: set[int] = set()
    objects.sort(key=lambda page: page.pk)
    objects[:] = [page for page in objects if _is_ready(request, page, published)]
    return None if objects else redirect(action.next_url)


def _is_ready(request: HttpRequest, page: Page, published: set[int]) -> bool:
    """Whether the latest draft of `page` may be published; if not, the next page of the admin says why.

    `published` are those that the action publishes before it; it is added to them.
    """
    page = page.specific
    if page.waits_for_original and page.work.pk in published:
        page.work.live = True
    refusal = page.shortcoming(page.get_latest_revision())
    due = page.get_latest_revision_as_object().go_live_at
    if refusal:
        refusals.tell(request, page, refusal)
    elif due is None or due <= timezone.now():
        published.add(page.pk)
    return not refusal


@hooks.register("after_bulk_action")
def documents_changed_collection(request: HttpRequest, action_type: str, objects: list, action) -> None:
    """Their texts may be private now, or no longer: this action of Wagtail's saves none of the documents it moves."""
    if action_type == "add_to_collection" and action.model is get_document_model():
        indexing.queue(works_with(objects))
