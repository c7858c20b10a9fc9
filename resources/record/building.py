"""From a page and a request to a Record."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField
from wagtail.rich_text import expand_db_html
from wagtail.templatetags.wagtailcore_tags import richtext

from resources.contacts import leads_to_contact, without_contacts
from resources.models import ResourcePage
from resources.models.sources import sources
from resources.page_links import links_within
from resources.record.citation import citation
from resources.record.editions import described, edition_row
from resources.record.reading import Reading
from resources.record.shape import Item, Parts, Record, RelatedGroup, Section, Translation
from resources.record.texts import day, fallback_notice, host, section, wording
from resources.record.types import PARTS
from resources.structure import Structure
from resources.title_languages import language_of_title, title_languages
from search.languages import direction, standing_alone
from search.wording import language_name


def build_record(page: ResourcePage, request: HttpRequest | None) -> Record:
    """The record of `page` for a reader of the active language, who may be shown a page of another locale."""
    reading = Reading.of(page, request)
    parts = PARTS[page.type_id](reading)
    code = page.locale.language_code
    index = reading.links.index_of(page)
    type_labels = reading.terms.labels("type", reading.locale)
    titles = title_languages(reading.work, reading.editions, reading.terms.by_pk["language"])
    title_language = language_of_title(page.title, code, titles)
    record = Record(
        key=page.translation_key,
        external_id=reading.work.work_id,
        type=page.type_id,
        type_label=index.title if index and index.locale == reading.locale else type_labels[page.type_id],
        type_url=f"/{reading.locale}/{index.slug}/" if index else "",
        title=page.title,
        described=described(reading.work),
        title_lang=title_language,
        title_dir=direction(title_language),
        lang=code,
        dir=direction(code),
        summary=page.summary,
        seo_title=page.seo_title,
        search_description=page.search_description,
        notice=fallback_notice(code, reading.locale) if getattr(page, "fallback_for", None) else "",
        remarks=tuple(parts.remarks),
        glance=tuple(line for line in parts.glance if line.items),
        sections=_sections(page, parts, reading.links.structure),
        editions=tuple(edition_row(edition, reading.terms, reading.locale, titles) for edition in reading.editions),
        related=_related(reading, parts, type_labels),
        classification=reading.classification.groups(parts.terms),
        citation=citation(reading, _absolute(page, request), titles),
        sources=_sources(reading),
        reviewed_on=day(reading.work.reviewed_on),
        translations=_translations(reading),
    )
    for name, value in parts.more.items():
        setattr(record, name, value)
    return _without_contacts(record) if page.type_id == "expert" else record


def _absolute(page: ResourcePage, request: HttpRequest | None) -> str:
    """The whole address of the page itself, under the name by which the reader asked for the site."""
    if request is None:
        return page.full_url or ""
    path = page.get_url(request)
    return request.build_absolute_uri(path) if path else ""


def _sections(page: ResourcePage, parts: Parts, structure: Structure) -> tuple[Section, ...]:
    rich = {field.name for field in page._meta.get_fields() if isinstance(field, RichTextField)}
    sections = [section("text", "", page.body, is_html=True)] if page.body else []
    for name, heading in parts.headings.items():
        anchor = name.replace("_", "-")
        sections.append(section(anchor, heading, getattr(page, name), is_html=name in rich))
    with links_within(structure):
        return _with_links(tuple(one for one in sections if one.html or one.paragraphs))


def _with_links(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """What links lead to is read for all sections together."""
    end = "\0"  # no text has one
    html = expand_db_html(end.join(one.html for one in sections)).split(end)
    return tuple(replace(one, html=richtext(text)) for one, text in zip(sections, html, strict=False))


def _related(reading: Reading, parts: Parts, type_labels: dict[str, str]) -> tuple[RelatedGroup, ...]:
    groups = [RelatedGroup(heading, reading.links.items(name)) for name, heading in parts.relations.items()]
    groups.append(RelatedGroup(_("Related works"), reading.links.items("related", type_labels)))
    return (*(group for group in groups if group.items), *parts.lists)


def _sources(reading: Reading) -> tuple[Item, ...]:
    """Web addresses under their host name, other lines as they are.

    Without a link: hosts of unofficial copies of the work, and whatever is the unofficial copy of any other.
    """
    own = {host(edition.unofficial_url) for edition in reading.editions if edition.unofficial_url}
    found = []
    for text in sources(reading.work.source_urls):
        name = host(text)
        cut_off = text.endswith(("...", "…"))  # half an address leads nowhere
        unlinked = name in own or text in reading.links.unofficial or cut_off
        found.append(Item(name, "" if unlinked else text) if name else wording(text, None))
    return tuple(dict.fromkeys(found))


def _translations(reading: Reading) -> tuple[Translation, ...]:
    """Published pages of the work in the order of the site's languages; none where there is only this one."""
    pages = reading.links.translations()
    own = reading.page.locale.language_code
    if set(pages) <= {own} and own == reading.locale:
        return ()
    return tuple(
        Translation(
            code=code,
            name=standing_alone(language_name(code, code)),
            url=pages[code].get_url(reading.request) or "",
            current=code == own and own == reading.locale,
        )
        for code, _name in settings.LANGUAGES
        if code in pages
    )


def _without_contacts(record: Record) -> Record:
    """Nobody is reached through this site: what somebody typed into a profile is taken out of every text of it."""

    def clean(item: Item) -> Item:
        url = "" if leads_to_contact(item.url) else item.url
        return replace(item, text=without_contacts(item.text), url=url)

    return replace(
        record,
        title=without_contacts(record.title),
        summary=without_contacts(record.summary),
        seo_title=without_contacts(record.seo_title),
        search_description=without_contacts(record.search_description),
        sections=tuple(
            replace(
                one,
                html=without_contacts(one.html),
                paragraphs=tuple(without_contacts(text) for text in one.paragraphs),
            )
            for one in record.sections
        ),
        editions=tuple(
            replace(one, title=without_contacts(one.title), publisher=without_contacts(one.publisher))
            for one in record.editions
        ),
        sources=tuple(clean(item) for item in record.sources),
    )
