"""Mail to editors leaves in the background. A mail server that fails or hangs costs nobody what was typed."""

import logging

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend
from django_tasks import task

logger = logging.getLogger(__name__)


@task(backend="background", priority=10)  # not behind files, which may take minutes each
def deliver(message: dict) -> None:
    """Send the message of these fields."""
    mail = EmailMultiAlternatives(**message)
    try:
        with smtp.EmailBackend() as server:
            server.send_messages([mail])
    except (OSError, ValueError) as error:  # of the server or the way to it; of an address
        logger.error("“%s” could not be sent to %s: %s", mail.subject, ", ".join(mail.recipients()), error)


class EmailBackend(BaseEmailBackend):
    """Gives each message to the background, once the change it tells of is committed. The hub attaches no files."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        for mail in email_messages:
            deliver.enqueue(
                {
                    "subject": str(mail.subject),
                    "body": str(mail.body),
                    "from_email": mail.from_email,
                    "to": mail.to,
                    "cc": mail.cc,
                    "bcc": mail.bcc,
                    "reply_to": mail.reply_to,
                    "headers": mail.extra_headers,
                    "alternatives": getattr(mail, "alternatives", []),
                }
            )
        return len(email_messages)
