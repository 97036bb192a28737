"""Files and the dialogue: what is used and when, what keeps a figure waiting, and that all of it is kept, exported and erased."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.heard import Heard, Reading
from bot.conversation.kept import dialogue_from_json, dialogue_to_json
from bot.conversation.model import Answer, Dialogue, Understanding
from bot.conversation.papers import Held, paper_of, where
from bot.conversation.points import Kind, sort_out
from bot.conversation.turn import turn
from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.store import Store
from bot.uploads.ports import Upload
from knowledge.firm import Fact, Firm, Provenance
from nlu.mentions import extract_facts
from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence
from nlu.uploads.flows.series import StockSeries
from nlu.uploads.grid import At, Box
from nlu.uploads.kinds import Kind as FileKind
from tests.uploads.owners import OWNERS

TODAY = date(2026, 11, 21)
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
BEFORE = Period(date(2024, 1, 1), date(2024, 12, 31))
TEN_MONTHS = Period(date(2026, 1, 1), date(2026, 10, 31))
WHY = Sentence("对不上。", "It does not fit.")


def findings(document: Document = Document.INCOME_STATEMENT, time: Period = YEAR, doubts: Iterable[str] = (), **amounts: int) -> Findings:
    figures = tuple(Figure(name, Decimal(amount), name, (At("表", row, 2),), time) for row, (name, amount) in enumerate(amounts.items()))
    checks = (Check("sum", False, WHY, tuple(doubts)),) if doubts else ()
    return Findings(document, figures, checks, time)


class Talk:
    """A conversation without a channel and a database; the dialogue goes through JSON after every turn, as it does when it is kept."""

    def __init__(self, world: World, **said: int) -> None:
        self.world = world
        self.dialogue = Dialogue(Firm.of(said, TODAY))
        self.files = 0

    def send(self, *found: Findings, digest: str = "") -> Answer:
        heard = []
        for one in found:
            self.files += 1
            content = digest or f"{self.files:08}" * 8
            heard.append(Heard(file=f"{self.files}.xlsx", reading=Reading(FileKind.XLSX, 1, one, digest=content)))
        return self._answer(Heard(file=heard[0].file, reading=heard[0].reading, more=tuple(heard[1:])), None)

    def press(self, button: str) -> Answer:
        return self._answer(Heard(press=button), None)

    def say(self, text: str, intent: str | None, sure: float = 0.9) -> Answer:
        extraction = extract_facts(text, today=TODAY, asking=self.dialogue.asking)
        return self._answer(Heard(text=text), Understanding(intent, sure, extraction, (), "zh"))

    def _answer(self, heard: Heard, understanding: Understanding | None) -> Answer:
        answer = turn(self.dialogue, heard, understanding, self.world, TODAY)
        kept = json.loads(json.dumps(dialogue_to_json(answer.dialogue)))
        self.dialogue = dialogue_from_json(kept, answer.dialogue.firm)
        assert self.dialogue.papers == answer.dialogue.papers
        assert all(len(button.id.encode()) <= 64 for reply in answer.replies for button in reply.buttons)
        return answer

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.dialogue.firm)


# -- nothing before a yes ------------------------------------------------------------------------------------------------------


def test_a_figure_gets_its_file_and_the_end_of_its_time_once_it_is_confirmed(world: World) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000))
    assert talk.facts == {}
    talk.press("f:ok:00000001")
    assert talk.dialogue.firm.fact("annual_revenue") == Fact("annual_revenue", Decimal(2_000_000), Provenance.FILE, YEAR.last)


@pytest.mark.parametrize("word", ["对", "对的", "都对", "没问题", "ok", "OK！", "Yes.", "looks good", "that's right", "可以"])
def test_a_yes_in_words_needs_no_language_server(world: World, word: str) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000))
    talk.say(word, None)
    assert talk.facts == {"annual_revenue": 2_000_000}


@pytest.mark.parametrize("word", ["不对", "no", "改一个", "好像有错", "对不对我也不知道", "丢掉", "不用这份"])
def test_no_other_word_is_a_yes(world: World, word: str) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000))
    talk.say(word, "deny")
    assert talk.facts == {}


@pytest.mark.parametrize(("word", "sure", "used"), [("就这样吧", 0.9, True), ("就这样吧", 0.6, False), ("这样行吗", 0.9, False)])
def test_a_yes_that_is_only_guessed_is_none(world: World, word: str, sure: float, used: bool) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000))
    talk.say(word, "affirm", sure)
    assert (talk.facts != {}) is used


def test_a_yes_to_something_else_is_no_yes_to_a_file(world: World) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000))
    talk.say("你们收费吗", "out_of_scope")
    answer = talk.say("好的", "affirm")
    assert talk.facts == {}
    assert "200万元" in answer.replies[-1].text  # the figures are shown once more
    talk.say("好的", "affirm")
    assert talk.facts == {"annual_revenue": 2_000_000}


def test_a_button_of_another_answer_ends_what_a_yes_is_about(world: World) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000))
    talk.press("c")
    talk.say("好的", None)
    assert talk.facts == {}


_MONEY = ("annual_revenue", "net_profit", "cash", "inventory", "total_assets", "monthly_inflow", "invoiced_sales", "receivables")
_amounts = st.dictionaries(st.sampled_from(_MONEY), st.integers(0, 10**9), min_size=1)
_found = st.builds(
    lambda document, time, doubts, amounts: findings(document, time, doubts, **amounts),
    st.sampled_from([one for one in Document if one is not Document.UNKNOWN]),
    st.sampled_from([YEAR, BEFORE, TEN_MONTHS]),
    st.lists(st.sampled_from(_MONEY), max_size=3),
    _amounts,
)


@given(st.lists(_found, min_size=1, max_size=3), _amounts)
def test_of_any_files_only_what_nothing_speaks_against_is_used_after_a_yes(
    world: World, files: list[Findings], said: Mapping[str, int]
) -> None:
    talk = Talk(world, **said)
    talk.send(*files)
    assert talk.facts == said
    waiting = {name for point in sort_out(talk.dialogue.papers, talk.dialogue.firm).points for name in point.facts}
    talk.say("都对", None)
    for name, value in talk.facts.items():
        fact = talk.dialogue.firm.fact(name)
        assert fact is not None
        if fact.source is Provenance.FILE:
            assert any(value == figure.value and name not in one.checks_doubting for one in map(_Doubting, files) for figure in one.figures)
        else:
            assert value == said[name]
        if name in said and abs(said[name] - value) > Decimal("0.05") * max(said[name], value):
            pytest.fail(f"{name} was said and silently replaced")
    assert waiting or not any(item.waits for paper in talk.dialogue.papers for item in paper.items)


class _Doubting:
    """Findings with the names that a failed check doubts."""

    def __init__(self, found: Findings) -> None:
        self.figures = found.figures
        self.checks_doubting = {name for check in found.checks for name in check.doubts}


# -- what keeps a figure waiting -----------------------------------------------------------------------------------------------


def test_what_the_owner_said_otherwise_is_asked_about_with_both_values(world: World) -> None:
    talk = Talk(world, annual_revenue=3_000_000)
    first = talk.send(findings(annual_revenue=2_000_000)).replies[-1]
    assert "300万元" in first.text
    assert "200万元" in first.text
    talk.press("f:take:00000001:annual_revenue")
    assert talk.facts == {"annual_revenue": 2_000_000}


def test_a_rounded_word_gives_way_to_the_exact_figure(world: World) -> None:
    talk = Talk(world, annual_revenue=2_000_000)
    card = talk.send(findings(annual_revenue=2_031_415)).replies[-1]
    assert "您说过 200万元" in card.text
    talk.say("对", None)
    assert talk.facts == {"annual_revenue": 2_031_415}


def test_an_older_file_replaces_nothing(world: World) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000))
    talk.say("对", None)
    answer = talk.send(findings(time=BEFORE, annual_revenue=1_000_000, operating_cost=800_000))
    talk.say("对", None)
    assert "有更新的数" in answer.replies[0].text
    assert talk.facts == {"annual_revenue": 2_000_000, "operating_cost": 800_000}


def test_a_newer_file_replaces_an_older_one_after_a_yes(world: World) -> None:
    talk = Talk(world)
    for time, revenue in ((BEFORE, 1_000_000), (YEAR, 2_000_000)):
        talk.send(findings(time=time, annual_revenue=revenue))
        talk.say("对", None)
    assert talk.facts == {"annual_revenue": 2_000_000}


def test_two_files_of_one_time_that_differ_are_asked_about(world: World) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000))
    talk.say("对", None)
    answer = talk.send(findings(Document.PROFIT_TAX_RETURN, annual_revenue=1_500_000))
    assert "对不上" in answer.replies[-1].text
    talk.say("对", None)
    assert talk.facts == {"annual_revenue": 2_000_000}
    talk.press("f:take1:00000002:annual_revenue")
    answer = talk.press("f:take:00000002:annual_revenue")  # the other file's value is known, and which one holds is asked
    assert talk.facts == {"annual_revenue": 1_500_000}


@pytest.mark.parametrize(
    ("press", "inflow", "variation"),
    [("sum", 50_000, None), ("only", 20_000, Decimal("0.2")), ("out", 30_000, Decimal("0.1"))],
)
def test_a_second_account_is_added_stands_alone_or_is_left_out(world: World, press: str, inflow: int, variation: Decimal | None) -> None:
    talk = Talk(world)
    for amount, cv in ((30_000, "0.1"), (20_000, "0.2")):
        made = findings(Document.BANK_STATEMENT, TEN_MONTHS, monthly_inflow=amount)
        cell = (At(None, 0, 0),)
        talk.send(Findings(made.document, (*made.figures, Figure("monthly_inflow_cv", Decimal(cv), "", cell, TEN_MONTHS)), (), TEN_MONTHS))
        talk.say("对", None)
    talk.press(f"f:{press}:00000002:monthly_inflow")
    assert talk.facts.get("monthly_inflow") == inflow
    assert talk.facts.get("monthly_inflow_cv") == variation


def test_accounts_of_one_after_the_other_are_one_account(world: World) -> None:
    talk = Talk(world)
    talk.send(findings(Document.BANK_STATEMENT, YEAR, monthly_inflow=30_000))
    talk.say("对", None)
    talk.send(findings(Document.BANK_STATEMENT, TEN_MONTHS, monthly_inflow=20_000))
    talk.say("对", None)
    assert talk.facts == {"monthly_inflow": 20_000}


def test_a_currency_is_never_taken_for_yuan(world: World) -> None:
    talk = Talk(world)
    made = findings(annual_revenue=5_000)
    answer = talk.send(Findings(made.document, made.figures, (Check("currency", False, WHY, ("annual_revenue",)),), YEAR))
    ids = {button.id.split(":")[1] for reply in answer.replies for button in reply.buttons}
    assert ids == {"no", "type", "out1"}
    answer = talk.press("f:type:00000001:annual_revenue")
    assert [button.id.split(":")[1] for button in answer.replies[0].buttons] == ["out1"]
    talk.say("3.6万", "state_facts")
    assert talk.facts == {"annual_revenue": 36_000}


@pytest.mark.parametrize(("unit", "revenue"), [(1, 280), (1000, 280_000), (10000, 2_800_000)])
def test_a_unit_is_asked_for_and_the_rest_still_needs_a_yes(world: World, unit: int, revenue: int) -> None:
    talk = Talk(world)
    made = findings(annual_revenue=280)
    talk.send(Findings(made.document, made.figures, (Check("unit", False, WHY, ("annual_revenue",)),), YEAR))
    talk.press(f"f:u{unit}:00000001:annual_revenue")
    assert talk.facts == {}
    talk.say("对", None)
    assert talk.facts == {"annual_revenue": revenue}


def test_what_is_typed_counts_and_the_file_s_figure_is_out(world: World) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000, net_profit=100_000))
    talk.say("不是10万，是12万", "deny")
    assert talk.facts == {"net_profit": 120_000}
    talk.say("都对", None)
    assert talk.facts == {"net_profit": 120_000, "annual_revenue": 2_000_000}
    assert talk.dialogue.papers[0].item("net_profit").held is Held.OUT  # type: ignore[union-attr]


def test_a_bare_correction_is_not_put_on_what_was_said_earlier(world: World) -> None:
    talk = Talk(world)
    talk.say("净利润9万", "state_facts")
    talk.send(findings(annual_revenue=2_000_000, inventory=500_000))
    answer = talk.say("不对，应该是50万", "deny")
    assert talk.facts == {"net_profit": 90_000}
    assert {button.id for button in answer.replies[-1].buttons} == {"f:type:00000001:annual_revenue", "f:type:00000001:inventory"}


def test_the_same_file_is_recognised_and_may_be_gone_through_anew(world: World) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000), digest="a" * 64)
    assert "还等您确认" in talk.send(findings(annual_revenue=2_000_000), digest="a" * 64).replies[0].text
    talk.press("f:ok:aaaaaaaa")
    answer = talk.send(findings(annual_revenue=2_000_000), digest="a" * 64)
    assert "您发过了" in answer.replies[0].text
    assert len(talk.dialogue.papers) == 1
    talk.press("f:new:aaaaaaaa")
    assert talk.dialogue.papers[0].waits
    assert talk.facts == {"annual_revenue": 2_000_000}


def test_of_one_set_the_same_file_counts_once(world: World) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000), findings(annual_revenue=2_000_000), digest="b" * 64)
    assert len(talk.dialogue.papers) == 1


@pytest.mark.parametrize("button", ["f:", "f:ok", "f:ok:nothere", "f:take:00000001", "f:take:00000001:cash", "f:zz:00000001:annual_revenue",
                                    "f:sum:00000001:annual_revenue", "f:u7:00000001:annual_revenue"])  # fmt: skip
def test_a_button_that_means_nothing_changes_nothing(world: World, button: str) -> None:
    talk = Talk(world)
    talk.send(findings(annual_revenue=2_000_000))
    answer = talk.press(button)
    assert "过期" in answer.replies[0].text
    assert talk.facts == {}


def test_part_of_a_year_is_said_and_the_year_asked_for(world: World) -> None:
    talk = Talk(world)
    note = Sentence("只有半年。", "Half a year only.")
    answer = talk.send(Findings(Document.INCOME_STATEMENT, period=Period(date(2026, 1, 1), date(2026, 6, 30)), notes=(note,)))
    assert "只有半年" in answer.replies[0].text
    assert talk.dialogue.asking == "annual_revenue"


def test_contradicting_files_wait_only_with_the_doubtful_figure(world: World) -> None:
    talk = Talk(world)
    talk.send(
        findings(annual_revenue=9_000_000, net_profit=1), findings(Document.BANK_STATEMENT, TEN_MONTHS, monthly_inflow=10_000, cash=5)
    )
    (point,) = sort_out(talk.dialogue.papers, talk.dialogue.firm).points
    assert (point.kind, point.facts) == (Kind.DOUBT, ("monthly_inflow",))
    talk.say("都对", None)
    assert set(talk.facts) == {"annual_revenue", "net_profit", "cash"}
    talk.press("f:take1:00000002:monthly_inflow")
    assert talk.facts["monthly_inflow"] == 10_000


# -- evidence ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "zh", "en"),
    [
        ((), "", ""),
        ((At(None, 8, 2),), "C9", "C9"),
        ((At("资产负债表", 6, 2),), "资产负债表 C7", "资产负债表 C7"),
        ((At("利润表", 3, 1), At("利润表", 4, 1)), "利润表 B4、B5", "利润表 B4, B5"),
        ((At("x", 3, 1), At("y", 4, 1)), "x B4、y B5", "x B4, y B5"),
        (tuple(At(None, row, 5) for row in range(227, 287)), "F228 等 60 处", "F228 and 59 more"),
        ((At(None, 6, 0, Box(2, 0, 0, 1, 1)),), "第2页第7行", "page 2, line 7"),
        ((At("交易明细_1546_20250101_20250620.xls", 0, 0),), "交易明细_1546_20250… A1", "交易明细_1546_20250… A1"),
    ],
)
def test_where_a_figure_stands(cells: tuple[At, ...], zh: str, en: str) -> None:
    assert where(cells) == Sentence(zh, en)


def test_a_figure_that_the_vocabulary_does_not_know_is_left_out() -> None:
    figures = (Figure("shoe_size", 3, "", ()), Figure("legal_form", "nothing", "", ()), Figure("customer_count", 3, "", ()))
    paper = paper_of(Findings(Document.INVOICE_LIST, figures), "a", "c" * 64, "b", TODAY)
    assert [item.fact for item in paper.items] == ["customer_count"]


def test_of_a_long_series_the_largest_are_kept() -> None:
    items = tuple((f"{number}", Decimal(number)) for number in range(100))
    paper = paper_of(Findings(Document.STOCK_LIST, series=StockSeries(items)), "a", "c" * 64, "b", TODAY)
    assert paper.series == StockSeries(items[:10])


# -- kept, exported, erased ----------------------------------------------------------------------------------------------------


async def test_what_was_read_is_exported_and_erased_with_the_owner_s_data(store: Store, world: World, tmp_path: Path) -> None:
    advisor = Advisor(store, world, nlu=None)
    await advisor.hear("x", Heard(file="报表.xlsx"), upload=Upload("报表.xlsx", OWNERS["statements"]()))
    exported = (await advisor.hear("x", Heard(text="/export"))).replies[0].files[0].content
    (file,) = json.loads(exported)["files"]
    assert file["name"] == "报表.xlsx"
    assert next(item["value"] for item in file["items"] if item["fact"] == "total_assets") == 1_000_000
    assert store.recall("x").state is not None
    await advisor.hear("x", Heard(text="/delete"))
    await advisor.hear("x", Heard(press="x:yes"))
    assert store.recall("x").state is None
    assert store.transcript("x") == []
    assert store.fact_history("x") == []
