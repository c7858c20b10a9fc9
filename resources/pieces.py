"""What translators enter, piece by piece or with a PO file: only what can be stored and shown, and what people mean."""

from tempfile import NamedTemporaryFile

import polib
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator, URLValidator
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError as BadRequest
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.whitelist import check_url
from wagtail_localize.models import StringSegment, Translation
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
        super().check(value)
        translation = get_object_or_404(Translation.objects.select_related("source"), pk=self.kwargs["translation_id"])
        pieces = StringSegment.objects.select_related("context")
        path = get_object_or_404(pieces, pk=self.kwargs["string_segment_id"]).context.path
        _check_room(_model(translation), path, value)


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
        MaxLengthValidator(most)(cleaned_piece(text))


def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
    """As wagtail-localize's, which takes for granted that there is a file, and that it names a translation."""
    file = request.FILES.get("file")
    if request.method != "POST" or (file and _names_translation(file)):
        return edit_translation.upload_pofile(request, translation_id)
    messages.error(request, _("Nothing was imported: this is not a PO file that was downloaded here."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def _names_translation(file: UploadedFile) -> bool:
    """Whether it is a PO file for wagtail-localize, whose view leaves any other in the temporary folder for ever."""
    content = file.read()
    file.seek(0)
    if b"\0" in content:  # PostgreSQL stores none
        return False
    with NamedTemporaryFile() as copy:  # what is no name of a file would be taken for one
        copy.write(content)
        copy.flush()
        try:
            return "X-WagtailLocalize-TranslationID" in polib.pofile(copy.name).metadata
        except (OSError, ValueError):  # polib's errors of syntax and of encoding
            return False
