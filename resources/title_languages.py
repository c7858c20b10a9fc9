"""In which language a title is written: as its record says, else as the material is whose title it keeps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from resources.models import Edition, Language, ResourcePage

Known = Mapping[str, Sequence[str]]  # title to the codes of the languages it is said to be in


def title_languages(work: ResourcePage, editions: Iterable[Edition], languages: Mapping[int, Language]) -> Known:
    """What is known of the titles of a work and its editions; `languages` are all of them by primary key."""
    known = defaultdict(list)
    for edition in sorted(editions, key=lambda edition: (edition.sort_order or 0, edition.pk or 0)):
        language = languages[edition.title_language_id or edition.language_id]
        if not language.sign:  # nobody writes in a sign language
            known[edition.title].append(language.code)
    if work.title_language_id:
        known[work.title] = [languages[work.title_language_id].code]
    return known


def language_of_title(title: str, own: str, known: Known) -> str:
    """Code of the language of `title`; `own`, that of its page or edition, where that may be or nothing is known."""
    codes = known.get(title)
    return own if not codes or own in codes else codes[0]
