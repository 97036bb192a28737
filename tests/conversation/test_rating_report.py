"""The rating report as values and as words: what is in it, where each figure is from, what is missing, and when it is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.conversation.answers.rating import pressed, wanted
from bot.conversation.kept import reply_to_json
from bot.conversation.rating.report import CORE_FIGURES, MATCHES, MORE_AT_MOST
from bot.conversation.rating.sheet import Sheet, sheet_to_json
from bot.conversation.rating.wording import sheet_of
from bot.conversation.world import World
from knowledge.firm import Fact, Firm, Provenance, vocabulary
from tests.pictures.firms import TODAY, scene_of
from tests.pictures.rated import BALANCE_DAY, RATED, firm_of, report_on, sheet_for

BOTH = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.mark.parametrize(
    ("text", "is_wanted"),
    [
        ("评级报告", True),
        ("给我一份评级报告", True),
        ("我的评级报告怎么拿", True),
        ("能出个PDF的评级报告吗", True),
        ("信用报告给我一份", True),
        ("打印一份信用报告", True),
        ("发我一份企业报告", True),
        ("什么是评级报告", False),
        ("评级报告是什么", False),
        ("什么是征信报告", False),
        ("征信报告给我一份", False),
        ("信用报告去哪里查", False),
        ("信用报告怎么查", False),
        ("银行要看我的信用报告", False),
        ("我要报告一个问题", False),
        ("导出我的数据", False),
        ("我的评级是多少", False),
        ("rating report", True),
        ("send me the Rating Report please", True),
        ("pdf of my rating", True),
        ("can I get my score as a pdf?", True),
        ("give me my credit report", True),
        ("what is a rating report?", False),
        ("how do I get my credit report from the central bank", False),
        ("where can i print my credit report", False),
        ("export my data", False),
        ("why is my rating so low", False),
        ("the bank asked for my credit report", False),
    ],
)
def test_which_words_ask_for_the_report(text: str, is_wanted: bool) -> None:
    assert wanted(text) is is_wanted


@BOTH
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"industry": "catering", "annual_revenue": 1_000_000, "net_profit": 60_000}, ("8%–25%", "8% to 25%", "6%", "低于", "below")),
        (
            {"industry": "catering", "annual_revenue": 1_000_000, "net_profit": 100_000},
            ("8%–25%", "8% to 25%", "10%", "在这个范围内", "within"),
        ),
        ({"industry": "retail", "annual_revenue": 1_000_000, "net_profit": 200_000}, ("4%–15%", "4% to 15%", "20%", "高于", "above")),
    ],
)
def test_the_margin_is_held_against_the_trade(world: World, language: str, facts: dict[str, Any], said: tuple[str, ...]) -> None:
    note = sheet_of(report_on(world, Firm.of(facts, TODAY)), language).words["ratio_note"]
    zh, en, margin, word_zh, word_en = said
    assert all(part in note for part in ((zh, margin, word_zh) if language == "zh" else (en, margin, word_en)))
    assert "国税发〔2008〕30号" in note


@BOTH
@pytest.mark.parametrize(
    "facts", [{"annual_revenue": 1_000_000, "net_profit": 1}, {"industry": "real_estate", "annual_revenue": 9, "net_profit": 1}]
)
def test_no_trade_or_none_with_a_source_is_said(world: World, language: str, facts: dict[str, Any]) -> None:
    note = sheet_of(report_on(world, Firm.of(facts, TODAY)), language).words["ratio_note"]
    assert "国税发" not in note
    assert note


def test_a_trade_without_a_margin_is_told_without_a_verdict(world: World) -> None:
    note = sheet_of(report_on(world, Firm.of({"industry": "transport", "annual_revenue": 1_000_000}, TODAY)), "zh").words["ratio_note"]
    assert "7%–15%" in note
    assert "这家企业" not in note


def test_figures_say_where_they_are_from_and_of_when_and_missing_ones_that_they_are(world: World) -> None:
    figures = {line.label: line for line in sheet_for(world, "maker", "en").figures}
    assert (figures["Total assets"].source, figures["Total assets"].on) == ("file", BALANCE_DAY.isoformat())
    assert (figures["Annual revenue"].source, figures["Annual revenue"].on) == ("owner", TODAY.isoformat())
    sparse = {line.label: line for line in sheet_for(world, "sparse", "zh").figures}
    assert [line.known for line in sparse.values()].count(True) == 1
    assert all(line.value == "未提供" and not line.source and not line.on for line in sparse.values() if not line.known)


def test_the_core_figures_are_always_there_and_the_rest_only_where_known_and_not_too_many(world: World) -> None:
    assert tuple(figure.name for figure in report_on(world, firm_of("sparse")).figures) == CORE_FIGURES
    everything = {name: 1_000_000 for name, spec in vocabulary().items() if spec.group == "figures" and spec.type.value == "money"}
    known = report_on(world, Firm.of(everything, TODAY)).figures
    assert len(known) == len(CORE_FIGURES) + MORE_AT_MOST
    assert len({figure.name for figure in known}) == len(known)


def test_rough_figures_stay_rough(world: World) -> None:
    fact = Fact("annual_revenue", Decimal(2_800_000), Provenance.SAID, TODAY, approximate=True)
    assert sheet_of(report_on(world, Firm({fact.name: fact})), "zh").figures[0].value == "约280万元"


def changed(firm: Firm, **changes: Any) -> Firm:
    fact = firm.fact("annual_revenue")
    assert fact is not None
    return firm.having(replace(fact, **changes))


def test_the_number_stands_for_the_facts_the_day_and_the_knowledge(world: World) -> None:
    firm = firm_of("sparse")
    number = report_on(world, firm).number
    assert number.startswith("LA-20261121-")
    assert report_on(world, Firm(dict(reversed(firm.facts.items())))).number == number
    others = (changed(firm, value=Decimal(1)), changed(firm, source=Provenance.FILE), changed(firm, as_of=date(2025, 12, 31)))
    assert len({report_on(world, other).number for other in (firm, *others)}) == 4
    newer = replace(world, pack=replace(world.pack, digest="0"))
    assert report_on(newer, firm).number != number


@BOTH
@pytest.mark.parametrize("name", RATED)
def test_the_best_five_are_open_those_that_fit_first_and_loans_among_them(world: World, name: str, language: str) -> None:
    sheet = sheet_for(world, name, language)
    statuses = [match.status for match in sheet.matches]
    assert len(statuses) == MATCHES
    assert statuses == sorted(statuses)
    assert set(statuses) <= {"eligible", "unknown"}
    assert all(match.source and match.validity for match in sheet.matches)
    assert all(bool(match.needs) is (match.status == "unknown") for match in sheet.matches)
    assert sum(match.entry.id.startswith("prd-") for match in report_on(world, firm_of(name)).matches) >= 3


def test_a_loss_is_told_as_one(world: World) -> None:
    sheet = sheet_for(world, "losing", "zh")
    ratios = {line.label: line for line in sheet.ratios}
    assert (ratios["净利率"].value, ratios["净利率"].verdict) == ("-11.4%", "weak")
    assert (ratios["营业收入增长"].value, ratios["资产负债率"].value) == ("-25%", "121.1%")
    assert next(line.value for line in sheet.figures if line.label == "所有者权益") == "-40万元"
    assert [check.label for check in sheet.checks] == ["负债不超过资产", "收入都走了账"]
    assert sheet.grade is not None
    assert [line.value for line in sheet.grade.lines if line.label == "银行会先问"] == ["去年亏损、欠款是资产的121%"]


def test_what_does_not_go_together_is_told_with_its_amounts(world: World) -> None:
    (check,) = sheet_for(world, "maker", "en").checks
    assert check.label == "Invoices and revenue"
    assert "CNY 21.9 million" in check.text


def test_a_figure_that_cannot_be_right_is_asked_about_and_left_out_of_the_grade(world: World) -> None:
    sheet = sheet_of(report_on(world, Firm.of({**RATED["sparse"], "largest_customer_share": 3}, TODAY)), "zh")
    assert [check.label for check in sheet.checks] == ["数字存疑"]
    assert "没有计入等级：最大客户占比" in sheet.checks_open


def test_a_ratio_of_figures_in_doubt_is_held_against_nothing(world: World) -> None:
    firm = {
        "industry": "agriculture",
        "annual_revenue": 800_000,
        "net_profit": 3_000_000,
        "total_assets": 100_000,
        "total_liabilities": 80_000,
    }
    sheet = sheet_of(report_on(world, Firm.of(firm, TODAY)), "zh")
    told = {line.label: (line.value, line.bound, line.verdict, line.basis) for line in sheet.ratios}
    assert told["净利率"] == ("375%", "", "", "数字存疑，先不比")
    assert told["资产负债率"][2] == "sound"
    assert "375%" not in sheet.words["ratio_note"]


def test_what_the_grade_leaves_out_is_said_where_the_firm_has_it(world: World) -> None:
    texts = [" ".join(note.value for note in sheet_of(report_on(world, Firm.of(facts, TODAY)), "zh").notes) for facts in _MARRED_AND_NOT]
    assert ["逾期、欠税" in text for text in texts] == [True, False]


_MARRED_AND_NOT: tuple[dict[str, Any], ...] = (
    {"industry": "catering", "employees": 3, "overdue_12m": 3},
    {"industry": "catering", "employees": 3, "overdue_12m": 0},
)


@BOTH
def test_a_ratio_without_a_bound_says_so_and_one_that_lacks_figures_is_named_with_them(world: World, language: str) -> None:
    maker = {compared.reading.ratio.name: line for compared, line in _ratios(world, "maker", language)}
    assert maker["receivable_days"].bound == ""
    assert maker["receivable_days"].verdict == ""
    assert maker["debt_ratio"].verdict == "sound"
    sparse = sheet_for(world, "sparse", language)
    assert not any(line.known for line in sparse.ratios)
    assert all(line.label in sparse.ratios_open for line in sparse.ratios)
    assert ("流动资产" if language == "zh" else "current assets") in sparse.ratios_open


def _ratios(world: World, name: str, language: str) -> list[tuple[Any, Any]]:
    report = report_on(world, firm_of(name))
    return list(zip(report.ratios, sheet_of(report, language).ratios, strict=True))


def test_without_repayments_their_cover_does_not_apply(world: World) -> None:
    firm = firm_of("maker").having(Fact("monthly_debt_service", Decimal(0), Provenance.SAID, TODAY))
    sheet = sheet_of(report_on(world, firm), "zh")
    assert {line.label: line.value for line in sheet.ratios}["还款保障倍数"] == "不适用"
    assert "不适用：还款保障倍数" in sheet.ratios_open


def test_bars_share_one_scale_and_what_is_not_known_has_none(world: World) -> None:
    flows = sheet_for(world, "maker", "zh").flows
    assert max(flow.high or flow.share for flow in flows) == 1
    inflow = flows[0]
    assert inflow.low is not None
    assert inflow.high is not None
    assert inflow.low < inflow.share < inflow.high
    sparse = sheet_for(world, "sparse", "zh")
    assert [flow.label for flow in sparse.flows if flow.known] == ["年营业收入÷12"]
    assert all(flow.share == 0 and flow.value == "未提供" for flow in sparse.flows if not flow.known)
    assert "缺：月均流水、" in sparse.flow_note


@BOTH
def test_the_grade_comes_with_its_band_its_range_and_at_most_four_reasons(world: World, language: str) -> None:
    sheet = sheet_for(world, "losing", language)
    assert sheet.grade is not None
    assert sheet.grade.best <= sheet.grade.grade <= sheet.grade.worst
    assert 1 <= len(sheet.reasons) <= 4
    assert all(reason.points.startswith("+" if reason.helps else "-") for reason in sheet.reasons)
    assert len(sheet.grade.lines) == 6, "the last is what banks ask about first"


def test_a_default_probability_never_reads_as_nought(world: World) -> None:
    grade = sheet_for(world, "maker", "zh").grade
    assert grade is not None
    assert not any(line.value.startswith("0%") for line in grade.lines[:2])


def test_without_anything_that_the_score_looks_at_there_is_no_grade(world: World) -> None:
    assert sheet_for(world, "place only", "zh").grade is None


def test_consent_goes_by_who_holds_the_report_and_names_only_what_is_in_it(world: World) -> None:
    report = report_on(world, firm_of("sparse"))
    owners, staffs = (sheet_of(report, "zh", holder).notes[1].value for holder in ("owner", "staff"))
    assert owners.startswith("本报告只发给企业本人")
    assert "确认企业已同意" in staffs
    assert "经营数字" in owners
    assert "信用与纳税" not in owners
    assert "由银行" in sheet_of(report, "zh").notes[0].value


@pytest.mark.parametrize(
    ("rest", "language", "name", "buttons"),
    [
        ("", "zh", "rating-report-2026-11-21-zh.pdf", ["g:png", "g:en"]),
        ("en", "zh", "rating-report-2026-11-21-en.pdf", ["g:png", "g"]),
        ("png", "zh", "rating-report-2026-11-21-zh.png", ["g", "g:en"]),
        ("", "en", "rating-report-2026-11-21-en.pdf", ["g:png", "g:zh"]),
    ],
)
def test_what_a_button_gives(world: World, rest: str, language: str, name: str, buttons: list[str]) -> None:
    answer = pressed(scene_of(world, RATED["sparse"], language), rest)
    assert answer is not None
    (reply,) = answer.replies
    assert reply.paper is not None
    assert (reply.paper.file_name, [button.id for button in reply.buttons]) == (name, buttons)
    assert len(reply.text) <= 1024
    assert list(answer.sources) == [match.entry.id for match in report_on(world, firm_of("sparse")).matches]
    written = reply_to_json(reply)
    assert written["files"] == [name]
    assert written["paper"]["sheet"]["number"] in reply.text


def test_a_button_of_another_kind_is_out_of_date(world: World) -> None:
    assert pressed(scene_of(world, RATED["sparse"], "zh"), "fr") is None


def test_with_nothing_known_there_is_a_question_instead(world: World) -> None:
    answer = pressed(scene_of(world, {}, "zh"), "")
    assert answer is not None
    assert all(reply.paper is None for reply in answer.replies)
    assert answer.dialogue.asking is not None


def texts(sheet: Sheet) -> list[str]:
    """Every text of a sheet, however deep."""

    def inside(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [text for child in value.values() for text in inside(child)]
        return [text for child in value for text in inside(child)] if isinstance(value, list) else []

    return inside(sheet_to_json(sheet))


@BOTH
@pytest.mark.parametrize("name", RATED)
def test_no_placeholder_is_left_open(world: World, name: str, language: str) -> None:
    open_ = [text for text in texts(sheet_for(world, name, language)) if "{" in text]
    assert open_ == [sheet_for(world, name, language).words["page"]]
