"""Mail to editors: what HUB_MAIL_URL makes of it, and that no mail server costs them what they typed."""

import json
import os
import socketserver
import subprocess
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.utils import DNS_NAME
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageSubscription

from home.background import Worker
from resources.models import ProgrammePage
from tests.resources.test_admin_refusals import edit, new

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
    background = "hub.mail.EmailBackend"
    found = ask("smtp://hub%40example.org:p%2Fw@mail.example.org:587?tls=1")
    assert found == [background, "mail.example.org", 587, "hub@example.org", "p/w", True, False, True]
    assert ask("smtps://mail.example.org") == [background, "mail.example.org", 465, "", "", False, True, True]


def test_without_a_server_nothing_is_sent_and_no_new_password_is_offered_by_mail():
    found = ask("")
    assert found[0] == "django.core.mail.backends.dummy.EmailBackend"
    assert found[-1] is False


# A mail server


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it is sent; one that `refuses` lets nobody log in."""

    daemon_threads = True  # one that is not hung up on keeps no test waiting

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.refuses = False
        self.sent: list[tuple[set[str], EmailMessage]] = []


class Dialogue(socketserver.StreamRequestHandler):
    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())

    def handle(self) -> None:
        recipients = set()
        login = "535 not with this password" if self.server.refuses else "235 welcome"
        answers = {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": login, "DATA": "354 go on", "QUIT": "221 bye"}
        self.say("220 here")
        for line in self.rfile:
            verb = line[:4].decode().upper()
            self.say(answers.get(verb, "250 well"))
            if verb == "RCPT":
                recipients.add(line.decode().split("<")[1].split(">")[0])
            if verb == "DATA":
                content = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.sent.append((recipients, message_from_bytes(content, policy=policy.default)))
                self.say("250 taken")
            if verb == "QUIT":
                return


@pytest.fixture
def server(settings, monkeypatch):
    """The mail server of the hub."""
    monkeypatch.setattr(DNS_NAME, "_fqdn", "hub.example.org", raising=False)
    with MailServer() as server:
        thread = Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        settings.EMAIL_BACKEND = "hub.mail.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "hub", "secret"
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def refusing(server):
    server.refuses = True


@pytest.fixture
def answered(django_capture_on_commit_callbacks):
    """answered(do): its answer, when all is done that was to be done after commit."""

    def answer(do, *arguments):
        with django_capture_on_commit_callbacks(execute=True):
            return do(*arguments)

    return answer


@pytest.mark.django_db
@pytest.mark.usefixtures("refusing")
def test_what_is_submitted_and_approved_is_kept_though_the_mail_server_refuses(client, admin_user, answered, caplog):
    editor = User.objects.create_user("editor", email="editor@example.org")
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    assert answered(new(client, ProgrammePage).send, "action-submit").status_code == 302
    page = ProgrammePage.objects.get()
    assert (page.title, page.workflow_in_progress) == ("Crianza serena", True)
    client.force_login(admin_user)
    form = edit(client, page).fill(**{"workflow-action-name": "approve"})
    assert answered(form.send, "action-workflow-action").status_code == 302
    assert ProgrammePage.objects.get().live
    told = [line.getMessage() for line in caplog.records if line.name == "hub.mail"]
    assert len([line for line in told if "to admin@example.com" in line and "not with this password" in line]) == 2
    assert len([line for line in told if "to editor@example.org" in line and "not with this password" in line]) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("refusing")
def test_a_comment_is_kept_though_the_mail_server_refuses(admin_client, answered, caplog):
    new(admin_client, ProgrammePage).send("action-submit-draft")
    page = ProgrammePage.objects.get()
    reader = User.objects.create_superuser("reader", email="reader@example.org")
    PageSubscription.objects.create(page=page, user=reader, comment_notifications=True)
    form = edit(admin_client, page).fill(title="Crianza tranquila")
    form.fill(**{"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0})  # JavaScript draws comments
    replies = {"replies-TOTAL_FORMS": 0, "replies-INITIAL_FORMS": 0}
    form.add_row("comments", contentpath="title", text="¿Serena?", position="", resolved="", **replies)
    assert answered(form.send, "action-submit-draft").status_code == 302
    assert page.wagtail_admin_comments.get().text == "¿Serena?"
    assert ProgrammePage.objects.get().latest_revision.content["title"] == "Crianza tranquila"
    assert "to reader@example.org" in caplog.text


@pytest.fixture
def worker(settings, transactional_db):
    settings.TASKS = settings.TASKS | {"background": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return Worker()


def test_the_worker_sends_a_message_as_it_was_given(worker, server):
    message = EmailMultiAlternatives(
        "«Crianza» espera",
        "Un texto.\nY otro.",
        "hub@example.org",
        ["ana@example.org"],
        ["boss@example.org"],
        headers={"Auto-Submitted": "auto-generated"},
        alternatives=[("<p>Un <b>texto</b>.</p>", "text/html")],
        cc=["eva@example.org"],
        reply_to=["no-reply@example.org"],
    )
    assert message.send() == 1
    assert server.sent == []
    worker._tasks.run()
    [(recipients, sent)] = server.sent
    assert recipients == {"ana@example.org", "boss@example.org", "eva@example.org"}
    named = ("Subject", "From", "To", "Cc", "Bcc", "Reply-To", "Auto-Submitted")
    assert [sent[name] for name in named] == [
        "«Crianza» espera",
        "hub@example.org",
        "ana@example.org",
        "eva@example.org",
        None,
        "no-reply@example.org",
        "auto-generated",
    ]
    plain, html = sent.iter_parts()
    assert plain.get_content().splitlines() == ["Un texto.", "Y otro."]
    assert (html.get_content_type(), html.get_content().strip()) == ("text/html", "<p>Un <b>texto</b>.</p>")


def test_a_link_to_a_new_password_goes_the_same_way(worker, server, settings, client, django_user_model):
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
    django_user_model.objects.create_superuser("ana", email="ana@example.org", password="secret")
    assert client.post(reverse("wagtailadmin_password_reset"), {"email": "ana@example.org"}).status_code == 302
    assert server.sent == []
    worker._tasks.run()
    [(recipients, sent)] = server.sent
    assert recipients == {"ana@example.org"}
    assert "/admin/password_reset/confirm/" in sent.get_content()


def test_what_was_sent_does_not_stay_in_the_database(worker, server, settings):
    send_mail("Nueva contraseña", "Un enlace", "hub@example.org", ["ana@example.org"])
    worker.tidy()
    worker._tasks.run()
    assert len(server.sent) == 1  # what waits has not been forgotten
    settings.EMAIL_HOST_USER = "\n"  # what nobody foresees fails the task
    send_mail("Otra", "Otro enlace", "hub@example.org", ["ana@example.org"])
    worker._tasks.run()
    worker.tidy()
    assert not DBTaskResult.objects.filter(task_path="hub.mail.deliver").exists()
