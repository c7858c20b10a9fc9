"""Sending pages to translation, as they are now."""

from django import forms
from django.db import transaction
from django.http import HttpResponse
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.submit_translations import SubmitPageTranslationView


class SubmitPage(SubmitPageTranslationView):
    """As wagtail-localize's, which takes a page as it was when it was first sent into any language."""

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        below = self.object.get_descendants() if form.cleaned_data["include_subtree"] else ()
        for page in (self.object, *below):
            if source := TranslationSource.objects.get_for_instance_or_none(page):
                source.update_from_db()
        return super().form_valid(form)
