"""A fact that the rules read, as numbers: how likely the network takes it to be given, and where its words stand."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.firm import FactType, vocabulary
from nlu.facts import Mention
from nlu.linking.encoder.hear import Heard
from nlu.linking.figures.places import log_odds
from nlu.linking.view import NUMERIC, View
from nlu.linking.words.statements import IN_WORDS, fact_of, given, statements

_NAMES, _TYPES = tuple(sorted(vocabulary())), tuple(FactType)


@dataclass(frozen=True)
class Read:
    """A message with what was heard of it and all that the rules read."""

    view: View
    heard: Heard
    mentions: tuple[Mention, ...]


def unweighed(read: Read) -> tuple[Mention, ...]:
    """The rules' facts that neither a figure nor words alone give, and what answers the question asked: nothing else looks at these."""
    return tuple(mention for mention in read.mentions if _unweighed(read.view, mention))


def _unweighed(view: View, mention: Mention) -> bool:
    if mention.name == view.asking:
        return True
    return mention.name not in IN_WORDS and not any(
        (quantity.start, quantity.end) == (mention.start, mention.end) and quantity.kind != "year" and mention.name in NUMERIC
        for quantity in view.quantities
    )


def place(read: Read, mention: Mention) -> list[float]:
    """The numbers of one fact in its message. Their order is what the trees were trained on."""
    view, scope = read.view, read.view.scope
    inside = [mention.start <= quantity.start and quantity.end <= mention.end for quantity in view.quantities]
    row = [*_given(read, mention), *_of_figures(read, mention, inside)]
    row += [
        view.asking == mention.name, view.asking is not None, mention.told, mention.approximate, mention.value == 0,
        len(view.norm), mention.end - mention.start, mention.start / max(len(view.norm), 1), len(read.mentions),
        scope.states(mention.start, mention.end), scope.asked(mention.start), scope.asked(mention.start, plain=True),
        scope.of_others(mention.start), len(scope.questions),
    ]  # fmt: skip
    row += view.frames_at(mention.start)
    return [*map(float, row), _NAMES.index(mention.name), _TYPES.index(vocabulary()[mention.name].type)]


def _given(read: Read, mention: Mention) -> list[float]:
    """How likely this is given, how likely the same fact is given otherwise, and how many facts are likelier."""
    facts = {mention.name: mention.value}
    likely = {**read.heard.statements, **read.heard.given}
    own = min((likely.get(said, 0.0) for said in statements(facts) | given(facts)), default=0.0)
    other = max((found for said, found in likely.items() if fact_of(said) == mention.name and found != own), default=0.0)
    return [log_odds(own), log_odds(other), sum(found > own for found in likely.values())]


def _of_figures(read: Read, mention: Mention, inside: list[bool]) -> list[float]:
    """What the network takes the figures within and the others to be, and how many there are of each."""
    own = [facts.get(mention.name, 0.0) for facts in read.heard.figures]
    within = [found for found, here in zip(own, inside, strict=True) if here]
    without = [found for found, here in zip(own, inside, strict=True) if not here]
    years = any(here and quantity.kind == "year" for quantity, here in zip(read.view.quantities, inside, strict=True))
    return [
        log_odds(max(within, default=0.0)), log_odds(min(within, default=0.0)), log_odds(max(without, default=0.0)),
        len(within), len(without), years,
    ]  # fmt: skip
