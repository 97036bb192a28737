"""Which parts of a message state something about the owner's own firm.

Decided here: what is supposed (如果, if), what somebody else's firm has, what is asked about a lender's limits or terms, and what
a correction takes back (不是50万，是30万) states nothing. A wish put as a question (能贷50万吗) does state how much is wanted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from nlu.cues import frames
from nlu.cues.load import expression
from nlu.text import CLAUSE

_SELF_WORD = expression("scope", "self_word")
_WANTS = expression("scope", "wants")
_WITH = expression("scope", "with")
_DEFINES = expression("scope", "defines")
_HOW = expression("scope", "how")
_SUPPOSED_WISH = expression("scope", "supposed_wish")
_AS_IT_IS = expression("scope", "as_it_is")
_WHAT_FOLLOWS = expression("scope", "what_follows")
_TELLS = expression("scope", "tells")
_RUNS = expression("scope", "runs")
_REASON = expression("scope", "reason")
_FOR_OWNER = expression("scope", "for_owner")
#: Does 1.9% void matter: the owner's own figure is asked about.
_DOES = re.compile(r"(?:does |.do |will )\d")
#: Further back than this nothing is looked for that tells whose figure it is.
_REACH = 160


@dataclass(frozen=True)
class Scope:
    """The clauses of a text and the spans that state nothing. Made by `scope_of`."""

    norm: str
    edges: tuple[int, ...]
    silent: tuple[tuple[int, int], ...]
    questions: tuple[tuple[int, int], ...]
    requests: tuple[tuple[int, int], ...] = ()
    others: tuple[tuple[int, int], ...] = ()

    def clause(self, place: int) -> int:
        return bisect_right(self.edges, place)

    def clause_span(self, place: int) -> tuple[int, int]:
        number = self.clause(place)
        start = self.edges[number - 1] if number else 0
        return start, self.edges[number] if number < len(self.edges) else len(self.norm)

    def clause_text(self, place: int) -> str:
        start, end = self.clause_span(place)
        return self.norm[start:end]

    def states(self, start: int, end: int) -> bool:
        """Whether words in this span say something about the owner's own firm."""
        return not any(low < end and start < high for low, high in self.silent)

    def of_others(self, place: int) -> bool:
        """Whether somebody else is spoken of at this place."""
        return any(low <= place < high for low, high in self.others)

    def asked(self, place: int, *, plain: bool = False) -> bool:
        """Whether the words at this place are what the owner asks about, so that they state nothing.

        `plain` words (没有抵押, 个体户) state something even in 没有抵押能贷吗; only a question about the words themselves takes them back.
        """
        if _WITH.search(self.norm, max(0, place - _REACH), place) or _DOES.match(self.norm, max(0, place - 5)):
            return False
        if any(low <= place < high for low, high in self.requests):
            return True
        if not any(low <= place < high for low, high in self.questions):
            return False
        clause = self.clause_text(place)
        return bool((_DEFINES if plain else _HOW).search(clause)) and not _SELF_WORD.search(clause)


#: What somebody else writes or says, word for word; the owner's own form and papers are not meant.
_QUOTED = re.compile(
    r"(?<!我填的)(?<!我写的)(?<!accountant wrote: )(?<!accountant says: )(?<!accountant writes: )(?<!bookkeeper wrote: )"
    r"(?<!bookkeeper says: )(?<!bookkeeper writes: )(?:[“「『](?P<han>[^”」』]{6,200})[”」』]|(?<![\w\"])\"(?P<double>[^\"]{12,200})\""
    r"|(?<![\w'])'(?P<single>[^\n]{20,200}?)'(?![\w']))"
)


def _quoted(norm: str) -> list[tuple[int, int]]:
    """Quotations with a figure in them: a flyer's terms, a caller's promises."""
    spans = (match.span(match.lastgroup or 0) for match in _QUOTED.finditer(norm))
    return [(low, high) for low, high in spans if any(char.isdigit() or char in "一二两三四五六七八九十百" for char in norm[low:high])]


