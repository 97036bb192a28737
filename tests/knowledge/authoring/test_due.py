"""What a person must review, by the days before and after each bound."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from knowledge.authoring.due import REVIEW_DAYS, UNCERTAIN_REVIEW_DAYS, due
from knowledge.entries import Entry
from tests.knowledge.authoring.sample import GOOD
from tests.shipped import shipped

CHECKED = date(2026, 11, 21)
ALONE = {"when": None, "cases": [], "valid": {}}


def entry(**changes: Any) -> Entry:
    raw: Mapping[str, Any] = {**yaml.safe_load(GOOD), **ALONE, **changes}
    return Entry.model_validate({key: value for key, value in raw.items() if value is not None})


def reasons(found: Entry, on: date, within: int = 45) -> tuple[str, ...]:
    return next((item.reasons for item in due([found], on, within)), ())


END = date(2026, 12, 31)
BOUNDS = [
    # days from the day asked to the end, reasons
    (46, ()), (45, ("ending",)), (1, ("ending",)), (0, ("ending",)), (-1, ("ended",)), (-400, ("ended", "unchecked")),
]  # fmt: skip


@pytest.mark.parametrize(("days", "expected"), BOUNDS)
def test_an_entry_is_due_when_it_ends_soon_or_has_ended(days: int, expected: tuple[str, ...]) -> None:
    assert reasons(entry(valid={"until": END}), END - timedelta(days=days)) == expected


@pytest.mark.parametrize(("changes", "limit"), [({}, REVIEW_DAYS), ({"confidence": "medium"}, UNCERTAIN_REVIEW_DAYS)])
@pytest.mark.parametrize(("late", "expected"), [(-1, False), (0, True), (1, True)])
def test_an_entry_is_due_when_it_was_not_checked_for_long(changes: dict[str, Any], limit: int, late: int, expected: bool) -> None:
    assert ("unchecked" in reasons(entry(**changes), CHECKED + timedelta(days=limit + late), 0)) is expected


def test_what_is_uncertain_or_left_to_people_is_always_told() -> None:
    assert reasons(entry(confidence="medium"), CHECKED) == ("uncertain",)
    assert reasons(entry(status="unconfirmed"), CHECKED) == ("uncertain",)
    check = {"any": [{"fact": "high_tech", "is": True}, {"not": {"check": {"zh": "由谁", "en": "who"}}}]}
    assert reasons(entry(when=check), CHECKED) == ("by_hand",)


@pytest.mark.parametrize(
    "changes", [{"status": "closed"}, {"status": "superseded"}, {"replaced_by": "sub-new", "valid": {"until": CHECKED}}]
)
def test_what_is_settled_is_not_due(changes: dict[str, Any]) -> None:
    assert reasons(entry(**changes), CHECKED + timedelta(days=400)) == ()


def test_the_most_pressing_comes_first_and_names_its_source() -> None:
    on = date(2026, 11, 26)
    items = due(shipped(), on, 45)
    assert [item.day for item in items] == sorted(item.day for item in items)
    ending = {item.entry.id for item in items if "ending" in item.reasons and item.entry.valid.until == END}
    assert {"sub-service-loan-2026", "sub-sme-fixed-loan-2026", "sub-equipment-renewal-2026"} <= ending
    line = next(item for item in items if item.entry.id == "sub-service-loan-2026").line("zh", on)
    assert line.startswith("2026-12-31  sub-service-loan-2026")
    assert "还有 35 天到期" in line
    assert "财金〔2026〕5号" in line
    told = next(item for item in items if item.entry.id == "sub-service-loan-2026").as_json("en")
    assert (told["due"], told["valid_until"]) == ("2026-12-31", "2026-12-31")
