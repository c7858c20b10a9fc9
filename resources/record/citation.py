"""A plain citation to copy: who (year). Title. Publisher. Address."""

import re

from django.utils.translation import gettext as _

from resources.models import Edition
from resources.record.reading import Reading
from resources.record.shape import Item
from resources.record.texts import wording
from resources.title_languages import Known, language_of_title
from search.languages import FALLBACK_ORDER
from search.wording import listing

_BRACKETS = {("(", ")"), ("[", "]")}
# Who stands for the author where no person does, the first role that has organisations.
_AUTHOR_ROLES = ("publisher", "developer", "organiser", "implementer")
_NOTE = re.compile(r"\s*\([a-z][^)]*\)")  # "(developer: …)" beside a name; what begins with a capital is one itself
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ISOLATE, _END = "\u2066", "\u2069"


def citation(reading: Reading, address: str, titles: Known) -> Item | None:
    """How to cite the work: its own material where it has one, else this record at `address`. None for persons.

    It is in the language of the title it names, of which `titles` knows. Where the names around that title are in the
    reader's own, it is in two languages, and in none for whoever reads it out.
    """
    work = reading.work
    if work.type_id == "expert":
        return None
    if getattr(work, "citation", ""):
        return wording(_with_address(work.citation.strip(), _cited(reading), address), None)
    edition = _cited(reading) if work.type_id in ("publication", "evaluation") else None
    authors = _authors(work)
    who = authors or (edition.publisher if edition else "") or _organisations(reading)
    publisher = edition.publisher if edition and authors else ""
    title = edition.title if edition else reading.page.title
    if edition and edition.described_title:
        title = f"[{_without_brackets(title)}]"
    if edition is None:
        publisher = _("INSPIRE hub")
    # Where editions have years, that of the work is the year of one of them.
    year = edition.year if edition and any(one.year for one in reading.editions) else _year(work)
    first = f"{who} ({year})" if who and year else who or (f"({year})" if year else "")
    shown = title
    if _RIGHT_TO_LEFT.search(first + publisher) and not _RIGHT_TO_LEFT.search(title):
        shown = f"{_ISOLATE}{_closed(title)}{_END}"
    text = " ".join(_closed(part) for part in (first, shown, publisher) if part)
    text = _with_address(text, edition, address)
    if edition:
        language = reading.language(edition.title_language_id or edition.language_id)
        if not language.sign:
            language = reading.terms.by_key["language"][language_of_title(edition.title, language.code, titles)]
        return wording(text, language)
    title_language = language_of_title(title, reading.page.locale.language_code, titles)
    return Item(text, lang=title_language if title_language == reading.locale else "", dir="auto")


def _without_brackets(title: str) -> str:
    """`title` without the pair of brackets around all of it, if there is one."""
    within = title[1:-1]
    is_bracketed = (title[:1], title[-1:]) in _BRACKETS and not set(within) & set("()[]")
    return within if is_bracketed else title


def _with_address(text: str, edition: Edition | None, address: str) -> str:
    if edition and edition.doi:
        address = f"https://doi.org/{edition.doi}"
    elif edition and edition.url:
        address = edition.url
    if not address or address in text:
        return text
    # Not closed, and with a space before: who copies the address by hand copies no sign that is not seen.
    isolate = f"{_ISOLATE} " if _RIGHT_TO_LEFT.search(text) else ""
    return f"{_closed(text)} {isolate}{address}"


def _cited(reading: Reading) -> Edition | None:
    """Of the editions that can be had the reader's own, else that in the language of the page, else in the first
    language that stands in for the reader's; one to follow a link to before one without."""
    shown = reading.page.locale.language_code
    order = [reading.locale, shown, *FALLBACK_ORDER[reading.locale]]

    def place(edition: Edition) -> tuple[int, bool]:
        code = reading.language(edition.language_id).code
        return order.index(code) if code in order else len(order), not (edition.doi or edition.url)

    return min((edition for edition in reading.editions if edition.is_available), key=place, default=None)


def _authors(work) -> str:
    return " ".join(getattr(work, "authors", "").split())


def _organisations(reading: Reading) -> str:
    roles = reading.classification.by_detail("organisations")
    found = next((roles[role] for role in _AUTHOR_ROLES if roles.get(role)), [])
    names = [reading.classification.label("organisation", pk) for pk in dict.fromkeys(found)]
    as_named = (getattr(reading.work, field, "") for field in ("organisations_text", "organisers_text"))
    return listing(names, reading.locale) or _NOTE.sub("", next(filter(None, as_named), ""))


def _year(work) -> int | None:
    start = getattr(work, "start_date", None)
    return getattr(work, "year", None) or (start.year if start else None)


def _closed(part: str) -> str:
    return part if part.rstrip(_END).endswith((".", "?", "!", "؟")) else f"{part}."
