"""Ranking of offers: order, reasons, and a next step for everyone."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.routing import PREFERENCES, STATUS_RANK, Offer, Weights, route
from scoring.routing_text import TEXTS, line
from scoring.utility import parts_of

D = Decimal


def offer(entry: str, **more: Any) -> Offer:
    fields: dict[str, Any] = {
        "lender": "bank", "status": "eligible", "amount": D(500000),
        "cost_low": D("0.05"), "cost_high": D("0.06"), "documents": 5,
    }  # fmt: skip
    return Offer(entry, **(fields | more))


def order(*offers: Offer, sought: int | None = 500000, prefer: str = "balanced") -> list[str]:
    result = route(offers, None if sought is None else D(sought), PREFERENCES[prefer])
    return [one.offer.entry for one in result.ranked]


CHEAP = offer("cheap", amount=D(300000), cost_low=D("0.03"), cost_high=D("0.03"), documents=9)
FAST = offer("fast", amount=D(300000), cost_low=D("0.12"), cost_high=D("0.12"), documents=0)
LARGE = offer("large", amount=D(500000), cost_low=D("0.12"), cost_high=D("0.12"), documents=9)


@pytest.mark.parametrize(("prefer", "first"), [("cheapest", "cheap"), ("fastest", "fast"), ("most", "large")])
def test_what_the_owner_prefers_comes_first(prefer: str, first: str) -> None:
    assert order(FAST, LARGE, CHEAP, prefer=prefer)[0] == first


@pytest.mark.parametrize(
    ("turned_away", "key"),
    [
        ({"declined": True}, "declined_lately"),
        ({"declined": True, "appetite": "declines"}, "declined_lately"),
        ({"appetite": "declines"}, "lender_declines"),
        ({"room": 0}, "lender_full"),
        ({"appetite": "declines", "room": 0}, "lender_declines"),
    ],
)
def test_a_lender_that_declines_or_is_full_stands_last_of_its_status(turned_away: dict[str, Any], key: str) -> None:
    best = offer("best", cost_low=D("0.01"), cost_high=D("0.01"), **turned_away)
    result = route([best, offer("poor", amount=D(1000)), offer("later", status="unknown", missing=1)], D(500000))
    assert [one.offer.entry for one in result.ranked] == ["poor", "best", "later"]
    assert result.ranked[1].reason.key == key


def test_a_lender_with_room_is_not_held_back() -> None:
    assert order(offer("a", room=1, cost_low=D("0.01"), cost_high=D("0.01")), offer("b", appetite="open")) == ["a", "b"]


def test_days_to_an_answer_count_for_speed() -> None:
    assert order(offer("slow", days=30), offer("quick", days=3), prefer="fastest") == ["quick", "slow"]


def test_equals_are_named_to_each_other_and_to_nobody_else() -> None:
    ranked = route([offer("a"), offer("b"), offer("c", cost_low=D("0.2"), cost_high=D("0.2"))], D(500000)).ranked
    assert [(one.offer.entry, one.tied_with) for one in ranked] == [("a", ("b",)), ("b", ("a",)), ("c", ())]


def test_status_comes_before_everything() -> None:
    poor = offer("poor", amount=D(1000), cost_low=D("0.2"), cost_high=D("0.2"), documents=20)
    assert order(offer("a", status="ineligible"), offer("b", status="unknown", missing=1), poor) == ["poor", "b", "a"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (offer("z"), offer("a", confidence="medium")),
        (offer("z"), offer("a", missing=2)),
        (offer("z"), offer("a", amount=D(400000))),
        (offer("z", cost_low=D("0.04")), offer("a")),
        (offer("a"), offer("b")),
    ],
)
def test_one_difference_decides(better: Offer, worse: Offer) -> None:
    assert order(worse, better) == [better.entry, worse.entry]


@pytest.mark.parametrize("field", ["amount", "cost", "documents"])
def test_unknown_is_neither_best_nor_worst(field: str) -> None:
    values: dict[str, tuple[dict[str, Any], ...]] = {
        "amount": ({"amount": D(500000)}, {"amount": D(100000)}, {"amount": None}),
        "cost": (
            {"cost_low": D("0.03"), "cost_high": D("0.03")},
            {"cost_low": D("0.15"), "cost_high": D("0.15")},
            {"cost_low": None, "cost_high": None},
        ),
        "documents": ({"documents": 1}, {"documents": 12}, {"documents": None}),
    }
    named = zip(("good", "bad", "unknown"), values[field], strict=True)
    good, bad, unknown = (offer(name, **value) for name, value in named)
    assert order(unknown, bad, good) == ["good", "unknown", "bad"]


@pytest.mark.parametrize(
    ("offers", "sought", "key", "zh", "en"),
    [
        ((offer("a"), CHEAP), 500000, "covers_all", "能借到您要的50万元", "Covers all of the CNY 500,000 you need"),
        ((CHEAP, LARGE), 300000, "covers_all_cheapest", "能借到您要的30万元，成本也最低", None),
        ((CHEAP, FAST), 500000, "lowest_cost", "成本最低，一年大约3%", "Lowest cost, about 3% a year"),
        ((LARGE, CHEAP), None, "largest_amount", "能借到的最多，大约50万元", "Lends the most, about CNY 500,000"),
        ((FAST, CHEAP), None, "no_documents", "不用准备材料", "No paperwork to prepare"),
        ((offer("a", amount=D(12345)),), 500000, "part_amount", "大约能借12,345元", "About CNY 12,345 looks possible"),
        ((offer("a", amount=None),), 500000, "eligible", "条件符合", "You meet the conditions"),
        ((offer("a", status="unknown", missing=2),), 500000, "needs_facts", "再回答2个问题就能确定", None),
        ((offer("a", status="unknown"),), 500000, "needs_check", "还要跟银行确认", None),
        ((offer("a", status="ineligible"),), 500000, "not_yet", "目前还不符合条件", None),
    ],
)  # fmt: skip
def test_reasons(offers: tuple[Offer, ...], sought: int | None, key: str, zh: str, en: str | None) -> None:
    ranked = route(offers, None if sought is None else D(sought)).ranked
    reason = next(one.reason for one in ranked if one.offer is offers[0])
    assert reason.key == key
    assert reason.text("zh") == zh
    assert en is None or reason.text("en") == en


@pytest.mark.parametrize(
    ("first", "second", "sought", "prefer", "key", "why"),
    [
        (offer("a"), offer("b", cost_low=D("0.09"), cost_high=D("0.09")), None, "balanced", None, "its reason says that it is cheapest"),
        (offer("a"), offer("b", amount=D(200000)), 500000, "balanced", None, "its reason says that it covers all"),
        (offer("a", days=3), offer("b", days=3, documents=9), 500000, "fastest", "ahead_speed", "both cover all, which does not decide"),
        (offer("a"), offer("b", cost_low=D("0.09"), cost_high=D("0.09")), 500000, "cheapest", None, "covers all at the lowest cost"),
        (offer("a", amount=D(90000)), offer("b", amount=D(10000)), 100000, "most", None, "it lends the most"),
        (CHEAP, LARGE, 600000, "cheapest", None, "the lowest cost"),
        (LARGE, CHEAP, 600000, "most", None, "the largest amount"),
        (offer("a", amount=D(90000), documents=1), offer("b", amount=D(90000)), 100000, "fastest", None, "fewest papers"),
        (offer("a"), offer("b", confidence="medium"), 500000, "balanced", "ahead_terms", "only how well the terms are known differs"),
        (offer("a", approved=D("0.9")), offer("b", approved=D("0.3")), 500000, "balanced", "ahead_chance", "outcomes differ"),
        (offer("a"), offer("b"), 500000, "balanced", None, "equals are told as equals"),
        (offer("a", cost_low=None, cost_high=None, amount=D(200000)), offer("b", cost_low=None, cost_high=None, amount=D(100000)),
         500000, "balanced", None, "lends the most"),
        (offer("a", documents=9, amount=None), offer("b", amount=None, documents=9, cost_low=D("0.2"), cost_high=D("0.2")),
         None, "balanced", None, "lowest cost"),
        (offer("a"), offer("b", status="unknown", missing=1), 500000, "balanced", None, "what is not settled is no rival"),
        (offer("a"), offer("b", appetite="declines"), 500000, "balanced", None, "nor is who declines"),
    ],
)  # fmt: skip
def test_why_the_first_is_first(first: Offer, second: Offer, sought: int | None, prefer: str, key: str | None, why: str) -> None:
    found = route([second, first], None if sought is None else D(sought), PREFERENCES[prefer])
    assert found.ranked[0].offer is first
    assert (found.ahead.key if found.ahead else None) == key, why


def test_three_rivals_and_the_words_for_it() -> None:
    rivals = [offer("b", cost_low=D("0.09"), cost_high=D("0.09")), offer("c", cost_low=None, cost_high=None, documents=9)]
    found = route([*rivals, offer("a")], D(500000), PREFERENCES["cheapest"])
    assert (found.ranked[0].offer.entry, found.ranked[0].reason.key) == ("a", "covers_all")  # a rival's cost is not known: no superlative
    assert found.ahead is not None
    assert {found.ahead.text("zh"), found.ahead.text("en")} == {"比下一款便宜", "cheaper than the next one"}


def test_least_paperwork_is_said_of_papers_and_not_of_waiting() -> None:
    soon = offer("soon", documents=3, days=1, amount=D(300000))
    few = offer("few", documents=2, days=30, amount=D(300000))
    found = route([few, soon], D(500000), PREFERENCES["fastest"])
    assert [one.offer.entry for one in found.ranked] == ["soon", "few"]
    assert [one.reason.key for one in found.ranked] == ["part_amount", "fewest_documents"]
    assert found.ahead is not None
    assert found.ahead.key == "ahead_speed"


def test_no_superlative_while_a_rival_is_unknown() -> None:
    rival = offer("rival", cost_low=None, cost_high=None)
    reasons = {one.offer.entry: one.reason.key for one in route([CHEAP, rival], D(500000)).ranked}
    assert reasons["cheap"] != "lowest_cost"


@pytest.mark.parametrize(
    ("offers", "entry", "key"),
    [
        ((), None, "hint_person"),
        (
            (offer("a", status="ineligible", blockers=3), offer("b", status="ineligible", blockers=1)),
            "b",
            "hint_unlock",
        ),
        ((offer("a", status="ineligible"), offer("b", status="unknown", missing=1)), "b", "hint_answer"),
        ((offer("a", status="unknown", missing=4), offer("b", status="unknown", missing=2)), "b", "hint_answer"),
        ((offer("a", status="unknown"),), "a", "hint_check"),
        ((offer("a", appetite="declines"), offer("b", status="unknown", missing=2)), "b", "hint_answer"),
        ((offer("a", declined=True), offer("b", status="ineligible", blockers=1)), "b", "hint_unlock"),
        ((offer("a", room=0),), None, "hint_person"),
    ],
)
def test_nobody_is_sent_away_without_a_next_step(offers: tuple[Offer, ...], entry: str | None, key: str) -> None:
    hint = route(offers, D(500000)).hint
    assert hint is not None
    assert (hint.entry, hint.reason.key) == (entry, key)
    assert hint.reason.text("zh")
    assert hint.reason.text("en")


OFFERS = st.lists(
    st.builds(
        Offer,
        entry=st.text("abcdef", min_size=1, max_size=3),
        lender=st.sampled_from(["one", "two"]),
        status=st.sampled_from(sorted(STATUS_RANK)),
        amount=st.none() | st.decimals(0, 10**7, places=0),
        cost_low=st.none() | st.decimals(0, "0.3", places=4),
        cost_high=st.none() | st.decimals("0.3", "0.5", places=4),
        documents=st.none() | st.integers(0, 15),
        missing=st.integers(0, 5),
        blockers=st.integers(0, 5),
        confidence=st.sampled_from(["high", "medium"]),
    ),
    max_size=8,
    unique_by=lambda one: (one.entry, one.lender),
)


@given(OFFERS, st.none() | st.decimals(0, 10**7, places=0), st.sampled_from(sorted(PREFERENCES)), st.randoms())
def test_rankings_are_sound(offers: list[Offer], sought: Decimal | None, prefer: str, random: Any) -> None:
    result = route(offers, sought, PREFERENCES[prefer])
    shuffled = random.sample(offers, len(offers))
    assert route(shuffled, sought, PREFERENCES[prefer]) == result  # the order given does not matter
    assert [one.place for one in result.ranked] == list(range(1, len(offers) + 1))
    ranks = [STATUS_RANK[one.offer.status] for one in result.ranked]
    assert ranks == sorted(ranks)
    assert all(0 <= one.utility <= 1 and one.reason.text("zh") and one.reason.text("en") for one in result.ranked)
    assert (result.hint is None) == any(one.status == "eligible" and not one.turned_away for one in offers)


NO_PRICE: dict[str, Any] = {"cost_low": None, "cost_high": None}


def test_who_wants_it_cheap_is_not_sent_first_to_a_price_that_nobody_knows() -> None:
    dear = offer("dear", amount=D(100000), cost_low=D("0.15"), cost_high=D("0.15"), documents=12)
    assert order(offer("a", **NO_PRICE), dear, prefer="cheapest") == ["dear", "a"]
    assert order(offer("a", **NO_PRICE), dear) == ["a", "dear"], "other wishes take it for the middle"
    assert order(offer("b", **NO_PRICE), offer("a", **NO_PRICE), prefer="cheapest") == ["a", "b"]


@pytest.mark.parametrize(
    ("prefer", "first", "second", "key"),
    [
        ("cheapest", {"amount": D(200000)}, {"amount": D(200000), **NO_PRICE}, "ahead_cost_known"),
        ("most", {"amount": D(400000)}, {"amount": None}, "ahead_amount_known"),
    ],
)
def test_no_figure_is_compared_with_one_that_nobody_knows(prefer: str, first: dict[str, Any], second: dict[str, Any], key: str) -> None:
    others = [offer("z", amount=D(1), cost_low=D("0.2"), cost_high=D("0.2"), documents=20)]
    result = route([offer("a", **first), offer("b", **second), *others], D(500000), PREFERENCES[prefer])
    assert [one.offer.entry for one in result.ranked][:2] == ["a", "b"]
    assert result.ahead is not None
    assert result.ahead.key == key


@given(OFFERS, st.sampled_from(sorted(PREFERENCES)))
def test_a_lead_is_only_told_where_both_figures_are_known(offers: list[Offer], prefer: str) -> None:
    result = route(offers, D(500000), PREFERENCES[prefer])
    if result.ahead is not None and result.ahead.key in ("ahead_cost", "ahead_amount"):
        field = result.ahead.key.removeprefix("ahead_")
        assert all(getattr(one.offer, field) is not None for one in result.ranked[:2])


def test_every_text_can_be_said() -> None:
    everything: dict[str, Decimal | int] = {"amount": D(9999), "cost": D("0.045"), "documents": 2, "missing": 1}
    for key in TEXTS:
        for language in ("zh", "en"):
            assert "{" not in line(key, everything, language)


def test_mistakes_are_named() -> None:
    with pytest.raises(ValueError, match="'a' is offered twice by 'bank'"):
        route([offer("a"), offer("a", documents=1)])
    with pytest.raises(ValueError, match="not all zero"):
        Weights(D(0), D(0), D(0))


def test_what_is_mostly_declined_stands_behind_what_is_mostly_approved() -> None:
    better = {"cost_low": D("0.03"), "cost_high": D("0.03")}
    assert order(offer("a", **better), offer("b")) == ["a", "b"]
    assert order(offer("a", approved=D("0.1"), **better), offer("b", approved=D("0.9"))) == ["b", "a"]
    assert order(offer("a", **better), offer("b", approved=D("0.5"))) == ["a", "b"], "who has no outcomes yet is taken for the middle"


@given(st.lists(st.one_of(st.none(), st.decimals(0, 1, places=2)), min_size=1, max_size=6))
def test_shares_of_approvals_keep_the_utility_between_nothing_and_everything(shares: list[Decimal | None]) -> None:
    ranked = route([offer(f"e{number}", approved=share) for number, share in enumerate(shares)], D(500000)).ranked
    assert all(0 <= one.utility <= 1 for one in ranked)


# -- a waiting time that nobody knows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unknown", "known", "first", "why"),
    [
        ({"documents": 5}, {"days": 30, "documents": 5}, "known", "the same papers: whoever says how long it takes goes first"),
        ({"documents": 1}, {"days": 60, "documents": 9}, "known", "fewer papers do not make up for a wait that nobody knows"),
        ({"documents": None}, {"days": 60, "documents": 9}, "known", "nor do papers that nobody knows"),
    ],
)
def test_what_does_not_say_how_long_it_takes_is_not_the_quickest(
    unknown: dict[str, Any], known: dict[str, Any], first: str, why: str
) -> None:
    offers = offer("a", amount=D(400000), **unknown), offer("known", amount=D(400000), **known)
    found = route(offers, D(500000), PREFERENCES["fastest"])
    assert found.ranked[0].offer.entry == first, why
    assert found.ahead is None or found.ahead.key == "ahead_wait"


@given(st.lists(st.tuples(st.none() | st.integers(0, 90), st.none() | st.integers(0, 15), st.integers(0, 6)), min_size=2, max_size=8))
def test_no_unknown_wait_looks_quicker_than_a_known_one(made: list[tuple[int | None, int | None, int]]) -> None:
    offers = [offer(str(n), days=days, documents=papers, missing=missing) for n, (days, papers, missing) in enumerate(made)]
    speeds = [one.speed for one in parts_of(offers, D(500000), PREFERENCES["fastest"])]
    known = [speed for speed, one in zip(speeds, offers, strict=True) if one.days is not None]
    unknown = [speed for speed, one in zip(speeds, offers, strict=True) if one.days is None]
    assert not known or not unknown or max(unknown) <= min(known)


def test_where_nobody_says_how_long_it_takes_papers_decide() -> None:
    found = route([offer("many", documents=9), offer("few", documents=2, missing=0)], D(500000), PREFERENCES["fastest"])
    assert [one.offer.entry for one in found.ranked] == ["few", "many"]
    assert found.ahead is not None
    assert found.ahead.key == "ahead_papers", "nothing is said of a wait that nobody knows"


# -- the next step -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offers", "entry", "key", "why"),
    [
        ((offer("asks", status="unknown", missing=3), offer("checks", status="unknown", documents=1)), "asks", "hint_answer",
         "what only a lender can tell has no question open, and is not nearer for that"),
        ((offer("first", status="unknown", missing=2), offer("poor", status="unknown", missing=1, amount=D(1), documents=9)),
         "first", "hint_answer", "the first of the order that is shown"),
        ((offer("full", status="unknown", missing=1, room=0), offer("open", status="unknown", missing=4)), "open", "hint_answer",
         "not who has no room"),
        ((offer("b", status="unknown"), offer("a", status="unknown", cost_low=D("0.3"), cost_high=D("0.3"))), "b", "hint_check",
         "where only lenders can tell, the first of the order"),
    ],
)  # fmt: skip
def test_the_next_step_is_the_first_that_an_answer_settles(offers: tuple[Offer, ...], entry: str, key: str, why: str) -> None:
    hint = route(offers, D(500000)).hint
    assert hint is not None
    assert (hint.entry, hint.reason.key) == (entry, key), why
