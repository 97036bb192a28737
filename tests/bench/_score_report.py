"""Writes the score card's own card, docs/score-card.md, with its pictures: `make score-report`.

Needs the training data (ADVISOR_BENCH_DATA). Figures come from the shipped card's `metrics`; pictures are drawn from cards
trained anew, each firm scored by one that has not seen it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import scoring.card
from scoring.bands import probability
from scoring.card_reading import parse_card
from scoring.training import loans, polish
from scoring.training.application import APPLICATION
from scoring.training.loan_block import PLAN, SCALE, bad, life_log_odds, years
from scoring.training.metrics import auc, recalibrated
from scoring.training.model import fit_block, table_points
from scoring.training.run import SEED
from scoring.training.spec import Floats, Table
from scoring.training.statement_block import PLAN as STATEMENT_PLAN
from scoring.training.statement_block import cross_validated, folds, shifted
from scoring.training.statements import STATEMENTS
from tests.bench._lines import PROJECT, Missing, data_file
from tests.bench._score_pictures import Curve, square
from tests.bench._score_texts import INTRODUCTION, LIMITS, MISSING, REACH, TRIED
from tests.bench.scorecard import APPLICATION as AUC_APPLICATION
from tests.bench.scorecard import CALIBRATION, CHALLENGER, THINNED
from tests.bench.scorecard import STATEMENTS as AUC_STATEMENTS

_DOCS = PROJECT / "docs"
_SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)


def main() -> int:
    """Writes the report; 3 with one line when the data are missing."""
    try:
        folder = data_file(str(polish.RECORDS.file)).parents[1]
        data_file(str(loans.RECORDS.file))
    except Missing as error:
        print(f"score-report: {error}", file=sys.stderr)
        return 3
    raw = json.loads(Path(scoring.card.__file__).with_name("card.json").read_text("utf-8"))
    _pictures(folder, raw["base_rate"])
    (_DOCS / "score-card.md").write_text("\n".join(_report(raw)) + "\n", "utf-8")
    return 0


def _pictures(folder: Path, base_rate: float) -> None:
    train, test = years(list(loans.read_loans(folder)))
    block = fit_block(PLAN, Table.of(APPLICATION, train), base_rate, SEED, SCALE)
    applied, repaid = life_log_odds(block, test, float(bad(train).mean())), bad(test)
    table = Table.of(STATEMENTS, list(polish.read_statements(folder)))
    told = cross_validated(STATEMENT_PLAN, table, base_rate, SEED).whole
    roc = [Curve("application, loans of 2005", _roc(applied, repaid)), Curve("statements, cross-validated", _roc(told, table.bad))]
    (_DOCS / "score-roc.svg").write_text(square(roc, "share of sound firms flagged", "share of failing firms flagged"), "utf-8")
    calm = _reliability("application, recalibrated on 2005", recalibrated(applied, repaid, SEED), repaid)
    (_DOCS / "score-calibration-application.svg").write_text(_calibration(calm, 0.5), "utf-8")
    sure = _reliability("statements, cross-validated", shifted(told, float(table.bad.mean())), table.bad)
    (_DOCS / "score-calibration-statements.svg").write_text(_calibration(sure, 0.6), "utf-8")
    missing = Curve("statements, each answer left out at random", _by_missing(table, base_rate), dots=True)
    (_DOCS / "score-missing.svg").write_text(
        square([missing], "share of answers missing", "AUC", (0.6, 1.0), (0.0, 0.5), diagonal=False), "utf-8"
    )


def _roc(risk: Floats, failed: Floats) -> list[tuple[float, float]]:
    order = np.argsort(-risk, kind="stable")
    hits, alarms = np.cumsum(failed[order]) / failed.sum(), np.cumsum(1 - failed[order]) / (1 - failed).sum()
    ends = np.append(np.flatnonzero(np.diff(risk[order])), len(order) - 1)[:: max(1, len(order) // 400)]
    return [(0.0, 0.0), *zip(alarms[ends].tolist(), hits[ends].tolist(), strict=True), (1.0, 1.0)]


def _reliability(name: str, probability: Floats, failed: Floats, bins: int = 10) -> Curve:
    """Predicted against seen in ten equally filled bins, with two standard errors of what was seen."""
    points, bars = [], []
    for part in np.array_split(np.argsort(probability, kind="stable"), bins):
        seen, error = float(failed[part].mean()), 2 * float(np.sqrt(failed[part].mean() * (1 - failed[part].mean()) / len(part)))
        points.append((float(probability[part].mean()), seen))
        bars.append((max(seen - error, 0.0), seen + error))
    return Curve(name, points, bars, dots=True)


def _calibration(curve: Curve, most: float) -> str:
    return square([curve], "probability given", "share that failed", (most, most))


def _by_missing(table: Table, base_rate: float) -> list[tuple[float, float]]:
    rng = np.random.default_rng(SEED)
    thinned = [table.silenced(share, rng) for share in _SHARES]
    points = np.zeros((len(_SHARES), len(table)))
    for fit, use in folds(table, SEED):
        block = fit_block(STATEMENT_PLAN, table.take(fit), base_rate, SEED, SCALE)
        for i, one in enumerate(thinned):
            points[i, use] = table_points(block, one.take(use))
    return [(share, auc(-row, table.bad)) for share, row in zip(_SHARES, points, strict=True)]


def _report(raw: dict[str, Any]) -> Iterator[str]:
    application, statements, invoices = raw["blocks"]
    yield from (INTRODUCTION.format(version=raw["version"], base=raw["base_rate"], note=raw["base_rate_note"].split("Default: ")[1]), "")
    yield from ("## Grades", "", "| grade | 12-month default probability |", "|---|---|", *_grades(raw["grades"]), "")
    yield from ("## Data", "", *_data(raw["blocks"]), "", "## Results", "", *_results(application["metrics"], statements["metrics"]), "")
    yield from ("![ROC curves](score-roc.svg)", "", "## Calibration", "", *_calibration_text(application, statements), "")
    yield from ("![Calibration of the application block](score-calibration-application.svg)", "")
    yield from ("![Calibration of the statements block](score-calibration-statements.svg)", "")
    yield from ("## How far it goes", "", REACH, "", *_reaches(raw), "")
    yield from ("## Missing answers", "", MISSING, "", "![AUC by share of answers missing](score-missing.svg)", "", TRIED, "")
    yield from ("## What the card reads", "", *_features(raw["blocks"]), "", "### Why the judged weights are as they are", "")
    yield from (*(f"- **{one['name']}**: {one['note']}." for one in invoices["features"]), "", LIMITS)


def _grades(grades: Sequence[dict[str, Any]]) -> Iterator[str]:
    low = 0.0
    for one in grades:
        yield f"| {one['grade']} | {low:.1%} up to below {one['pd_below']:.1%} |"
        low = one["pd_below"]


def _data(blocks: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield from ("| block | data | trained on | measured on | SHA-256 |", "|---|---|---|---|---|")
    for one in blocks:
        training, source = one["training"], one["source"]
        digest = f"`{source['sha256'][:16]}…`" if "sha256" in source else "none"
        trained, measured = training.get("train", "nothing"), training.get("test", "nothing here")
        yield f"| {one['name']} | {source['data']} | {trained} | {measured} | {digest} |"
    yield from ("", *(f"- **{one['name']}**: {one['note']}." for one in blocks))


def _results(application: dict[str, Any], statements: dict[str, Any]) -> Iterator[str]:
    yield from ("| figure | value | 95% range | target |", "|---|---|---|---|")
    rows = [
        ("application, AUC out of time (2004 to 2005)", application["auc_test"], AUC_APPLICATION),
        ("application, the same with the purpose not answered", application["auc_test_purpose_not_answered"], None),
        ("application, boosted challenger", application["auc_test_boosted_challenger"], None),
        ("application, AUC on the loans it was trained on", application["auc_train"], None),
        *((f"application, AUC on loans of {year}", one, None) for year, one in application["auc_other_years"].items()),
        ("statements, AUC cross-validated, 18 ratios", statements["auc_cross_validated"], AUC_STATEMENTS),
        ("statements, the fifteen ratios alone", statements["auc_fifteen_ratios"], None),
        ("statements, absent figures never counting", statements["auc_absence_never_counts"], None),
        ("statements, 30% of answers missing", statements["auc_missing_30_percent"], THINNED),
        ("statements, boosted challenger", statements["auc_boosted_challenger"], CHALLENGER),
        ("statements, boosted trees free of directions", statements["auc_boosted_free"], None),
        ("statements, the same with a stranger's figure where one is absent", statements["auc_boosted_free_absence_hidden"], None),
    ]
    for name, figure, target in rows:
        wanted = "" if target is None else f"{target:g} {'reached' if figure['value'] >= target else 'missed'}"
        yield f"| {name} | {figure['value']:.3f} | {figure['low']:.3f} to {figure['high']:.3f} | {wanted} |"
    yield "| invoices and flows | not measured here | | 0.86 on lists kept elsewhere |"


def _calibration_text(application: dict[str, Any], statements: dict[str, Any]) -> Iterator[str]:
    error, before = application["metrics"]["calibration_error_recalibrated"], application["metrics"]["calibration_error_before"]
    told = statements["metrics"]
    yield (
        f"Expected calibration error of the application block on the loans of 2005: {before['value']:.1%} as trained, since more of "
        f"them failed, and {error['value']:.2%} ({error['low']:.2%} to {error['high']:.2%}) after intercept and slope were fitted on "
        f"one half and tried on the other (target {CALIBRATION:.0%}); a score that is exactly right would show "
        f"{application['metrics']['calibration_error_chance_level']:.2%}. Statements, cross-validated: "
        f"{told['calibration_error']['value']:.2%} at the file's share of failures, {told['calibration_error_at_base_rate']:.2%} when the "
        "base rate is moved to the card's own by the intercept alone."
    )


def _reaches(raw: dict[str, Any]) -> Iterator[str]:
    """What each block may claim at the card's base rate, and the firms that bear it out."""
    card = parse_card(raw)
    yield "| block | lowest | highest | safest tenth failed | riskiest fiftieth failed | of all failed |"
    yield "|---|---|---|---|---|---|"
    for block, one in zip(raw["blocks"], card.blocks, strict=True):
        found = block["reach"]["found"]
        seen = [f"{found[tail]['failed']} of {found[tail]['firms']}" for tail in ("safest", "riskiest")] if found else ["judged", "judged"]
        share = f"{found['share_of_all']:.1%}" if found else ""
        ends = (probability(card, card.base_points + points) for points in (one.reach.up, -one.reach.down))
        yield " | ".join((f"| {one.name}", *(f"{end:.2%}" for end in ends), *seen, share)) + " |"


def _features(blocks: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield from ("| block | feature | formula | direction | points | not answered | AUC alone |", "|---|---|---|---|---|---|---|")
    for block in blocks:
        alone = block["training"].get("auc_of_each_feature_alone", {})
        for one in block["features"]:
            points = [bin_["points"] for bin_ in one["bins"]]
            reach = f"{min(points):g} to {max(points):g}" if any(points) else "none"
            yield (
                f"| {block['name']} | {one['name']} | `{one['formula']}` | {one['direction']} | {reach} | "
                f"{one['missing_points']:g} | {alone.get(one['name'], '')} |"
            )


if __name__ == "__main__":
    raise SystemExit(main())
