"""Marks of what matched, in text that is escaped first."""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe  # noqa: TID251 - escaped first, see _html

from search.forms import forms
from search.languages import direction
from search.parsing import ParsedQuery
from search.words import ARABIC, TAIL, places

MARK = "<mark>"
_ELLIPSIS = "…"
# Parts of a snippet: what two lines on a phone surely show of it, the match among that, and what comes before a match.
_SEEN, _BEFORE = 1 / 3, 1 / 9
_UNSENDABLE = re.compile("[\ud800-\udfff\0]")  # UTF-8 has no surrogates, HTML no NUL
_ARABIC_LETTER = re.compile(f"[{ARABIC}]")
_LATIN = "A-Za-z\u00c0-\u024f"
# Latin words with what stands between them; a bracket only together with the one that closes it.
_OPENING, _CLOSING = r"(\[{«“", r")\]}»”"
_BETWEEN = rf"[^{ARABIC}{_OPENING}{_CLOSING}]"
_IN_BRACKETS = rf"[{_OPENING}]{_BETWEEN}*[{_CLOSING}]"
_LATIN_RUN = re.compile(rf"[{_LATIN}](?:(?:{_BETWEEN}|{_IN_BRACKETS})*(?:[{_LATIN}0-9]|{_IN_BRACKETS}))?[{TAIL}]*")

Span = tuple[int, int]


def highlight(text: str, language: str, parsed: ParsedQuery) -> SafeString:
    """`text`, written in `language`, as HTML with what answers the question in <mark>."""
    return _html(_isolated(text, 0, len(text), _spans(text, language, parsed), language))


def snippet(text: str, language: str, parsed: ParsedQuery, length: int = 220) -> SafeString:
    """About `length` characters of `text` around its first match, as HTML with <mark>, cut between words."""
    spans = _spans(text, language, parsed)
    start, end = _window(text, spans[0] if spans else (0, 0), length)
    marked = _isolated(text, start, end, spans, language)
    return _html((_ELLIPSIS if start else "") + marked + (_ELLIPSIS if end < len(text) else ""))


def _html(marked: str) -> SafeString:
    """The one place where marked text is declared safe: `_marked` has escaped all of it but its own tags."""
    return mark_safe(marked)  # noqa: S308


def _spans(text: str, language: str, parsed: ParsedQuery) -> list[Span]:
    """Places of what matches, in order, those that touch made one."""
    if not (parsed.words or parsed.phrases):
        return []
    wanted = {form for word in parsed.words for form in forms(word, language)}
    found = [(word, its_forms) for word in places(text) if (its_forms := forms(word.text, language))]
    spans = [
        (word.start, word.end)
        for word, its_forms in found
        if not wanted.isdisjoint(its_forms) or (parsed.prefix and its_forms[0].startswith(parsed.prefix))
    ]
    folded = [its_forms[0] for _, its_forms in found]
    for phrase in parsed.phrases:
        size = len(phrase)
        for n in range(len(folded) - size + 1):
            if folded[n] == phrase[0] and tuple(folded[n : n + size]) == phrase:
                spans.append((found[n][0].start, found[n + size - 1][0].end))
    return _merged(spans)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _isolated(text: str, start: int, end: int, spans: list[Span], language: str) -> str:
    """text[start:end] as `_marked` makes it, with each run of Latin words inside a text from right to left in <bdi>:
    brackets and quotation marks around a name would else change their side."""
    if direction(language) != "rtl" or not _ARABIC_LETTER.search(text):
        return _marked(text, start, end, spans)
    parts = []
    at = start
    for run in _LATIN_RUN.finditer(text, start, end):
        parts += [_marked(text, at, run.start(), spans), "<bdi>", _marked(text, *run.span(), spans), "</bdi>"]
        at = run.end()
    return "".join(parts) + _marked(text, at, end, spans)


def _marked(text: str, start: int, end: int, spans: list[Span]) -> str:
    """text[start:end] as HTML, with the parts of `spans` that are inside it marked."""
    parts = []
    at = start
    for first, last in spans:
        first, last = max(first, at), min(last, end)
        if first < last:
            parts += [_escaped(text[at:first]), MARK, _escaped(text[first:last]), "</mark>"]
            at = last
    parts.append(_escaped(text[at:end]))
    return "".join(parts)


def _escaped(text: str) -> str:
    return escape(_UNSENDABLE.sub("\ufffd", text))


def _window(text: str, match: Span, length: int) -> Span:
    """Where to cut so that the match is seen with a little before it, without cutting a word where that is possible."""
    if len(text) <= length:
        return 0, len(text)
    start = 0
    if match[1] > length * _SEEN:
        start = max(0, min(match[0] - int(length * _BEFORE), len(text) - int(length * _SEEN)))
    if start:
        space = re.compile(r"\s+").search(text, start - 1, match[0])
        start = space.end() if space else match[0]
    limit = min(start + length, len(text))
    if limit == len(text):
        return start, limit
    spaces = [space.start() for space in re.finditer(r"\s+", text[start : limit + 1])]
    end = start + spaces[-1] if spaces and spaces[-1] else limit
    if end < min(match[1], limit):
        end = limit
    while end > start + 1 and end < len(text) and unicodedata.category(text[end])[0] in "MC":
        end -= 1
    return start, end
