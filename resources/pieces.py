"""What translators enter, piece by piece or with a PO file: only what can be stored and shown, and what people mean."""

from tempfile import NamedTemporaryFile

import polib
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator, URLValidator
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework.exceptions import ValidationError as BadRequest
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.whitelist import check_url
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.strings import StringValue
from wagtail_localize.views import edit_translation

from resources.rich_text import cleaned_piece


class ChecksValue:
    """Of a view of wagtail-localize, which takes for granted that there is a value, and one that can be stored."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method == "PUT":
            try:
                self.check(request.POST.get("value"))
            except ValidationError as error:
                raise BadRequest({"value": error.messages}) from error

    def check(self, value: str | None) -> None:
        if value is None:
            raise ValidationError(Field.default_error_messages["required"])
        ProhibitNullCharactersValidator()(value)


class EditPiece(ChecksValue, edit_translation.edit_string_translation.cls):
    """A piece of a text, translated."""

    def check(self, value: str | None) -> None:
        translation = get_object_or_404(Translation.objects.select_related("source"), pk=self.kwargs["translation_id"])
        pieces = StringSegment.objects.filter(context__object_id=translation.source.object_id)
        piece = get_object_or_404(pieces.select_related("context"), pk=self.kwargs["string_segment_id"])
        if not edit_translation.user_can_edit_instance(self.request.user, translation.get_target_instance()):
            raise PermissionDenied
        super().check(value)
        _check_room(_model(translation), piece.context.path, value)


class EditOverride(ChecksValue, edit_translation.edit_override.cls):
    """What stands in for a value of the original: an image, or the address of a link."""

    def check(self, value: str | None) -> None:
        super().check(value)
        if check_url(value) is None:  # a script
            raise ValidationError(URLValidator.message)


def _model(translation: Translation) -> type[Page]:
    return translation.source.specific_content_type.model_class()


def _check_room(model: type[Page], path: str, text: str) -> None:
    """Raise ValidationError where the field that `path` names has no room for `text`; streams have room for any."""
    most = None if "." in path else model._meta.get_field(path).max_length
    if most:
        piece = cleaned_piece(text)
        # the markup of a title is stored too, as its draft
        MaxLengthValidator(most)(piece if path == "title" else StringValue(piece).render_text())


def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Instead of wagtail-localize's, which fails without a file, takes what nobody has confirmed for translated, and
    says nothing of what it leaves out."""
    translation = get_object_or_404(Translation.objects.select_related("source"), pk=translation_id)
    if not edit_translation.user_can_edit_instance(request.user, translation.get_target_instance()):
        raise PermissionDenied
    file = request.FILES.get("file")
    po = _read(file.read()) if request.method == "POST" and file else None
    if po is not None and po.metadata.get("X-WagtailLocalize-TranslationID") == str(translation.uuid):
        _import(request, translation, po)
    else:
        messages.error(request, _("Nothing was imported: this is not a PO file that was downloaded here."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def _read(content: bytes) -> polib.POFile | None:
    if b"\0" in content:  # PostgreSQL stores none
        return None
    with NamedTemporaryFile() as copy:  # what is no name of a file would be taken for one
        copy.write(content)
        copy.flush()
        try:
            return polib.pofile(copy.name)
        except (OSError, ValueError):  # polib's errors of syntax and of encoding
            return None


def _import(request: HttpRequest, translation: Translation, po: polib.POFile) -> None:
    """Take what is confirmed of the pieces that the page has, and tell of the rest."""
    pieces = set(translation.source.stringsegment_set.values_list("string__data", "context__path"))
    translated = [entry for entry in po if entry.msgstr and not entry.obsolete]
    confirmed = [entry for entry in translated if not entry.fuzzy]
    known = [entry for entry in confirmed if (entry.msgid, entry.msgctxt) in pieces]
    taken = polib.POFile()
    for entry in known:
        try:
            _check_room(_model(translation), entry.msgctxt, entry.msgstr)
        except ValidationError as error:
            label = _model(translation)._meta.get_field(entry.msgctxt).verbose_name
            values = {"field": label, "reason": " ".join(error.messages)}
            messages.warning(request, _("“%(field)s” was left out. %(reason)s") % values)
        else:
            taken.append(entry)
    translation.import_po(taken, user=request.user, tool_name="PO File")
    fuzzy, unknown = len(translated) - len(confirmed), len(confirmed) - len(known)
    left_out = {
        ngettext(
            "%(count)s piece was left out: it is marked as fuzzy in the file. Confirm it there first.",
            "%(count)s pieces were left out: they are marked as fuzzy in the file. Confirm them there first.",
            fuzzy,
        ): fuzzy,
        ngettext(
            "%(count)s piece was left out: the page does not have it, or no longer.",
            "%(count)s pieces were left out: the page does not have them, or no longer.",
            unknown,
        ): unknown,
    }
    for message, count in left_out.items():
        if count:
            messages.warning(request, message % {"count": count})
    message = ngettext("%(count)s piece was imported.", "%(count)s pieces were imported.", len(taken))
    tell = messages.success if taken else messages.warning
    tell(request, message % {"count": len(taken)})
