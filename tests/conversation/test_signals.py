"""What confirmed files show: which papers speak and when, what is added up, and that it lives and goes with the owner's data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.answers.rating import report_of
from bot.conversation.heard import Heard
from bot.conversation.kept import dialogue_from_json, dialogue_to_json
from bot.conversation.model import Dialogue
from bot.conversation.paper_json import owner_paper_from_json, owner_paper_to_json
from bot.conversation.paper_series import with_days
from bot.conversation.papers import Held, OwnerPaper, paper_of, with_paper
from bot.conversation.picture import picture_from_json, picture_to_json
from bot.conversation.signals.axis import money_axis
from bot.conversation.signals.gathered import Gathered, Origin, Signal, gathered
from bot.conversation.signals.names import span_of, week_of_year
from bot.conversation.signals.plots import plot
from bot.conversation.signals.sources import overruled, sources
from bot.conversation.signals.words import finding, lacking
from bot.conversation.turn import turn
from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.store import Store
from bot.uploads.ports import Upload
from knowledge.firm import Fact, Firm, Provenance
from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence
from nlu.uploads.flows.series import DayFlow, FlowSeries, MonthFlow, MonthSales, SalesSeries
from nlu.uploads.read import read
from scoring.signals.series import Lacking, MonthSum
from tests.pictures.firms import scene_of
from tests.uploads.businesses import Business, statement
from tests.uploads.owners import OWNERS

TODAY = date(2026, 11, 21)
JANUARY, OCTOBER = date(2026, 1, 1), date(2026, 10, 31)


def account(inflow: int, number: int = 0, until: date = OCTOBER, since: date = JANUARY, balance: int | None = 1000) -> OwnerPaper:
    """A statement with so much money in on the first of each month and half of it out."""
    months = tuple(
        MonthFlow(date(2026, month, 1), Decimal(inflow), Decimal(inflow) / 2, True) for month in range(since.month, until.month + 1)
    )
    days = tuple(DayFlow(one.month, one.inflow, one.outflow, Decimal(0)) for one in months)
    known = None if balance is None else Decimal(balance)
    figures = (Figure("monthly_inflow", Decimal(inflow), "收入", (), Period(since, until)),)
    findings = Findings(Document.BANK_STATEMENT, figures, (), Period(since, until), None, FlowSeries(months, {}, known, days, since, until))
    return paper_of(findings, f"{number}.csv", f"{number:08}" * 8, f"{number:08}", TODAY)


def held(paper: OwnerPaper, how: Held | None = Held.FILE) -> OwnerPaper:
    return paper.holding([item.fact for item in paper.items], how)


def shop(months: int, confirmed: bool = True) -> OwnerPaper:
    """Orders of so many months: with fewer than twelve there is no year's figure, only the platform."""
    series = SalesSeries("shop_orders", tuple(MonthSales(date(2025, month, 1), Decimal(100), 2, 0, True) for month in range(1, months + 1)))
    figures = [Figure("platform", "jd", "京东", ())]
    figures += [Figure("platform_sales", Decimal(1200), "实付", ())] if months >= 12 else []
    paper = paper_of(Findings(Document.SHOP_ORDERS, tuple(figures), (), None, None, series), "o.csv", "a" * 64, "b", TODAY)
    return replace(held(paper), confirmed=True) if confirmed else paper


# -- which papers speak --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "speaks"), [(None, False), (Held.OUT, False), (Held.FILE, True), (Held.SUM, True)])
def test_an_account_speaks_while_its_figure_is_in_use(how: Held | None, speaks: bool) -> None:
    assert sources([held(account(100), how)]).speak is speaks


@pytest.mark.parametrize(("months", "confirmed", "speaks"), [(12, True, True), (7, True, True), (12, False, False), (7, False, False)])
def test_orders_of_less_than_a_year_speak_once_their_owner_says_that_they_are_right(months: int, confirmed: bool, speaks: bool) -> None:
    assert (sources([shop(months, confirmed)]).shop is not None) is speaks


@pytest.mark.parametrize(("check", "kept"), [("coverage", True), ("refunds", False), ("readable", False)])
def test_orders_that_nobody_would_be_asked_about_do_not_speak(check: str, kept: bool) -> None:
    series = SalesSeries("shop_orders", (MonthSales(JANUARY, Decimal(100), 2, 0, True),))
    doubt = Check(check, False, Sentence("对不上。", "It does not fit."), ("platform_sales",))
    made = Findings(Document.SHOP_ORDERS, (Figure("platform", "jd", "京东", ()),), (doubt,), None, None, series)
    assert (paper_of(made, "o.csv", "a" * 64, "b", TODAY).series is not None) is kept


