"""One address a work in every locale, without alias pages (design: languages, rule 2)."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from resources.forms import SLUG_OF_VIEW, PageForm, is_slug_of_view
from resources.models.translated import TranslatedPage
from resources.structure import SECTION_DEPTH, is_shown, structure_of
from search.languages import LOCALES, best_locale, direction
from search.wording import language_name

_SHOWN = Q(live=True, alias_of=None)  # is_shown, asked of the database


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


class FallbackRouting(TranslatedPage):
    """Mixin of pages whose children are reachable in every locale.

    A child that does not exist in this locale is found by its slug in another: its translation
    into this locale answers with a redirect, else the best page of the work is served,
    as `page.fallback_for`, with the interface in the reader's language.
    """

    base_form_class = PageForm

    def clean(self):
        super().clean()
        if self.slug and is_slug_of_view(self.slug):
            raise ValidationError({"slug": SLUG_OF_VIEW})

    def get_context(self, request, *args, **kwargs):
        """With the language of the page's own text, and a sentence where it is not that of the reader."""
        context, code = super().get_context(request, *args, **kwargs), self.locale.language_code
        context.update(text_lang=code, text_dir=direction(code))
        if hasattr(self, "fallback_for"):
            reader = reader_locale()
            context["fallback_notice"] = _(
                "This page is not yet translated into %(reader)s; it is shown in %(shown)s."
            ) % {"reader": language_name(reader, reader), "shown": language_name(code, reader)}
        return context

    def route(self, request, path_components):
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        if not rest:
            return _route_child(request, self, slug)
        section = structure_of(request).child(self, slug)
        if section is None:
            return self.route_section(request, slug, rest)
        if len(rest) == 1 and issubclass(section.specific_class or Page, FallbackRouting):
            return _route_child(request, section, rest[0])
        return super().route(request, path_components)

    def route_section(self, request, slug: str, rest: list[str]):
        """To the same place below the section that has this slug in another locale, or had it; else Http404.

        Where this locale lacks the section, it is shown by fallback, and so is what lies below it.
        """
        structure, reader = structure_of(request), self.locale.language_code
        same = [one for one in structure.sections if one.slug == slug and one.depth == self.depth + 1 and is_shown(one)]
        for section in same:
            here = structure.in_locale(section, reader)
            if here and here.path.startswith(self.path):
                return RouteResult(self, kwargs={"moved_to": f"{here.page.get_url(request)}{'/'.join(rest)}/"})
        for section in same:
            if len(rest) == 1 and issubclass(section.model or Page, FallbackRouting):
                return _route_fallback(request, section.page, rest[0], None, reader)
        own = f"/{reader}/{slug}/{'/'.join(rest)}"
        page = _redirected(request, own, [f"/{code}/{slug}" for code in LOCALES])
        here = structure.shown_in(page.translation_key, reader) if page else None
        if here and here.depth == self.depth + 1:
            return RouteResult(self, kwargs={"moved_to": f"{structure.place(here, reader)}{'/'.join(rest)}/"})
        raise Http404

    def serve(self, request, *args, moved_to: str | None = None, **kwargs):
        if moved_to:
            query = request.META.get("QUERY_STRING")
            return redirect(f"{moved_to}?{query}" if query else moved_to, permanent=True)
        return super().serve(request, *args, **kwargs)


def _route_child(request, parent: Page, slug: str) -> RouteResult:
    """The child of `parent` with this slug if it is published, else what stands in for it."""
    own = Page.objects.child_of(parent).filter(slug=slug).first()
    if own is None or not is_shown(own):
        return _route_fallback(request, parent, slug, own, parent.locale.language_code)
    page = _specific(own)
    page._cached_parent_obj = parent
    return page.route(request, [])


def _route_fallback(request, parent: Page, slug: str, own: Page | None, reader: str) -> RouteResult:
    """What stands in for a child that `parent` lacks in the reader's locale; Http404 where nothing does."""
    structure = structure_of(request)
    if own:
        keys = [own.translation_key]
    else:
        under = Q(pk__in=[])
        for section in structure.translations(parent.translation_key):
            under |= Q(path__startswith=section.path, depth=section.depth + 1)
        # A page that is not published any more tells of which work the slug is, too.
        pages_with_it = Page.objects.filter(under, alias_of=None, slug=slug).order_by("-live", "path")
        keys = pages_with_it.values("translation_key")[:1]
    siblings = list(Page.objects.filter(_SHOWN, translation_key__in=keys).select_related("locale").order_by("pk"))
    # Restricted pages stand in only where there is no other: they ask the reader to log in.
    pages = [page for page in siblings if structure.is_public(page)] or siblings
    if not pages:
        return _route_moved(request, parent, slug, reader)
    by_locale = {page.locale.language_code: page for page in pages}
    page = by_locale[best_locale(by_locale, reader)]
    if reader in by_locale:
        return RouteResult(parent.specific, kwargs={"moved_to": page.get_url(request)})
    page = _specific(page)
    page.fallback_for = parent
    return RouteResult(page)


def _route_moved(request, parent: Page, slug: str, reader: str) -> RouteResult:
    """To where the work is now that had this slug in another locale until it was renamed or moved; else Http404."""
    structure = structure_of(request)
    below = f"{parent.slug}/{slug}" if parent.depth == SECTION_DEPTH else slug
    old = [
        f"/{one.locale}/{one.slug}/{slug}" if one.depth == SECTION_DEPTH else f"/{one.locale}/{slug}"
        for one in structure.translations(parent.translation_key)
    ]
    moved = _redirected(request, f"/{reader}/{below}", old)
    if moved is None:
        raise Http404
    found = Page.objects.filter(translation_key=moved.translation_key).select_related("locale").order_by("pk")
    by_locale = {page.locale.language_code: page for page in found if structure.is_public(page)}
    if not by_locale:
        raise Http404
    page = by_locale[best_locale(by_locale, reader)]
    address = page.get_url(request) if reader in by_locale else structure.address(page, reader)
    return RouteResult(parent.specific, kwargs={"moved_to": address})


def _redirected(request, own: str, others: list[str]) -> Page | None:
    """The page that a redirect leads to from one of the paths `others`, which are of other locales.

    None where one leads from the path `own` of this request: RedirectMiddleware follows that, to wherever it goes.
    """
    redirects = Redirect.get_for_site(Site.find_for_request(request)).filter(old_path__in=[own, *others])
    pages = {one.old_path: one.redirect_page for one in redirects.select_related("redirect_page").order_by("pk")}
    return None if own in pages else next(filter(None, pages.values()), None)


def _specific(page: Page) -> Page:
    """The page as its own class, with its locale."""
    model = page.specific_class
    return model._default_manager.select_related("locale").get(pk=page.pk) if model else page


def reader_locale() -> str:
    """The locale of the interface now, one of the five, "es" where something else is active."""
    code = (get_language() or "").split("-")[0]
    return code if code in LOCALES else LOCALES[0]
