"""Training on small made-up loans: what it learns, what it refuses, and that it repeats itself."""

import csv
import gzip
import math
import random
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoring.bands import probability
from scoring.card import exact_points, parse_card, score
from scoring.training.application import APPLICATION
from scoring.training.bins import choice_bins, number_bins
from scoring.training.leaks import FORBIDDEN, LeakError, check_leaks, refuse_forbidden
from scoring.training.loan_block import ENOUGH, SCALE, train_application
from scoring.training.loans import RECORDS, Loan, fingerprint, industry_of, read_loans
from scoring.training.metrics import auc, calibration_error, recalibrated, with_interval
from scoring.training.model import constrained_weights
from scoring.training.records import DataError
from scoring.training.spec import Spec, Table, wording
from scoring.training.writing import block_json, card_json

pytestmark = pytest.mark.usefixtures("in_little")

COLUMNS = [
    "State",
    "NAICS",
    "ApprovalFY",
    "Term",
    "NoEmp",
    "NewExist",
    "CreateJob",
    "RetainedJob",
    "FranchiseCode",
    "UrbanRural",
    "RevLineCr",
    "LowDoc",
    "GrAppv",
    "SBA_Appv",
    "MIS_Status",
]


def _row(dice: random.Random, year: int) -> dict[str, Any]:
    """A loan whose risk is known: new firms, shops, small teams and thin guarantees fail more often."""
    new, employees = dice.random() < 0.4, dice.choice([1, 2, 3, 5, 8, 12, 20, 40])
    naics, share = dice.choice(["448110", "541511", "238220"]), dice.choice([0.5, 0.85])
    amount = dice.choice([10000, 25000, 50000, 100000, 250000])
    risk = -1.6 + 1.0 * new + 0.9 * naics.startswith("44") - 0.25 * math.log(employees) - 0.8 * (share > 0.6)
    bad = dice.random() < 1 / (1 + math.exp(-risk))
    term = dice.choice([20, 30]) if bad else dice.choice([60, 84, 120])  # written down after the outcome
    values = ["XX", naics, year, term, employees, 2 if new else 1, 0, 0, 1, 1, "N", "N", amount, int(amount * share)]
    return dict(zip(COLUMNS, [*values, "CHGOFF" if bad else "P I F"], strict=True))


def _write(folder: Path, rows: list[dict[str, Any]]) -> Path:
    path = folder / RECORDS.file
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dice = random.Random(7)
    rows = [_row(dice, year) for year in (2004, 2005) for _ in range(900)]
    return _write(tmp_path_factory.mktemp("loans"), rows)


def _train(loans: list[Loan]) -> dict[str, Any]:
    """A card of the application block alone."""
    trained = train_application(loans, "hash", seed=1)
    block = block_json(trained.block, APPLICATION, trained.origin)
    return card_json([block], SCALE, trained.base_rate, trained.base_rate_note, date(2026, 1, 31))


@pytest.fixture(scope="module")
def trained(data: Path, in_little: None) -> dict[str, Any]:
    return _train(list(read_loans(data)))


def test_the_card_learns_what_the_loans_show(trained: dict[str, Any]) -> None:
    card = parse_card(trained)
    assert score({"age_months": 6}, card).pd > score({"age_months": 60}, card).pd
    assert score({"industry": "retail"}, card).pd > score({"industry": "software_it"}, card).pd
    assert score({"employees": 1}, card).pd > score({"employees": 40}, card).pd
    assert score({"guaranteed_share": 0.5}, card).pd > score({"guaranteed_share": 0.85}, card).pd
    metrics = trained["blocks"][0]["metrics"]
    assert metrics["auc_test"]["low"] > 0.6
    assert metrics["auc_test"]["low"] < metrics["auc_test"]["value"] < metrics["auc_test"]["high"]