def test_of_two_statements_the_later_one_speaks() -> None:
    older, newer = held(account(100, 1, until=date(2026, 6, 30))), held(account(300, 2, since=date(2026, 7, 1)))
    found = sources([newer, older]).account
    assert found is not None
    assert {one.amount for one in found.inflow} == {300}


def test_accounts_that_were_added_up_are_one() -> None:
    found = sources([held(account(100, 1), Held.SUM), held(account(50, 2), Held.SUM)]).account
    assert found is not None
    assert {one.amount for one in found.inflow} == {150}
    assert found.balance == 2000
    assert sum(day.inflow for day in found.days) == 10 * 150


@pytest.mark.parametrize("other", [account(50, 2, until=date(2026, 9, 30)), account(50, 2, balance=None)])
def test_balances_of_different_days_are_not_added_up(other: OwnerPaper) -> None:
    found = sources([held(account(100, 1), Held.SUM), held(other, Held.SUM)]).account
    assert found is not None
    assert found.balance is None
    assert all(found.since <= day.day <= found.until for day in found.days if found.since and found.until)


def test_only_months_that_all_accounts_cover_are_added_up() -> None:
    found = sources([held(account(100, 1), Held.SUM), held(account(50, 2, since=date(2026, 3, 1)), Held.SUM)]).account
    assert found is not None
    assert [one.month.month for one in found.inflow] == list(range(3, 11))


def test_what_its_owner_has_said_otherwise_is_known() -> None:
    paper = held(account(100_000))
    firm = Firm().having(*(item.as_fact() for item in paper.items))
    assert overruled([paper], firm) == ()
    assert overruled([paper], firm.having(Fact("monthly_inflow", Decimal(102_000), Provenance.SAID, TODAY))) == ()  # only rounded
    assert overruled([paper], firm.having(Fact("monthly_inflow", Decimal(200_000), Provenance.SAID, TODAY))) == ("monthly_inflow",)


# -- what they show ------------------------------------------------------------------------------------------------------------


def of(*made: bytes) -> Gathered:
    """Everything in these files, confirmed as it is."""
    papers, firm = [], Firm()
    for number, content in enumerate(made):
        paper = paper_of(read(content, "x", TODAY), "x", f"{number:08}" * 8, "b", TODAY)
        papers.append(replace(held(paper), confirmed=True))
        firm = firm.having(*(item.as_fact() for item in paper.items))
    return gathered(papers, firm, TODAY)


@pytest.fixture(scope="module")
def whole() -> Gathered:
    return of(statement(Business()), OWNERS["invoices"](), OWNERS["statements"]())


def test_a_year_of_everything_tells_everything(whole: Gathered) -> None:
    assert whole.told() == tuple(Signal)
    assert lacking(whole, "zh") == []


def test_the_months_come_from_the_account_else_from_where_they_can_be_told(whole: Gathered) -> None:
    assert (whole.inflow.origin, whole.seasons.origin) == (Origin.ACCOUNT, Origin.ACCOUNT)
    short = of(statement(Business(first=date(2026, 8, 1))), OWNERS["invoices"]())
    assert (short.inflow.origin, short.seasons.origin) == (Origin.ACCOUNT, Origin.INVOICES)


def test_a_signal_is_the_figure_that_was_confirmed(whole: Gathered) -> None:
    paper = paper_of(read(statement(Business()), "x", TODAY), "x", "0" * 64, "b", TODAY)
    inflow, variation = (paper.item(name) for name in ("monthly_inflow", "monthly_inflow_cv"))
    assert inflow is not None
    assert variation is not None
    assert not isinstance(whole.inflow.found, Lacking)
    assert (whole.inflow.found.mean, whole.inflow.found.variation) == (inflow.value, variation.value)


def test_the_share_in_the_picture_is_the_one_that_was_confirmed(whole: Gathered) -> None:
    paper = paper_of(read(OWNERS["invoices"](), "x", TODAY), "x", "0" * 64, "b", TODAY)
    share = paper.item("largest_customer_share")
    assert share is not None
    assert not isinstance(whole.customers, Lacking)
    assert whole.customers.largest[1] == share.value


