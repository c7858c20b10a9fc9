"""The admin forms of pages, and what they refuse."""

from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_unicode_slug
from django.urls import resolve, reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, pages

from resources.contacts import without_contacts
from resources.refusals import NO_CONSENT, reason
from resources.structure import SECTION_DEPTH
from search.collation import sort_key
from search.languages import LOCALES

SLUG_TAKEN = _("Another page has this address already, in this language or another: change its last part.")
SLUG_OF_VIEW = _("The hub itself shows something else at this address: change its last part.")
ascii_slug = RegexValidator(
    r"\A[-a-zA-Z0-9_]+\Z", _("Use only letters a to z (without accents), digits, hyphens and underscores.")
)


def is_slug_of_view(slug: str) -> bool:
    """Whether right below a home a view of hub/urls.py answers to this slug, so that a page never would."""
    return resolve(reverse("wagtail_serve", args=[f"{slug}/"])).url_name != "wagtail_serve"


class CopyForm(pages.CopyForm):
    """As Wagtail's, without the choice to make the copy an alias; a copy is in the language of the tree it is in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean(self):
        cleaned = super().clean()
        slug = cleaned.get("new_slug")
        if slug and self.page.depth == SECTION_DEPTH and is_slug_of_view(slug):
            self.add_error("new_slug", SLUG_OF_VIEW)
        parent = cleaned.get("new_parent_page")
        if parent and not parent.is_root() and parent.locale_id != self.page.locale_id:
            message = _("A copy stays in the language of its page: choose a parent page in it.")
            self.add_error("new_parent_page", message)
        if cleaned.get("copy_subpages") and cleaned.get("publish_copies"):
            self.add_error("publish_copies", _("Copies of subpages are published one by one, when they are complete."))
        return cleaned


class PageForm(pages.WagtailAdminPageForm):
    """As Wagtail's, with slugs that every mail program and sheet of paper can carry: ASCII."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slug = self.fields["slug"]
        slug.validators = [ascii_slug if check is validate_unicode_slug else check for check in slug.validators]


class TermForm(WagtailAdminModelForm):
    """Asks for the key or code of a new term only: addresses, files and the API know the term by it ever after."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"key", "code"} & self.fields.keys():
            self.fields[name].disabled = not self.instance._state.adding


def in_order(terms: list) -> list:
    """As the vocabulary orders its terms, or else by the name the editor reads."""
    if not terms or hasattr(terms[0], "order"):
        return terms
    return sorted(terms, key=lambda term: sort_key(str(term), get_language() or LOCALES[0]))


class OfferedTerms(forms.SelectMultiple):
    """Terms to choose from, in order; retired ones are offered only where they are chosen already."""

    def optgroups(self, name, value, attrs=None):
        options = {one["value"].instance: one for _, [one], _ in super().optgroups(name, value, attrs)}
        offered = [term for term, one in options.items() if one["selected"] or not term.retired]
        return [(None, [options[term]], index) for index, term in enumerate(in_order(offered))]


class WorkPageForm(PageForm):
    """On the original page of a work it edits everything; on other pages, prose only.

    Retired terms are offered only where the work has them already, terms are sorted by the
    name the editor reads.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
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

    def clean_slug(self) -> str:
        """What was typed, if no other work has it in any locale; else the slug the page has, or one for its title."""
        slug = self.cleaned_data["slug"] or self.instance.slug
        if not slug:
            found = self.cleaned_data
            return self.instance.free_slug(self.parent_page, found.get("title", ""), found.get("external_id"))
        # Wagtail's form asks its own page class, which knows of one locale only.
        if not self.instance._slug_is_available(slug, self.parent_page, self.instance):
            raise ValidationError(SLUG_TAKEN)
        return slug

    @property
    def publishes(self) -> bool:
        """Whether it was sent by a button that makes the page public, and by somebody who may."""
        approves = self.data.get("action-workflow-action") and self.data.get("workflow-action-name") == "approve"
        return not self.is_deferred_validation and bool(self.data.get("action-publish") or approves)

    def clean(self):
        cleaned = super().clean()
        if self.publishes and (original := self.instance.waits_for_original):
            self.add_error(None, reason(type(self.instance), original))
        for name, classification in self.instance.told_by.items():
            chosen = cleaned.get(classification) or ()
            if len(chosen) == 1 and not self[name].data:
                self.errors.pop(name, None)  # that it is required
                cleaned[name] = chosen[0]
        return cleaned

    def save(self, commit=True):
        """As Wagtail's; a draft changes no value that readers see, on translations of a page that is not public."""
        return super().save(commit=commit and not self.instance.is_shown_by_translations)

    def _offer_terms(self, name: str, field: forms.ModelMultipleChoiceField) -> None:
        chosen = {term.pk for term in getattr(self.instance, name).all()}
        terms = [term for term in field.queryset.all() if not getattr(term, "retired", False) or term.pk in chosen]
        field.widget = forms.CheckboxSelectMultiple()
        field.choices = [(term.pk, str(term)) for term in in_order(terms)]


class ExpertPageForm(WorkPageForm):
    """Asks for the person's consent before the profile is published, not while it is written."""

    def clean_slug(self) -> str:
        """Not what the browser makes of a title with an e-mail address or a telephone number in it."""
        title, typed = self.cleaned_data.get("title", ""), self.cleaned_data["slug"]
        if typed and typed == slugify(title) != slugify(without_contacts(title, mark="")):
            return self.instance.free_slug(self.parent_page, title, self.cleaned_data.get("external_id"))
        return super().clean_slug()

    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        if "consent_on" not in self.fields:  # a translation: the date is on the page of the work
            if self.publishes and not self.instance.has_consent:
                self.add_error(None, NO_CONSENT)
        elif not (cleaned.get("example") or cleaned.get("consent_on") or "consent_on" in self.errors):
            self.add_error("consent_on", NO_CONSENT)
        return cleaned


class TrainingPageForm(WorkPageForm):
    """Refuses a time zone that does not exist. The page does not: it may have had one for long, and is to be locked."""

    def clean_time_zone(self) -> str:
        zone = self.cleaned_data["time_zone"]
        if zone and zone not in available_timezones():
            message = _("“%(value)s” is not a time zone: give its name as in America/Bogota or Africa/Cairo.")
            raise ValidationError(message, params={"value": zone})
        return zone


class WorkCopyForm(CopyForm):
    """A copy is another work: its slug has to be free in all locales, and it needs as much to be published."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("publish_copies") and (empty := self.page.specific.left_empty()):
            message = _("The copy cannot be published. Still empty: %(fields)s.")
            fields = self.page.specific_class.labels(empty)
            self.add_error("publish_copies", ValidationError(message, params={"fields": fields}))
        slug, parent = cleaned.get("new_slug"), cleaned.get("new_parent_page")
        if slug and not self.page.specific_class._slug_is_available(slug, parent or self.page.get_parent()):
            self.add_error("new_slug", SLUG_TAKEN)
        return cleaned
