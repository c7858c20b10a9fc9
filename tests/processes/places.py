"""Where in the starter content an editor of these tests works."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """Primary keys of the Spanish list of programmes and of a strategy."""

    data: Path
    list: int
    strategy: int

    @classmethod
    def of(cls, data: Path) -> "Places":
        with closing(sqlite3.connect(data / "hub.sqlite3")) as database:
            [(list_,)] = database.execute(
                "SELECT page.id FROM wagtailcore_page page "
                "JOIN resources_catalogueindexpage list ON list.page_ptr_id = page.id "
                "JOIN wagtailcore_locale locale ON locale.id = page.locale_id "
                "WHERE list.type = 'programme' AND locale.language_code = 'es'"
            )
            (strategy,) = database.execute("SELECT id FROM resources_strategy ORDER BY id").fetchone()
        return cls(data, list_, strategy)

    def page(self, slug: str) -> int:
        """The page that an editor has published with this slug."""
        with closing(sqlite3.connect(self.data / "hub.sqlite3")) as database:
            [(page,)] = database.execute("SELECT id FROM wagtailcore_page WHERE slug = ?", [slug])
        return page
