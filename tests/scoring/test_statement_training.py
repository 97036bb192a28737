"""Training on made-up statements: what the file's columns become, what is learned, and the whole command."""

import csv
import gzip
import json
import math
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.commands import score as score_command
from scoring.card import parse_card, score
from scoring.monitoring.observing import UNANSWERED, bin_of
from scoring.training import run
from scoring.training.leaks import LeakError
from scoring.training.loan_block import SCALE
from scoring.training.loans import Loan
from scoring.training.model import fit_block, points_of, table_points
from scoring.training.polish import RECORDS, YUAN_PER_UNIT, Statement, fingerprint, read_statements
from scoring.training.records import DataError
from scoring.training.run import train_card
from scoring.training.spec import Table
from scoring.training.statement_block import PLAN, calibration_at, shifted, train_statements
from scoring.training.statements import FIFTEEN, STATEMENTS


def _firms(count: int = 1000) -> list[Statement]:
    """Firms whose risk is known: losses and debts bring them down. One in twelve statements lacks the year before."""
    rng = np.random.default_rng(11)
    firms = []
    for _ in range(count):
        assets = float(10 ** rng.uniform(5, 8))
        debt, margin, turnover = rng.uniform(0.1, 1.1), rng.normal(0.04, 0.08), rng.uniform(0.5, 3.0)
        bad = rng.random() < 1 / (1 + math.exp(4.6 - 3.4 * debt + 9.0 * margin))
        revenue = assets * turnover
        facts = {
            "total_assets": assets, "total_liabilities": debt * assets, "equity": (1 - debt) * assets,
            "current_assets": 0.6 * assets, "current_liabilities": 0.8 * debt * assets, "inventory": 0.2 * assets,
            "receivables": 0.2 * assets, "annual_revenue": revenue, "previous_revenue": revenue / rng.uniform(0.7, 1.4),
            "operating_cost": 0.85 * revenue, "gross_profit": 0.15 * revenue, "operating_profit": margin * revenue * 1.2,
            "net_profit": margin * revenue, "finance_cost": 0.03 * debt * assets,
        }  # fmt: skip
        if rng.random() < (0.3 if bad else 0.04):
            del facts["previous_revenue"]
        firms.append(Statement(facts, bool(bad)))
    return firms


FIRMS = _firms()
pytestmark = pytest.mark.usefixtures("in_little")


@pytest.fixture(scope="module")
def trained(in_little: None) -> Any:
    return train_statements(FIRMS, "hash", base_rate=0.03, seed=3)


def test_the_block_learns_what_brings_firms_down(trained: Any) -> None:
    metrics = trained.origin.metrics
    assert metrics["auc_cross_validated"]["low"] > 0.68
    assert metrics["auc_missing_30_percent"]["value"] < metrics["auc_cross_validated"]["value"]
    (owing, sound) = ({"total_liabilities": share, "total_assets": 1.0} for share in (1.0, 0.2))
    found = points_of(trained.block, [Statement(owing, True), Statement(sound, False)])
    assert found[0] < -3 < 3 < found[1]


def test_the_mean_default_probability_is_the_base_rate(trained: Any) -> None:
    log_odds = math.log(0.03 / 0.97) - points_of(trained.block, FIRMS) / SCALE.factor
    assert (1 / (1 + np.exp(-log_odds))).mean() == pytest.approx(0.03, rel=0.1)


def test_a_table_scores_as_firms_do(trained: Any) -> None:
    assert table_points(trained.block, Table.of(STATEMENTS, FIRMS)) == pytest.approx(points_of(trained.block, FIRMS))


def test_what_a_complete_statement_lacks_is_learned_within_bounds(trained: Any) -> None:
    growth = next(feature for feature in trained.block.features if feature.name == "sales_growth")
    assert min(growth.points) <= growth.missing_points < 0
    assert all(feature.missing_points == 0 for feature in trained.block.features if "previous_revenue" not in feature.inputs)


def test_every_promised_direction_holds(trained: Any) -> None:
    for feature in trained.block.features:
        order = list(feature.points)
        assert feature.direction == "none" or order == sorted(order, reverse=feature.direction == "falling"), feature.name


def test_the_card_tells_how_its_firms_spread_over_the_bins(trained: Any) -> None:
    """Counted as monitoring counts later firms, so that the firms it was trained on show no shift."""
    for feature in trained.block.features:
        bins = Counter(bin_of(feature, firm.facts) for firm in FIRMS)
        answered = bins.total() - bins[UNANSWERED]
        expected = [bins[place] / answered for place in range(len(feature.points))] if answered else []
        assert list(feature.shares) == pytest.approx(expected, abs=1e-5), feature.name


def test_training_repeats_itself(trained: Any) -> None:
    assert fit_block(PLAN, Table.of(STATEMENTS, FIRMS), 0.03, 3, SCALE).features == trained.block.features


def test_a_leak_in_the_statements_rings_the_alarm() -> None:
    leaky = [Statement(firm.facts | {"net_profit": -firm.defaulted * firm.facts["total_assets"]}, firm.defaulted) for firm in FIRMS]
    with pytest.raises(LeakError, match=r"return_on_assets \(1\.000\)"):
        train_statements(leaky, "hash", base_rate=0.03, seed=3)


def test_a_shift_moves_the_mean_and_keeps_the_order() -> None:
    log_odds = np.linspace(-6, 2, 50)
    moved = shifted(log_odds, 0.05)
    assert moved.mean() == pytest.approx(0.05)
    assert list(moved) == sorted(moved)


