"""Early warning in the chat: what new figures do to the grade that was told last.

News is a figure of the firm that takes the place of an older one. One that replaces a figure of the same day, or of a later one, puts
right what was known; what the owner wants to borrow says nothing of how the firm does; and what is heard of for the first time is an
answer and no fall, save bad news about its standing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.conversation.model import Dialogue
from knowledge.firm import Fact, Firm, to_json, vocabulary
from scoring.card import Card
from scoring.monitoring.signs import signs
from scoring.monitoring.warning import Alert, Rescored, Why, rescore

#: Groups of facts that tell how a firm does; of the others only its staff.
_TELLING = ("figures", "standing")
#: Bad news of this group counts on the first telling, too.
_STANDING = "standing"
_WARNED_AT_MOST = 40


@dataclass(frozen=True)
class Watched:
    """The dialogue with the grade's facts brought up to date, and the fall to tell the owner of, if there is one."""

    dialogue: Dialogue
    fall: Rescored | None = None


def watched(before: Dialogue, after: Dialogue, card: Card, correcting: bool) -> Watched:
    """Hold the firm after a turn against the one whose grade was told. `correcting` says that the owner put something right."""
    if not after.shown:
        return Watched(after)
    names = _names(card)
    if after.rated is None:
        return Watched(_rated_now(after, names))
    then, now = {fact.name: fact for fact in after.rated}, after.firm
    compared = Firm({name: fact for name in names if (fact := _compared(name, then, before.firm, now, correcting)) is not None})
    rescored = rescore(compared, now, card)
    if rescored.points > 0 and not rescored.signs:
        return Watched(_rated_now(after, names))
    if rescored.alert not in (Alert.WATCH, Alert.ACT) or not (causes := _causes(rescored, now)):
        return Watched(after.but(rated=_facts(compared, now, names)))
    fall = rescored if set(causes) - set(after.warned) else None
    warned = tuple(dict.fromkeys((*after.warned, *causes)))[-_WARNED_AT_MOST:]
    return Watched(_rated_now(after, names).but(warned=warned), fall)


def _names(card: Card) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*card.facts, *(sign.fact for sign in signs()))))


def _rated_now(dialogue: Dialogue, names: Iterable[str]) -> Dialogue:
    return dialogue.but(rated=tuple(fact for name in names if (fact := dialogue.firm.fact(name)) is not None))


def _facts(compared: Firm, now: Firm, names: Iterable[str]) -> tuple[Fact, ...]:
    """What later figures are held against: small falls add up, and what was heard of for the first time is known from now on."""
    return tuple(fact for name in names if (fact := compared.fact(name) or now.fact(name)) is not None)


def _compared(name: str, then: Mapping[str, Fact], before: Firm, now: Firm, correcting: bool) -> Fact | None:
    """The fact as it was when the grade was told, where what took its place is news; else as it is now."""
    old, new = then.get(name), now.fact(name)
    group = vocabulary()[name].group
    if new is None or old is None:
        first_heard = old is None and group == _STANDING and before.fact(name) != new
        return None if first_heard else new
    just_put_right = correcting and before.fact(name) != new
    news = (group in _TELLING or name == "employees") and old.as_of < new.as_of and not just_put_right
    return old if news else new


def _causes(rescored: Rescored, now: Firm) -> tuple[str, ...]:
    """What is behind a fall, each figure with its value: the same once more is no new cause."""
    moved = (fact for move in rescored.moves if move.points < 0 and move.why is Why.CHANGED for fact in move.facts)
    facts = dict.fromkeys((*(sign.fact for sign in rescored.signs), *moved))
    return tuple(f"{fact}={to_json(now[fact])}" for fact in facts if fact in now)
