"""Which years are no slips of the keyboard."""

from django.core.validators import MaxValueValidator, MinValueValidator

YEARS = [MinValueValidator(1900), MaxValueValidator(2100)]
YEARS_OF_PROGRAMMES = [MinValueValidator(1850), MaxValueValidator(2100)]