def test_calibration_survives_a_shift_of_the_base_rate() -> None:
    rng = np.random.default_rng(2)
    probability = rng.uniform(0.01, 0.4, 40_000)
    bad = (rng.random(40_000) < probability).astype(float)
    assert calibration_at(probability, bad, 0.05, seed=1) < 0.01
    assert calibration_at(probability**2, bad, 0.05, seed=1) > 0.01


ROW = dict.fromkeys((f"Attr{i}" for i in range(1, 65)), 1.0) | {
    "Attr1": 0.05, "Attr2": 0.6, "Attr4": 1.5, "Attr7": 0.08, "Attr10": 0.4, "Attr11": 0.09, "Attr18": 0.07, "Attr20": 36.5,
    "Attr21": 1.25, "Attr23": 0.025, "Attr27": 4.0, "Attr29": 4.0, "Attr32": 73.0, "Attr36": 9.0, "Attr42": 0.04, "Attr44": 73.0,
    "Attr51": 0.3, "bankrupt": 0,
}  # fmt: skip


def _read(tmp_path: Path, **changes: Any) -> dict[str, float]:
    path = tmp_path / RECORDS.file
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(ROW))
        writer.writeheader()
        writer.writerow(ROW | changes)
    (firm,) = read_statements(tmp_path)
    return firm.facts


def test_ratios_become_facts(tmp_path: Path) -> None:
    facts = {name: value / (1e4 * YUAN_PER_UNIT) for name, value in _read(tmp_path).items()}
    assert facts == pytest.approx({
        "total_assets": 1.0, "net_profit": 0.05, "total_liabilities": 0.6, "equity": 0.4, "current_liabilities": 0.3,
        "current_assets": 0.45, "annual_revenue": 2.0, "previous_revenue": 1.6, "inventory": 0.2, "receivables": 0.4,
        "operating_cost": 1.5, "gross_profit": 0.5, "operating_profit": 0.08, "finance_cost": 0.02,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "absent", "given"),
    [
        ({"Attr21": ""}, {"previous_revenue"}, {}),
        ({"Attr27": ""}, {"finance_cost"}, {"operating_profit": 0.08}),
        ({"Attr27": 0, "Attr42": 0}, set(), {"operating_profit": 0.08, "finance_cost": 0.02}),
        ({"Attr23": 0}, set(), {"annual_revenue": 9.0}),
        ({"Attr32": 0}, {"operating_cost", "gross_profit"}, {}),
    ],
)
def test_what_a_column_does_not_tell_is_absent(tmp_path: Path, changes: dict[str, Any], absent: set[str], given: dict[str, float]) -> None:
    facts = _read(tmp_path, **changes)
    assert set(_read(tmp_path)) - set(facts) == absent
    assert {name: facts[name] / facts["total_assets"] for name in given} == pytest.approx(given)


def test_the_fifteen_come_first() -> None:
    assert len(FIFTEEN) == 15
    assert len({spec.text for spec in STATEMENTS}) == len(STATEMENTS)


def test_missing_or_broken_statements_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=rf"no training data: .*{RECORDS.file}"):
        fingerprint(tmp_path)
    with pytest.raises(DataError, match="line 2"):
        _read(tmp_path, Attr5="much")
    with pytest.raises(DataError, match="both outcomes"):
        train_statements([Statement({}, True)], "hash", 0.03, 1)


def _loans() -> list[Loan]:
    rng = np.random.default_rng(4)
    stated = {"industry": "retail", "franchise": False, "purpose": "equipment", "amount_sought": 1e5}
    return [Loan(stated | {"employees": int(rng.integers(1, 30))}, 2004 + i % 2, bool(rng.random() < 0.3), 60) for i in range(400)]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds made-up data in whatever folder it is told."""
    monkeypatch.setattr(run.loan_data, "read_loans", lambda _folder: iter(_loans()))
    monkeypatch.setattr(run.loan_data, "fingerprint", lambda _folder: "loans")
    monkeypatch.setattr(run.polish, "read_statements", lambda _folder: iter(FIRMS))
    monkeypatch.setattr(run.polish, "fingerprint", lambda _folder: "statements")


def test_the_command_writes_a_card_of_three_blocks_and_the_same_again(
    given: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "card.json"
    assert score_command._train(tmp_path, out, "2026-01-31") == 0
    raw = json.loads(out.read_text(encoding="utf-8"))
    assert raw == json.loads(json.dumps(train_card(_loans(), FIRMS, ("loans", "statements"), date(2026, 1, 31))))
    card = parse_card(raw)
    assert [block.name for block in card.blocks] == ["application", "statements", "invoices"]
    assert card.version == "2026-01-31"
    assert [json.loads(line)["block"] for line in capsys.readouterr().out.splitlines()] == [block.name for block in card.blocks]
    losing = {"net_profit": -1e5, "total_assets": 1e6, "annual_revenue": 1e6}
    assert score(losing, card).pd > score(losing | {"net_profit": 1e5}, card).pd


def test_missing_data_is_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score_command._train(tmp_path, tmp_path / "card.json", "2026-01-31") == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("no training data")
    assert "\n" not in said
    assert not (tmp_path / "card.json").exists()


def test_a_leak_leaves_the_old_card_alone(given: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leaky = [Statement({"net_profit": -float(firm.defaulted), "total_assets": 1.0}, firm.defaulted) for firm in FIRMS]
    monkeypatch.setattr(run.polish, "read_statements", lambda _folder: iter(leaky))
    assert score_command._train(tmp_path, tmp_path / "card.json", "2026-01-31") == 2
    assert not (tmp_path / "card.json").exists()
