"""Bulletins as officers work on them: a real Chromium, on a phone and on a desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, expect
from sqlalchemy import update

from bot.bulletins.model import Status
from bot.storage.bulletins.rows import bulletin_of
from bot.storage.desk.tables import visits
from bot.storage.posts import Lane
from bot.storage.tables import outbox
from tests.console.bulletin_stage import DRAFT
from tests.console.seats import Seat
from tests.console.staged import NOW

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio(loop_scope="module")]

#: The pages by who looks; those of a bulletin by its name.
PAGES = (
    *(("officer", path) for path in ("/bulletins", "/bulletins/new", "/bulletins/effect")),
    *(("officer", name) for name in ("changed", "sending", "gone")),
    ("officer", "broken/change"),
    *(
        ("officer", path)
        for path in ("/measures", "/measures/new", "/measures/new?as=text", "/measures/sheet", "/measures/1", "/measures/2/change")
    ),
    ("admin", "draft"),
)


async def test_every_page_is_accessible_and_fits(seat: Seat) -> None:
    for who, path in PAGES:
        name, _, rest = path.partition("/")
        for language in ("zh", "en"):
            await seat.sign_in(who, language)
            await seat.go(path if path.startswith("/") else seat.bulletin(name, f"/{rest}" if rest else ""))
            if name in ("changed", "draft"):
                await expect(seat.page.locator("#audience svg")).to_have_count(3)
            await seat.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
            wider = await seat.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider == 0, (path, "nothing is to be moved sideways")
            results = await Axe().run(seat.page)
            assert results.violations_count == 0, (path, language, results.generate_report())


async def test_from_the_first_word_to_the_stop(seat: Seat) -> None:
    """One officer writes, the other approves; once it leaves, it is stopped."""
    page = seat.page
    await seat.sign_in("policy")
    await seat.go("/bulletins")
    await page.get_by_role("link", name="写一条通知").click()
    await page.get_by_label("找政策").fill("专精特新贷款")
    await page.get_by_label("福建专精特新专项资金贷款").check()
    await expect(page.get_by_text("专精特新等级须为专精特新中小企业")).to_be_visible()
    await page.get_by_label("中文标题").fill("贴息来了")
    await page.get_by_label("中文正文").fill("每年贴息 <b>9</b> 个百分点。")
    await expect(page.locator("#seen .bubble").first).to_have_text("贴息来了\n\n每年贴息 9 个百分点。")
    await expect(page.locator("#fault-body_zh")).to_contain_text("中文正文里的9在政策条目")
    await page.get_by_label("中文正文").fill("每年贴息 <b>1</b> 个百分点。")
    await expect(page.locator("#fault-body_zh")).to_be_empty()
    await page.get_by_role("button", name="保存草稿").click()
    await expect(page.locator("#fault-title_en")).to_have_text("英文的标题和正文都要写。")
    await page.get_by_label("英文标题").fill("Interest support")
    await page.get_by_label("英文正文").fill("<b>1</b> percentage point a year.")
    await page.get_by_role("button", name="保存修改").click()
    await expect(page.get_by_role("status")).to_have_text("修改已保存。")
    await expect(page.locator("#audience")).to_contain_text("按行业")
    where = page.url.partition("?")[0]
    await seat.sign_in("officer")
    await page.goto(where)
    await page.locator("summary", has_text="批准").click()
    await page.get_by_role("button", name="确认批准，到时发送").click()
    await expect(page.locator(".head .tag")).to_have_text("已批准")
    await page.locator("summary", has_text="停止发送").click()
    await page.get_by_role("button", name="立即停止，不再恢复").click()
    await expect(page.locator(".head .tag")).to_have_text("已停发")
    with seat.staged.desk.store.begin() as connection:
        bulletin = bulletin_of(connection, int(where.rpartition("/")[2]))
    assert bulletin is not None
    assert bulletin.status is Status.STOPPED


async def test_how_far_it_is_comes_by_itself_and_a_stop_holds(seat: Seat) -> None:
    page, store = seat.page, seat.staged.desk.store
    await seat.sign_in("officer")
    await seat.go(seat.bulletin("sending"))
    await expect(page.locator("#progress")).to_contain_text("6 / 24 家")
    with store.begin() as connection:
        one = store.waiting(Lane.BULK, 1)[0]
        connection.execute(update(outbox).where(outbox.c.id == one).values(closed_at=NOW, outcome="sent", message={}))
    await expect(page.locator("#progress")).to_contain_text("7 / 24 家")
    await page.locator("summary", has_text="停止发送").click()
    await page.get_by_role("button", name="立即停止，不再恢复").click()
    await expect(page.get_by_role("status")).to_have_text("已停止，不会再发出。")
    assert store.waiting(Lane.BULK, 100) == []


async def test_what_was_typed_is_there_again_after_signing_in_anew(seat: Seat) -> None:
    page = seat.page
    await seat.sign_in("policy")
    # The preview keeps still, so that it does not find out first that the visit has ended.
    await page.route("**/bulletins/check", lambda route: route.fulfill(status=204))
    await seat.go("/bulletins/new")
    await page.get_by_label("中文标题").fill("写到一半")
    await page.get_by_label("英文标题").fill("Half-writ")
    await page.get_by_label("改发一个最关键的问题").check()
    with seat.staged.desk.store.begin() as connection:
        connection.execute(update(visits).values(ended_at=NOW - timedelta(minutes=1)))
    await page.get_by_role("button", name="保存草稿").click()
    await expect(page).to_have_url(f"{seat.address}/sign-in")
    await seat.sign_in("policy")
    await seat.go("/bulletins/new")
    await expect(page.get_by_label("中文标题")).to_have_value("写到一半")
    await expect(page.get_by_label("英文标题")).to_have_value("Half-writ")
    await expect(page.get_by_label("改发一个最关键的问题")).to_be_checked()
    await expect(page.locator("#restored")).to_be_visible()
    await page.get_by_role("button", name="不要了").click()
    await expect(page.get_by_label("中文标题")).to_have_value("")


async def test_it_works_without_scripts(seat: Seat, browser: Browser) -> None:
    await seat.sign_in("policy")
    context = await browser.new_context(java_script_enabled=False, storage_state=await seat.page.context.storage_state())
    page = await context.new_page()
    page.set_default_timeout(10_000)
    await page.goto(f"{seat.address}/bulletins/new")
    await page.get_by_label("中文标题").fill(DRAFT.title["zh"])
    await page.get_by_label("找政策").fill("专精特新贷款")
    await page.get_by_role("button", name="查找").click()
    await page.get_by_label("福建专精特新专项资金贷款").check()
    for label, text in (("中文正文", DRAFT.body["zh"]), ("英文标题", DRAFT.title["en"]), ("英文正文", DRAFT.body["en"])):
        await page.get_by_label(label).fill(text)
    await page.get_by_role("button", name="保存草稿").click()
    await expect(page.get_by_role("status")).to_have_text("草稿已保存。")
    await expect(page.get_by_label("中文标题")).to_have_count(0)
    await page.get_by_role("link", name="查看会发给谁").click()
    await expect(page.get_by_role("table").first).to_contain_text("45")
    await context.close()
