"""How the admin of works differs from plain Wagtail."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from resources.viewsets import HelplineViewSet, VocabularyGroup

register_snippet(VocabularyGroup)
register_snippet(HelplineViewSet)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Long lists of terms in columns."""
    return format_html('<link rel="stylesheet" href="{}">', static("resources/admin.css"))
