"""The peer: what a developer writes who searches pages with Wagtail alone."""

from django.db import models
from wagtail.models import Page
from wagtail.search import index

PEER_FACETS = ("type", "language", "strategy", "intervention", "violence", "topic", "population", "country")


class PeerPage(Page):
    """One page a locale, the first value of each facet in an indexed column: a single value is easiest to count."""

    summary = models.TextField()
    keywords = models.TextField()
    type = models.CharField(max_length=80, db_index=True)
    language = models.CharField(max_length=80, db_index=True)
    strategy = models.CharField(max_length=80, db_index=True)
    intervention = models.CharField(max_length=80, db_index=True)
    violence = models.CharField(max_length=80, db_index=True)
    topic = models.CharField(max_length=80, db_index=True)
    population = models.CharField(max_length=80, db_index=True)
    country = models.CharField(max_length=80, db_index=True)

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("keywords"),
        *(index.FilterField(name) for name in PEER_FACETS),
    ]
