"""Forms of Wagtail's admin, mended."""

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from wagtail.admin.forms import auth
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class LoginForm(auth.LoginForm):
    """Wagtail's, with the label that Django translates: Wagtail's own field has none, so it is named in English."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label


class WholeImageField(WagtailImageField):
    """As Wagtail's, which reads a file to see how large the image is, and fails where it is damaged: in as many ways as
    Django's own field, too, takes for a file that is no image."""

    def to_python(self, data):
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class ImageForm(BaseImageForm):
    """Wagtail's, which says beside the field what it refuses."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = WholeImageField(
                label=field.label, required=field.required, widget=field.widget, max_length=field.max_length
            )
