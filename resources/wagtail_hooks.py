"""How the admin of works differs from plain Wagtail."""

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from resources.models.terms import UseProtected
from resources.viewsets import HelplineViewSet, VocabularyGroup

register_snippet(VocabularyGroup)
register_snippet(HelplineViewSet)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Long lists of terms in columns."""
    return format_html('<link rel="stylesheet" href="{}">', static("resources/admin.css"))


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


@hooks.register("register_admin_urls", order=FIRST)
def instead_of_a_view_of_wagtail_localize() -> list[URLPattern]:
    """At the address of the one that would publish text in a language it is not in."""
    return [path("localize/page/<int:page_id>/convert_to_alias/", refuse_alias)]


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say why a page is not made an alias, to whoever has the address from an older page of the admin."""
    messages.error(request, _("A page is not made an alias: readers of other languages see it without one."))
    return redirect("wagtailadmin_pages:edit", page_id)


@hooks.register("construct_page_action_menu")
def offer_no_alias(menu_items: list, request: HttpRequest, context: dict) -> None:
    """Neither does the menu of a page whose translation was stopped."""
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]
