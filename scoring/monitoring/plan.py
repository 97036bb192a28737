"""A dated plan for a firm whose score fell: what to put right, what to strengthen, and when to look again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scoring.card_schema import Card, Wording
from scoring.monitoring.signs import Act, Kind, signs
from scoring.monitoring.warning import Alert, Rescored, Why

#: Days for what the card advises, and until the firm is scored again: sooner where it is urgent.
IMPROVE_WITHIN = 45
AGAIN_AFTER = {Alert.ACT: 30, Alert.WATCH: 60, Alert.CALM: 180, Alert.BETTER: 180}
ADVICE_AT_MOST = 3

_AGAIN = Wording("plan.again", "把新的流水和报表发过来，再评一次", "Send new statements and figures, and be scored again")


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do until a day. `fact` is what it is about, None for the review."""

    due: date
    kind: Kind
    wording: Wording
    fact: str | None

    def as_json(self, language: str) -> dict[str, object]:
        """The step as a program reads it."""
        text = self.wording.zh if language == "zh" else self.wording.en
        return {"on": self.due.isoformat(), "kind": self.kind.value, "fact": self.fact, "text": text}


def plan(rescored: Rescored, on: date) -> tuple[Step, ...]:
    """What the firm can do, from the day `on`, in the order of the days; the review comes last. Nothing but that when all is calm."""
    steps = {step.wording.key: step for step in (*_from_signs(rescored, on), *_from_moves(rescored, on))}
    latest = max((step.due for step in steps.values()), default=on)
    again = max(on + timedelta(days=AGAIN_AFTER[rescored.alert]), latest)
    return (*sorted(steps.values(), key=lambda step: step.due), Step(again, Kind.REVIEW, _AGAIN, None))


def step_wording(card: Card, key: str) -> Wording | None:
    """The words of a step by their key; None for one that no sign and no feature of the card gives any more."""
    acts = (act.wording for sign in signs() for act in sign.acts)
    advice = (feature.improve for block in card.blocks for feature in block.features if feature.improve is not None)
    return next((wording for wording in (*acts, *advice, _AGAIN) if wording.key == key), None)


def _from_signs(rescored: Rescored, on: date) -> Iterator[Step]:
    for sign in rescored.signs:
        yield from (_step(act, on, sign.fact) for act in sign.acts)


def _from_moves(rescored: Rescored, on: date) -> Iterator[Step]:
    """What the card advises on the figures that fell most; a figure that is only missing needs no repair."""
    worse = [move for move in rescored.moves if move.points < 0 and move.why is not Why.GONE and move.feature.improve is not None]
    for move in worse[:ADVICE_AT_MOST]:
        assert move.feature.improve is not None
        yield _step(Act(Kind.SELF_STRENGTHENING, IMPROVE_WITHIN, move.feature.improve), on, move.feature.inputs[0])


def _step(act: Act, on: date, fact: str) -> Step:
    return Step(on + timedelta(days=act.days), act.kind, act.wording, fact)