def scope_of(norm: str) -> Scope:
    """Reads clauses, questions, suppositions, other people's affairs and corrections of a normalised text."""
    silent: list[tuple[int, int]] = []
    questions: list[tuple[int, int]] = []
    requests: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    edges = tuple(match.end() for match in CLAUSE.finditer(norm))
    start = 0
    for stop in [*(match.end() for match in frames.SENTENCE.finditer(norm)), len(norm)]:
        if stop > start:
            others.extend(_others_in(norm, start, stop))
            silent.extend(_silent_in(norm, start, stop, edges))
            if frames.QUESTION.search(norm, start, stop):
                questions.append((start, stop))
            compares = frames.COMPARES.search(norm, start, stop) and frames.QUESTION.search(norm, start, stop)
            asks = frames.REQUEST.search(norm, start, stop) or (compares and not _TELLS.search(norm, start, stop))
            if asks and not (frames.OWN_FIRM.search(norm, start, stop) or _WANTS.search(norm, start, stop)):
                requests.append((start, stop))
        start = stop
    silent.extend((*others, *_quoted(norm)))
    if frames.DOUBTS_OFFER.search(norm) and not frames.OWN_FIRM.search(norm):
        silent.extend(_around_reasons(norm))
    for match in frames.TAKEN_BACK.finditer(norm):
        group = next((index for index in range(1, (match.re.groups or 0) + 1) if match[index]), None)
        if group:
            silent.append(match.span(group))
    return Scope(norm, edges, tuple(silent), tuple(questions), tuple(requests), tuple(others))


_HE = re.compile(r"\W*(?:and |but |now |then )*(?:he|she)(?:'s)?")


def _others_in(norm: str, start: int, stop: int) -> list[tuple[int, int]]:
    """From where somebody else becomes the subject to where the owner is back."""
    spans: list[tuple[int, int]] = []
    for_owner = _FOR_OWNER.search(norm)
    for other in frames.OTHERS.finditer(norm, max(0, start - 1), stop):
        if for_owner and _HE.fullmatch(other[0]):
            continue
        own = frames.SELF.search(norm, other.end(), stop)
        spans.append((other.start(), own.start() if own else stop))
    return spans


def _around_reasons(norm: str) -> list[tuple[int, int]]:
    """The whole text but for the reasons that the owner tells."""
    edges = [0, *(place for match in _REASON.finditer(norm) for place in match.span()), len(norm)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _silent_in(norm: str, start: int, stop: int, edges: tuple[int, ...]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    suppose = frames.SUPPOSE.search(norm, start, stop)
    what_if = suppose and norm[: suppose.start()].endswith("what ")
    real = suppose and (_AS_IT_IS.match(norm, suppose.start()) or (not what_if and _SUPPOSED_WISH.match(norm, suppose.start())))
    if suppose and not real:
        asked = _WHAT_FOLLOWS.search(norm, suppose.end(), stop)
        spans.append((suppose.start(), asked.start() if asked else stop))
    if past := frames.LONG_AGO.search(norm, start, stop):
        today = frames.TODAY_AGAIN.search(norm, past.end(), stop)
        spans.append((past.start(), today.start() if today else stop))
    if frames.ERRAND.search(norm, start, stop) and not _RUNS.search(norm, start, stop):
        spans.append((start, stop))
    if frames.COMPARES.search(norm, start, stop) and frames.QUESTION.search(norm, start, stop) and not _SELF_WORD.search(norm, start, stop):
        spans.append((start, stop))
    if frames.QUESTION.search(norm, start, stop):
        inner = [edge for edge in edges if start < edge < stop]
        for low, high in zip([start, *inner], [*inner, stop], strict=True):
            if frames.ASKS_LIMIT.search(norm, low, high):
                spans.append((low, high))
    return spans
