"""What is read of a work for its page, once: its original page, its terms, its links."""

from dataclasses import dataclass

from django.http import HttpRequest

from resources.models import Edition, Language, ResourcePage
from resources.models.routing import reader_locale
from resources.models.sources import sources
from resources.record.classification import Classification
from resources.record.editions import editions_of
from resources.record.links import LinkedWorks
from resources.vocabulary_cache import Snapshot, vocabularies


@dataclass(frozen=True, slots=True)
class Reading:
    """`page` gives the prose, `work` every other value, `locale` is the language of the interface.

    `unsaved`: an editor's preview, whose rows may not be in the database yet.
    """

    page: ResourcePage
    work: ResourcePage
    request: HttpRequest | None
    locale: str
    terms: Snapshot
    links: LinkedWorks
    classification: Classification
    editions: list[Edition]
    unsaved: bool

    def language(self, pk: int | None) -> Language | None:
        """The language with this primary key; None for none."""
        return self.terms.by_pk["language"].get(pk)

    @classmethod
    def of(cls, page: ResourcePage, request: HttpRequest | None) -> "Reading":
        """Read the work of `page` for a reader of the active language."""
        locale = reader_locale()
        unsaved = (page.pk is None or bool(getattr(request, "is_preview", False))) and page.is_original
        links = LinkedWorks(page.translation_key, page.type_id, locale, request, page if unsaved else None)
        work = page if links.original_pk in (None, page.pk) else page.work
        links.read_titles(sources(work.source_urls))
        terms = vocabularies()
        classification = Classification(work, terms, locale, unsaved)
        editions = editions_of(work, terms, locale)
        return cls(page, work, request, locale, terms, links, classification, editions, unsaved)
