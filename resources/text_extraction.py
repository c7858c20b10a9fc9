"""Text of uploaded PDF and Word files for the index. A broken file is reported on its edition and breaks nothing."""

import logging
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django_tasks import task
from wagtail.documents import get_document_model

from resources import extract_text
from resources.models import DocumentText, Edition
from search import indexing

logger = logging.getLogger(__name__)

LARGEST_FILE = 50 * 2**20  # bytes
LONGEST_TEXT = 1_000_000  # characters that are kept
LONGEST_TIME = 60  # seconds of processor time a file may take; twice that by the clock
MEMORY = 1024  # megabytes
READ = (".pdf", ".docx")

Problem = DocumentText.Problem
_PROBLEMS = {1: Problem.BROKEN, extract_text.BROKEN: Problem.BROKEN, extract_text.PROTECTED: Problem.PROTECTED}


@task(backend="background")
def extract_document(document: int) -> None:
    """Extract the text of the document with this primary key; nothing where it is gone or has been read already."""
    extract([document])


@task(backend="background")
def extract_pending() -> None:
    """Extract what has not been read: a process may have been killed before it did."""
    extract_later(pending())


def extract_later(documents: Iterable[int]) -> None:
    """In the background, once what the caller changes is committed, extract the text of these documents."""
    for document in documents:
        extract_document.enqueue(document)


def pending() -> list[int]:
    """Primary keys of documents of editions whose present file can be read and has not been yet."""
    documents = get_document_model().objects.filter(editions__isnull=False).distinct().select_related("extracted")
    return [document.pk for document in documents if not _is_done(document)]


def extract(documents: Iterable[int]) -> int:
    """Read these documents (primary keys), keep text or problem, queue their works. Returns how many were read."""
    count = 0
    for document in get_document_model().objects.filter(pk__in=list(documents)).select_related("extracted"):
        if _is_done(document):
            continue
        kept = None  # of a file of a kind that is not read, which has replaced one that was
        if _can_be_read(document):
            text, problem = _read(document)
            digest = document.file_hash if problem == Problem.MISSING else document.get_file_hash()
            kept = {"file_hash": digest, "text": text, "problem": problem}
        with transaction.atomic():
            # Works first, as where a document is deleted: in another order the two could wait for each other for ever.
            indexing.queue(works_with([document]))
            # Whoever keeps another text of it meanwhile waits for these works, or was waited for and is seen here.
            if _file(document.pk) != (document.file.name, document.file_hash):
                extract_later([document.pk])
                continue
            if kept:
                DocumentText.objects.update_or_create(document=document, defaults=kept)
            else:
                DocumentText.objects.filter(document=document).delete()
        count += 1
    return count


def _file(document: int) -> tuple[str, str] | None:
    """Name and digest that the database has now; None where the document is gone."""
    return get_document_model().objects.filter(pk=document).values_list("file", "file_hash").first()


def works_with(documents: Iterable) -> set[str]:
    """Translation keys, as text, of the works that have one of these documents as an edition."""
    keys = Edition.objects.filter(document__in=documents).values_list("page__translation_key", flat=True)
    return {str(key) for key in keys}


def _can_be_read(document) -> bool:
    return Path(document.filename).suffix.lower() in READ


def _is_done(document) -> bool:
    """Whether there is nothing to read, or it has been read; a file that was missing is not done once it is back."""
    done = getattr(document, "extracted", None)
    if not _can_be_read(document):
        return done is None
    if done is None or not Path(document.file.path).is_file():
        return done is not None
    return done.problem != Problem.MISSING and done.file_hash == document.get_file_hash()


def _read(document) -> tuple[str, str]:
    """(text, "") or ("", problem) of a file of the default storage, which lies on this machine."""
    path = Path(document.file.path)
    if not path.is_file():
        return "", Problem.MISSING
    if path.stat().st_size > LARGEST_FILE:
        return "", Problem.TOO_LARGE
    limits = (str(MEMORY), str(LONGEST_TIME), str(LONGEST_TEXT))
    command = [sys.executable, extract_text.__file__, str(path), *limits]
    try:
        done = subprocess.run(command, capture_output=True, timeout=2 * LONGEST_TIME, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return "", Problem.TOO_SLOW
    if done.returncode:
        logger.warning("No text from %s: %s", path.name, done.stderr.decode("utf-8", "replace")[-500:])
        return "", _PROBLEMS.get(done.returncode, Problem.TOO_SLOW)
    text = done.stdout.decode("utf-8", "replace").replace("\0", " ")
    return (text, "") if text.strip() else ("", Problem.NO_TEXT)
