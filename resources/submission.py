"""Sending pages to translation: as they are now, and into languages in which whoever sends them may add pages."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from resources.untranslated import privacy_kept

SEES_BELOW = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}  # any right to a page shows what is below it
MOST_BELOW = 50  # pages, all sent within one request, and nobody else can save meanwhile on SQLite


class SubmitPage(SubmitPageTranslationView):
    """As wagtail-localize's, which takes any page, as it was when it was first sent, into any language."""

    def get_object(self) -> Page:
        page = super().get_object()
        if not page_permission_policy.explorable_instances(self.request.user).filter(pk=page.pk).exists():
            raise PermissionDenied
        return page

    def get_form(self) -> forms.Form:
        form = super().get_form()
        field = form.fields["locales"]
        field.queryset = field.queryset.filter(pk__in=[locale.pk for locale in field.queryset if self._may_add(locale)])
        field.help_text = _("The languages in whose tree you may add pages.")
        field = form.fields["include_subtree"]
        if not page_permission_policy.user_has_any_permission_for_instance(self.request.user, SEES_BELOW, self.object):
            field.disabled = True
            field.widget = forms.HiddenInput()
        elif self.object.get_descendants().count() > MOST_BELOW:
            field.disabled = True
            message = _("At most %(most)s pages are sent together with the one above them: send these one by one.")
            field.help_text = message % {"most": MOST_BELOW}
        return form

    def _may_add(self, locale: Locale) -> bool:
        """Whether this person may add pages where the translation will be: below the nearest page that has one."""
        for page in self.object.get_ancestors().order_by("-depth"):
            above = page if page.is_root() else page.get_translation_or_none(locale)
            if above:
                return page_permission_policy.user_has_permission_for_instance(self.request.user, "add", above)
        return False

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        below = self.object.get_descendants() if form.cleaned_data["include_subtree"] else ()
        pages = [self.object, *below]
        for page in pages:
            if source := TranslationSource.objects.get_for_instance_or_none(page):
                source.update_from_db()
        with privacy_kept(*[page.translation_key for page in pages]):
            return super().form_valid(form)
