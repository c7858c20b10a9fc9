"""Pages of organisations: vocabulary terms that have an address of their own."""

from collections import Counter
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from resources.models import ExpertPage, OrganisationRole
from resources.models.routing import reader_locale
from resources.models.vocabularies import Organisation
from resources.vocabulary_cache import vocabularies
from search.collation import sort_key
from search.presentation import results


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation in the reader's language; `works` is how many works it had a part in, where it was counted."""

    name: str
    acronym: str
    type_label: str
    website: str
    address: str
    countries: tuple[str, ...] = ()
    works: int = 0


@require_safe
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    """An organisation and all it had a part in; a retired one too, an unknown key is not found."""
    term = vocabularies().by_key["organisation"].get(key)
    if term is None:
        raise Http404
    locale = reader_locale()
    view = replace(_view(term, locale), countries=_countries(term, locale))
    found = results(request, locale, view.address, {"organisation": (key,)})
    return render(request, "resources/organisation.html", {"organisation": view, "results": found})


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations that had a part in a published work, by name."""
    locale = reader_locale()
    terms = vocabularies().by_pk["organisation"]
    views = [_view(terms[pk], locale, works) for pk, works in _works_by_organisation().items() if pk in terms]
    views.sort(key=lambda view: sort_key(view.name, locale))
    return render(request, "resources/organisations.html", {"organisations": views})


def _works_by_organisation() -> Counter[int]:
    """Primary key of each organisation to the number of public works it had a part in."""
    public = Page.objects.order_by().live().public().values("translation_key")
    roles = OrganisationRole.objects.order_by().filter(page__translation_key__in=public)
    experts = ExpertPage.objects.order_by().filter(translation_key__in=public, organisation__isnull=False)
    pairs = roles.values_list("organisation_id", "page__translation_key").union(
        experts.values_list("organisation_id", "translation_key")
    )
    return Counter(pk for pk, _key in pairs)


def _countries(term: Organisation, locale: str) -> tuple[str, ...]:
    names = (country.label(locale) for country in term.countries.all())
    return tuple(sorted(names, key=lambda name: sort_key(name, locale)))


def _view(term: Organisation, locale: str, works: int = 0) -> OrganisationView:
    name = term.label(locale)
    return OrganisationView(
        name=name,
        acronym="" if term.acronym == name else term.acronym,
        type_label=term.get_type_display(),
        website=term.url,
        address=reverse("organisation", args=[term.key]),
        works=works,
    )