def test_the_mean_default_probability_is_the_base_rate(trained: dict[str, Any], data: Path) -> None:
    card = parse_card(trained)
    loans = [loan for loan in read_loans(data) if loan.year == 2004]
    share = sum(loan.defaulted for loan in loans) / len(loans)
    life = sorted(loan.term for loan in loans)[len(loans) // 2]
    assert card.base_rate == pytest.approx(1 - (1 - share) ** (12 / life), abs=1e-4)
    mean = sum(probability(card, exact_points(loan.facts, card)[0]) for loan in loans) / len(loans)
    assert mean == pytest.approx(card.base_rate, rel=0.004)


def test_training_repeats_itself(trained: dict[str, Any], data: Path) -> None:
    assert _train(list(read_loans(data))) == trained


def test_term_and_state_change_nothing(trained: dict[str, Any], data: Path) -> None:
    """Only the base rate may know the term: with the median kept, other terms give the same card."""
    loans = list(read_loans(data))
    life = float(np.median([loan.term for loan in loans if loan.year == 2004]))
    same = [Loan(loan.facts, loan.year, loan.defaulted, int(life)) for loan in loans]
    assert _train(same) == trained
    assert all("term" not in name and "State" not in name for loan in loans for name in loan.facts)


def test_a_direction_against_expectation_carries_no_points(data: Path) -> None:
    turned = []
    for loan in read_loans(data):
        facts = dict(loan.facts)
        facts["age_months"] = 24 if facts["age_months"] == 0 else 0
        turned.append(Loan(facts, loan.year, loan.defaulted, loan.term))
    card = parse_card(_train(turned))
    assert score({"age_months": 0}, card).pd == score({"age_months": 600}, card).pd == score({}, card).pd


def test_no_weight_turns_round() -> None:
    """A weaker copy of a feature would take a negative weight beside it; it takes none."""
    rng = np.random.default_rng(5)
    truth, noise = rng.normal(size=3000), rng.normal(size=3000)
    bad = (rng.random(3000) < 1 / (1 + np.exp(-truth))).astype(float)
    weights = constrained_weights(np.column_stack([truth + noise, noise]), bad)
    assert weights[0] > 0.2
    assert weights[1] == 0


def test_years_with_enough_loans_are_reported(data: Path) -> None:
    dice = random.Random(9)
    earlier = list(read_loans(data))
    extra = [Loan(dict(dice.choice(earlier).facts), 1997, i % 2 == 0, 60) for i in range(2 * ENOUGH)]
    few = [Loan({"employees": 3}, 1998, i % 2 == 0, 60) for i in range(50)]
    raw = _train([*earlier, *extra, *few])
    other = raw["blocks"][0]["metrics"]["auc_other_years"]
    assert list(other) == ["1997"]
    assert other["1997"]["low"] < 0.5 < other["1997"]["high"]


X = wording("x", "lower", "某项", "something")


def _column(values: list[Any], bad: list[bool], kind: str = "number", name: str = "suspect") -> Table:
    spec = Spec(name, "employees" if kind == "number" else "industry", "none", X, X, kind=kind)
    return Table((spec,), (np.array(values, dtype=float if kind == "number" else object),), np.array(bad, dtype=float))


def test_the_leak_alarm_rings_for_a_planted_leak(data: Path) -> None:
    """The final term, passed off as a fact, is caught by what it does and not by its name."""
    planted = [Loan(loan.facts | {"employees": loan.term}, loan.year, loan.defaulted, loan.term) for loan in read_loans(data)]
    with pytest.raises(LeakError, match=r"AUC alone above 0.8: employees \(1\.000\)"):
        train_application(planted, "hash", seed=1)
    table = Table.of(APPLICATION, [loan for loan in planted if loan.year == 2004])
    assert check_leaks(table, reviewed=frozenset({"employees"}))["employees"] == 1.0


@pytest.mark.parametrize("fact", sorted(FORBIDDEN))
def test_forbidden_inputs_are_refused_by_name_with_the_reason(fact: str) -> None:
    with pytest.raises(LeakError, match=f"sneaky reads {fact}, which is forbidden: {FORBIDDEN[fact]}"):
        refuse_forbidden([Spec("sneaky", f"amount_sought / {fact}", "none", X, X)])


@pytest.mark.parametrize(
    ("values", "kind", "rings"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "number", True),
        ([-1, -2, -3, -4, -5, -6, -7, -8, -9, -10], "number", True),
        ([1, 2, 1, 2, 1, 2, 1, 2, 1, 2], "number", False),
        ([None, 2, 1, 2, 1, 2, 1, 2, 1, None], "number", False),
        (["a", "a", "a", "a", "a", "b", "b", "b", "b", "b"], "choice", True),
        (["a", "a", "a", "b", None, "a", "b", "a", "a", "a"], "choice", False),
        ([None] * 10, "number", False),
        ([None] * 10, "choice", False),
    ],
)
def test_the_leak_alarm_hears_either_direction_and_choices(values: list[Any], kind: str, rings: bool) -> None:
    table = _column(values, [False] * 5 + [True] * 5, kind)
    if rings:
        with pytest.raises(LeakError, match="suspect"):
            check_leaks(table)
    else:
        assert check_leaks(table)["suspect"] <= 0.8


