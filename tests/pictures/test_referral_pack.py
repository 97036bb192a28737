"""Packs hold what was ticked and nothing more: in their JSON, in their report, and in what can be read of the printed pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.console.files import Files
from bot.channels.telegram.desk.filing import file_messages
from bot.conversation.model import Dialogue
from bot.conversation.papers import Doubt, Item, OwnerPaper
from bot.conversation.referral.pack import case_file, emptied_case_file
from bot.conversation.world import World
from bot.desk.sharing import WHOLE, Part, in_order
from knowledge.firm import FactType, Firm, vocabulary
from nlu.uploads.document import Document, Period, Sentence
from tests.pictures.packs import bare, drawn, pack_for
from tests.pictures.rated import RATED, TODAY, firm_of

MAKER = firm_of("maker")
WHOLES = tuple(part.value for part in WHOLE)
ANY = st.sets(st.sampled_from([*MAKER, *WHOLES]))
SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
#: Amounts of which no part can stand anywhere by chance, nor come of adding others up.
ODD = {
    name: Decimal(731_000_000_000 + int(hashlib.sha256(name.encode()).hexdigest()[:7], 16))
    for name, spec in vocabulary().items()
    if spec.type is FactType.MONEY
}
ODD_FIRM = MAKER.having(*(Firm.of({name: amount}, TODAY).facts[name] for name, amount in ODD.items()))


def paper(name: str = "流水.xlsx", facts: tuple[str, ...] = ("monthly_inflow", "annual_revenue")) -> OwnerPaper:
    doubts = (Doubt("sum", Sentence("差了 987654321 元", "CNY 987654321 apart")),)
    items = tuple(Item(fact, Decimal(987_654_321), Sentence("C7", "C7"), TODAY, doubts=doubts) for fact in facts)
    period = Period(date(2026, 1, 1), date(2026, 6, 30))
    remarks = (Sentence("没有计入 987654321 元", "CNY 987654321 not counted"),)
    return OwnerPaper("a1", "a1", name, "0" * 64, Document.BANK_STATEMENT, period, "闽味食品", items, remarks)


def in_full(pack: Mapping[str, Any]) -> str:
    return json.dumps(pack, ensure_ascii=False)


@SLOW
@given(ANY, st.data())
def test_what_is_kept_back_changes_nothing_in_a_pack(world: World, fields: set[str], data: st.DataObject) -> None:
    kept = [name for name in MAKER if name not in fields]
    gone = data.draw(st.sets(st.sampled_from(kept)) if kept else st.just(set()))
    other = Firm({name: fact for name, fact in ODD_FIRM.facts.items() if name not in gone})
    shared = other.having(*(fact for name, fact in MAKER.facts.items() if name in fields))
    one, another = (pack_for(world, Dialogue(firm=firm), in_order(fields)) for firm in (MAKER, shared))
    assert one == another


@SLOW
@given(ANY)
def test_no_amount_that_is_kept_back_can_be_read(world: World, fields: set[str]) -> None:
    pack = pack_for(world, Dialogue(firm=ODD_FIRM, papers=(paper(),)), in_order(fields))
    text = in_full(pack)
    for name, amount in ODD.items():
        if name in ODD_FIRM and name not in fields:
            assert str(amount) not in text.replace(",", "")
    assert [fact["name"] for fact in pack["file"]["facts"]] == [name for name in ODD_FIRM if name in fields]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY)
def test_no_value_that_is_kept_back_is_printed(world: World, fields: set[str]) -> None:
    pack = pack_for(world, Dialogue(firm=ODD_FIRM, papers=(paper(),)), in_order(fields))
    for sheet in pack["sheets"].values():
        printed = "".join(drawn(sheet)).replace(",", "")
        assert ("闽味" in printed) == ("firm_name" in fields)
        for name, amount in ODD.items():
            if name in ODD_FIRM and name not in fields:
                assert str(amount) not in printed
                assert f"{(amount / 10_000):f}" not in printed


@pytest.mark.parametrize("part", WHOLE)
def test_a_part_that_is_kept_back_is_null_and_said_to_be_not_shared(world: World, part: Part) -> None:
    everything = (*MAKER, *WHOLES)
    dialogue = Dialogue(firm=MAKER, papers=(paper(),))
    whole = pack_for(world, dialogue, everything)
    cut = pack_for(world, dialogue, [name for name in everything if name != part.value])
    key = {"files": "uploads"}.get(part.value, part.value)
    assert whole["file"][key]
    assert cut["file"][key] is None
    assert cut["file"]["facts"] == whole["file"]["facts"]


def test_without_the_grade_the_report_has_none_and_says_why(world: World) -> None:
    sheet = pack_for(world, Dialogue(firm=MAKER), tuple(MAKER))["sheets"]["zh"]
    assert (sheet["grade"], sheet["reasons"], sheet["matches"], sheet["counts"]) == (None, [], [], "")
    printed = "".join(drawn(sheet))
    assert "企业没有选择提供评分" in printed
    assert "企业没有选择提供适合的产品" in printed
    assert "等级怎么来" not in printed


def test_a_file_shows_its_name_and_kind_and_no_figure_that_is_kept_back(world: World) -> None:
    (shown,) = pack_for(world, Dialogue(firm=MAKER, papers=(paper(),)), ("monthly_inflow", "files"))["file"]["uploads"]
    assert (shown["name"], shown["kind"], shown["facts"]) == ("流水.xlsx", "bank_statement", ["monthly_inflow"])
    assert "987654321" not in in_full(shown)
    assert "闽味" not in in_full(shown)


@pytest.mark.parametrize(("fields", "named"), [(("files",), False), (("files", "firm_name"), True)])
def test_a_files_name_does_not_give_the_firm_away(world: World, fields: tuple[str, ...], named: bool) -> None:
    name = f"{MAKER['firm_name']}流水.xlsx"
    pack = pack_for(world, Dialogue(firm=MAKER, papers=(paper(name),)), fields)
    assert (pack["file"]["uploads"][0]["name"] == name) is named
    assert ("闽味" in in_full(pack)) is named


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("zh", ["中国银行", "办理中国银行中银企E贷·银税贷", "RFGG9D6QC2Z", "2026年12月21日，企业可随时收回", "聊天记录、文件原件"]),
        ("en", ["BankofChina", "ApplicationforBOCenterpriseeloan(tax)", "RFGG9D6QC2Z", "21December2026", "Ourconversation"]),
    ],
)
def test_the_cover_says_to_whom_for_what_until_when_and_how_far(world: World, language: str, says: list[str]) -> None:
    cover, *rest = drawn(pack_for(world, Dialogue(firm=MAKER), ("firm_name", "tax_grade"))["sheets"][language])
    assert [text for text in says if text not in cover] == []
    assert len(rest) >= 1


@pytest.mark.parametrize(
    ("how", "says", "silent"),
    [
        ({"receipt": None, "preview": True}, ["预览，还没有给出去"], ["每次打开和下载"]),
        ({"receipt": None}, ["由企业本人转交，没有回执"], ["每次打开和下载", "可随时收回", "预览"]),
        ({"product": None}, ["申请贷款", "每次打开和下载"], ["办理"]),
        ({"lender": "len-nobody"}, ["lennobody"], []),
    ],
)
def test_a_cover_promises_no_more_than_is_so(world: World, how: Mapping[str, Any], says: list[str], silent: list[str]) -> None:
    cover = drawn(pack_for(world, Dialogue(firm=MAKER), ("firm_name",), **how)["sheets"]["zh"])[0]
    assert [text for text in says if text not in cover] == []
    assert [text for text in silent if text in cover] == []


@pytest.mark.parametrize("name", RATED)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_firms_pack_can_be_printed_and_keeps_the_cover_to_one_page(world: World, name: str, language: str) -> None:
    firm = firm_of(name)
    sheet = pack_for(world, Dialogue(firm=firm, papers=(paper("a" * 60 + ".xlsx"),) * 12), (*firm, *WHOLES))["sheets"][language]
    pages = drawn(sheet)
    assert bare(sheet["words"]["heading"]) in pages[1]
    assert len(pages) <= 4


@pytest.mark.parametrize("part", ["score", "matches"])
def test_beside_a_case_a_part_that_is_kept_back_is_not_worked_out_again(world: World, part: str) -> None:
    shown = {}
    for fields in ((*MAKER, part), tuple(MAKER)):
        pack = case_file(pack_for(world, Dialogue(firm=MAKER), fields)["file"], "zh")
        shown[part in fields] = Files().sheet(world, pack, "zh", TODAY)
    whole, cut = shown[True], shown[False]
    assert whole is not None
    assert cut is not None
    assert (whole.grade is not None, bool(whole.matches)) == (part == "score", part == "matches")
    assert (cut.grade, cut.matches) == (None, ())


@pytest.mark.parametrize(
    ("wholes", "messages"),
    [((), ["paper"]), (("score",), ["paper"]), (("score", "matches"), ["card", "paper"])],
    ids=["none", "score", "both"],
)
def test_in_a_topic_no_picture_gives_away_what_was_kept_back(world: World, wholes: tuple[str, ...], messages: list[str]) -> None:
    pack = case_file(pack_for(world, Dialogue(firm=MAKER), (*MAKER, *wholes))["file"], "zh")
    made = file_messages(world, pack, "zh", TODAY)
    assert [name for message in made for name in ("card", "paper") if name in message] == messages
    assert (made[-1]["paper"]["sheet"]["grade"] is not None) == ("score" in wholes)


def test_the_same_beside_a_case_has_what_every_case_has(world: World) -> None:
    file = case_file(pack_for(world, Dialogue(firm=MAKER), ("firm_name",))["file"], "zh")
    assert {"version", "scope", "facts", "score", "matches", "contradictions", "uploads", "transcript"} <= set(file)
    assert (file["score"], file["matches"], file["uploads"], file["transcript"]) == (None, [], [], [])
    assert "facts" not in emptied_case_file("zh")
