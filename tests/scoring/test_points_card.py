"""The shipped card and small hand-made cards: what a score promises."""

import copy
import json
import math
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring.card
from knowledge.firm import vocabulary
from scoring.card import CardError, block_points, default_card, load_card, parse_card, score, with_base_rate
from scoring.card_schema import Block
from scoring.training.application import APPLICATION
from scoring.training.invoices import INVOICES, judged_block
from scoring.training.leaks import FORBIDDEN, REVIEWED, THRESHOLD
from scoring.training.statements import STATEMENTS

SHIPPED = Path(scoring.card.__file__).with_name("card.json")
#: A reach that holds nothing here.
FAR = {"up": 500.0, "down": 500.0}
INDUSTRIES = sorted(default_card().blocks[0].features[0].values)


def _wording(key: str) -> dict[str, str]:
    return {"key": key, "zh": f"{key}（中文）", "en": f"{key} in English"}


def _number(name: str, inputs: list[str], points: list[float], cuts: list[float], **more: Any) -> dict[str, Any]:
    bins = [{"from": start, "below": end, "points": value} for start, end, value in zip([None, *cuts], [*cuts, None], points, strict=True)]
    feature = {
        "name": name,
        "formula": " / ".join(inputs),
        "kind": "number",
        "direction": "rising",
        "importance": 10.0,
        "missing_points": 0.0,
        "bins": bins,
        "lower": _wording(f"{name}.lower"),
        "higher": _wording(f"{name}.higher"),
    }
    return feature | more


def _block(name: str, features: list[dict[str, Any]], limit: float = 60.0) -> dict[str, Any]:
    return {"name": name, "label": _wording(name), "limit": limit, "reach": FAR, "model_sd": 3.0, "absence_from": 1, "features": features}


def _card() -> dict[str, Any]:
    return {
        "format": "points-card/3",
        "version": "test",
        "scaling": {"points": 600.0, "odds": 50.0, "double": 20.0},
        "base_rate": 0.05,
        "intercept": -2.944439,
        "base_rate_note": "a test",
        "grades": [{"grade": "A", "pd_below": 0.03}, {"grade": "B", "pd_below": 0.06}, {"grade": "C", "pd_below": 1}],
        "interval": {"z": 1.28, "overlap": 0.5, "missing": 1.0},
        "blocks": [
            {
                "name": "application",
                "label": _wording("application"),
                "limit": 60.0,
                "reach": {"up": 500.0, "down": 500.0},
                "model_sd": 3.0,
                "absence_from": 1,
                "features": [
                    _number("age", ["age_months"], [-20.0, 10.0], [24.0], improve=_wording("age.improve")),
                    _number(
                        "load",
                        ["amount_sought", "employees"],
                        [15.0, -5.0],
                        [1000.0],
                        direction="falling",
                        importance=30.0,
                    ),
                ],
            }
        ],
    }


CARD = parse_card(_card())


@pytest.mark.parametrize(
    ("facts", "points", "coverage", "why"),
    [
        ({}, 0, 0.0, "nothing known is the base rate"),
        ({"age_months": 23}, -20, 0.25, "just below the edge"),
        ({"age_months": 24}, 10, 0.25, "the edge belongs to the upper bin"),
        ({"age_months": 0}, -20, 0.25, "zero months is an answer"),
        ({"amount_sought": Decimal(5000)}, 0, 0.0, "a ratio needs both of its facts"),
        ({"amount_sought": Decimal(5000), "employees": 0}, 0, 0.0, "nobody to divide by is not an answer"),
        ({"amount_sought": Decimal("999.99"), "employees": 1}, 15, 0.75, "below the edge"),
        ({"amount_sought": Decimal(1000), "employees": 1, "age_months": 60}, 5, 1.0, "points add up"),
    ],
)
def test_points_follow_the_bins(facts: dict[str, Any], points: float, coverage: float, why: str) -> None:
    result = score(facts, CARD)
    assert result.points == round(CARD.base_points + points), why
    assert result.coverage == coverage, why


