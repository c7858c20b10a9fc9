"""Where facts were read: texts that hold one place a line."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_check_url = URLValidator(schemes=["http", "https"])


def sources(text: str) -> list[str]:
    """The places of a text that holds one a line: addresses, and in some fields other references."""
    return [source for line in text.splitlines() if (source := line.strip())]


def validate_addresses(text: str) -> None:
    """That every line is an address."""
    for address in sources(text):
        try:
            _check_url(address)
        except ValidationError:
            raise ValidationError(_("“%(value)s” is not a web address."), params={"value": address}) from None


def more_source_urls() -> models.TextField:
    """A field for every source but the first."""
    return models.TextField(
        _("more sources"), blank=True, validators=[validate_addresses], help_text=_("One address a line.")
    )
