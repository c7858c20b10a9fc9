"""The admin form of works."""

from django import forms
from django.utils.translation import get_language
from wagtail.admin.forms.pages import WagtailAdminPageForm

from search.collation import sort_key
from search.languages import LOCALES


class OfferedTerms(forms.SelectMultiple):
    """Terms to choose from; retired ones are offered only where they are chosen already."""

    def optgroups(self, name, value, attrs=None):
        for group, options, index in super().optgroups(name, value, attrs):
            if offered := [one for one in options if one["selected"] or not one["value"].instance.retired]:
                yield group, offered, index


class WorkPageForm(WagtailAdminPageForm):
    """On the original page of a work it edits everything; on other pages, prose only.

    Retired terms are offered only where the work has them already, terms are sorted by the
    name the editor reads.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.is_original:
            for name in self.instance.all_work_fields():
                self.fields.pop(name, None)
                self.formsets.pop(name, None)
            return
        for name in self.instance.required_to_publish:
            self.fields[name].required = True
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelMultipleChoiceField):
                self._offer_terms(name, field)

    def _offer_terms(self, name: str, field: forms.ModelMultipleChoiceField) -> None:
        chosen = {term.pk for term in getattr(self.instance, name).all()}
        terms = [term for term in field.queryset.all() if not getattr(term, "retired", False) or term.pk in chosen]
        if not hasattr(field.queryset.model, "order"):
            terms.sort(key=lambda term: sort_key(str(term), get_language() or LOCALES[0]))
        field.widget = forms.CheckboxSelectMultiple()
        field.choices = [(term.pk, str(term)) for term in terms]
