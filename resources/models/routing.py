"""One address a work in every locale, without alias pages (design: languages, rule 2)."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from search.languages import LOCALES, best_locale


def sibling_pages(slug: str, parent: Page):
    """Pages with this slug under `parent` or under any translation of it."""
    parents = Page.objects.filter(translation_key=parent.translation_key).values_list("path", "depth")
    under = Q(pk__in=[])
    for path, depth in parents:
        under |= Q(path__startswith=path, depth=depth + 1)
    return Page.objects.filter(under, slug=slug)


def slug_taken_by_another_work(slug: str, parent: Page | None, page: Page | None) -> bool:
    """Whether, in any locale, a page that is not of the work of `page` answers to `slug` under `parent`."""
    if parent is None:
        return False
    taken = sibling_pages(slug, parent)
    return (taken.exclude(translation_key=page.translation_key) if page else taken).exists()


class FallbackRouting:
    """Mixin of pages whose children are reachable in every locale.

    A child that does not exist in this locale is found by its slug in another: its translation
    into this locale answers with a redirect, else the best page of the work is served,
    as `page.fallback_for`, with the interface in the reader's language.
    """

    def route(self, request, path_components):
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        own = self.get_children().filter(slug=slug).first()
        if rest:
            return super().route(request, path_components) if own else self.route_section(request, slug, rest)
        if own is None or not own.live:
            return self.route_fallback(request, slug, own)
        return super().route(request, path_components)

    def route_section(self, request, slug: str, rest: list[str]):
        """To the same place below the translation of a section that has this slug in another locale, else Http404."""
        for page in sibling_pages(slug, self).live():
            here = self.get_children().live().filter(translation_key=page.translation_key).first()
            if here:
                return RouteResult(self, kwargs={"moved_to": f"{here.get_url(request)}{'/'.join(rest)}/"})
        raise Http404

    def route_fallback(self, request, slug: str, own: Page | None):
        """The page of another locale that stands in for a child this locale lacks; Http404 where none does."""
        found = [own] if own else list(sibling_pages(slug, self).live()[:1])
        if not found:
            raise Http404
        siblings = Page.objects.filter(translation_key=found[0].translation_key).live()
        # Restricted pages stand in only where there is no other: they ask the reader to log in.
        pages = list(siblings.public().select_related("locale")) or list(siblings.select_related("locale"))
        if not pages:
            raise Http404
        by_locale = {page.locale.language_code: page for page in pages}
        reader = self.locale.language_code
        page = by_locale[best_locale(by_locale, reader)].specific
        if reader in by_locale:
            return RouteResult(self, kwargs={"moved_to": page.get_url(request)})
        page.fallback_for = self
        return RouteResult(page)

    def serve(self, request, *args, moved_to: str | None = None, **kwargs):
        if moved_to:
            query = request.META.get("QUERY_STRING")
            return redirect(f"{moved_to}?{query}" if query else moved_to, permanent=True)
        return super().serve(request, *args, **kwargs)


def reader_locale() -> str:
    """The locale of the interface now, one of the five, "es" where something else is active."""
    code = (get_language() or "").split("-")[0]
    return code if code in LOCALES else LOCALES[0]
