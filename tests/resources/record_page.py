"""Ask for record pages as a reader does, and read the answer."""

from bs4 import BeautifulSoup

from resources.record.shape import Record


class Shown:
    """A record page as a reader of `locale` got it: the record that was built, and its HTML."""

    def __init__(self, response):
        assert response.status_code == 200, response.status_code
        self.response = response
        self.html = response.content.decode()
        self.soup = BeautifulSoup(self.html, "html5lib")
        self.main = self.soup.main.get_text(" ", strip=True)
        self.links = [link["href"] for link in self.soup.main.find_all("a", href=True)]

    @property
    def record(self) -> Record:
        return self.response.context["record"]

    def glance(self) -> dict[str, list[str]]:
        """Label to texts of "At a glance"."""
        return {line.label: [item.text for item in line.items] for line in self.record.glance}

    def related(self) -> dict[str, list[str]]:
        """Heading to titles of the related works."""
        return {group.heading: [item.title for item in group.items] for group in self.record.related}


def address(page, locale: str) -> str:
    """Where a reader of `locale` finds the work of `page`."""
    return f"/{locale}/{page.type_id}-list-{locale}/{page.slug}/"


def show(client, page, locale: str = "en") -> Shown:
    """The record page of the work of `page` for a reader of `locale`. English by default: texts as in the code."""
    return Shown(client.get(address(page, locale)))
