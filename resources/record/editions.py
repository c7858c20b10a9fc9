"""The table of editions: one row a copy of the material, the reader's language first."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.models import Edition, ResourcePage
from resources.record.shape import EditionRow
from resources.title_languages import Known, language_of_title
from resources.vocabulary_cache import Snapshot
from search.collation import sort_key
from search.languages import direction


def editions_of(work: ResourcePage, terms: Snapshot, locale: str) -> list[Edition]:
    """The editions of the work, those in the reader's language first, then by the name of the language."""
    found = work.editions.all().select_related("document", "document__extracted").defer("document__extracted__text")
    languages = terms.by_pk["language"]

    def place(edition: Edition) -> tuple:
        language = languages[edition.language_id]
        return language.code != locale, sort_key(language.label(locale), locale), not edition.is_available

    return sorted(found, key=place)


def edition_row(edition: Edition, terms: Snapshot, locale: str, titles: Known) -> EditionRow:
    """The edition as its row shows it. The address of an unofficial copy is never in it."""
    language = terms.by_pk["language"][edition.language_id]
    url = edition.public_url if edition.is_available else ""
    # The title of a film in a sign language is written in a spoken one, which may not be recorded.
    written = terms.by_pk["language"][edition.title_language_id or edition.language_id]
    lang = language_of_title(edition.title, "" if written.sign else written.code, titles)
    return EditionRow(
        language_name=language.label(locale),
        language_code=language.code,
        name_lang=terms.foreign_labels("language", locale).get(language.code),
        title=edition.title,
        lang=lang,
        dir=written.direction if lang == written.code else direction(lang) if lang else "auto",
        described=described(edition),
        official_label=_("Unofficial translation") if edition.unofficial_translation else "",
        status_label="" if edition.is_available else edition.get_status_display(),
        publisher=edition.publisher,
        year=str(edition.year or ""),
        isbn=edition.isbn,
        doi=edition.doi,
        doi_url=f"https://doi.org/{edition.doi}" if edition.doi else "",
        url=url,
        link_label=_link_label(edition) if url else "",
        external=bool(url and not edition.document_id),
        facts=tuple(_facts(edition)),
        withheld=_withheld(edition),
        error=_error(edition),
    )


def described(one: Edition | ResourcePage) -> str:
    """A sentence that the title of the edition or work is a description; "" where it is a title."""
    return _("A description: the published title was not seen.") if one.described_title else ""


def _withheld(edition: Edition) -> str:
    if edition.public_url or edition.doi or not edition.unofficial_url:
        return ""
    return _("Only an unofficial copy is known, so no link is given.")


def _error(edition: Edition) -> str:
    extracted = getattr(edition.document, "extracted", None) if edition.document_id else None
    if extracted is None or not extracted.present_problem:
        return ""
    if extracted.problem == extracted.Problem.MISSING:
        return _("The file cannot be opened at the moment.")
    return extracted.present_problem


def _link_label(edition: Edition) -> str:
    if edition.document_id:
        return _("Download")
    if edition.format == Edition.Format.VIDEO:
        return _("Watch")
    if edition.format == Edition.Format.AUDIO:
        return _("Listen")
    return _("Open")


def _facts(edition: Edition):
    if edition.format:
        yield edition.get_format_display()
    elif edition.document_id and edition.document.file_extension:
        yield edition.document.file_extension.upper()
    if edition.document_id and edition.document.file_size is not None:
        yield filesizeformat(edition.document.file_size)
    if edition.pages:
        yield ngettext("%(count)s page", "%(count)s pages", edition.pages) % {"count": edition.pages}
    if edition.minutes:
        yield ngettext("%(count)s minute", "%(count)s minutes", edition.minutes) % {"count": edition.minutes}
    if edition.captions:
        yield _("with captions")
    if edition.transcript:
        yield _("with a transcript")
