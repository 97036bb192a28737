"""Two banks that are named together, beside each other: of each the loan that suits the firm best; of a local bank what to ask it."""

from __future__ import annotations

from bot.conversation.answers.entry import in_short
from bot.conversation.answers.groups import loans_in_order
from bot.conversation.local_banks import local_bank
from bot.conversation.model import Answer, Reply
from bot.conversation.ordering import order_of
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.desk.routing import lender_of
from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.entries import Entry, Kind
from knowledge.search import banks_called, names_outright

_TWO = 2


def loans_of_two(scene: Scene, wish: str) -> tuple[Match, Match] | None:
    """The best loan of each of two banks that the message names; None where it names fewer, or one has no loan here."""
    banks = banks_called(scene.world.pack, scene.text)
    loans = [loan for bank in banks[:_TWO] if (loan := _best_of(bank, scene, wish)) is not None]
    return (loans[0], loans[1]) if len(loans) == _TWO else None


def loan_of_bank(scene: Scene) -> Entry | None:
    """The best loan of the one bank that the message names, where it names no loan by itself."""
    banks = banks_called(scene.world.pack, scene.text)
    named = scene.topic(Kind.PRODUCT, Kind.SUBSIDY, Kind.GUARANTEE)
    if len(banks) != 1 or (named is not None and names_outright(named, scene.text)):
        return None
    loan = _best_of(banks[0], scene, "balanced")
    return None if loan is None else loan.entry


def beside_local_bank(scene: Scene, wish: str) -> Answer | None:
    """A bank that is known beside one of which nothing is: what to ask the one, and the loan of the other."""
    local, banks = local_bank(scene.text), banks_called(scene.world.pack, scene.text)
    loan = _best_of(banks[0], scene, wish) if local is not None and len(banks) == 1 else None
    if local is None or loan is None:
        return None
    told = in_short(loan.entry, scene)
    head = say("bank_not_known", scene.language, name=local, other=banks[0].name[scene.language])
    return Answer((Reply(head), *told.replies), told.dialogue, told.sources, aside=True)


def cheaper_of(one: Match, other: Match, language: str) -> str:
    """Which of two publishes the lower rate; that it cannot be told where one publishes none, or both the same."""
    lows = [match.rate.low if match.rate is not None and match.rate.basis == "stated" else None for match in (one, other)]
    if lows[0] is None or lows[1] is None:
        return say("two_banks_unknown", language)
    if lows[0] == lows[1]:
        return say("two_banks_alike", language)
    return say("two_banks_cheaper", language, name=(one if lows[0] < lows[1] else other).entry.name[language])


def _best_of(bank: Entry, scene: Scene, wish: str) -> Match | None:
    loans = [match for match in loans_in_order(scene) if lender_of(match.entry) == bank.id]
    open_ = [match for match in loans if match.status is not Status.INELIGIBLE]
    return next(iter(order_of(scene, open_ or loans, wish).matches), None)
