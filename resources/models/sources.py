"""Further places where a fact was read, beside the one that a field of its own holds."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_check_url = URLValidator(schemes=["http", "https"])


def addresses(text: str) -> list[str]:
    """The addresses of a text that holds one a line."""
    return [address for line in text.splitlines() if (address := line.strip())]


def validate_addresses(text: str) -> None:
    """That every line is an address."""
    for address in addresses(text):
        try:
            _check_url(address)
        except ValidationError:
            raise ValidationError(_("“%(value)s” is no web address."), params={"value": address}) from None


def more_source_urls() -> models.TextField:
    """A field for every source but the first."""
    return models.TextField(
        _("more sources"), blank=True, validators=[validate_addresses], help_text=_("One address a line.")
    )
