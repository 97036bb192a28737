"""A figure that its owner puts right is held against the sums that the file's own figure stood in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.paper_json import owner_paper_from_json, owner_paper_to_json
from bot.conversation.papers import Held, OwnerPaper, paper_of
from bot.conversation.points import Kind, sort_out
from bot.conversation.sums import as_read, settled_sums, with_typed
from bot.conversation.world import World
from knowledge.firm import Fact, Firm, Provenance
from nlu.uploads.confirming import NOT_CONFIRMED
from nlu.uploads.document import Check, Findings, Sentence
from nlu.uploads.read import read
from tests.conversation.test_papers import Talk
from tests.uploads.owners import OWNERS

TODAY = date(2026, 11, 21)
#: What the wrong sheet should say of its stock, and what it does say.
RIGHT, WRONG = Decimal(403_200), Decimal(430_200)


def found(made: str) -> Findings:
    return read(OWNERS[made](), "x", TODAY)


def paper(made: str) -> OwnerPaper:
    return paper_of(found(made), "x", "0" * 64, "b", TODAY)


def said(name: str, value: Decimal | int, about: bool = False) -> Fact:
    return Fact(name, Decimal(value), Provenance.SAID, TODAY, about)


def doubted(of: OwnerPaper) -> set[str]:
    return {item.fact for item in of.items if item.doubts and item.waits}


# -- the paper -----------------------------------------------------------------------------------------------------------------


def test_every_sum_of_a_sheet_can_be_tried_again() -> None:
    values = {item.fact: item.value for item in paper("statements").items if isinstance(item.value, Decimal)}
    sums = paper("statements").sums
    assert {"current_assets", "total_assets", "total_liabilities", "assets_equal_claims", "operating_profit"} <= {name for name, _ in sums}
    assert all(one.gap(values) == 0 for _, one in sums)


@pytest.mark.parametrize(("typed", "open_"), [(403_200, set()), (403_000, {"current_assets"})], ids=["to_the_cent", "rounded"])
def test_what_was_only_seen_in_a_picture_is_proved_by_a_sum_that_holds_to_the_cent(typed: int, open_: set[str]) -> None:
    wrong = found("statements_wrong")
    seen = replace(
        wrong, checks=(*wrong.checks, Check(NOT_CONFIRMED, False, Sentence("看不准。", "Not sure."), ("current_assets", "net_profit")))
    )
    after = with_typed(paper_of(seen, "x", "0" * 64, "b", TODAY), said("inventory", typed))
    assert doubted(after) == {*open_, "net_profit"}


@pytest.mark.parametrize(
    ("typed", "about", "open_"),
    [
        (403_200, False, set()),
        (403_000, False, set()),  # rounded to a thousand
        (400_000, True, set()),  # about so much
        (400_000, False, {"inventory", "cash", "receivables"}),  # rounded further than people would call right
        (430_000, False, {"inventory", "cash", "receivables"}),
        (403_210, False, {"inventory", "cash", "receivables"}),
        (0, False, {"inventory", "cash", "receivables"}),
    ],
)
def test_a_typed_figure_clears_the_sum_or_is_doubted_with_the_others(typed: int, about: bool, open_: set[str]) -> None:
    before = paper("statements_wrong")
    assert doubted(before) == {"inventory", "cash", "receivables"}
    after = with_typed(before, said("inventory", typed, about))
    assert doubted(after) == open_
    assert list(settled_sums(before, after)) == ([] if open_ else ["流动资产合计"])
    item = after.item("inventory")
    assert item is not None
    assert item.held is (None if open_ else Held.OUT)


def test_a_figure_that_was_right_is_doubted_when_its_owner_types_one_that_does_not_add_up() -> None:
    after = with_typed(paper("statements"), said("inventory", 500_000))
    assert doubted(after) == {"inventory"}
    (point, *_) = sort_out([after], Firm()).points
    assert (point.kind, point.facts) == (Kind.DOUBT, ("inventory",))
    assert "“流动资产合计”就对不上了，差96,800元" in point.doubts[0].why.zh


def test_a_figure_that_stands_in_no_sum_is_taken_at_its_owners_word() -> None:
    after = with_typed(paper("bank"), said("monthly_inflow", 99))
    assert doubted(after) == set()


def test_two_figures_put_right_one_after_the_other() -> None:
    first = with_typed(paper("statements"), said("inventory", 503_200))
    second = with_typed(first, said("current_assets", 886_200))
    assert doubted(second) == {"current_assets"}  # the stock adds up now, but all assets do not
    third = with_typed(second, said("total_assets", 1_100_000))
    assert doubted(third) == {"total_assets"}  # claims are less


def test_a_file_read_anew_is_as_it_was() -> None:
    before = paper("statements_wrong")
    again = as_read(with_typed(before, said("inventory", RIGHT)))
    item = again.item("inventory")
    assert item is not None
    assert (item.value, item.typed) == (WRONG, False)
    assert doubted(again) >= {"inventory", "cash", "receivables"}


@given(st.integers(0, 10**7))
def test_what_was_typed_is_in_doubt_exactly_when_its_sum_does_not_hold(typed: int) -> None:
    after = with_typed(paper("statements"), said("inventory", typed))
    gap = abs(Decimal(typed) - RIGHT)
    if gap > 1 + Decimal(typed) / 200:  # beyond rounding
        assert doubted(after) == {"inventory"}
    elif gap <= 1:
        assert doubted(after) == set()
    assert owner_paper_from_json(json.loads(json.dumps(owner_paper_to_json(after)))) == after


# -- the conversation ----------------------------------------------------------------------------------------------------------


def test_a_correction_that_adds_up_frees_the_others(world: World) -> None:
    talk = Talk(world)
    talk.send(found("statements_wrong"))
    answer = talk.say("存货是403200", "state_facts")
    assert "这样“流动资产合计”就对得上了。" in "\n".join(reply.text for reply in answer.replies)
    assert talk.facts == {"inventory": RIGHT}
    talk.say("都对", None)
    assert {"cash", "receivables", "total_assets"} <= talk.facts.keys()
    assert talk.dialogue.firm.fact("inventory") == said("inventory", RIGHT)


def test_a_correction_that_does_not_add_up_is_asked_about_and_not_used(world: World) -> None:
    talk = Talk(world)
    talk.send(found("statements_wrong"))
    answer = talk.say("存货是410000", "state_facts")
    assert talk.facts == {}
    assert "差6,800元" in answer.replies[-1].text
    assert [button.id.split(":")[1] for button in answer.replies[-1].buttons] == ["take1", "type", "out1"]
    talk.press("f:take1:00000001:inventory")
    assert talk.dialogue.firm.fact("inventory") == said("inventory", 410_000)
    assert "cash" not in talk.facts  # what else stands in the sum still waits


def test_what_was_known_before_stays_while_a_correction_is_in_doubt(world: World) -> None:
    talk = Talk(world, inventory=600_000)
    talk.send(found("statements"))
    talk.say("存货应该是50万", "state_facts")
    assert talk.facts == {"inventory": 600_000}
    talk.press("f:type:00000001:inventory")
    answer = talk.say("40.32万", "state_facts")
    assert talk.facts == {"inventory": RIGHT}
    assert "就对得上了" in "\n".join(reply.text for reply in answer.replies)


def test_sums_are_counted_in_the_unit_that_their_owner_names(world: World) -> None:
    talk = Talk(world)
    talk.send(found("statements_without_unit"))
    talk.say("万元", None)
    talk.say("存货是403200", "state_facts")
    assert talk.facts == {"inventory": RIGHT}
    (kept,) = talk.dialogue.papers
    assert doubted(kept) == set()


def test_what_does_not_add_up_goes_when_it_is_left_out(world: World) -> None:
    talk = Talk(world)
    talk.send(found("statements_wrong"))
    talk.say("存货是410000", "state_facts")
    talk.press("f:out1:00000001:inventory")
    assert "inventory" not in talk.facts
    (kept,) = talk.dialogue.papers
    assert doubted(kept) == {"cash", "receivables"}