def test_the_scale_is_as_stated() -> None:
    assert score({}, with_base_rate(CARD, 1 / 51)).points == 600  # odds of 50 to 1
    assert score({}, with_base_rate(CARD, 1 / 101)).points == 620  # twice the odds
    assert score({}, CARD).pd == Decimal("0.05")


@pytest.mark.parametrize(("pd", "grade"), [(0.001, "A"), (0.029999, "A"), (0.03, "B"), (0.059999, "B"), (0.06, "C"), (0.9, "C")])
def test_grades_are_half_open_bands(pd: float, grade: str) -> None:
    result = score({}, with_base_rate(CARD, pd))
    assert result.grade == grade
    assert result.band.pd_from <= pd < result.band.pd_below


def test_reasons_name_the_fact_and_what_would_help() -> None:
    result = score({"age_months": 3, "amount_sought": Decimal(10), "employees": 1}, CARD)
    assert [(reason.fact, reason.points) for reason in result.reasons] == [
        ("age_months", -20.0),
        ("amount_sought", 15.0),
    ]
    assert result.reasons[0].text("en") == "age.lower in English"
    assert result.reasons[0].advice("zh") == "age.improve（中文）"
    assert result.reasons[1].advice() is None
    assert result.as_json("en")["reasons"] == [
        {"fact": "age_months", "points": -20.0, "text": "age.lower in English", "improve": "age.improve in English"},
        {"fact": "amount_sought", "points": 15.0, "text": "load.higher in English", "improve": None},
    ]


@pytest.mark.parametrize(
    ("absence_from", "facts", "points", "why"),
    [
        (1, {"amount_sought": 1, "employees": 1}, 15 - 5, "one answer is enough for what is left out to count"),
        (2, {"amount_sought": 1, "employees": 1}, 15, "too little is known yet"),
        (1, {}, 0, "whoever was asked nothing has left nothing out"),
        (2, {"age_months": 60, "amount_sought": 1, "employees": 1}, 25, "nothing is left out"),
    ],
)
def test_what_is_left_out_counts_only_beside_enough_answers(absence_from: int, facts: dict[str, Any], points: float, why: str) -> None:
    raw = _card()
    raw["blocks"][0]["absence_from"] = absence_from
    raw["blocks"][0]["features"][0]["missing_points"] = -5.0
    card = parse_card(raw)
    assert score(facts, card).points == round(card.base_points + points), why
    assert all(reason.feature != "age" or "age_months" in facts for reason in score(facts, card).reasons)


@pytest.mark.parametrize("block", default_card().blocks, ids=lambda block: block.name)
def test_every_answer_to_the_shipped_card_narrows_the_range(block: Block) -> None:
    """Seen on the variance itself: every answer takes away more than what is said with it may be off."""
    spread = sum(feature.importance**2 for feature in block.features)
    assert block.model_sd**2 < default_card().missing ** 2 * spread


def test_one_reason_for_each_fact() -> None:
    raw = _card()
    ratios = [_number(f"r{i}", ["net_profit", f"d{i}"], [-10.0 - i, 10.0], [0.0]) for i in range(3)]
    raw["blocks"].append(_block("statements", [*ratios, _number("cash", ["cash"], [-2.0, 2.0], [0.0])]))
    facts = {"net_profit": -1, "d0": 1, "d1": 1, "d2": 1, "cash": -1}
    assert [(reason.fact, reason.points) for reason in score(facts, parse_card(raw)).reasons] == [("net_profit", -12.0), ("cash", -2.0)]


@pytest.mark.parametrize(("profit", "points"), [(-1, -25.0), (1, 25.0)])
def test_a_block_moves_a_firm_by_no_more_than_its_limit(profit: int, points: float) -> None:
    raw = _card()
    both = [_number("a", ["net_profit"], [-20.0, 20.0], [0.0]), _number("b", ["net_profit"], [-20.0, 20.0], [0.0])]
    raw["blocks"].append(_block("statements", both, limit=25.0))
    card = parse_card(raw)
    assert score({"net_profit": profit}, card).points == round(card.base_points + points)


