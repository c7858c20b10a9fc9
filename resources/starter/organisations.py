"""Organisations that a source names in words, found among the terms of the hub."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from resources.models import Organisation, OrganisationRole
from resources.starter.facts import parts_of
from search.languages import LOCALES

Role = OrganisationRole.Role
_NOTE = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*$")
_PARTNERS = re.compile(r"\s+(and|y|et|e) (its |local )?(partners|socios|partenaires|parceiros)$")
# Words in parentheses after a name that say what it did; after others, its role is the table's own.
_ROLE_NOTES = {"developer": Role.DEVELOPER, "developers": Role.DEVELOPER}
# What an organisation did that none of the roles covers: it stays in words.
_OTHER_PARTS = ("evaluation", "study support")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("–", "-")
    return re.sub(r"[\s.,\-]+", " ", folded).strip()


@dataclass
class Named:
    """Organisations found, each with its role, and the words of those that were not."""

    found: list[tuple[Organisation, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def add(self, organisation: Organisation, role: str) -> None:
        if (organisation, role) not in self.found:
            self.found.append((organisation, role))

    @property
    def text(self) -> str:
        return "; ".join(self.words)

    def rows(self) -> list[OrganisationRole]:
        return [
            OrganisationRole(organisation=organisation, role=role, sort_order=place)
            for place, (organisation, role) in enumerate(self.found)
        ]


class OrganisationNames:
    """Finds organisations by name, acronym or synonym in any of the five languages."""

    def __init__(self, organisations: Iterable[Organisation]):
        self._by_name: dict[str, Organisation] = {}
        everyone = list(organisations)
        for organisation in everyone:
            for code in LOCALES:
                self._remember(getattr(organisation, f"name_{code}"), organisation)
            self._remember(organisation.acronym, organisation)
        # Names go before synonyms, which several organisations may share.
        for organisation in everyone:
            for code in LOCALES:
                for synonym in (getattr(organisation, f"synonyms_{code}") or "").split("|"):
                    self._remember(synonym, organisation)

    def _remember(self, name: str | None, organisation: Organisation) -> None:
        if name and _plain(name):
            self._by_name.setdefault(_plain(name), organisation)

    def find(self, name: str) -> Organisation | None:
        return self._by_name.get(_plain(name))

    def in_english(self, text: str) -> list[str]:
        """The names of a list separated by semicolons: those of organisations that are known in English."""
        names: list[str] = []
        for part in parts_of(text):
            note = _NOTE.search(part)
            whole = self.find(part) or (self.find(note["inside"]) if note else None)
            found = [whole] if whole else [self.find(name) for name in part.split("/")]
            names += [one.name_en or part for one in found if one] if all(found) else [part]
        return list(dict.fromkeys(names))

    def read(self, text: str, role: str) -> Named:
        """The organisations of a list separated by semicolons, in `role` unless a note says otherwise."""
        named = Named()
        for part in parts_of(text):
            if not self._read_one(part, role, named):
                named.words.append(part)
        return named

    def _read_one(self, part: str, role: str, named: Named) -> bool:
        organisation = self.find(part)
        note = _NOTE.search(part)
        if organisation is None and note:
            inside = note["inside"].strip()
            if inside.startswith(_OTHER_PARTS):
                return False
            role = _ROLE_NOTES.get(inside.split(":")[0], role)
            organisation = self.find(part[: note.start()])
        if organisation is None:
            organisation = self.find(_PARTNERS.sub("", part))
        if organisation is not None:
            named.add(organisation, role)
            return True
        # "PAHO/WHO" names two; both have to be known.
        pair = [self.find(name) for name in part.split("/")]
        if len(pair) > 1 and all(pair):
            for one in pair:
                named.add(one, role)
            return True
        return False
