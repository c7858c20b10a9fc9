"""A document that is uploaded by one process, and what another has read in it: code for `manage.py shell`."""

UPLOAD = """
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents import get_document_model
from resources.models import Edition
with transaction.atomic():
    document = get_document_model()(title="broken")
    document.file.save("broken.pdf", ContentFile(b"not a PDF"), save=False)
    document.save()
    edition = Edition.objects.first()
    edition.document = document
    edition.save()
    document.save()
"""
READ = "from resources.models import DocumentText; print('read:', *DocumentText.objects.values_list('problem'))"