@pytest.mark.parametrize(
    ("risk", "bad", "area"),
    [([1, 2, 3, 4], [0, 0, 1, 1], 1.0), ([4, 3, 2, 1], [0, 0, 1, 1], 0.0), ([1, 1, 1, 1], [0, 1, 0, 1], 0.5)],
)
def test_auc(risk: list[float], bad: list[float], area: float) -> None:
    assert auc(np.array(risk, float), np.array(bad, float)) == area


def test_calibration_error_by_hand() -> None:
    probability, bad = np.array([0.15, 0.15, 0.85, 0.85]), np.array([0.0, 0.0, 1.0, 0.0])
    assert calibration_error(probability, bad) == pytest.approx((0.3 + 0.7) / 4)


def test_recalibration_mends_a_shifted_score() -> None:
    rng = np.random.default_rng(1)
    truth = rng.normal(-1, 1, 4000)
    bad = (rng.random(4000) < 1 / (1 + np.exp(-truth))).astype(float)
    shifted = 2 * truth + 1.5
    before = calibration_error(1 / (1 + np.exp(-shifted)), bad)
    assert calibration_error(recalibrated(shifted, bad, seed=1), bad) < 0.03 < before
    interval = with_interval(auc, shifted, bad, seed=1, resamples=50)
    assert interval["low"] <= interval["value"] <= interval["high"]


@pytest.mark.parametrize("direction", ["rising", "falling"])
def test_bins_are_monotone_whatever_the_data(direction: str) -> None:
    rng = np.random.default_rng(3)
    for _ in range(10):
        values, bad = rng.integers(0, 30, 400).astype(float), (rng.random(400) < 0.3).astype(float)
        bins = number_bins(values, bad, direction, max_bins=6)
        risk = list(bins.woe)
        assert risk == sorted(risk, reverse=direction == "rising")
        assert list(bins.cuts) == sorted(set(bins.cuts))
        assert len(risk) == len(bins.cuts) + 1 <= 6


@pytest.mark.parametrize(
    ("naics", "industry"),
    [
        ("448110", "retail"), ("493110", "warehousing"), ("492110", "postal"), ("721110", "accommodation"),
        ("722511", "catering"), ("541511", "software_it"), ("541110", "leasing_business_services"),
        ("531311", "property_management"), ("531210", "real_estate"), ("532111", "leasing_business_services"),
        ("621210", "other"), ("0", None), ("", None), ("990000", None),
    ],
)  # fmt: skip
def test_industries(naics: str, industry: str | None) -> None:
    assert industry_of(naics) == industry


def test_records_become_facts_only_where_they_say_something(tmp_path: Path) -> None:
    row = _row(random.Random(1), 2004) | {
        "NAICS": "0", "NoEmp": 0, "NewExist": 0, "GrAppv": 1000, "SBA_Appv": 500, "FranchiseCode": 12, "Term": 60,
    }  # fmt: skip
    folder = _write(tmp_path, [row, row | {"MIS_Status": ""}])
    (loan,) = read_loans(folder)
    assert loan.facts == {"amount_sought": 8280.0, "guaranteed_share": 0.5, "franchise": True, "purpose": "equipment"}


def test_undocumented_codes_of_a_credit_line_say_nothing(tmp_path: Path) -> None:
    rows = [_row(random.Random(1), 2004) | {"RevLineCr": code} for code in "YNT0"]
    purposes = [loan.facts.get("purpose") for loan in read_loans(_write(tmp_path, rows))]
    assert purposes == ["working_capital", "equipment", None, None]


def test_choices_of_a_group_share_their_weight() -> None:
    bad = np.array([1.0] * 30 + [0.0] * 70 + [0.0] * 100)
    found = choice_bins(["a"] * 100 + ["c"] * 100, bad, groups=[("a", "b")])
    assert found["a"] == found["b"] > 0 > found["c"]


def test_bad_records_missing_files_and_missing_years_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=rf"no training data: .*{RECORDS.file}"):
        fingerprint(tmp_path)
    folder = _write(tmp_path, [_row(random.Random(1), 2004) | {"NoEmp": "many"}])
    with pytest.raises(DataError, match="line 2"):
        list(read_loans(folder))
    with pytest.raises(DataError, match="fiscal year 2004"):
        _train([])
    mute = [Loan({"employees": 3}, year, bad, 60) for year in (2004, 2005) for bad in (True, False)]
    with pytest.raises(DataError, match="states its industry"):
        _train(mute)
