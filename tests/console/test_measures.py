"""Entries at the console: faults by their line, the card, the second officer, and that the form of a bulletin knows it at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import httpx
import pytest

from bot.broadcasting.entries import look_at_entry
from bot.broadcasting.office import Office
from bot.bulletins.entries import EntryDraft, EntryStatus
from bot.channels.console.bulletin_difference import lines_of
from bot.channels.console.bulletin_fields import values_of
from tests.bulletins.written import ENTRY, ENTRY_TEXT, NEW_ENTRY
from tests.console.bulletin_stage import DRAFT, FAULTY, XIAMEN
from tests.console.conftest import Browser, Desked
from tests.console.staged import NOW

LATER = replace(DRAFT, send_at=NOW + timedelta(days=1))


def at(desked: Desked, name: str, rest: str = "") -> str:
    return f"/measures/{desked.staged.measures[name].id}{rest}"


def now(desked: Desked, name: str) -> EntryDraft:
    office = Office(desked.store, desked.console.world.pack)
    return look_at_entry(office, desked.staged.members["policy"], desked.staged.measures[name].id)


def plain(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize(("language", "first", "card"), [("zh", "第 9 行", "每次给3,000元"), ("en", "Line 9", "get CNY 3,000")])
async def test_faults_stand_with_their_line_and_what_is_right_with_its_card(desked: Desked, language: str, first: str, card: str) -> None:
    async with desked.browser("policy") as browser:
        await browser.post("/language", language=language, back="/keys")
        faulty = plain((await browser.post("/measures/check", text=FAULTY.replace("\n", "\r\n"))).text)
        right = plain((await browser.post("/measures/check", text=ENTRY_TEXT)).text)
    assert first in faulty
    assert "titel: {zh: 新招员工补贴办法" in faulty
    assert "at_least" in faulty, "what was probably meant"
    assert card in right
    assert first not in right


async def test_the_example_that_one_begins_with_is_right(desked: Desked) -> None:
    for who, language, region in (("policy", "zh", "350000"), ("far", "en", "440300")):
        async with desked.browser(who) as browser:
            await browser.post("/language", language=language, back="/keys")
            page = (await browser.get("/measures/new?as=text")).text
        assert f"within: &#39;{region}&#39;" in page
        assert "data-line" not in page
        assert {"zh": "没有发现错误。", "en": "No faults found."}[language] in page


async def test_a_new_measure_is_written_approved_and_told_of(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        assert "没有找到" in (await browser.get("/bulletins/entries?find=新招员工补贴")).text
        kept = await browser.post("/measures", text=ENTRY_TEXT.replace("new-hires", "hiring"))
        number = kept.headers["location"].partition("?")[0]
        assert "需要另一位同事批准" in (await browser.get(number)).text
        refused = await browser.post(f"{number}/approve", version="1")
        assert (refused.status_code, "需要另一位同事批准。" in refused.text) == (422, True)
    async with desked.browser("officer") as browser:
        page = plain((await browser.get(number)).text)
        assert "符合的不到5家，还不能判断的150家，不符合的不到5家" in page
        assert (await browser.post(f"{number}/approve", version="1")).headers["location"].endswith("told=entry_approved")
        assert "新招员工补贴" in (await browser.get("/bulletins/entries?find=新招员工补贴")).text
        assert "使用中" in (await browser.get("/measures")).text
        assert 'value="sub-fj-hiring-2026" checked' in (await browser.get("/bulletins/new?entry=sub-fj-hiring-2026")).text
        reach = plain((await browser.post("/bulletins/reach", **values_of(replace(LATER, entry="sub-fj-hiring-2026", ask=True)))).text)
    assert "会发给95家企业" in reach
    assert "还不能判断的95家" in reach


async def test_what_is_kept_with_faults_opens_again_at_its_faults(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        kept = await browser.post("/measures", text=FAULTY)
        assert kept.headers["location"].endswith("/change?told=drafted")
        page = (await browser.get(kept.headers["location"])).text
        assert "还有 2 处要改" in page
    async with desked.browser("officer") as browser:
        assert 'action="' + at(desked, "faulty", "/approve") not in (await browser.get(at(desked, "faulty"))).text
        refused = await browser.post(at(desked, "faulty", "/approve"), version="1")
    assert (refused.status_code, "条目还有2处要改" in refused.text) == (422, True)


async def test_two_officers_do_not_write_over_each_other(desked: Desked) -> None:
    async with desked.browser("officer") as browser:
        await browser.post(at(desked, "measure", "/change"), version="1", text=ENTRY_TEXT.replace("3000", "4000"))
    async with desked.browser("policy") as browser:
        late = await browser.post(at(desked, "measure", "/change"), version="1", text=ENTRY_TEXT.replace("3000", "5000"))
        assert (late.status_code, "5000" in late.text) == (409, True)
        seen = await browser.post(at(desked, "measure", "/approve"), version="1")
        assert seen.headers["location"].endswith("told=changed_meanwhile")
    assert now(desked, "measure").status is EntryStatus.DRAFT
    assert "4000" in now(desked, "measure").text


async def test_a_change_is_marked_for_the_second_officer_and_an_old_one_says_so(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        page = (await browser.get(f"/measures/new?entry={ENTRY}")).text
        (text,) = (unescape(found) for found in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL))
        changed = text.replace("福建专精特新专项资金贷款, en", "福建专精特新专项贷款, en", 1)
        assert text != changed
        first = (await browser.post("/measures", text=changed)).headers["location"].partition("?")[0]
    async with desked.browser("officer") as browser:
        page = (await browser.get(first)).text
        assert ("改动现有条目" in page, page.count("<del>"), page.count("<ins>")) == (True, 1, 1)
        await browser.post(f"{first}/approve", version="1")
        again = changed.replace("福建专精特新专项贷款, en", "专精特新专项贷款, en", 1)
        second = (await browser.post("/measures", text=again)).headers["location"].partition("?")[0]
    async with desked.browser("policy") as browser:
        await browser.post(f"{second}/approve", version="1")
        assert "已有新版" in (await browser.get(first)).text
        assert "使用中" in (await browser.get(second)).text
        assert (await browser.get(f"{second}/change")).status_code == 403


async def test_a_draft_that_is_dropped_stays_dropped(desked: Desked) -> None:
    async with desked.browser("officer") as browser:
        assert "作废" in (await browser.get(at(desked, "measure"))).text
        await browser.post(at(desked, "measure", "/drop"), version="1")
        assert "已作废" in (await browser.get("/measures")).text
        assert (await browser.post(at(desked, "measure", "/approve"), version="2")).status_code == 422
    assert now(desked, "measure").status is EntryStatus.DROPPED
    assert NEW_ENTRY not in desked.console.world.pack.entries


@pytest.mark.parametrize("path", ["/measures/0", "/measures/x", "/measures/9223372036854775808", "/measures/99"])
async def test_what_is_not_there_is_not_there(desked: Desked, path: str) -> None:
    async with desked.browser("policy") as browser:
        assert (await browser.get(path)).status_code == 404


# -- whom it reaches, while it is written ------------------------------------------------------------------------------------------


async def test_nobody_and_the_cost_are_said_before_anything_is_kept(desked: Desked) -> None:
    desked.console = replace(desked.console, stars=0)
    nobody = replace(LATER, region="350900")
    async with desked.browser("policy") as browser:
        assert "会发给45家企业" in plain((await browser.post("/bulletins/reach", **values_of(LATER))).text)
        assert "会发给20家企业" in plain((await browser.post("/bulletins/reach", **values_of(replace(LATER, region=XIAMEN)))).text)
        assert "发不到任何人" in (await browser.post("/bulletins/reach", **values_of(nobody))).text
        assert plain((await browser.post("/bulletins/reach", **values_of(replace(LATER, entry="")))).text).strip() == ""
        paid = plain((await browser.post("/bulletins/reach", **values_of(replace(LATER, paid=True)))).text)
        assert "会发给45家企业" in paid
        assert len(re.findall("星", paid)) >= 1
        kept = await browser.post("/bulletins", version="0", **values_of(nobody))
        assert kept.headers["location"].endswith("/change?told=drafted"), "it is not handed over like this"
        assert "发不到任何人" in (await browser.get(kept.headers["location"])).text
    async with desked.browser("officer") as browser:
        number = kept.headers["location"].partition("/change")[0]
        assert "发不到任何人" in (await browser.get(f"{number}/audience")).text


# -- the keys ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "keys"),
    [
        ("agent", ["j", "k", "Enter", "r", "n", "Ctrl+Enter", "/", "g", "?"]),
        ("bank_admin", ["j", "k", "Enter", "g", "?"]),
        ("policy", ["j", "k", "Enter", "g", "?"]),
    ],
)
async def test_only_keys_that_do_something_are_named(desked: Desked, who: str, keys: list[str]) -> None:
    async with desked.browser(who) as browser:
        page = (await browser.get("/keys")).text
    assert re.findall(r"<td><kbd>(.*?)</kbd>|(?<=</kbd> )<kbd>(.*?)</kbd>", page) == [
        (key, "") if key != "k" else ("", key) for key in keys
    ]
    if who == "policy":
        assert "待办" not in page.partition("<table")[2]


def test_lines_are_marked_whole() -> None:
    found = lines_of("a\nb\nc", "a\nB\nc\nd")
    assert [(run.kind, run.text) for run in found] == [("same", "a"), ("gone", "b"), ("come", "B"), ("same", "c"), ("come", "d")]


HEAD = "政策名称,类型,主要内容,发布单位,适用地区,截止日期"
GOOD = [
    f"{HEAD}",
    "稳岗补贴,补贴,招人不裁员的企业可以领补贴。,福州市人社局,福州市,2026-12-31",
    "技改贴息,贴息,技术改造贷款给贴息。,省工信厅,福建省,",
]


async def sent(browser: Browser, *lines: str, name: str = "清单.csv") -> httpx.Response:
    files = {"sheet": (name, "\n".join(lines).encode("gb18030"), "text/csv")}
    return await browser.http.post("/measures/sheet", data={"csrf": browser.csrf}, files=files)


async def test_a_sheet_becomes_drafts_of_entries_and_bulletins_or_says_all_that_is_wrong(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        faulty = await sent(browser, GOOD[0], GOOD[1].replace("补贴,招人", "好事,招人").replace("福州市,2026", "榕城,2026"), GOOD[2])
        assert faulty.status_code == 422
        assert [fault for fault in plain(faulty.text).splitlines() if "第2行" in fault] == [
            "没有起草，请先改好这 2 处：第2行B列（类型）：类型填贷款、担保、补贴、税收、项目中的一个，不认识“好事”。"
            "第2行E列（适用地区）：没有叫“榕城”的地区，请写一个名称（如福州市）或六位代码。"
        ]
        assert "稳岗补贴" not in (await browser.get("/bulletins")).text, "nothing of it is kept"
        done = await sent(browser, *GOOD)
        assert "起草了 2 条政策" in plain(done.text)
        assert "补上英文：“英文名称”“一两句话：给企业什么（英文）”“发布单位（英文）”。" in plain(done.text)
        entry, bulletin = re.findall(r'href="(/(?:measures|bulletins)/\d+/change)"', done.text)[:2]
        assert 'value="稳岗补贴"' in (await browser.get(entry)).text
        assert "name: {zh: 稳岗补贴" in unescape((await browser.get(f"{entry}?as=text")).text)
        assert 'value="稳岗补贴"' in (await browser.get(bulletin)).text
        again = await sent(browser, *GOOD)
        assert (again.status_code, plain(again.text).count("已有条目或草稿")) == (422, 2)
        await browser.post("/language", language="en", back="/keys")
        assert "row 2: There is an entry or a draft with the id sub-" in plain((await sent(browser, *GOOD)).text)
        for content, name in ((b"PK", "a.xlsx"), (b"", "a.docx")):
            refused = await browser.http.post("/measures/sheet", data={"csrf": browser.csrf}, files={"sheet": (name, content)})
            assert refused.status_code == 422