def test_the_voided_share_is_the_one_that_was_confirmed() -> None:
    lines = OWNERS["invoices"]().decode("utf-8-sig").replace("正常\n202503", "已作废\n202503")
    found = of(lines.encode())
    item = paper_of(read(lines.encode(), "x", TODAY), "x", "0" * 64, "b", TODAY).item("void_invoice_rate")
    assert item is not None
    assert not isinstance(found.voids, Lacking)
    assert found.voids.rate == item.value
    assert found.voids.void > 0


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("signal", Signal)
def test_each_finding_is_said_and_plotted(whole: Gathered, signal: Signal, language: str) -> None:
    text = finding(signal, whole, language, "存货质押")
    made = plot(signal, whole, text, language)
    assert not text[0].islower()
    assert "{" not in text
    assert len(text) <= 400
    assert [bool(made.columns), bool(made.rows), bool(made.points)].count(True) == 1
    assert picture_from_json(json.loads(json.dumps(picture_to_json(made)))) == made
    assert all(0 <= row.start <= row.end <= 1 for row in made.rows)
    for value in (*(one.value for one in made.columns), *(end for one in made.points for end in (one.low, one.high))):
        assert made.ticks[0][0] <= value <= made.ticks[-1][0]
    assert sum(one.marked for one in made.points) == (1 if made.points else 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_files_every_signal_says_what_it_needs(language: str) -> None:
    found = gathered((), Firm(), TODAY)
    assert found.told() == ()
    said = lacking(found, language)
    assert len(said) == len(Signal)
    assert not any("有0" in line or "are 0" in line for line in said)


def test_a_statement_that_ended_long_ago_has_no_outlook() -> None:
    old = of(statement(Business(first=date(2025, 1, 1), last=date(2025, 12, 31))))
    assert Signal.OUTLOOK not in old.told()
    assert any("要最近45天内的流水，这份已过了325天" in line for line in lacking(old, "zh"))


def test_a_loss_is_called_one() -> None:
    facts = {"annual_revenue": 1000, "operating_cost": 900, "net_profit": -50}
    found = gathered((), Firm.of(facts, TODAY), TODAY)
    assert finding(Signal.MARGIN, found, "zh") == "每卖100元，毛利10元，最后净亏5元。"
    made = plot(Signal.MARGIN, found, "x", "zh")
    assert [row.text for row in made.rows] == ["100", "90", "15", "-5"]
    assert made.rows[-1].start == 0  # it reaches below where what was sold begins
    assert made.rows[0].start > 0


@pytest.mark.parametrize(
    ("first", "language", "said"),
    [
        (date(2026, 12, 6), "zh", "12月6日至12日"),
        (date(2026, 12, 6), "en", "6–12 Dec"),
        (date(2026, 12, 27), "zh", "12月27日至1月2日"),
        (date(2026, 12, 27), "en", "27 Dec – 2 Jan"),
    ],
)
def test_a_week_is_named(first: date, language: str, said: str) -> None:
    assert week_of_year(first, first + timedelta(days=6), language) == said


def test_a_span_of_one_month_is_that_month() -> None:
    months = [MonthSum(JANUARY, Decimal(1)), MonthSum(date(2026, 2, 1), Decimal(1))]
    assert (span_of(months[:1], "zh"), span_of(months, "en")) == ("2026年1月", "Jan 2026 to Feb 2026")


@given(st.lists(st.decimals(-(10**10), 10**10, places=2), max_size=20), st.sampled_from(["zh", "en"]))
def test_an_axis_has_round_figures_around_everything_and_nought(amounts: list[Decimal], language: str) -> None:
    axis = money_axis(amounts, language)
    places = [at for at, _ in axis.ticks]
    assert places == sorted(set(places))
    assert 2 <= len(places) <= 9
    assert 0.0 in places
    assert all(places[0] - 1e-9 <= axis.at(amount) <= places[-1] + 1e-9 for amount in amounts)


# -- where series live ---------------------------------------------------------------------------------------------------------


def test_series_are_kept_with_the_paper_and_bounded() -> None:
    long = statement(Business(first=date(2021, 1, 1)))
    paper = paper_of(read(long, "x", TODAY), "x", "0" * 64, "b", TODAY)
    kept = json.dumps(owner_paper_to_json(paper)["series"])
    assert len(kept) < 15_000
    assert owner_paper_from_json(json.loads(json.dumps(owner_paper_to_json(paper)))) == paper


@pytest.mark.parametrize(
    ("days", "kept"), [([182] * 9, 6), ([30] * 20, 20), ([182, 30, 30], 3), ([1100], 0)], ids=["half years", "months", "both", "too many"]
)
def test_only_the_latest_accounts_keep_their_days(days: list[int], kept: int) -> None:
    names = [(str(number), count) for number, count in enumerate(days)]
    assert with_days(names) == {name for name, _ in names[len(names) - kept :]}


def test_an_account_without_room_for_its_days_keeps_its_months() -> None:
    papers: tuple[OwnerPaper, ...] = ()
    day = DayFlow(JANUARY, Decimal(1), Decimal(0), Decimal(0))
    for number in range(3):
        one = account(100, number)
        assert isinstance(one.series, FlowSeries)
        papers = with_paper(papers, replace(one, series=replace(one.series, days=(day,) * 500)))
    assert [len(paper.series.days) for paper in papers if isinstance(paper.series, FlowSeries)] == [0, 500, 500]
    assert [len(paper.series.months) for paper in papers if isinstance(paper.series, FlowSeries)] == [10, 10, 10]


def test_the_dialogue_carries_them() -> None:
    dialogue = Dialogue(papers=(held(account(100)),))
    again = dialogue_from_json(json.loads(json.dumps(dialogue_to_json(dialogue))), Firm())
    assert sources(again.papers) == sources(dialogue.papers)


async def test_series_are_exported_and_erased_with_the_owner_s_data(store: Store, world: World) -> None:
    advisor = Advisor(store, world, nlu=None)
    await advisor.hear("x", Heard(file="流水.csv"), upload=Upload("流水.csv", statement(Business())))
    (file,) = json.loads((await advisor.hear("x", Heard(text="/export"))).replies[0].files[0].content)["files"]
    assert len(file["series"]["flow"]) == 13
    assert len(file["series"]["days"]) == 182
    await advisor.hear("x", Heard(text="/delete"))
    await advisor.hear("x", Heard(press="x:yes"))
    assert store.recall("x").state is None


# -- in the rating report ------------------------------------------------------------------------------------------------------


def test_the_report_has_the_months_of_a_confirmed_account_unless_its_owner_says_otherwise(world: World) -> None:
    paper = held(account(100_000))
    firm = Firm().having(*(item.as_fact() for item in paper.items))
    scene = scene_of(world, {}, "zh")

    def months(known: Firm, *papers: OwnerPaper) -> list[tuple[int, int]]:
        report = report_of(scene.with_dialogue(Dialogue(known, papers=papers)))
        return [(int(one.inflow), int(one.outflow)) for one in report.months]

    assert months(firm, paper) == [(100_000, 50_000)] * 10
    assert months(firm) == []
    assert months(firm, account(100_000)) == []  # not confirmed
    assert months(firm.having(Fact("monthly_inflow", Decimal(1), Provenance.SAID, TODAY)), paper) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_looking_changes_no_fact_and_no_paper(world: World, language: str) -> None:
    papers, firm = [], Firm()
    for number, content in enumerate((statement(Business()), OWNERS["invoices"](), OWNERS["statements"]())):
        paper = held(paper_of(read(content, "x", TODAY), "x", f"{number:08}" * 8, "b", TODAY))
        papers.append(paper)
        firm = firm.having(*(item.as_fact() for item in paper.items))
    before = Dialogue(firm, language=language, papers=tuple(papers), asking="legal_form")
    for button in ("v", *(f"v:{one}" for one in Signal)):
        answer = turn(before, Heard(press=button), None, world, TODAY)
        assert any(reply.card is not None for reply in answer.replies)
        assert (dict(answer.dialogue.firm.facts), answer.dialogue.papers, answer.dialogue.asking) == (
            dict(before.firm.facts),
            before.papers,
            before.asking,
        )
        assert all(len(reply.text) <= 1024 for reply in answer.replies if reply.card is not None)


@pytest.mark.parametrize("button", ["v:outlook", "v:nothing", "v:v"])
def test_a_button_for_what_cannot_be_told_is_out_of_date(world: World, button: str) -> None:
    answer = turn(Dialogue(), Heard(press=button), None, world, TODAY)
    assert "已经过期" in answer.replies[0].text


def test_without_anything_to_see_it_is_said_what_to_send(world: World) -> None:
    (reply,) = turn(Dialogue(), Heard(press="v"), None, world, TODAY).replies
    assert "银行流水" in reply.text
    assert reply.card is None
