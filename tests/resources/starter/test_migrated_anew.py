"""A hub whose content was taken away by migrations, on a few records."""

import pytest
from django.core.management import call_command


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("app", ["resources", "home"])
def test_gets_its_starter_content_again(client, small, app):
    call_command("load_starter", data=small, verbosity=0)
    for to in (app, "zero"), ():
        call_command("migrate", *to, verbosity=0)
    call_command("load_starter", data=small, verbosity=0)
    for address in ("/es/", "/es/programas/", "/es/programas/kiva/", "/ar/", "/en/programmes/"):
        assert client.get(address).status_code == 200
