"""Spellings that would match, offered when the text as typed matches nothing at all. The same on every engine."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from search import matching
from search.forms import forms
from search.query import Query, Result
from search.words import fold, replaced, words

# Letters, the article of Arabic not counted. Shorter words are as near to words that mean something else as to the one
# that was meant (love, live), and acronyms are short; Arabic writes no short vowels, so its words are shorter.
SHORTEST, SHORTEST_ARABIC = 5, 4
SHORT = 7  # up to this many letters one error is forgiven, then two
LIKELY = 40  # spellings of a word of which it is asked whether they are of the reader's language
CANDIDATES = 4  # spellings tried for each word
MOST_UNKNOWN = 4  # words corrected in one text: each is looked up, and their spellings are combined
TRIALS = 12  # texts tried in all

_ARTICLE = "ال"
# First letters that one hears alike: whoever spells by ear is right about them.
_ALIKE = {letter: group[0] for group in ("bv", "gj", "cskqz", "iy") for letter in group}

Answer = Callable[[Query], Result]
Totals = Callable[[Sequence[Query]], Sequence[int]]
Having = Callable[[Sequence[str]], Sequence[int]]


class Dictionary:
    """Words with their frequencies, packed: a hundred thousand works have some hundred thousand words."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        groups: dict[tuple[int, bool], tuple[list[str], array, array]] = {}
        for word, count in entries:
            # Words of one length and script in one string, which a string of ASCII alone holds in a byte a letter.
            group = groups.setdefault((len(word), word.isascii()), ([], array("Q"), array("L")))
            group[0].append(word)
            group[1].append(_letters(word))
            group[2].append(count)
        self._groups = {key: ("".join(texts), masks, counts) for key, (texts, masks, counts) in groups.items()}

    def near(self, word: str) -> list[str]:
        """Words within the errors that are forgiven for `word`: fewest errors first, then the most frequent."""
        most = errors_forgiven(word)
        if not most:
            return []
        letters = _letters(word)
        likely = []
        for (length, _ascii), (texts, masks, counts) in self._groups.items():
            if abs(length - len(word)) > most:
                continue
            # One error changes at most two letters of the set.
            for number in [n for n, mask in enumerate(masks) if (mask ^ letters).bit_count() <= 2 * most]:
                likely.append((texts[number * length : (number + 1) * length], counts[number]))
        return nearest(word, likely)


def nearest(word: str, others: Iterable[tuple[str, int]]) -> list[str]:
    """Of `others`, words with their frequencies, those within the errors that are forgiven for `word`: fewest errors
    first, then the most frequent, each once."""
    found = []
    for other, count in others:
        if (errors := errors_in(word, other)) is not None:
            found.append((errors, -count, other))
    return list(dict.fromkeys(other for _errors, _count, other in sorted(found)))


def errors_forgiven(word: str) -> int:
    """How many letters of `word` (folded) may be wrong."""
    bare = word.removeprefix(_ARTICLE)
    if len(bare) < (SHORTEST_ARABIC if "\u0600" <= bare[:1] <= "\u06ff" else SHORTEST):
        return 0
    return 1 if len(bare) <= SHORT else 2


def errors_in(word: str, other: str) -> int | None:
    """How many errors are in `word` if `other` was meant, both folded; None where there are more than are forgiven, or
    none. A wrong first letter counts twice: it is seldom mistyped, and mostly makes another word."""
    most = errors_forgiven(word)
    errors = distance(word, other, most)
    if errors and _first_letter(word) != _first_letter(other):
        errors += 1
    return errors if 0 < errors <= most else None


