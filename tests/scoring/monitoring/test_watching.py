"""Watching a card: what was planted is found, and nothing is found where nothing was planted."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scoring.card import CardError, default_card, parse_card, score
from scoring.monitoring.calibration import drifts
from scoring.monitoring.chance import Level
from scoring.monitoring.fairness import rates
from scoring.monitoring.observing import UNANSWERED, Decisions, Observed, Tally, bin_of, groups_of, tally
from scoring.monitoring.overriding import Override, OverrideError, overridden
from scoring.monitoring.report import watch
from scoring.monitoring.stability import Shift, bin_label, shifts
from scoring.monitoring.words import bin_name, feature_name, group_name
from tests.scoring.monitoring.made import STAFF, TRADE, card, choice_feature, defaulting, facts_like, month_of, number_feature

CARD = card()


def found(counted: Tally, feature: str, month: str) -> Shift:
    (one,) = [shift for shift in shifts(CARD, counted) if (shift.feature, shift.month) == (feature, month)]
    return one


# -- counting ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "staff", "trade"),
    [
        ({}, UNANSWERED, UNANSWERED),
        ({"employees": 4, "industry": "catering"}, 0, 1),
        ({"employees": 5, "industry": "retail"}, 1, 0),
        ({"employees": 20}, 2, UNANSWERED),
        ({"industry": "postal"}, UNANSWERED, UNANSWERED),
    ],
)
def test_a_firm_falls_into_the_bin_that_gives_its_points(facts: dict[str, object], staff: int, trade: int) -> None:
    assert (bin_of(STAFF, facts), bin_of(TRADE, facts)) == (staff, trade)


def test_figures_in_doubt_count_as_not_answered() -> None:
    counted = tally(CARD, [Observed("2026-01", {"employees": 4, "owner_age": 400}), Observed("2026-01", {"employees": -4})], "D")
    assert counted.bins["employees", "2026-01"] == Counter({0: 1, UNANSWERED: 1})


def test_a_firm_belongs_to_all_groups_it_names() -> None:
    facts = {"industry": "retail", "employees": 3, "annual_revenue": 100_000, "region": "350102", "owner_group": ("woman", "rural")}
    assert set(groups_of(facts)) == {("size", "micro"), ("region", "350000"), ("owner_group", "woman"), ("owner_group", "rural")}
    assert set(groups_of({})) == {("owner_group", "not_stated")}


def test_a_grade_the_card_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="A, B, C, D, E"):
        tally(CARD, [], "F")


def test_bins_are_told_as_the_card_writes_them() -> None:
    assert [bin_label(STAFF, place) for place in range(3)] == ["< 5", "5 .. 20", ">= 20"]
    assert bin_label(TRADE, 1) == "catering"
    odd = number_feature("cash / equity", (-0.000058, 0.28044, 83.925, 2062551.0), (0.0,) * 5)
    assert [bin_label(odd, place) for place in (1, 3, 4)] == ["-0.0001 .. 0.2804", "83.92 .. 2,062,551", ">= 2,062,551"]


# -- stability ---------------------------------------------------------------------------------------------------------------


def test_the_same_firms_raise_no_alarm() -> None:
    for seed in range(20):
        counted = tally(CARD, month_of("2026-01", 400, seed) + month_of("2026-02", 400, seed + 100), "D")
        assert {shift.level for shift in shifts(CARD, counted)} == {Level.OK}


def test_a_planted_shift_is_found_in_its_month_and_its_feature() -> None:
    firms = month_of("2026-01", 400, 1) + month_of("2026-02", 400, 2, staff=(0.3, 0.1, 0.6))
    counted = tally(CARD, firms, "D")
    assert found(counted, "employees", "2026-01").level is Level.OK
    moved = found(counted, "employees", "2026-02")
    assert (moved.level, moved.reference, moved.moved, moved.share_then) == (Level.ALARM, "card", 2, 0.2)
    assert moved.psi == pytest.approx(0.2 * 0.5108 + 0.2 * 1.0986 + 0.4 * 1.0986, rel=0.25)
    assert found(counted, "industry", "2026-02").level is Level.OK
    assert found(counted, "grade", "2026-02").level is Level.ALARM


def test_few_firms_raise_no_alarm_however_odd_they_look() -> None:
    counted = tally(CARD, [Observed("2026-01", {"employees": 30})] * 2, "D")
    odd = found(counted, "employees", "2026-01")
    assert odd.psi > 0.25
    assert odd.level is Level.TOO_FEW


def test_a_feature_the_card_tells_no_shares_of_is_compared_with_the_first_month() -> None:
    counted = tally(CARD, month_of("2026-01", 20, 1) + month_of("2026-02", 300, 2) + month_of("2026-03", 300, 3), "D")
    name = "annual_revenue / employees"
    assert {shift.month: shift.reference for shift in shifts(CARD, counted) if shift.feature == name} == dict.fromkeys(
        ("2026-01", "2026-03"), "2026-02"
    )


def test_months_can_be_compared_with_each_other_instead() -> None:
    others = month_of("2026-01", 300, 1, staff=(0.1, 0.1, 0.8)) + month_of("2026-02", 300, 2, staff=(0.1, 0.1, 0.8))
    counted = tally(CARD, others, "D")
    levels = [(shift.month, shift.level) for shift in shifts(CARD, counted) if shift.feature == "employees"]
    assert levels == [("2026-01", Level.ALARM), ("2026-02", Level.ALARM)]
    again = [(shift.reference, shift.level) for shift in shifts(CARD, counted, by_month=True) if shift.feature == "employees"]
    assert again == [("2026-01", Level.OK)]


def test_silence_that_grows_is_worth_a_look() -> None:
    dice = random.Random(5)
    talking = month_of("2026-01", 300, 1)
    silent = [replace(firm, month="2026-02", facts={**firm.facts, "annual_revenue": 900_000}) for firm in talking]
    silent = [firm if dice.random() < 0.5 else replace(firm, facts={"employees": firm.facts["employees"]}) for firm in silent]
    silent = [replace(firm, facts={**firm.facts, "annual_revenue": 50_000 * int(str(firm.facts["employees"])) * dice.choice((1, 3))})
              if "annual_revenue" in firm.facts else firm for firm in silent]  # fmt: skip
    shift = found(tally(CARD, talking + silent, "D"), "annual_revenue / employees", "2026-02")
    assert shift.level is Level.WATCH
    assert shift.unanswered_then == 0
    assert shift.unanswered == pytest.approx(0.5, abs=0.1)


def test_one_bin_cannot_shift() -> None:
    flat = card(number_feature("employees", (), (0.0,)))
    counted = tally(flat, month_of("2026-01", 100, 1) + month_of("2026-02", 100, 2), "D")
    assert {shift.feature for shift in shifts(flat, counted)} == {"grade"}


def test_shares_of_the_card_are_read_and_wrong_ones_refused() -> None:
    def raw(shares: list[float]) -> dict[str, object]:
        wording = {"key": "k", "zh": "话", "en": "words"}
        bins = [{"from": None, "below": 5.0, "points": -1.0}, {"from": 5.0, "below": None, "points": 1.0}]
        feature = {"name": "staff", "formula": "employees", "kind": "number", "direction": "rising", "importance": 1.0,
                   "missing_points": 0.0, "bins": bins, "lower": wording, "higher": wording, "shares": shares}  # fmt: skip
        block = {
            "name": "b",
            "label": wording,
            "limit": 9.0,
            "reach": {"up": 9.0, "down": 9.0},
            "model_sd": 1.0,
            "absence_from": 1,
            "features": [feature],
        }
        return {"format": "points-card/3", "version": "1", "scaling": {"points": 600.0, "odds": 50.0, "double": 20.0}, "base_rate": 0.05,
                "intercept": -2.944439,
                "base_rate_note": "n", "grades": [{"grade": "A", "pd_below": 1.0}], "interval": {"z": 1.0, "overlap": 0.5, "missing": 0.25},
                "blocks": [block]}  # fmt: skip

    assert parse_card(raw([0.25, 0.75])).blocks[0].features[0].shares == (0.25, 0.75)
    for wrong in ([1.0], [0.5, 0.4], [1.5, -0.5]):
        with pytest.raises(CardError, match="shares"):
            parse_card(raw(wrong))


# -- calibration -------------------------------------------------------------------------------------------------------------


def test_a_card_that_holds_raises_no_alarm_and_one_that_drifted_does() -> None:
    firms = month_of("2026-01", 3000, 1)
    holding = drifts(CARD, tally(CARD, defaulting(firms, CARD, 2), "D"))
    assert {one.level for one in holding} == {Level.OK}
    drifted = drifts(CARD, tally(CARD, defaulting(firms, CARD, 2, times=2.0), "D"))
    assert drifted[0].by == "all"
    assert drifted[0].level is Level.ALARM
    assert drifted[0].observed / drifted[0].expected == pytest.approx(2.0, rel=0.15)


def test_expected_and_observed_are_counted_by_grade_and_by_month() -> None:
    facts = {"employees": 30}
    pd, grade = float(score(facts, CARD).pd), score(facts, CARD).grade
    firms = [Observed("2026-01", facts, defaulted=False)] * 3 + [Observed("2026-02", facts, defaulted=True), Observed("2026-02", facts)]
    said = {(one.by, one.name): (one.firms, one.defaults, one.expected) for one in drifts(CARD, tally(CARD, firms, "D"))}
    assert said == {
        ("all", "all"): (4, 1, pytest.approx(pd)),
        ("grade", grade): (4, 1, pytest.approx(pd)),
        ("month", "2026-01"): (3, 0, pytest.approx(pd)),
        ("month", "2026-02"): (1, 1, pytest.approx(pd)),
    }
    assert drifts(CARD, tally(CARD, [Observed("2026-01", facts)], "D")) == ()


# -- fairness ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("approved", "firms", "level", "why"),
    [
        (80, 100, Level.OK, "four fifths exactly is fine"),
        (79, 100, Level.ALARM, "below, and hardly by chance"),
        (7, 10, Level.TOO_FEW, "below, but ten firms say nothing"),
        (25, 33, Level.ALARM, "enough to tell"),
        (0, 100, Level.ALARM, "none at all"),
    ],
)
def test_four_fifths_of_the_highest_rate(approved: int, firms: int, level: Level, why: str) -> None:
    counted = Tally(decisions={("size", "small"): Decisions(100, 100), ("size", "micro"): Decisions(firms, approved)})
    micro, small = rates(counted)
    assert (micro.group, micro.level, micro.best) == ("micro", level, "small"), why
    assert micro.ratio == pytest.approx(approved / firms)
    assert (small.ratio, small.level) == (1.0, Level.OK)


def test_a_tiny_group_that_was_always_approved_is_not_the_measure() -> None:
    counted = Tally(decisions={("size", "small"): Decisions(3, 3), ("size", "micro"): Decisions(100, 60)})
    assert {one.group: (one.best, one.level) for one in rates(counted)} == {"small": ("micro", Level.TOO_FEW), "micro": ("micro", Level.OK)}
    assert rates(Tally(decisions={("size", "small"): Decisions(3, 3)}))[0].ratio is None


def test_decisions_count_before_what_the_grade_would_say() -> None:
    good, bad = {"employees": 30, "region": "350000"}, {"employees": 3, "region": "440000"}
    firms = [Observed("2026-01", good)] * 50 + [Observed("2026-01", bad)] * 50
    by_grade = {one.group: one.rate for one in rates(tally(CARD, firms, "C")) if one.dimension == "region"}
    assert by_grade == {"350000": 1.0, "440000": 0.0}
    decided = [replace(firm, approved=True) for firm in firms]
    assert {one.rate for one in rates(tally(CARD, decided, "C"))} == {1.0}


# -- overrides and the report ------------------------------------------------------------------------------------------------


def override(firm: str | None = "tg:1", to: str = "B", by: str = "王芳", why: str = "订单已确认") -> Override:
    return Override(datetime(2026, 11, 1, tzinfo=UTC), firm, by, "C", to, why, "made")


def test_overrides_in_figures() -> None:
    log = [override(), override("tg:2", "E", "Li"), override("tg:2", "A", "Li"), override(None, "D")]
    counted = overridden(CARD, log, 40)
    taken_back = overridden(CARD, [*log, override(to="C")], 40)
    assert (taken_back.count, taken_back.better, taken_back.worse) == (5, 2, 2)
    assert (counted.count, counted.better, counted.worse) == (4, 2, 2)
    assert counted.people == (("王芳", 2), ("Li", 2))
    assert counted.share == pytest.approx(3 / 40)
    assert counted.level is Level.OK
    assert overridden(CARD, log, 30).level is Level.ALARM
    assert overridden(CARD, log, 20).level is Level.TOO_FEW
    assert overridden(CARD, [], 0).share == 0


@pytest.mark.parametrize(
    ("bad", "message"),
    [(override(to="F"), "no grade 'F'"), (override(to="C"), "already"), (override(by=" "), "who decides"), (override(why=""), "why")],
)
def test_an_override_needs_a_grade_a_person_and_a_reason(bad: Override, message: str) -> None:
    override().check(CARD)
    override(to="C").check(CARD, shown="B")  # takes an earlier one back
    with pytest.raises(OverrideError, match=message):
        bad.check(CARD)


def test_the_report_counts_its_alarms() -> None:
    firms = month_of("2026-01", 300, 1, staff=(0.1, 0.1, 0.8))
    report = watch(CARD, firms)
    alarmed = [shift.feature for shift in report.shifts if shift.level is Level.ALARM]
    unlike = [(rate.dimension, rate.group) for rate in report.rates if rate.level is Level.ALARM]
    assert (alarmed, unlike) == (["employees"], [("size", "micro")])
    assert report.alarms == 2
    assert (report.firms, report.months, report.decided) == (300, ("2026-01",), False)
    assert report.as_json()["alarms"] == 2


def test_the_shipped_card_can_be_watched() -> None:
    dice = random.Random(3)
    report = watch(default_card(), [Observed("2026-01", facts_like(dice)) for _ in range(50)])
    assert report.firms == 50


def test_choices_are_watched_by_the_order_of_the_card() -> None:
    turned = card(choice_feature("industry", {"catering": 5.0, "retail": -5.0}, (0.9, 0.1)))
    counted = tally(turned, [Observed("2026-01", {"industry": "retail"})] * 90 + [Observed("2026-01", {"industry": "catering"})] * 10, "D")
    (shift,) = [one for one in shifts(turned, counted) if one.feature == "industry"]
    assert shift.psi == pytest.approx(3.5155593, abs=1e-6)
    assert shift.level is Level.ALARM


def test_features_bins_and_groups_have_names_in_both_languages() -> None:
    shipped = default_card()
    features = {feature.name: feature for block in shipped.blocks for feature in block.features}
    for name, feature in features.items():
        for language in ("zh", "en"):
            assert feature_name(shipped, name, language)
            assert all(bin_name(shipped, name, place, language) for place in range(len(feature.values) or len(feature.points)))
    assert feature_name(shipped, "amount_per_employee", "zh") == "需要金额 / 从业人员"
    assert bin_name(shipped, "franchise", list(features["franchise"].values).index("yes"), "zh") == "是"
    assert bin_name(shipped, "grade", 0, "en") == "grade A"
    assert group_name("owner_group", "not_stated", "zh") == "创业者身份 · 未说明"
    assert group_name("size", "micro", "en") == "size · micro firm"
