"""What HUB_MAIL_URL makes of the mail to editors, read by a process of its own."""

import json
import os
import subprocess
import sys

from django.conf import settings

TELL = """
import json
from django.conf import settings

names = ("BACKEND", "HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
print(json.dumps([getattr(settings, f"EMAIL_{name}") for name in names] + [settings.WAGTAIL_PASSWORD_RESET_ENABLED]))
"""


def ask(url: str) -> list:
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--no-imports", "--command", TELL]
    environment = os.environ | {"HUB_MAIL_URL": url}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_server_its_account_and_its_encryption_are_in_the_address():
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    found = ask("smtp://hub%40example.org:p%2Fw@mail.example.org:587?tls=1")
    assert found == [smtp, "mail.example.org", 587, "hub@example.org", "p/w", True, False, True]
    assert ask("smtps://mail.example.org") == [smtp, "mail.example.org", 465, "", "", False, True, True]


def test_without_a_server_nothing_is_sent_and_no_new_password_is_offered_by_mail():
    found = ask("")
    assert found[0] == "django.core.mail.backends.dummy.EmailBackend"
    assert found[-1] is False
