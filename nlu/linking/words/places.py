"""A message beside a statement it might make, as numbers: what the rules and the models say, and where the words stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nlu.linking.figures.places import log_odds
from nlu.linking.view import View
from nlu.linking.words.hits import Hits
from nlu.linking.words.statements import IN_WORDS, fact_of

#: A statement that nobody's words suggest is still looked at when the linear model ranks it this high, with this score at least.
_LIKELIEST, _LEAST = 3, -0.6
#: The same for the network, with this probability at least.
_HEARD = 0.15
#: The score of a statement that the linear model never saw.
_UNSEEN = -3.0


@dataclass(frozen=True)
class Message:
    """A message as the second look at words sees it: what the rules made of it, the lexicon's words, the linear model's scores, and
    how likely the network takes each statement to be.
    """

    view: View
    hits: Hits
    #: Statements of the rules, those that a whole clause makes, and how many facts they read in all.
    ruled: frozenset[str]
    told: frozenset[str]
    read: int
    scores: Mapping[str, float]
    heard: Mapping[str, float]


def candidates(message: Message) -> tuple[str, ...]:
    """The statements that this message might make."""
    likely = sorted(message.scores, key=lambda said: -message.scores[said])[:_LIKELIEST]
    heard = sorted(message.heard, key=lambda said: -message.heard[said])[:_LIKELIEST]
    named = {said for said in likely if message.scores[said] > _LEAST} | {said for said in heard if message.heard[said] > _HEARD}
    named |= message.ruled | set(message.hits)
    return tuple(sorted(named & message.scores.keys()))


def place(message: Message, said: str) -> list[float]:
    """The numbers of one message and statement. Their order is what the trees were trained on."""
    places = message.hits.get(said, ())
    row = [*_scores(message, said), *_heard(message, said), *_choices(message, said), len(places), len(message.hits)]
    row += _standing(message, places) + message.view.frames_at(places[0].start() if places else None)
    return [*row, IN_WORDS.index(fact_of(said))]


def _scores(message: Message, said: str) -> list[float]:
    own, fact = message.scores[said], fact_of(said)
    rivals = max((score for other, score in message.scores.items() if other != said and fact_of(other) == fact), default=_UNSEEN)
    return [own, rivals, own - rivals, max(message.scores.values()) - own]


def _heard(message: Message, said: str) -> list[float]:
    own, fact = message.heard.get(said, 0.0), fact_of(said)
    rival = max((heard for other, heard in message.heard.items() if other != said and fact_of(other) == fact), default=0.0)
    return [log_odds(own), log_odds(rival), sum(heard > own for heard in message.heard.values())]


def _choices(message: Message, said: str) -> list[float]:
    fact, view = fact_of(said), message.view
    alike = [other for other in message.ruled if fact_of(other) == fact]
    return [
        said in message.ruled, said in message.told, bool(alike) and said not in alike, len(alike),
        view.asking == fact, view.asking is not None, message.read, len(view.quantities), len(view.norm), bool(view.scope.questions),
    ]  # fmt: skip


def _standing(message: Message, places: tuple[re.Match[str], ...]) -> list[float]:
    """Whether the words state something or are asked about, how far on the first stand, and how long they are."""
    if not places:
        return [-1.0] * 5
    scope, first = message.view.scope, places[0]
    return [
        any(scope.states(*match.span()) for match in places),
        all(scope.asked(match.start()) for match in places),
        all(scope.asked(match.start(), plain=True) for match in places),
        first.start() / max(len(message.view.norm), 1),
        first.end() - first.start(),
    ]
