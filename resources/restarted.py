"""A translation that was stopped is made piece by piece again, with what was written on its page meanwhile."""

import re
from collections import defaultdict
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.views.edit_translation import restart_translation

BUTTON = "localize-restart-translation"
_BLOCK_KEYS = re.compile(r' data-block-key="[^"]*"')


class Texts:
    """What is written on a page, by the path of wagtail-localize: pieces, and what holds them together."""

    def __init__(self, page: Page | None):
        self.pieces: dict[str, list[tuple[str, dict | None]]] = defaultdict(list)
        self.frames: dict[str, object] = {}
        paths = defaultdict(dict)
        for segment in extract_segments(page) if page else ():
            if isinstance(segment, StringSegmentValue):
                self.pieces[segment.path].append((segment.string.data, segment.attrs))
            elif isinstance(segment, TemplateSegmentValue):
                self.frames[segment.path] = _BLOCK_KEYS.sub("", segment.template)
            elif isinstance(segment, OverridableSegmentValue):
                self.frames[segment.path] = segment.data
            paths[_field(segment.path)][segment.path] = None
        self.order = {name: list(found) for name, found in paths.items()}

    def at(self, path: str) -> tuple:
        return self.pieces.get(path), self.frames.get(path), self.order.get(path)

    def paths(self) -> set[str]:
        """Those of pieces and frames, and the names of fields, which stand for the order of what is in them."""
        return self.pieces.keys() | self.frames.keys() | self.order.keys()


def _field(path: str) -> str:
    return path.split(".")[0]


def restart(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Instead of wagtail-localize's, which goes on with the pieces as they were when the translation was stopped."""
    if request.method != "POST" or BUTTON not in request.POST:
        return None
    found = Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale_id)
    translation = found.filter(enabled=False).select_related("source", "target_locale").first()
    if translation is None:
        return None
    if "title" in request.POST:  # the form of the page, with what was typed in it last
        request.POST = request.POST.copy()
        del request.POST[BUTTON]
        answer = EditView.as_view()(request, page.pk)
        if answer.status_code != 302:
            return answer
    page = Page.objects.get(pk=page.pk).specific
    left = _take_texts(translation, page, request.user)
    answer = restart_translation(request, translation, page)
    if left:
        names = ", ".join(str(page._meta.get_field(name).verbose_name) for name in sorted(left))
        message = _(
            "Not everything that was written on this page could be made into pieces again: %(fields)s. "
            "The history of the page keeps it: look there before you publish."
        )
        messages.warning(request, message % {"fields": names})
    return answer


def _take_texts(translation: Translation, page: Page, user) -> set[str]:
    """Make pieces of what was written since the translation was stopped; names of fields where that is not all."""
    source, locale = translation.source, translation.target_locale
    log = TranslationLog.objects.filter(source=source, locale=locale, revision__isnull=False)
    saved = log.order_by("created_at", "pk").last()
    # Pieces that were translated after the page was last made of them are not on the page.
    before = Texts(saved.revision.as_object() if saved else None)
    now = Texts(page.get_latest_revision_as_object())
    original = Texts(source.as_instance())
    segments = StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order")
    for path, group in groupby(segments, key=lambda segment: segment.context.path):
        if now.at(path) != before.at(path):
            _take_pieces(list(group), path, (before, now, original), locale, user)
    made = Texts(source.get_ephemeral_translated_instance(locale, fallback=True))
    TranslationLog.objects.create(source=source, locale=locale, revision=page.get_latest_revision())
    changed = (path for path in before.paths() | now.paths() if before.at(path) != now.at(path))
    return {_field(path) for path in changed if made.at(path) != now.at(path)}


def _take_pieces(segments: list[StringSegment], path: str, texts: tuple[Texts, Texts, Texts], locale, user) -> None:
    """Pieces of one path: as on the page where it is built as the original is, else they are to be translated anew."""
    before, now, original = (one.pieces.get(path, []) for one in texts)
    _before, built, model = (one.frames.get(path) for one in texts)
    fits = len(now) == len(original) and built == model
    for number, segment in enumerate(segments):
        old = before[number] if number < len(before) else ("", None)
        if fits and old == now[number]:
            continue
        key = {"translation_of_id": segment.string_id, "context_id": segment.context_id, "locale": locale}
        found = StringTranslation.objects.filter(**key)
        if not fits or not _leads_nowhere_else(now[number][1], original[number][1], old[1]):
            found.delete()
        elif now[number][0] != segment.string.data or found.exists():
            values = {
                "data": now[number][0],
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "tool_name": "",
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            }
            StringTranslation.objects.update_or_create(**key, defaults=values)


def _leads_nowhere_else(links: dict | None, *known: dict | None) -> bool:
    """Whether a piece has no links but those of the original, or those that they were replaced by before."""
    return any((links or {}).items() <= (one or {}).items() for one in known)
