"""The first account of the admin, with a password that nobody has chosen."""

import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

USER_NAME = "admin"
# Without signs that are easily taken for one another: 16 of these 31 are 79 bits.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def random_password() -> str:
    """Four groups of four signs, to be read from a terminal."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


class Command(BaseCommand):
    help = "Creates the account 'admin' with a random password, printed once, unless somebody administers the hub."
    requires_system_checks: list = []

    def handle(self, *args, **options) -> None:
        accounts = get_user_model().objects
        if accounts.filter(is_superuser=True, is_active=True).exists():
            return
        name = USER_NAME
        while accounts.filter(username=name).exists():  # an account that was deactivated keeps its name
            name = f"{USER_NAME}-{secrets.randbelow(10_000)}"
        password = random_password()
        accounts.create_superuser(name, email="", password=password)
        told = _("Administrator: %(name)s   password: %(password)s   (shown only now; change it under Account)")
        self.stdout.write(told % {"name": name, "password": password})
