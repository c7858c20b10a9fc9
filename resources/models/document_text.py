from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string


class DocumentText(models.Model):
    """The text of an uploaded document, extracted once a file; `problem` tells editors why there is none."""

    class Problem(models.TextChoices):
        BROKEN = "broken", _("The file is broken: its text cannot be read, so it is not searched.")
        PROTECTED = "protected", _("The file is protected by a password, so its text is not searched.")
        TOO_LARGE = "too-large", _("The file is larger than 50 MB, so its text is not searched.")
        TOO_SLOW = "too-slow", _("Reading the file took too long or too much memory, so its text is not searched.")
        NO_TEXT = "no-text", _("The file holds no text, perhaps only scanned pages, so it is not searched.")
        MISSING = "missing", _("The file is missing on the server: upload it again.")

    document = models.OneToOneField(
        get_document_model_string(), on_delete=models.CASCADE, related_name="extracted", primary_key=True
    )
    file_hash = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=20, blank=True, choices=Problem.choices)
    extracted_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self):
        return str(self.document)

    @property
    def present_problem(self) -> str:
        """What is wrong with the file of the document; "" where that has replaced the one that was read."""
        return self.get_problem_display() if self.document.file_hash in ("", self.file_hash) else ""