def test_what_two_blocks_may_both_tell_widens_the_range() -> None:
    raw = _card()
    raw["blocks"].append(_block("statements", [_number("profit", ["net_profit"], [-30.0, 30.0], [0.0], importance=0.0)]))
    facts = {"net_profit": 1, "age_months": 60, "amount_sought": 1, "employees": 1}

    def width(overlap: float) -> float:
        raw["interval"]["overlap"] = overlap
        low, high = (math.log(float(pd) / (1 - float(pd))) for pd in score(facts, parse_card(raw)).interval)
        return high - low

    assert width(0.0) < width(0.5) < width(1.0)


def test_at_most_four_reasons_largest_first() -> None:
    raw = _card()
    features = [_number(f"f{i}", [f"f{i}"], [-float(i), 1.0], [0.0]) for i in range(1, 6)]
    features.append(_number("f6", ["f6"], [-1.0, 6.0], [-2.0]))
    raw["blocks"].append(_block("statements", features))
    facts = {f"f{i}": -1 for i in range(1, 7)}
    assert [reason.fact for reason in score(facts, parse_card(raw)).reasons] == ["f6", "f5", "f4", "f3"]


def test_blocks_add_up() -> None:
    raw = _card()
    raw["blocks"].append(_block("statements", [_number("profit", ["net_profit"], [-7.0, 7.0], [0.0])]))
    both = parse_card(raw)
    facts = {"age_months": 60, "net_profit": Decimal(-1)}
    assert score(facts, both).points == round(both.base_points + 10 - 7)


