"""How the admin of works differs from plain Wagtail."""

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
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
