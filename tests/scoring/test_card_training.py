"""Training on small made-up loans: what it learns, what it refuses, and that it repeats itself."""

import csv
import gzip
import json
import math
import random
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoring.training import loan_block, run
from scoring.card import parse_card, score
from scoring.train_bins import number_bins
from scoring.train_data import FILE, DataError, Loan, industry_of, read_loans
from scoring.train_metrics import LeakError, auc, calibration_error, check_leaks, recalibrated, with_interval
from scoring.train_model import constrained_weights

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
    path = folder / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dice = random.Random(7)
    rows = [_row(dice, year) for year in (2004, 2005) for _ in range(1200)]
    return _write(tmp_path_factory.mktemp("loans"), rows)


@pytest.fixture(scope="module")
def trained(data: Path) -> dict[str, Any]:
    return train.train_card(list(read_loans(data)), "hash", date(2026, 1, 31))


@pytest.fixture(autouse=True, scope="module")
def few_refits() -> Any:
    patch = pytest.MonkeyPatch()
    patch.setattr(train, "REFITS", 2)
    yield
    patch.undo()


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
    mean = sum(float(score(loan.facts, card).pd) for loan in loans) / len(loans)
    assert mean == pytest.approx(card.base_rate, rel=0.004)


def test_training_repeats_itself(trained: dict[str, Any], data: Path) -> None:
    assert train.train_card(list(read_loans(data)), "hash", date(2026, 1, 31)) == trained


def test_term_and_state_change_nothing(trained: dict[str, Any], data: Path) -> None:
    """Only the base rate may know the term: with the median kept, other terms give the same card."""
    loans = list(read_loans(data))
    life = float(np.median([loan.term for loan in loans if loan.year == 2004]))
    same = [Loan(loan.facts, loan.year, loan.defaulted, int(life)) for loan in loans]
    assert train.train_card(same, "hash", date(2026, 1, 31)) == trained
    assert all("term" not in name and "State" not in name for loan in loans for name in loan.facts)


def test_a_direction_against_expectation_carries_no_points(data: Path) -> None:
    turned = []
    for loan in read_loans(data):
        facts = dict(loan.facts)
        facts["age_months"] = 24 if facts["age_months"] == 0 else 0
        turned.append(Loan(facts, loan.year, loan.defaulted, loan.term))
    card = parse_card(train.train_card(turned, "hash", date(2026, 1, 31)))
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
    extra = [Loan(dict(dice.choice(earlier).facts), 1997, i % 2 == 0, 60) for i in range(2 * train.ENOUGH)]
    few = [Loan({"employees": 3}, 1998, i % 2 == 0, 60) for i in range(50)]
    raw = train.train_card([*earlier, *extra, *few], "hash", date(2026, 1, 31))
    other = raw["blocks"][0]["metrics"]["auc_other_years"]
    assert list(other) == ["1997"]
    assert other["1997"]["low"] < 0.5 < other["1997"]["high"]


def test_the_leak_alarm_rings_for_the_final_term(data: Path) -> None:
    loans = [loan for loan in read_loans(data) if loan.year == 2004]
    bad = [loan.defaulted for loan in loans]
    term: dict[str, list[float | str | None]] = {
        "term": [loan.term for loan in loans],
        "employees": [loan.facts.get("employees") for loan in loans],
    }
    with pytest.raises(LeakError, match=r"term \(1\.000\)"):
        check_leaks(term, bad)
    assert check_leaks(term, bad, reviewed=frozenset({"term"}))["employees"] < 0.8


@pytest.mark.parametrize(
    ("values", "rings"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], True),
        ([-1, -2, -3, -4, -5, -6, -7, -8, -9, -10], True),
        ([1, 2, 1, 2, 1, 2, 1, 2, 1, 2], False),
        (["a", "a", "a", "a", "a", "b", "b", "b", "b", "b"], True),
        ([None] * 10, False),
    ],
)
def test_the_leak_alarm_hears_either_direction_and_choices(values: list[Any], rings: bool) -> None:
    bad = [False] * 5 + [True] * 5
    if rings:
        with pytest.raises(LeakError, match="suspect"):
            check_leaks({"suspect": values}, bad)
    else:
        assert check_leaks({"suspect": values}, bad)["suspect"] <= 0.8


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
    assert loan.facts == {"amount_sought": 8280.0, "guaranteed_share": 0.5, "franchise": True}


def test_the_command_writes_a_card(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "card.json"
    assert train.main(["--data", str(data), "--out", str(out), "--date", "2026-01-31"]) == 0
    raw = json.loads(out.read_text(encoding="utf-8"))
    assert raw["version"] == "2026-01-31"
    assert parse_card(raw)
    assert "auc_test" in capsys.readouterr().out


def test_missing_data_is_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train.main(["--data", str(tmp_path), "--date", "2026-01-31"]) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("no training data")
    assert str(FILE) in said
    assert "\n" not in said


def test_bad_records_and_missing_years_are_named(tmp_path: Path) -> None:
    folder = _write(tmp_path, [_row(random.Random(1), 2004) | {"NoEmp": "many"}])
    with pytest.raises(DataError, match="line 2"):
        list(read_loans(folder))
    with pytest.raises(DataError, match="fiscal year 2004"):
        train.train_card([], "hash", date(2026, 1, 31))
