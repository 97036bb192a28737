"""What changed between two packs, and which firms it moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from knowledge.authoring.cases import typed
from knowledge.authoring.diff import anonymous, change_lines, changes, dropped, effect_lines, effects
from knowledge.firm import FactValue
from knowledge.pack import Kept, Pack, Problem, pack_of
from tests.knowledge.authoring.sample import GOOD, spoilt

ON = date(2026, 11, 21)
FIRM = typed({"age_months": 30, "tax_grade": "A", "owner_age": 30, "region": "350100", "industry": "catering", "firm_name": "张记面馆"})


def packed(**texts: str) -> Pack:
    return pack_of({f"sub-{name}": Kept(f"sub-{name}.yaml", text.replace("sub-sample", f"sub-{name}")) for name, text in texts.items()}, "")


def moved(old: Pack, new: Pack, *firms: Mapping[str, FactValue]) -> dict[str, dict[tuple[str, str], int]]:
    count, found = effects(old, new, changes(old, new), firms, ON)
    assert count == len(firms)
    return {entry_id: dict(effect.counts) for entry_id, effect in found.items()}


def test_new_gone_and_changed_entries_are_named_with_their_keys() -> None:
    old, new = packed(a=GOOD, b=GOOD, c=GOOD), packed(b=spoilt(("500000", "600000"), ("2026-12-31", "2027-01-31")), c=GOOD, d=GOOD)
    found = changes(old, new)
    assert (found.new, found.gone) == (("sub-d",), ("sub-a",))
    assert [(item.key, item.old, item.new) for item in found.changed["sub-b"]] == [
        ("valid.until", date(2026, 12, 31), date(2027, 1, 31)),
        ("offer.subsidy.principal_cap", 500_000, 600_000),
    ]
    assert not changes(old, old)


def test_a_changed_rule_is_told_by_the_conditions_that_went_and_came() -> None:
    old, new = packed(a=GOOD), packed(a=spoilt(("at_least: 24", "at_least: 36")))
    pair = (old["sub-a"], new["sub-a"])
    assert change_lines(changes(old, new).changed["sub-a"], pair, "en") == [
        "condition gone: time in business of at least 2 years",
        "condition new: time in business of at least 3 years",
    ]
    assert change_lines(changes(old, new).changed["sub-a"], pair, "zh") == ["去掉条件：经营年限不少于2年", "新增条件：经营年限不少于3年"]


MOVES = [
    # the change, what it does to the firm
    (("at_least: 24", "at_least: 30"), None),
    (("at_least: 24", "at_least: 31"), ("eligible", "ineligible")),
    (("[20, 60]", "[31, 60]"), ("eligible", "unknown")),
    (("'350000'", "'440000'"), ("eligible", "ineligible")),
    (("until: 2026-12-31", "until: 2026-11-20"), ("eligible", "ineligible")),
    (("until: 2026-12-31", "until: 2026-11-21"), None),
    (("status: in_force", "status: closed"), ("eligible", "ineligible")),
    (("points: 0.015", "points: 0.02"), None),
]


@pytest.mark.parametrize(("change", "expected"), MOVES)
def test_firms_whose_status_moves_are_counted(change: tuple[str, str], expected: tuple[str, str] | None) -> None:
    assert moved(packed(a=GOOD), packed(a=spoilt(change)), FIRM) == ({"sub-a": {expected: 1}} if expected else {})


def test_an_entry_that_comes_or_goes_moves_every_firm() -> None:
    young = {**FIRM, "age_months": 3}
    assert moved(packed(a=GOOD), packed(), FIRM, FIRM) == {"sub-a": {("eligible", "absent"): 2}}
    assert moved(packed(), packed(a=GOOD), FIRM, young) == {"sub-a": {("absent", "eligible"): 1, ("absent", "ineligible"): 1}}


def test_examples_say_nothing_by_which_a_firm_is_known() -> None:
    old, new = packed(a=GOOD), packed(a=spoilt(("at_least: 24", "at_least: 36")))
    _, found = effects(old, new, changes(old, new), [FIRM, FIRM], ON)
    assert effect_lines(found["sub-a"], "en", 2) == ["2 firms go from eligible to ineligible", "  for example: catering, Fujian"]
    assert effect_lines(found["sub-a"], "zh", 2)[0] == "2 家企业从“符合”变为“不符合”"
    assert effect_lines(found["sub-a"], "en", 1000) == ["2 firms go from eligible to ineligible"]
    assert "张记" not in anonymous(FIRM, "zh")
    assert anonymous({}, "en") == "a firm little is known of"


def test_entries_in_force_that_vanish_are_named_and_nothing_else_is() -> None:
    before = packed(a=GOOD, ended=spoilt(("until: 2026-12-31", "until: 2026-11-20")), broken=GOOD, stays=GOOD).kept
    after = Pack(packed(stays=GOOD).entries, "", (Problem("sub-broken.yaml", "kind", "…"),))
    assert dropped(before, after, ON) == ("sub-a",)
    assert dropped(before, packed(a=GOOD, broken=GOOD, stays=GOOD), ON) == ()
