"""Standing by dates, and what an entry says to a firm."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knowledge.eligibility import Status, judge
from knowledge.entries import Standing
from knowledge.firm import spec_of
from tests.made_entries import made_entry

DAY = date(2026, 11, 21)
OLD_ENOUGH = {"fact": "age_months", "at_least": 24}


@pytest.mark.parametrize(
    ("status", "valid", "on", "standing"),
    [
        ("in_force", {}, DAY, Standing.IN_FORCE),
        ("unconfirmed", {}, DAY, Standing.IN_FORCE),
        ("superseded", {}, DAY, Standing.ENDED),
        ("closed", {}, DAY, Standing.ENDED),
        ("in_force", {"from": "2026-01-01", "until": "2026-12-31"}, date(2025, 12, 31), Standing.NOT_YET),
        ("in_force", {"from": "2026-01-01", "until": "2026-12-31"}, date(2026, 1, 1), Standing.IN_FORCE),
        ("in_force", {"from": "2026-01-01", "until": "2026-12-31"}, date(2026, 12, 31), Standing.IN_FORCE),
        ("in_force", {"from": "2026-01-01", "until": "2026-12-31"}, date(2027, 1, 1), Standing.ENDED),
        ("in_force", {"from": "2026-11-21", "until": "2026-11-21"}, DAY, Standing.IN_FORCE),
        ("in_force", {"from": "2026-11-22"}, DAY, Standing.NOT_YET),
        ("in_force", {"until": "2026-11-20"}, DAY, Standing.ENDED),
        ("superseded", {"from": "2026-01-01", "until": "2026-12-31"}, DAY, Standing.ENDED),
        ("superseded", {"from": "2027-01-01"}, DAY, Standing.ENDED),
        ("superseded", {"until": "2025-12-31"}, date(2025, 12, 31), Standing.IN_FORCE),
        ("superseded", {"until": "2025-12-31"}, date(2026, 1, 1), Standing.ENDED),
        ("superseded", {"until": "2027-12-31"}, date(2026, 11, 20), Standing.IN_FORCE),
        ("closed", {"from": "2025-03-16", "until": "2025-12-31"}, date(2025, 3, 15), Standing.NOT_YET),
        ("closed", {"from": "2025-03-16", "until": "2025-12-31"}, date(2025, 3, 16), Standing.IN_FORCE),
        ("closed", {}, date(2020, 1, 1), Standing.ENDED),
    ],
)
def test_standing(status: str, valid: dict[str, str], on: date, standing: Standing) -> None:
    subject = made_entry(status=status, valid=valid)
    assert subject.standing(on) is standing
    assert judge(subject, {}, on).standing is standing
    assert (judge(subject, {}, on).status is Status.ELIGIBLE) == (standing is Standing.IN_FORCE)


@pytest.mark.parametrize("known", [{}, {"age_months": 36}, {"age_months": 1}])
def test_nobody_is_eligible_for_what_has_ended(known: dict[str, Any]) -> None:
    judgement = judge(made_entry(when=OLD_ENOUGH, status="closed"), known, DAY)
    assert (judgement.status, judgement.findings, judgement.missing) == (Status.INELIGIBLE, (), ())


def test_without_a_rule_everybody_is_eligible() -> None:
    subject = made_entry()
    assert subject.rule is None
    judgement = judge(subject, {}, DAY)
    assert (judgement.status, judgement.findings, judgement.missing) == (Status.ELIGIBLE, (), ())


@pytest.mark.parametrize(
    ("age", "status", "missing"),
    [(23, Status.INELIGIBLE, ()), (24, Status.ELIGIBLE, ()), (25, Status.ELIGIBLE, ()), (None, Status.UNKNOWN, ("age_months",))],
)
def test_a_judgement_gives_its_reasons(age: int | None, status: Status, missing: tuple[str, ...]) -> None:
    known = {} if age is None else {"age_months": age}
    judgement = judge(made_entry(when=OLD_ENOUGH), known, DAY)
    assert (judgement.status, judgement.missing) == (status, missing)
    assert [(finding.leaf.fact, finding.known.value) for finding in judgement.findings] == [("age_months", age)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("region", "age", "status", "missing"),
    [
        ("350102", 24, Status.ELIGIBLE, ()),
        ("350200", 24, Status.INELIGIBLE, ()),
        ("350200", None, Status.INELIGIBLE, ()),
        ("440000", None, Status.INELIGIBLE, ()),
        ("350102", None, Status.UNKNOWN, ("age_months",)),
        (None, 24, Status.UNKNOWN, ("region",)),
        (None, None, Status.UNKNOWN, ("region", "age_months")),
        (None, 1, Status.INELIGIBLE, ()),
    ],
)
def test_the_region_is_part_of_the_rule(region: str | None, age: int | None, status: Status, missing: tuple[str, ...]) -> None:
    known = {name: spec_of(name).parse(raw) for name, raw in (("region", region), ("age_months", age)) if raw is not None}
    judgement = judge(made_entry(when=OLD_ENOUGH, region={"within": "350000", "without": ["350200"]}), known, DAY)
    assert (judgement.status, judgement.missing) == (status, missing)


def test_a_national_entry_with_a_place_left_out() -> None:
    subject = made_entry(region={"within": "100000", "without": ["350200"]})
    assert judge(subject, {"region": "350100"}, DAY).status is Status.ELIGIBLE
    assert judge(subject, {"region": "350203"}, DAY).status is Status.INELIGIBLE
    assert judge(subject, {}, DAY).status is Status.UNKNOWN