def test_the_interval_widens_with_every_missing_answer() -> None:
    full = {"age_months": 24, "amount_sought": Decimal(1000), "employees": 1}
    widths = []
    for facts in (full, {"age_months": 24}, {}):
        result = score(facts, CARD)
        low, high = (math.log(float(pd) / (1 - float(pd))) for pd in result.interval)
        assert result.interval[0] < result.pd < result.interval[1]
        widths.append(high - low)
    assert widths == sorted(widths)
    assert len(set(widths)) == 3


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"age_months": "old"}, "fact 'age_months' must be a number, not str"),
        ({"age_months": True}, "fact 'age_months' must be a number, not bool"),
        ({"age_months": Decimal("NaN")}, "fact 'age_months' must be a finite number"),
    ],
)
def test_wrong_kinds_are_named(facts: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        score(facts, CARD)


def _paths(raw: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every object of the card that is read, wherever it stands."""
    found = [path] if isinstance(raw, dict) else []
    children = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, child in children:
        if key not in {"built", "source", "training", "metrics"}:
            found += _paths(child, (*path, key))
    return found


def _at(raw: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        raw = raw[key]
    return raw


@pytest.mark.parametrize("path", _paths(_card()), ids=str)
def test_an_unknown_key_is_an_error_naming_it(path: tuple[Any, ...]) -> None:
    raw = _card()
    _at(raw, path)["surprise"] = 1
    with pytest.raises(CardError, match="unknown key 'surprise'"):
        parse_card(raw)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("format",), "points-card/9", "points-card/9"),
        (("base_rate",), 0, "base_rate"),
        (("base_rate",), "5 %", "expected a number"),
        (("base_rate",), 0.04, r"-2.944439 is not the log-odds of the base rate 0.04, which are -3.178054"),
        (("intercept",), -2.9444, r"card.intercept: -2.9444 is not the log-odds of the base rate 0.05"),
        (("intercept",), None, "card.intercept: expected a number"),
        (("blocks", 0, "reach", "up"), -1, "outside"),
        (("grades", 2, "pd_below"), 0.9, "last grade"),
        (("grades", 1, "pd_below"), 0.01, "outside"),
        (("blocks",), [], "at least one"),
        (("blocks", 0, "features", 0, "bins", 1, "from"), 23.0, "must equal"),
        (("blocks", 0, "features", 0, "bins", 0, "points"), 11.0, "not rising"),
        (("blocks", 0, "features", 1, "bins", 0, "points"), -6.0, "not falling"),
        (("blocks", 0, "features", 0, "direction"), "up", "direction"),
        (("blocks", 0, "features", 0, "kind"), "guess", "kind"),
        (("blocks", 0, "features", 0, "formula"), "age_months ** 2", "a formula knows facts"),
        (("blocks", 0, "features", 0, "formula"), "1 / 2", "reads no fact"),
        (("blocks", 0, "features", 1, "kind"), "flag", "a formula that is one fact"),
        (("blocks", 0, "limit"), -1, "outside"),
        (("blocks", 0, "features", 1, "name"), "age", "share a name"),
        (("blocks", 0, "features", 0, "bins", 0, "points"), None, "expected a number"),
    ],
)
def test_a_broken_card_says_where(path: tuple[Any, ...], value: Any, message: str) -> None:
    raw = _card()
    _at(raw, path[:-1])[path[-1]] = value
    with pytest.raises(CardError, match=message):
        parse_card(raw)


def test_a_missing_key_is_named() -> None:
    raw = _card()
    del raw["blocks"][0]["features"][0]["missing_points"]
    with pytest.raises(CardError, match="'missing_points' is missing"):
        parse_card(raw)


def test_a_choice_stands_in_one_bin_only() -> None:
    raw = copy.deepcopy(json.loads(SHIPPED.read_text(encoding="utf-8")))
    bins = raw["blocks"][0]["features"][0]["bins"]
    bins[1]["values"] = bins[0]["values"]
    with pytest.raises(CardError, match="stands in two bins"):
        parse_card(raw)


def test_unreadable_files_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CardError, match=r"no card at nowhere\.json"):
        load_card(tmp_path / "nowhere.json")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(CardError, match="not JSON: line 1"):
        load_card(tmp_path / "bad.json")


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "industry": st.sampled_from([*INDUSTRIES, "never heard of"]),
        "age_months": st.integers(0, 600),
        "employees": st.integers(0, 5000),
        "amount_sought": st.decimals(0, 10**9, places=2),
        "guaranteed_share": st.decimals(0, 1, places=4),
        "franchise": st.booleans(),
        "net_profit": st.decimals(-(10**9), 10**9, places=2),
        "total_assets": st.decimals(0, 10**9, places=2),
        "annual_revenue": st.decimals(0, 10**9, places=2),
        "purpose": st.sampled_from(["working_capital", "equipment", "wages"]),
        "customer_count": st.integers(0, 10**5),
        "void_invoice_rate": st.decimals(0, 1, places=4),
    },
)


@given(FACTS)
def test_any_firm_gets_a_sound_score(facts: dict[str, Any]) -> None:
    result = score(facts)
    assert 0 < result.interval[0] <= result.pd <= result.interval[1] < 1
    assert 0 <= result.coverage <= 1
    assert result.band.pd_from <= float(result.pd) < result.band.pd_below
    assert len(result.reasons) <= 4
    assert all(reason.fact in facts and reason.text("zh") and reason.text("en") for reason in result.reasons)


@given(FACTS, st.data())
def test_points_move_as_the_card_promises(facts: dict[str, Any], data: st.DataObject) -> None:
    for feature in default_card().blocks[0].features:
        if feature.direction == "none" or len(feature.inputs) > 1:
            continue
        low, high = sorted(data.draw(st.tuples(st.integers(0, 600), st.integers(0, 600))))
        less, more = (feature.points_of(value) for value in (low, high))
        assert less <= more if feature.direction == "rising" else less >= more
        if feature.name in {"age", "guaranteed_share"}:  # facts that no other feature reads
            scores = [score(facts | {feature.inputs[0]: value}).pd for value in (low, high)]
            assert scores[0] >= scores[1] if feature.direction == "rising" else scores[0] <= scores[1]


@given(FACTS, st.sampled_from(["industry", "guaranteed_share", "franchise", "age_months"]))
def test_not_answering_is_neither_best_nor_worst(facts: dict[str, Any], fact: str) -> None:
    choices: dict[str, list[Any]] = {
        "industry": list(INDUSTRIES),
        "guaranteed_share": [Decimal(0), Decimal(1)],
        "franchise": [True, False],
        "age_months": [0, 600],
    }
    silent = score({name: value for name, value in facts.items() if name != fact})
    answered = [score(facts | {fact: value}).pd for value in choices[fact]]
    assert min(answered) <= silent.pd <= max(answered)
    assert silent.coverage <= score(facts | {fact: choices[fact][0]}).coverage


def test_the_shipped_card_keeps_its_word() -> None:
    raw = json.loads(SHIPPED.read_text(encoding="utf-8"))
    card = default_card()
    assert [name for name, _ in card.grades] == ["A", "B", "C", "D", "E"]
    assert score({}).pd == Decimal(str(raw["base_rate"]))
    assert score({}).reasons == ()
    used = {fact for block in card.blocks for feature in block.features for fact in feature.inputs}
    assert used.isdisjoint(FORBIDDEN)


def test_no_input_of_the_shipped_card_tells_the_outcome_by_itself() -> None:
    """The alarm rings here, too: a card trained without it, or with an input nobody reviewed, does not pass."""
    raw = json.loads(SHIPPED.read_text(encoding="utf-8"))
    for block in raw["blocks"]:
        trained = {feature["name"] for feature in block["features"]} if "sha256" in block["source"] else set()
        alone = block["training"].get("auc_of_each_feature_alone", {})
        assert set(alone) == trained
        assert {name for name, area in alone.items() if area > THRESHOLD} <= REVIEWED


@pytest.mark.parametrize("block", default_card().blocks, ids=lambda block: block.name)
def test_no_block_can_pass_its_limit_unnoticed(block: Block) -> None:
    """The limit is there for the few: half of what the features could add up to still fits."""
    worst = sum(min([*feature.points, *feature.values.values(), 0.0]) for feature in block.features)
    assert -2 * block.limit <= worst <= 0


@given(FACTS)
def test_every_block_is_optional(facts: dict[str, Any]) -> None:
    for block in default_card().blocks:
        silent = {name: value for name, value in facts.items() if not any(name in feature.inputs for feature in block.features)}
        assert block_points(block, silent) == 0


def test_silence_never_costs_more_than_the_worst_answer() -> None:
    for block in default_card().blocks:
        for feature in block.features:
            assert min([*feature.points, *feature.values.values()]) <= feature.missing_points <= 0 or feature.missing_points == 0


def test_the_card_computes_what_its_makers_wrote_down() -> None:
    specs = {one.name: one for one in (*APPLICATION, *STATEMENTS, *(judged.spec for judged in INVOICES))}
    features = [feature for block in default_card().blocks for feature in block.features]
    assert {feature.name: feature.formula for feature in features} == {name: spec.formula for name, spec in specs.items()}
    assert default_card().blocks[2].features == judged_block().features


def test_every_formula_reads_facts_of_the_vocabulary() -> None:
    assert set(default_card().facts) <= set(vocabulary())


def test_seen_with_open_books_a_sound_firm_is_told_from_a_failing_one() -> None:
    books = {
        "annual_revenue": 5_000_000, "previous_revenue": 4_600_000, "operating_cost": 3_900_000, "gross_profit": 1_100_000,
        "operating_profit": 420_000, "net_profit": 340_000, "finance_cost": 30_000, "total_assets": 3_000_000,
        "total_liabilities": 1_100_000, "equity": 1_900_000, "current_assets": 1_800_000, "current_liabilities": 800_000,
        "inventory": 400_000, "receivables": 600_000,
    }  # fmt: skip
    failing = books | {
        "annual_revenue": 3_000_000, "gross_profit": -100_000, "operating_cost": 3_100_000, "operating_profit": -350_000,
        "net_profit": -400_000, "total_liabilities": 3_100_000, "equity": -100_000, "current_liabilities": 2_600_000,
    }  # fmt: skip
    assert score(books).pd < Decimal("0.02") < Decimal("0.15") < score(failing).pd
    assert score(failing).grade == "E"
    assert score(books).coverage > score({"annual_revenue": 5_000_000}).coverage


def test_scoring_does_not_need_the_training_library() -> None:
    code = "import sys; sys.modules['sklearn'] = None; from scoring.card import score; score({'employees': 3})"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=SHIPPED.parent.parent)
