"""DOIs, which are kept bare: the address is made where one is shown."""

import re

from django.utils.translation import gettext

_BEFORE = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\b:?)\s*", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")


def bare_doi(text: str) -> str:
    """The DOI that `text` gives as such, as an address or after "doi:"; else ValueError in words."""
    doi = text.strip()
    if before := _BEFORE.match(doi):
        doi = doi[before.end() :]
    if not _DOI.fullmatch(doi):
        raise ValueError(gettext("“%(value)s” is not a DOI such as 10.1186/s13063-019-3356-x.") % {"value": text})
    return doi
