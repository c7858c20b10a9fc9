"""What of a page is still to be translated. Wagtail-localize publishes such pieces in the language of the original."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import edit_translation
from wagtail_localize.views.update_translations import UpdateTranslationsView

from resources import cldr, refusals
from resources.models.routing import reader_locale


def translation_into(page: Page) -> Translation | None:
    """The translation that `page` is made by, piece by piece; None where it is written by itself."""
    found = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    return found.filter(enabled=True).select_related("source", "target_locale").first()


def missing_pieces(page: Page) -> int:
    """How many pieces of `page` are not translated. One that was translated as it stands counts as translated."""
    translation = translation_into(page)
    return _missing(translation) if translation else 0


def _missing(translation: Translation) -> int:
    total, translated = translation.get_progress()
    return total - translated


@contextmanager
def privacy_kept(*keys: UUID) -> Iterator[None]:
    """Wagtail-localize makes a translation as private as its original, or as public: where one is private already, of
    the pages with these translation keys, it stays as it is. A new restriction is copied without its groups."""
    restrictions = PageViewRestriction.objects.filter(page__translation_key__in=keys)
    with transaction.atomic():
        before = [(restriction, list(restriction.groups.all())) for restriction in restrictions]
        yield
        restrictions.filter(page__in=[restriction.page_id for restriction, _groups in before]).delete()
        PageViewRestriction.objects.bulk_create([restriction for restriction, _groups in before])
        for restriction, groups in before:
            restriction.groups.set(groups)
        nobodys = restrictions.filter(restriction_type=PageViewRestriction.GROUPS, groups=None)
        for restriction in nobodys.select_related("page"):
            restriction.groups.set(_groups_of_original(restriction.page))


def _groups_of_original(page: Page) -> QuerySet[Group]:
    """The groups that may see the page from which `page` is translated piece by piece."""
    translation = translation_into(page)
    if translation is None:
        return Group.objects.none()
    return Group.objects.filter(
        pageviewrestriction__page__translation_key=page.translation_key,
        pageviewrestriction__page__locale=translation.source.locale_id,
    )


def keep_pieces(original: Page) -> None:
    """Put the pieces that translators have kept into their drafts: with `original`, about to be deleted, they go."""
    found = Translation.objects.filter(source__object_id=original.translation_key, enabled=True)
    with privacy_kept(original.translation_key):
        for translation in found.select_related("source", "target_locale"):
            with suppress(ValidationError, Page.DoesNotExist):
                if not translation.get_target_instance().live:
                    translation.save_target(publish=False)


def tell(request: HttpRequest, locale: Locale, missing: int) -> None:
    """Say on the next page of the admin why the page in `locale` was not published."""
    message = ngettext(
        "Not published in %(language)s: %(count)s piece is still to be translated.",
        "Not published in %(language)s: %(count)s pieces are still to be translated.",
        missing,
    )
    language = cldr.language(locale.language_code, reader_locale())
    messages.warning(request, message % {"language": language, "count": missing})


def publish_whole(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Publish a translation where it is whole; where pieces of it are missing, keep it as a draft."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = translation_into(page)
    if translation is None:
        return _refuse_old_editor(request)
    missing, waiting = _missing(translation), page.waits_for_original
    with privacy_kept(page.translation_key):
        if not (missing or waiting):
            return edit_translation(request, translation, page)
        if not page.live:  # what is saved of a published page is public at once
            with suppress(ValidationError):
                translation.save_target(user=request.user, publish=False)
    if missing:
        tell(request, translation.target_locale, missing)
    if waiting:
        refusals.tell(request, page, waiting)
    return redirect(request.path)


def _refuse_old_editor(request: HttpRequest) -> HttpResponse:
    """Say so: what was sent is no form of a page, but what an editor of pieces sends, opened when there were some."""
    message = _("Not published: this page is not translated piece by piece any more. Perhaps its original was deleted.")
    messages.error(request, message)
    return redirect(request.path)


class UpdateWholeTranslations(UpdateTranslationsView):
    """As wagtail-localize's, but publishes only what is translated, and only where this person may publish."""

    def get_form(self):
        form = super().get_form()
        form.fields["publish_translations"].help_text = _("Only translations of which no piece is missing.")
        return form

    def form_valid(self, form):
        publish = form.cleaned_data["publish_translations"]
        form.cleaned_data["publish_translations"] = False
        translations = self.object.translations.filter(enabled=True).select_related("source", "target_locale")
        with privacy_kept(self.object.object_id):
            answer = super().form_valid(form)
            for translation in translations if publish else ():
                self._publish(translation)
        return answer

    def _publish(self, translation: Translation) -> None:
        target = translation.get_target_instance()
        if missing := _missing(translation):
            tell(self.request, translation.target_locale, missing)
        elif not target.permissions_for_user(self.request.user).can_publish():
            language = cldr.language(translation.target_locale.language_code, reader_locale())
            message = _("Not published in %(language)s: that needs the right to publish there.")
            messages.warning(self.request, message % {"language": language})
        elif waiting := target.waits_for_original:
            refusals.tell(self.request, target, waiting)
        else:
            with suppress(ValidationError):
                translation.save_target(user=self.request.user, publish=True)
