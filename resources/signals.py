"""What changes a work's document: each such change queues the work for the index, in the same transaction.

And what translators write, before it is stored.
"""

from django.db import transaction
from django.db.models import F, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail_localize.models import StringTranslation

from resources import vocabulary_cache
from resources.heirs import hand_over
from resources.models import (
    PAGE_MODELS,
    CatalogueIndexPage,
    Country,
    Edition,
    Language,
    Organisation,
    Region,
    VocabularyStamp,
)
from resources.models.registry import TERM_MODELS
from resources.rich_text import cleaned_piece
from resources.search import WorkSource
from resources.text_extraction import extract_later, works_with
from search import indexing

SHOWN = {"live", "title", "slug", "url_path"}  # fields of a page without which no change reaches readers
VOCABULARIES = (*TERM_MODELS, Country, Region, Language)


def connect() -> None:
    """Connect all receivers; called once, when the apps are ready."""
    for model in PAGE_MODELS:
        pre_delete.connect(_work_page_goes, sender=model)
        post_save.connect(_work_page_saved, sender=model)
        post_delete.connect(_work_page_gone, sender=model)
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed)
    post_page_move.connect(_branch_changed)
    page_slug_changed.connect(_branch_changed)
    for model in VOCABULARIES:
        pre_delete.connect(_term_goes, sender=model)
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction)
        for model in VOCABULARIES:
            signal.connect(_term_changed, sender=model)
    m2m_changed.connect(_term_changed, sender=Organisation.countries.through)
    post_save.connect(_document_changed, sender=get_document_model())
    pre_delete.connect(_document_goes, sender=get_document_model())
    for signal in (post_save, post_delete):
        signal.connect(_privacy_changed, sender=CollectionViewRestriction)
    post_save.connect(_collection_saved, sender=Collection)
    pre_save.connect(_piece_saved, sender=StringTranslation)


def _work_page_goes(sender, instance, **_signal) -> None:
    hand_over(instance)


def _work_page_gone(sender, instance, **_signal) -> None:
    indexing.queue([str(instance.translation_key)])


def _work_page_saved(sender, instance, created, update_fields=None, **_signal) -> None:
    """In the transaction of the change, which a process may not survive by enough to publish what it has saved."""
    is_draft = not instance.live if created else update_fields is not None and SHOWN.isdisjoint(update_fields)
    if not is_draft:
        indexing.queue([str(instance.translation_key)])


def _page_changed(sender, instance, **_signal) -> None:
    if issubclass(sender, PAGE_MODELS):
        indexing.queue([str(instance.translation_key)])
        _read_new_documents(instance)
    elif issubclass(sender, CatalogueIndexPage):
        _queue_branch(instance)


def _branch_changed(sender, instance, **_signal) -> None:
    _queue_branch(instance)


def _restriction_changed(sender, instance, **_signal) -> None:
    _queue_branch(instance.page)


def _queue_branch(page: Page) -> None:
    """Queue the works at and below `page` and, as fallback addresses run through them, below its translations."""
    below = Q(pk__in=[])
    for path in Page.objects.filter(translation_key=page.translation_key).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    keys = Page.objects.type(*PAGE_MODELS).filter(below).values_list("translation_key", flat=True)
    indexing.queue({str(key) for key in keys})


def _term_goes(sender, instance, **_signal) -> None:
    instance.check_unused()


def _term_changed(sender, instance, **signal) -> None:
    if signal.get("raw"):
        return
    VocabularyStamp.advance()
    vocabulary_cache.forget()
    transaction.on_commit(vocabulary_cache.forget)
    if instance.pk is None:
        return
    if isinstance(instance, Region):
        indexing.queue(WorkSource().ids())
    else:
        indexing.queue(works_using(instance))


def works_using(term) -> set[str]:
    """Translation keys, as text, of the works that this term of a vocabulary classifies."""
    keys: set = set()
    for rows in term.uses():
        if issubclass(rows.model, PAGE_MODELS):
            keys.update(rows.values_list("translation_key", flat=True))
        elif any(field.name == "page" for field in rows.model._meta.get_fields()):
            keys.update(rows.values_list("page__translation_key", flat=True))
    return {str(key) for key in keys}


def _read_new_documents(page) -> None:
    """Those of which the present file has not been read: it may have been replaced while no work had the document."""
    documents = Edition.objects.filter(page=page.pk, document__isnull=False)
    documents = documents.exclude(document__extracted__file_hash=F("document__file_hash"))
    if pks := list(documents.values_list("document", flat=True)):
        extract_later(pks)


def _document_changed(sender, instance, update_fields=None, **_signal) -> None:
    if update_fields is not None and "file" not in update_fields:
        return  # reading a file notes its digest here
    if used_by := works_with([instance]):
        indexing.queue(used_by)  # the name of the file is part of its link
        extract_later([instance.pk])


def _document_goes(sender, instance, **_signal) -> None:
    """While it is known which editions lose their document."""
    indexing.queue(works_with([instance]))


def _privacy_changed(sender, instance, **_signal) -> None:
    """Texts of documents in a private collection, and in those below it, are not searched."""
    _queue_collection(instance.collection)


def _collection_saved(sender, instance, **_signal) -> None:
    """Before the form of a collection moves it, which sends no signal: what is in it stays in it, private or not."""
    _queue_collection(instance)


def _piece_saved(sender, instance, **_signal) -> None:
    """From the form of a piece, a PO file or a machine."""
    instance.data = cleaned_piece(instance.data)


def _queue_collection(collection: Collection) -> None:
    """Queue the works with documents in `collection` and in those below it."""
    indexing.queue(works_with(get_document_model().objects.filter(collection__path__startswith=collection.path)))
