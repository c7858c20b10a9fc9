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
# "True 0" when it was read and the index knows.
READ = """
from resources.models import DocumentText
from search.models import PendingChange
print("broken" in str(DocumentText.objects.values_list("problem")), PendingChange.objects.count())
"""
