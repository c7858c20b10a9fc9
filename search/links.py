"""Addresses of views of a results page: the address bar is the state, so every change of it is a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from search.query import Query


@dataclass(frozen=True, slots=True)
class Links:
    """Links from one view of a results page at `base_url` to others.

    `filters` are those the reader chose, without what the page is fixed to; `sort` is "" where
    the reader chose none. No link but `page` keeps the page number: another view starts at its first page.
    """

    base_url: str
    text: str
    filters: Mapping[str, tuple[str, ...]]
    language_match: str
    sort: str

    @classmethod
    def of(cls, query: Query, base_url: str, fixed: Mapping[str, tuple[str, ...]], sort: str) -> "Links":
        """Links of the view that `query` shows on a page fixed to `fixed`; `sort` as the reader chose it."""
        filters = {facet: values for facet, values in query.filters.items() if facet not in fixed}
        return cls(base_url, query.text, filters, query.language_match, sort)

    def page(self, number: int) -> str:
        """This view at page `number`, from 1."""
        return self._address(self.text, self.filters, number)

    def without(self, facet: str, value: str) -> str:
        """This view with `value` of `facet` no longer chosen."""
        values = tuple(one for one in self.filters[facet] if one != value)
        return self._address(self.text, {**self.filters, facet: values})

    def words(self, text: str) -> str:
        """Other words under the same filters."""
        return self._address(text, self.filters)

    def without_filters(self) -> str:
        """The same words without any chosen filter."""
        return self._address(self.text, {})

    def chosen(self) -> list[tuple[str, str]]:
        """Name and value of what the reader chose beside the words."""
        return self._chosen(self.filters)

    def _chosen(self, filters: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
        params = [(facet, value) for facet, values in filters.items() for value in values]
        if self.language_match == "all" and filters.get("language"):
            params.append(("language_match", "all"))
        if self.sort:
            params.append(("sort", self.sort))
        return params

    def _address(self, text: str, filters: Mapping[str, tuple[str, ...]], page: int = 1) -> str:
        params = [("q", text)] if text else []
        params += self._chosen(filters)
        if page > 1:
            params.append(("page", str(page)))
        return f"{self.base_url}?{urlencode(params)}" if params else self.base_url
