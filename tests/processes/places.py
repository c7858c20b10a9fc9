"""Where in the starter content an editor of these tests works, and what the database holds of that work."""

from dataclasses import dataclass
from pathlib import Path

from tests.database import ProgramDatabase


@dataclass(frozen=True)
class Places:
    """Primary keys of the Spanish list of programmes and of a strategy."""

    database: ProgramDatabase
    list: int
    strategy: int

    @classmethod
    def of(cls, data: Path, database: ProgramDatabase | None = None) -> "Places":
        """Those of the hub on `data`, whose database may be elsewhere."""
        database = database or ProgramDatabase(f"sqlite:///{data / 'hub.sqlite3'}")
        [(list_,)] = database.execute(
            "SELECT page.id FROM wagtailcore_page page "
            "JOIN resources_catalogueindexpage list ON list.page_ptr_id = page.id "
            "JOIN wagtailcore_locale locale ON locale.id = page.locale_id "
            "WHERE list.type = 'programme' AND locale.language_code = 'es'"
        )
        (strategy,) = database.execute("SELECT id FROM resources_strategy ORDER BY id")[0]
        return cls(database, list_, strategy)

    def page(self, slug: str) -> int:
        """The page that an editor has published with this slug."""
        [(page,)] = self.database.execute(f"SELECT id FROM wagtailcore_page WHERE slug = '{slug}'")  # noqa: S608
        return page

    def shown(self) -> dict[str, str]:
        """Slug to title of the pages of these tests that the database shows to everybody."""
        return dict(
            self.database.execute(
                "SELECT slug, title FROM wagtailcore_page WHERE slug LIKE 'z-%' AND live "
                "AND id NOT IN (SELECT page_id FROM wagtailcore_pageviewrestriction)"
            )
        )

    def half_written(self) -> list[str]:
        """Slugs of pages that readers see although nothing says that they were published."""
        rows = self.database.execute("SELECT slug FROM wagtailcore_page WHERE slug LIKE 'z-%' AND live "
                                     "AND live_revision_id IS NULL")  # fmt: skip
        return [slug for (slug,) in rows]
