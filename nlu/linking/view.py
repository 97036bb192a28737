"""One message as the linker sees it: its figures, its words, the cues that name facts, and what the rules chose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.firm import FactType, vocabulary
from nlu.cues import frames
from nlu.cues.figures import CUES, Cue
from nlu.cues.patterns import Pattern
from nlu.facts import Ambiguity, Mention
from nlu.numbers.quantity import Quantity
from nlu.reading.scope import Scope

#: Facts that a figure can fill.
NUMERIC = frozenset(
    name for name, spec in vocabulary().items() if spec.type in (FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT)
)
#: What changes how a sentence is meant; whether one stands in a figure's clause, before or behind it, is a feature.
FRAMES: Mapping[str, Pattern] = {
    "correction": frames.CORRECTION,
    "asks_limit": frames.ASKS_LIMIT,
    "question": frames.QUESTION,
    "suppose": frames.SUPPOSE,
    "others": frames.OTHERS,
    "self": frames.SELF,
    "errand": frames.ERRAND,
    "request": frames.REQUEST,
    "own_firm": frames.OWN_FIRM,
    "compares": frames.COMPARES,
    "calculation": frames.CALCULATION,
    "no_need": frames.NO_NEED,
    "unknown": frames.UNKNOWN,
    "denies_before": frames.DENIES_BEFORE,
    "planned": frames.PLANNED,
    "unreal": frames.UNREAL,
    "over_now": frames.OVER_NOW,
    "turn": frames.TURN,
    "affirms": frames.AFFIRMS,
}
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[^\sa-z]|\n")
_LINE_END = "¶"
_EDGE = frozenset(f"，。,.;；!?！？{_LINE_END}、:：")


@dataclass(frozen=True)
class Near:
    """Words that name a fact (`none`: a figure that is no fact), with their place in the text."""

    start: int
    end: int
    fact: str
    cue: Cue

    def suits(self, quantity: Quantity) -> bool:
        """Whether these words take a figure of this kind; a bare number may be money or a count."""
        kinds = self.cue.kinds
        return quantity.kind in kinds or (quantity.kind == "number" and ("money" in kinds or "count" in kinds))


@dataclass(frozen=True)
class View:
    """A normalised message, its figures in order, and per figure what the rules said: a fact, `?fact` in doubt, or nothing."""

    norm: str
    quantities: tuple[Quantity, ...]
    scope: Scope
    asking: str | None
    ruled: tuple[str, ...]
    #: Figures (by position) whose fact a whole sentence gave.
    sentences: frozenset[int] = frozenset()
    #: Figures (by position) that a whole sentence makes no fact.
    nothing: frozenset[int] = frozenset()

    @cached_property
    def tokens(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Han characters, Latin words and a mark for each figure; and at which token each figure stands."""
        starts = {quantity.start: index for index, quantity in enumerate(self.quantities)}
        tokens: list[str] = []
        at = [0] * len(self.quantities)
        place, ahead = 0, sorted(starts)
        while place < len(self.norm):
            if place in starts:
                index = starts[place]
                at[index] = len(tokens)
                tokens.append(f"<{kind_of(self.quantities[index])}>")
                place = max(self.quantities[index].end, place + 1)
                continue
            match = _TOKEN.match(self.norm, place)
            if match is None:
                place += 1
                continue
            stop = min(match.end(), next((start for start in ahead if start > place), match.end()))
            word = self.norm[place:stop]
            tokens.append("0" if word.isdigit() else _LINE_END if word == "\n" else word)
            place = stop
        return tuple(tokens), tuple(at)

    @cached_property
    def near(self) -> tuple[Near, ...]:
        """Every cue in the text, without those inside a longer one for the same kinds of figure."""
        found = [
            Near(match.start(), match.end(), cue.fact or "none", cue)
            for cue in CUES
            for match in cue.words.finditer(self.norm)
            if match.end() > match.start()
        ]
        return tuple(sorted((near for near in found if not any(_inside(near, other) for other in found)), key=lambda near: near.start))

    @cached_property
    def frames(self) -> tuple[tuple[int, int, str], ...]:
        """Where each frame stands: start, end, name."""
        return tuple((match.start(), match.end(), name) for name, pattern in FRAMES.items() for match in pattern.finditer(self.norm))

    def is_all(self, start: int, end: int) -> bool:
        """Whether the message is nothing but the words between two places: 承包果园."""
        return not (self.norm[:start] + self.norm[end:]).strip(" 。.!！")

    def frames_at(self, place: int | None) -> list[float]:
        """For each frame: 0 not there, 1 elsewhere in the message, 2 in the clause of a place."""
        low, high = self.scope.clause_span(place) if place is not None else (-1, -1)
        there = dict.fromkeys(FRAMES, 0.0)
        for start, end, name in self.frames:
            there[name] = max(there[name], 2.0 if low <= start and end <= high else 1.0)
        return list(there.values())

    def token_clause(self, place: int) -> tuple[int, int]:
        """The tokens of the clause around a token, as a half-open range."""
        tokens, _ = self.tokens
        low = high = place
        while low > 0 and tokens[low - 1] not in _EDGE:
            low -= 1
        while high + 1 < len(tokens) and tokens[high + 1] not in _EDGE:
            high += 1
        return low, high + 1


def kind_of(quantity: Quantity) -> str:
    """The kind of a figure, with the unit that a count counts."""
    return f"count:{quantity.unit}" if quantity.kind == "count" else quantity.kind


def ruled(quantities: Sequence[Quantity], mentions: Sequence[Mention], doubts: Sequence[Ambiguity]) -> tuple[str, ...]:
    """What the rules made of each figure: the fact that it gives, `?fact` where that is in doubt, or an empty text."""
    return tuple(_ruled(quantity, mentions, doubts) for quantity in quantities)


def _ruled(quantity: Quantity, mentions: Sequence[Mention], doubts: Sequence[Ambiguity]) -> str:
    for mention in reversed(mentions):
        if mention.name in NUMERIC and (mention.start, mention.end) == (quantity.start, quantity.end):
            return mention.name
    return next((f"?{doubt.name}" for doubt in doubts if doubt.start <= quantity.start and quantity.end <= doubt.end), "")


def _inside(near: Near, other: Near) -> bool:
    """Whether a longer cue for the same kinds of figure covers this one."""
    if other is near or other.end - other.start <= near.end - near.start:
        return False
    return other.start <= near.start and near.end <= other.end and other.cue.kinds == near.cue.kinds
