"""Pages of organisations: vocabulary terms that have an address of their own."""

from collections import Counter
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from resources.documents import public_pages
from resources.models import ExpertPage, OrganisationRole
from resources.models.routing import reader_locale
from resources.models.vocabularies import Organisation
from resources.vocabulary_cache import vocabularies
from search.collation import sort_key
from search.engines import get_engine
from search.engines.base import EngineError
from search.languages import direction
from search.presentation import results
from search.query import Query


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation as a reader sees it; `works` is how many works it had a part in, where that was counted."""

    name: str
    lang: str  # of the name; "" where nobody knows it
    acronym: str
    type_label: str
    website: str
    address: str
    countries: tuple[str, ...] = ()
    logo: object = None  # an image of wagtail
    works: int = 0

    @property
    def dir(self) -> str:
        return direction(self.lang) if self.lang else "auto"


@require_safe
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """An organisation and all it had a part in; a retired one too, an unknown key is not found."""
    term = vocabularies().by_key["organisation"].get(key)
    if term is None:
        raise Http404
    locale = reader_locale()
    view = replace(_view(term, locale), countries=_countries(term, locale), logo=_logo(term))
    found = results(request, locale, view.address, {"organisation": (key,)})
    return render(request, "resources/organisation.html", {"organisation": view, "results": found})


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations that had a part in a published work, by name."""
    locale = reader_locale()
    terms = vocabularies().by_key["organisation"]
    views = [_view(terms[key], locale, works) for key, works in works_by_organisation(locale).items() if key in terms]
    views.sort(key=lambda view: sort_key(view.name, locale))
    return render(request, "resources/organisations.html", {"organisations": views})


def works_by_organisation(locale: str) -> dict[str, int]:
    """Key of each organisation to the number of public works it had a part in."""
    try:
        counted = get_engine().search(Query(locale=locale, facets=("organisation",), limit=0))
    except EngineError:
        return _counted_by_the_database()
    return {found.value: found.count for found in counted.facets["organisation"]}


def _counted_by_the_database() -> dict[str, int]:
    """The same, while the engine is away: among many works it takes a second."""
    public = public_pages().order_by().values("translation_key")
    roles = OrganisationRole.objects.order_by().filter(page__translation_key__in=public)
    experts = ExpertPage.objects.order_by().filter(translation_key__in=public, organisation__isnull=False)
    pairs = roles.values_list("organisation__key", "page__translation_key").union(
        experts.values_list("organisation__key", "translation_key")
    )
    return Counter(key for key, _work in pairs)


def _countries(term: Organisation, locale: str) -> tuple[str, ...]:
    names = (country.label(locale) for country in term.countries.all())
    return tuple(sorted(names, key=lambda name: sort_key(name, locale)))


def _logo(term: Organisation):
    """The image, if it is still there: terms stay in memory when it is deleted."""
    return get_image_model().objects.filter(pk=term.logo_id).first() if term.logo_id else None


def _view(term: Organisation, locale: str, works: int = 0) -> OrganisationView:
    name = term.label(locale)
    return OrganisationView(
        name=name,
        lang=term.label_language(locale),
        acronym="" if term.acronym == name else term.acronym,
        type_label=term.get_type_display(),
        website=term.url,
        address=reverse("organisation", args=[term.key]),
        works=works,
    )
