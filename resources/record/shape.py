"""What a record page shows, as plain data: templates neither query nor decide.

Texts are in the reader's language unless `lang` and `dir` beside them say otherwise; "" or None means
that there is nothing to show. Years are text, so that no format puts separators in them.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString

from search.analysis import ParsedQuery, highlight

_NOTHING = ParsedQuery()


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of text, a link where `url` is given. `lang` is "" beside a `dir` of "auto": nobody knows which it is."""

    text: str
    url: str = ""
    lang: str = ""
    dir: str = ""


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """A line of "At a glance"."""

    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Prose of the page: `html` from rich text, else `paragraphs` of plain text."""

    id: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    html: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A copy of the material. `described` says that the title is a description, `withheld` why there is no link."""

    language_name: str
    language_code: str
    name_lang: str | None  # of the language's name: None for the reader's own, "" where nobody knows
    title: str
    lang: str
    dir: str
    described: str
    official_label: str
    status_label: str
    publisher: str
    year: str
    isbn: str
    doi: str
    doi_url: str
    url: str
    link_label: str
    external: bool
    facts: tuple[str, ...]  # format, size, pages or minutes, captions, transcript
    withheld: str
    error: str


@dataclass(frozen=True, slots=True)
class RatingRow:
    """How one scheme rates a programme, in that scheme's own words. `remarks`: why it may no longer hold."""

    scheme: str
    topic_area: Item | None
    level: Item | None
    date: str
    reviewed: str
    valid_until: str
    population: Item | None
    harm_noted: bool
    harm_reason: Item | None
    source: Item | None
    more_sources: tuple[Item, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What was measured and which way it went; `direction_key` is "" where the study does not say."""

    outcome: Item
    direction_key: str
    direction_label: str
    measured: Item | None
    intervention: Item | None


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """Slides or a recording, and the name of their language as HTML; "" where it is not known."""

    link: Item
    language: SafeString


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A part of an event. `speakers` as its programme names them, `profiles` those who are experts of the hub.

    `languages` are HTML.
    """

    title: Item | None
    described: str
    languages: SafeString
    speakers: Item | None
    profiles: tuple[Item, ...]
    country: str
    strategies: tuple[Item, ...]
    materials: tuple[MaterialRow, ...]
    source: Item | None


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A Violence Against Children and Youth Survey. `name` is its year."""

    name: Item | None
    report_year: Item | None
    headline: Item | None


@dataclass(frozen=True, slots=True)
class ClassificationGroup:
    """Terms of one facet, each a link into search."""

    facet: str
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class RelatedItem:
    """Another work, at its address for this reader. `described`: its title is a description."""

    title: str
    url: str
    lang: str
    dir: str
    type_label: str
    note: str = ""
    described: bool = False


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """Works that stand in one relation to this one; `more_label` is there where only some are listed."""

    heading: str
    items: tuple[RelatedItem, ...]
    total: int = 0
    more_url: str = ""
    more_label: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A published page of the work; `name` is that of the language in itself."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(slots=True)
class Record:
    """Everything the templates of records show. `notice` is there when the text is not in the reader's language.

    `described` is there when the title is a description. `title_lang` differs from `lang` where the title is that of a
    material in another language.
    """

    key: UUID
    external_id: str
    type: str
    type_label: str
    type_url: str
    title: str
    title_lang: str
    title_dir: str
    lang: str
    dir: str
    summary: str
    seo_title: str = ""
    search_description: str = ""
    described: str = ""
    notice: str = ""
    remarks: tuple[str, ...] = ()
    colour: str = ""
    letter: str = ""
    photo: object = None  # an image of wagtail
    glance: tuple[GlanceRow, ...] = ()
    sections: tuple[Section, ...] = ()
    editions: tuple[EditionRow, ...] = ()
    ratings: tuple[RatingRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    surveys: tuple[SurveyRow, ...] = ()
    registration_url: str = ""
    related: tuple[RelatedGroup, ...] = ()
    lists_notice: str = ""
    classification: tuple[ClassificationGroup, ...] = ()
    citation: Item | None = None
    sources: tuple[Item, ...] = ()
    reviewed_on: str = ""
    translations: tuple[Translation, ...] = ()

    @property
    def title_html(self) -> SafeString:
        return highlight(self.title, self.title_lang, _NOTHING)

    @property
    def summary_html(self) -> SafeString:
        return highlight(self.summary, self.lang, _NOTHING)


@dataclass(slots=True)
class Parts:
    """What a page type adds to its record.

    `headings` maps its prose fields to their headings and `relations` those of
    resources/record/links.py to theirs, each in the order of the page; `terms` are further
    terms by facet; `more` holds further attributes of Record by name.
    """

    glance: list[GlanceRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    lists: list[RelatedGroup] = field(default_factory=list)
    terms: dict[str, list[int | None]] = field(default_factory=dict)
    more: dict[str, object] = field(default_factory=dict)
