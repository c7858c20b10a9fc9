from django.contrib.auth.forms import AuthenticationForm
from wagtail.admin.forms import auth


class LoginForm(auth.LoginForm):
    """Wagtail's, with the label that Django translates: Wagtail's own field has none, so it is named in English."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label
