"""How far a card goes: no probability that the data do not bear out, however well or badly the points add up."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring.card
from scoring.bands import probability, rounded
from scoring.card import Card, default_card, exact_points, score, with_base_rate
from scoring.card_schema import Block, Feature, Reach, Wording
from scoring.formulas import parse_formula
from scoring.monitoring.chance import wilson
from scoring.reach import claimed, ends
from scoring.training.loan_block import SCALE
from scoring.training.model import logit, sigmoid
from scoring.training.reaches import judged_from, shown_by

SHIPPED = json.loads(Path(scoring.card.__file__).with_name("card.json").read_text(encoding="utf-8"))
WORDS = Wording("words", "话", "words")
#: A block each that reads one fact as its points.
FACTS = ("cash", "equity", "inventory")


def _card(*reaches: tuple[float, float]) -> Card:
    """Blocks with these reaches; each gives as many points as its fact says, from -99 to 99."""
    cuts = tuple(float(cut) for cut in range(-98, 100))
    points = tuple(float(point) for point in range(-99, 100))
    blocks = []
    for fact, (up, down) in zip(FACTS, reaches, strict=False):
        feature = Feature(fact, parse_formula(fact), "number", "rising", 5.0, 0.0, cuts, points, {}, WORDS, WORDS, None)
        blocks.append(Block(fact, WORDS, (feature,), reach=Reach(up, down)))
    return replace(default_card(), blocks=tuple(blocks))


#: As shipped cards are: data that show little, data that show much, and judgement between them.
THREE = _card((10, 12), (60, 70), (30, 70))


@pytest.mark.parametrize(
    ("facts", "claim", "bound", "why"),
    [
        ({}, 0, None, "nothing known is the base rate"),
        ({"cash": 9}, 9, None, "within what its data show"),
        ({"cash": 10}, 10, None, "as far as they show"),
        ({"cash": 11}, 10, "at_most", "and no further, where one block alone is answered"),
        ({"cash": -12}, -12, None, "the other end"),
        ({"cash": -30}, -12, "at_least", "and no further there"),
        ({"inventory": 45}, 30, "at_most", "what is judged goes half as far up"),
        ({"cash": 30, "inventory": 5}, 15, "at_most", "what one block says too much is not lent to another"),
        ({"cash": 30, "inventory": 30}, 30, "at_most", "two that show little do not add up to one that shows much"),
        ({"cash": 30, "inventory": 30, "equity": 50}, 60, "at_most", "three good blocks stop where the furthest data stop"),
        ({"cash": -40, "inventory": -60, "equity": -50}, -70, "at_least", "and three bad ones"),
        ({"cash": 30, "equity": -50}, -40, "at_most", "a bad block counts in full beside a good one that is held"),
    ],
)
def test_a_claim_goes_as_far_as_data_do(facts: dict[str, Any], claim: float, bound: str | None, why: str) -> None:
    result = score(facts, THREE)
    assert result.pd == rounded(probability(THREE, THREE.base_points + claim)), why
    assert result.bound == bound, why
    assert result.end == (bound if bound == ("at_most" if claim > 0 else "at_least") else None), why
    assert result.points == round(THREE.base_points + sum(facts.values())), "points add up all the same"
    assert result.as_json()["pd_bound"] == bound
    assert result.interval[0] <= result.pd <= result.interval[1]
    lowest, highest = map(rounded, ends(THREE))
    assert result.open_ends == (result.interval[0] == lowest, result.interval[1] == highest)
    assert result.as_json()["interval_open"] == list(result.open_ends)


SIDES = st.integers(0, 90)
BLOCKS = st.lists(st.integers(-99, 99), min_size=3, max_size=3)


@given(st.lists(st.tuples(SIDES, SIDES), min_size=3, max_size=3), BLOCKS, st.integers(0, 2), st.integers(0, 60))
def test_no_order_of_blocks_lets_a_claim_go_further_or_the_wrong_way(
    reaches: list[tuple[int, int]], points: list[int], block: int, better: int
) -> None:
    card = _card(*reaches)
    claim = claimed(card, points)
    assert -max(down for _, down in reaches) <= claim <= max(up for up, _ in reaches)
    improved = [point + better * (place == block) for place, point in enumerate(points)]
    assert claimed(card, improved) >= claim, "a better answer never makes a firm look riskier"


@given(st.lists(st.tuples(SIDES, SIDES), min_size=3, max_size=3), BLOCKS, st.integers(0, 2))
def test_one_block_alone_goes_no_further_than_the_longest_reach_up_to_its_own(
    reaches: list[tuple[int, int]], points: list[int], block: int
) -> None:
    card = _card(*reaches)
    alone = [point if place == block else 0 for place, point in enumerate(points)]
    shorter = [one for one in reaches if sum(one) <= sum(reaches[block])]
    up, down = max(up for up, _ in shorter), max(down for _, down in shorter)
    assert -down <= claimed(card, alone) <= up


@given(BLOCKS)
def test_what_is_within_reach_is_the_sum(points: list[int]) -> None:
    assert claimed(_card((999, 999), (999, 999), (999, 999)), points) == sum(points)


@pytest.mark.parametrize("base_rate", [0.005, 0.0362, 0.2])
def test_the_ends_move_with_the_lenders_base_rate(base_rate: float) -> None:
    card = with_base_rate(THREE, base_rate)
    best, worst = (score(dict.fromkeys(FACTS, side), card) for side in (99, -99))
    assert (best.pd, worst.pd) == tuple(map(rounded, ends(card)))
    odds = float(best.pd) / (1 - float(best.pd)) / (base_rate / (1 - base_rate))
    assert math.log(odds) == pytest.approx(-60 / card.factor, abs=0.005)
    assert best.interval[0] == best.pd
    assert worst.interval[1] == worst.pd


def test_three_good_blocks_are_not_shown_what_no_data_show() -> None:
    """A firm in the best bin of everything: its points say one in thousands, the safest firms of any data do not."""
    card = default_card()
    best = {feature.name: max([*feature.points, *feature.values.values()]) for block in card.blocks for feature in block.features}
    points = [min(sum(best[one.name] for one in block.features), block.limit) for block in card.blocks]
    assert probability(card, card.base_points + sum(points)) < 0.0003
    claim = probability(card, card.base_points + claimed(card, points))
    assert claim == pytest.approx(ends(card)[0])
    assert 0.004 < claim < 0.005


@pytest.mark.parametrize("block", SHIPPED["blocks"], ids=lambda block: str(block["name"]))
def test_the_shipped_card_says_how_its_reach_was_found(block: dict[str, Any]) -> None:
    reach, found = block["reach"], block["reach"]["found"]
    if not found:
        furthest = [one["reach"] for one in SHIPPED["blocks"] if one["reach"]["found"]]
        assert reach["up"] == pytest.approx(max(one["up"] for one in furthest) / 2, abs=0.06)
        assert reach["down"] == max(one["down"] for one in furthest)
        assert "judged" in reach["note"]
        return
    share = found["share_of_all"]
    safest, riskiest = (wilson(found[tail]["failed"], found[tail]["firms"]) for tail in ("safest", "riskiest"))
    assert (safest[1], riskiest[0]) == pytest.approx((found["safest"]["bound_95"], found["riskiest"]["bound_95"]), abs=1e-5)
    assert reach["up"] == pytest.approx(SCALE.factor * (logit(share) - logit(safest[1])), abs=0.1)
    assert reach["down"] == pytest.approx(SCALE.factor * (logit(riskiest[0]) - logit(share)), abs=0.1)


def test_a_reach_is_found_in_the_tails_of_the_order() -> None:
    """A thousand firms in ten groups as risky as they look, the safest of which never failed."""
    risk = np.repeat(np.arange(10.0), 100)
    bad = np.concatenate([np.arange(100) * 7 % 100 < 4 * group for group in range(10)]).astype(float)
    shown = shown_by(risk, bad, "a test", SCALE)
    assert shown.found["safest"] == {"firms": 100, "failed": 0, "bound_95": pytest.approx(wilson(0, 100)[1], abs=1e-5)}
    assert shown.found["riskiest"]["firms"] == 20
    assert shown.reach.up == pytest.approx(SCALE.factor * (logit(0.18) - logit(wilson(0, 100)[1])), abs=0.1)
    assert shown_by(-risk, bad, "a test", SCALE).reach == Reach(0.0, 0.0), "the wrong way round nothing is shown"


def test_fewer_firms_and_an_order_that_tells_nothing_reach_less() -> None:
    rng = np.random.default_rng(4)
    risk = rng.normal(size=20_000)
    bad = (rng.random(len(risk)) < sigmoid(risk - 2)).astype(float)
    many, few = (shown_by(risk[:count], bad[:count], "a test", SCALE).reach for count in (20_000, 800))
    assert 0 < few.up < many.up
    assert 0 < few.down < many.down
    nothing = shown_by(rng.normal(size=400), bad[:400], "a test", SCALE).reach
    assert nothing.up < 8
    judged = judged_from([shown_by(risk, bad, "a test", SCALE)]).reach
    assert (judged.up, judged.down) == (pytest.approx(many.up / 2, abs=0.06), many.down)


def test_points_of_a_firm_are_told_with_what_they_bear() -> None:
    assert exact_points({"cash": 40}, THREE) == (THREE.base_points + 40, THREE.base_points + 10)