def _first_letter(word: str) -> str:
    letter = word.removeprefix(_ARTICLE).removeprefix("h")[:1]
    return _ALIKE.get(letter, letter)


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change, or swap with their neighbour; `most` + 1 where it takes more than `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > most and (i < 2 or min(before) > most):
            return most + 1
    return min(row[-1], most + 1)


def with_correction(
    query: Query, answer: Answer, totals: Totals, dictionary: Callable[[], Dictionary], having: Having
) -> Result:
    """What `answer` gives, and where the text matches nothing with no filters at all, a better spelling.

    With that spelling the works are already found, where the filters leave any. `totals` says how many works match,
    `having` how many works and terms have a form of a word.
    """
    result = answer(query)
    if result.total or not query.text.strip():
        return result
    bare = Query(text=query.text, locale=query.locale, limit=1, today=query.today, right=query.right)
    meant = _correct(bare, totals, dictionary, having)
    if not meant:
        return result
    text = _written(query.text, meant)
    better = answer(replace(query, text=text))
    if not better.total:
        shown = answer(replace(bare, text=text, limit=query.limit))
        return replace(result, suggestion=_written(query.text, _dressed(meant, shown)))
    text = _written(query.text, _dressed(meant, better))
    return replace(better, suggestion=text, corrected=text)


def _letters(word: str) -> int:
    """The set of letters of `word` as bits; letters may share a bit."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 63)
    return mask


def _correct(bare: Query, totals: Totals, dictionary: Callable[[], Dictionary], having: Having) -> dict[str, str]:
    """The words that match nothing by themselves, with the best spellings that match anything together.

    None of them where one is right as it stands: a name that no work has, an acronym; and where they are many.
    """
    typed = matching.read(bare.text).words
    # Each by itself, whole: only the word that is being typed may be the beginning of others.
    alone = [f"{word.folded}{'*' if word.prefix else ' '}" for word in typed]
    found = totals([replace(bare, text=text) for text in alone]) if alone else []
    unknown = [word.folded for word, total in zip(typed, found, strict=True) if not total]
    acronyms = _acronyms(bare.text)
    if not 0 < len(unknown) <= MOST_UNKNOWN or any(word in acronyms or word in bare.right for word in unknown):
        return {}
    choices = [_own_first(word, dictionary().near(word)[:LIKELY], bare.locale, having) for word in unknown]
    for chosen in islice(_best_first([spellings[:CANDIDATES] for spellings in choices]), TRIALS):
        meant = dict(zip(unknown, chosen, strict=True))
        if any(totals([replace(bare, text=_written(bare.text, meant))])):
            return meant
    return {}


def _own_first(word: str, spellings: list[str], locale: str, having: Having) -> list[str]:
    """`spellings`, of those with as many errors the words of the reader's language first: "educasión" is "educación",
    not "education", though more works have that."""
    stems = {spelling: forms(spelling, locale)[1:] for spelling in spellings}
    asked = list(dict.fromkeys(stem for of in stems.values() for stem in of))
    frequent = dict(zip(asked, having(asked), strict=True)) if asked else {}
    return sorted(
        spellings, key=lambda one: (errors_in(word, one), -max((frequent[stem] for stem in stems[one]), default=0))
    )


def _acronyms(text: str) -> set[str]:
    """The words in capitals, folded, of a text that is not all in capitals."""
    return set() if text.isupper() else {fold(word.text) for word in words(text) if word.text.isupper()}


def _best_first(choices: list[list[str]]) -> Iterator[tuple[str, ...]]:
    """One choice for each word, those first that take every word's best or nearly so."""
    ranked = [list(enumerate(options)) for options in choices]
    for combination in sorted(product(*ranked), key=lambda ranks: sum(rank for rank, _word in ranks)):
        yield tuple(word for _rank, word in combination)


def _written(text: str, meant: dict[str, str]) -> str:
    """`text` with the folded words of `meant` as they are spelled there, in capitals if all of it is."""
    return replaced(text, {word: other.upper() if text.isupper() else other for word, other in meant.items()})


def _dressed(meant: dict[str, str], result: Result) -> dict[str, str]:
    """`meant`, folded, in the spelling of the works found: "educación", not "educacion"."""
    spellings: dict[str, str] = {}
    for hit in result.hits:
        for page in hit.document.pages:
            for word in words(f"{page.title} {page.summary}"):
                spellings.setdefault(fold(word.text), word.text.lower())
    return {word: spellings.get(other, other) for word, other in meant.items()}
