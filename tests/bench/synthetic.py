"""Synthetic works for measurements: five languages, word frequencies after Zipf, every facet filled.

Their sizes are those of the starter content (its 440 works, counted on 28 November 2026): 84 % have one page, the rest
one in each language; a page has 6 words of title, 20 of summary, 27 of body; a work has 11 terms with 59 words of names
and synonyms each. The same count and seed give the same works, on every machine.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from uuid import UUID

from search.documents import Document, Material, PageText, Term
from search.facets import TYPES
from search.languages import LOCALES
from search.stopwords import STOP_WORDS, is_stop_word
from search.words import fold

VOCABULARY = 20_000  # distinct words a language
COMMONEST = 50  # words of them that are stop words
SHORT = 200  # words of them that are short, those included
TITLE_WORDS = (3, 9)
SUMMARY_WORDS = (10, 30)
BODY_WORDS = (40, 140)
WITH_BODY = 0.3  # share of the pages
TRANSLATED = 0.16  # share of the works that have a page in every language; the others have one
NAME_WORDS, SYNONYM_WORDS = 3, 9  # of a term, in each language

# Beginnings and ends of syllables, the frequent ones first, that make words of each language look and fold like words
# of that language, and share their first letters as seldom as natural words do.
SYLLABLES = {
    "es": (
        "c p d s m t v r l n b f g pr h j tr cr q br gr pl ll ch ñ z y",
        "a e o i en an ar es ión ia u on os er as ad al in ía or ue",
    ),
    "en": (
        "s c p t m b r d f w l h n g st pr ch v sh th tr sp gr br cl fr j k wh qu",
        "e a i o er ing en ion an u ed or ar ea ent al ou ist ly in ight",
    ),
    "fr": (
        "p c d s m r t v f l b n g pr j tr q ch gr br cr pl h fl œ z",
        "e a é i ou en on ion an ai eur ment eau u ir er ée oi eux in é",
    ),
    "pt": (
        "c p d s m t v r f l b n g pr tr j cr q br gr ch lh nh z pl",
        "a e o i ão en an ar es ia u ões os er as ade al em ç or ei",
    ),
    "ar": (
        "م ال ت ا ع ب س ح و ن ف ق أ ش ر ج ك خ ط ص ه ل د ض ي غ ث ز",
        "ا ل ر ي م ن ت و ة د ب ع ف س ية ات ين ون ق ح",
    ),
}

REGIONS = ("002", "019", "142", "150", "009", "419", "021", "034", "035", "145")
COUNTRIES = tuple(f"{first}{second}" for first in "ABCDEFGHIJ" for second in "KLMNOPQRST")
# Facet id: number of values, the largest number of them on one work, share of the works that have any.
FACETS = {
    "strategy": (9, 3, 0.87),
    "intervention": (25, 2, 0.4),
    "sector": (5, 2, 0.5),
    "violence": (14, 2, 0.3),
    "setting": (7, 2, 0.35),
    "topic": (40, 2, 0.2),
    "population": (12, 1, 0.17),
    "audience": (10, 2, 0.3),
    "evidence": (5, 1, 0.1),
    "evaluation_status": (4, 1, 0.1),
    "design": (16, 1, 0.2),
    "outcome": (20, 3, 0.2),
    "sdg": (10, 2, 0.56),
    "organisation": (1500, 2, 0.5),
    "kind": (20, 1, 0.2),
    "mode": (4, 1, 0.1),
    "role": (6, 2, 0.05),
}
LOCATED = 0.66  # share of the works that have countries


def _vocabulary(random: Random, language: str) -> list[str]:
    words: dict[str, None] = {}
    parts = [(part.split(), [1 / (5 + rank) for rank in range(len(part.split()))]) for part in SYLLABLES[language]]
    while len(words) < VOCABULARY:
        syllables = random.randint(1, 4)
        chosen = [random.choices(part, weights, k=syllables) for part, weights in parts]
        words["".join(first + last for first, last in zip(*chosen, strict=True))] = None
    # The commonest words of natural text are stop words, short ones; next to them stand short words.
    common = sorted(STOP_WORDS[language], key=lambda word: (len(word), word))[:COMMONEST]
    common += [word for word in sorted(words, key=len) if word not in STOP_WORDS[language]][: SHORT - COMMONEST]
    return common + random.sample(sorted(words), VOCABULARY - SHORT)


def _weights(size: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, size + 1)))


class Corpus:
    """Makes the works and, from the same words, the questions of a measurement.

    `values` gives facets the keys of a real vocabulary, `regions` maps a country to the regions that hold it;
    facets without keep made up ones.
    """

    def __init__(
        self,
        seed: int = 1,
        values: Mapping[str, tuple[str, ...]] | None = None,
        regions: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.random = Random(seed)
        self.words = {language: _vocabulary(self.random, language) for language in LOCALES}
        self.values = {name: tuple(f"{name}-{value}" for value in range(size)) for name, (size, _, _) in FACETS.items()}
        self.values["country"] = COUNTRIES
        self.values |= values or {}
        self.regions = regions or {country: (REGIONS[ord(country[0]) - ord("A")],) for country in COUNTRIES}
        self._word_weights = _weights(VOCABULARY)
        self._weights = {name: _weights(len(keys)) for name, keys in self.values.items()}
        self._terms: dict[tuple[str, str], Term] = {}

    def text(self, language: str, length: int) -> str:
        """`length` words of `language`, frequent ones often."""
        return " ".join(self.random.choices(self.words[language], cum_weights=self._word_weights, k=length))

    def _some(self, facet: str, number: int) -> tuple[str, ...]:
        """One to `number` values of `facet`, frequent ones often."""
        chosen = self.random.choices(self.values[facet], cum_weights=self._weights[facet], k=number)
        return tuple(sorted(set(chosen)))

    def question(self, language: str, length: int) -> str:
        """What a reader types: words as frequent as in the texts, but no stop words, which questions lose."""
        words: list[str] = []
        while len(words) < length:
            (word,) = self.random.choices(self.words[language], cum_weights=self._word_weights)
            if not is_stop_word(fold(word)):
                words.append(word)
        return " ".join(words)

    def _term(self, facet: str, value: str) -> Term:
        if (facet, value) not in self._terms:
            length = NAME_WORDS if facet in ("organisation", "country", "region") else NAME_WORDS + SYNONYM_WORDS
            self._terms[facet, value] = Term(tuple((code, self.text(code, length)) for code in LOCALES))
        return self._terms[facet, value]

    def _page(self, language: str, number: int) -> PageText:
        random = self.random
        return PageText(
            locale=language,
            title=self.text(language, random.randint(*TITLE_WORDS)).capitalize(),
            summary=self.text(language, random.randint(*SUMMARY_WORDS)) + ".",
            body=self.text(language, random.randint(*BODY_WORDS)) if random.random() < WITH_BODY else "",
            url=f"/{language}/catalogue/work-{number}/",
        )

    def document(self, number: int) -> Document:
        """The next work; `number` only shows in its addresses."""
        random = self.random
        languages = LOCALES if random.random() < TRANSLATED else (random.choice(LOCALES),)
        editions = random.sample(LOCALES, random.choice((0, 1, 1, 1, 2)))
        facets = {
            name: self._some(name, random.randint(1, most))
            for name, (_size, most, share) in FACETS.items()
            if random.random() < share
        }
        if random.random() < LOCATED:
            facets["country"] = self._some("country", random.randint(1, 2))
            regions = {region for country in facets["country"] for region in self.regions.get(country, ())}
            facets["region"] = tuple(sorted(regions))
        if editions:
            facets["language"] = tuple(sorted(editions))
        type = random.choice(TYPES)
        named = {**facets, "type": (type,)}
        starts_on = date(2020, 1, 1) + timedelta(days=random.randrange(3650)) if random.random() < 0.2 else None
        return Document(
            id=str(UUID(int=random.getrandbits(128), version=4)),
            external_id=f"synthetic-{number}",
            type=type,
            pages=tuple(self._page(language, number) for language in languages),
            added_on=datetime(2015, 1, 1, tzinfo=UTC) + timedelta(seconds=random.randrange(10 * 365 * 86_400)),
            keywords=tuple(self._term(facet, value) for facet, values in named.items() for value in values),
            materials=tuple(Material(language, self.text(language, random.randint(6, 12))) for language in editions),
            facets=facets,
            years=(random.randint(1990, 2026),),
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=random.randrange(30)) if starts_on else None,
        )


def documents(count: int, seed: int = 1, **names: Mapping[str, tuple[str, ...]]) -> Iterator[Document]:
    """`count` works, one after the other: a hundred thousand need not be held in memory. `names`: as for Corpus."""
    corpus = Corpus(seed, **names)
    return (corpus.document(number) for number in range(count))
