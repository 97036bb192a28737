"""Whose firm is told of: the owner's, a friend's or a father's, and one that is kept apart from the owner's."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.heard import Heard
from bot.conversation.model import Dialogue, Understanding
from bot.conversation.turn import turn
from bot.conversation.typed import as_meant
from bot.conversation.whose import Whose, whose
from bot.conversation.world import World
from knowledge.firm import Firm
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)
OWN = Firm.of({"industry": "retail", "annual_revenue": 2_600_000}, TODAY)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("帮我朋友问一下，他开饭馆的", Whose.OTHER), ("我爸开的厂，他说有40个人", Whose.OTHER),
        ("我老公在温州办了个阀门厂", Whose.OTHER),
        ("我妈做早点的，想换个店面", Whose.OTHER), ("替老板了解一下贷款", Whose.OTHER),
        ("my husband runs a café, he needs 200k", Whose.OTHER),
        ("我爸开厂的，我自己开了家店", Whose.OWN), ("我爸开车送货", Whose.OWN), ("我老婆管账", Whose.OWN),
        ("我开的厂，有40个人", Whose.OWN),
        ("我哥做担保行吗，我们开饭馆的", Whose.OWN), ("my wife does the books, we run a café", Whose.OWN),
    ],
)  # fmt: skip
def test_whose_firm_a_first_message_tells_of(text: str, of: Whose) -> None:
    assert whose(text, Dialogue()) is of


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("他想借20万", Whose.APART), ("那她一年卖一百五十万", Whose.APART), ("对了他没有执照", Whose.APART),
        ("she has 6 workers", Whose.APART),
        ("我要借10万换设备", Whose.OWN), ("他说让我先交3000块", Whose.OWN), ("他找我担保，我一年才80万", Whose.OWN),
        ("一年80万", Whose.OWN),
        ("he told me to pay first", Whose.OWN),
    ],
)  # fmt: skip
def test_once_a_friend_was_asked_for_beside_the_own_firm_he_is_kept_apart(text: str, of: Whose) -> None:
    assert whose(text, Dialogue(firm=OWN, apart=True)) is of
    assert whose(text, Dialogue(firm=OWN)) is Whose.OWN


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("我爸说他有40个人", "我说我有40个人"), ("我爸今年卖了300万", "我今年卖了300万"), ("老板名下有套房", "我名下有套房"),
        ("我朋友想借20万", "我想借20万"), ("帮我爸问的", "帮我爸问的"), ("跟老板说了", "跟老板说了"),
    ],
)  # fmt: skip
def test_a_father_or_a_boss_for_whom_one_asks_is_spoken_of_as_the_owner(text: str, meant: str) -> None:
    assert as_meant(text, of_other=True) == meant
    assert as_meant(text) == text


def _said(dialogue: Dialogue, text: str, world: World) -> Dialogue:
    meant = as_meant(text, whose(text, dialogue) is Whose.OTHER)
    heard = Understanding("state_facts", 0.95, extract_facts(meant, today=TODAY, asking=dialogue.asking), (), "zh")
    return turn(dialogue, Heard(text=text), heard, world, TODAY).dialogue


def test_of_a_fathers_firm_what_he_says_is_noted(world: World) -> None:
    dialogue = _said(Dialogue(), "我爸开的厂，他说有40个人", world)
    assert dialogue.firm.get("employees") == 40
    assert _said(dialogue, "我爸想贷200万", world).firm.get("amount_sought") == 2_000_000


def test_a_friends_figures_change_nothing_of_the_owners(world: World) -> None:
    dialogue = _said(Dialogue(firm=OWN), "帮朋友问的，他搞装修的，想借20万", world)
    for text in ("他一年做一百五十万，有6个工人", "他想借20万", "他没有执照"):
        dialogue = _said(dialogue, text, world)
    assert dialogue.firm == OWN
    assert _said(dialogue, "我要借10万换设备", world).firm.get("amount_sought") == 100_000
