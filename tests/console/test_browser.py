"""The console as people use it: a real Chromium, on a phone and on a desk, with keys, live news and a check of accessibility."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, expect

from bot.casework.cases import claim
from bot.casework.words import Words, heard
from bot.storage.desk.cases import case_of
from bot.storage.desk.doors import new_link
from bot.storage.desk.people import dismiss
from tests.console.seats import Seat

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio(loop_scope="module")]

LISTS = ("/queue", "/queue?view=closed", "/queue?page=9", "/search?q=面馆", "/search?q=没有这个")
PAGES = [("supervisor", path) for path in (*LISTS, "/statistics", "/canned", "/staff", "/keys")]
PAGES += [
    ("agent", "mine"),
    ("agent", "closed"),
    ("admin", "/queue"),
    ("admin", "/statistics"),
    ("policy", "/keys"),
    ("nobody", "/sign-in"),
]


@pytest.mark.parametrize(("who", "path"), PAGES)
async def test_every_page_is_accessible_and_fits(seat: Seat, who: str, path: str) -> None:
    for language in ("en", "zh"):
        if who != "nobody":
            await seat.sign_in(who, language)
        await seat.go(path if path.startswith("/") else seat.path_of(path))
        await seat.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        wider = await seat.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, "nothing is to be moved sideways"
    results = await Axe().run(seat.page)
    assert results.violations_count == 0, results.generate_report()


async def test_in_by_a_link_and_out_again(seat: Seat) -> None:
    with seat.staged.desk.store.begin() as connection:
        link = new_link(connection, seat.staged.members["agent"].id, seat.clock.now)
    await seat.go(f"/sign-in/{link}")
    await seat.page.get_by_role("button", name="登录").click()
    await expect(seat.page).to_have_url(f"{seat.address}/queue")
    await seat.page.get_by_role("button", name="退出").click()
    await expect(seat.page).to_have_url(f"{seat.address}/sign-in")
    await seat.go("/queue")
    await expect(seat.page).to_have_url(f"{seat.address}/sign-in")


async def test_a_case_from_the_queue_to_its_end(seat: Seat) -> None:
    page = seat.page
    await seat.sign_in("agent")
    await seat.go("/queue")
    await page.get_by_role("link", name="流水贷能做到50万吗").click()
    await page.get_by_role("button", name="认领").click()
    await expect(page.get_by_role("status")).to_have_text("已认领，这件现在由您处理。")
    await page.get_by_label("插入常用回复").select_option(label="需要的材料")
    await expect(page.get_by_label("回复客户")).to_have_value("请准备营业执照。工商银行 李经理，编号 1")
    await page.get_by_label("回复客户").press("Control+Enter")
    await expect(page.locator(".said.staff")).to_contain_text("请准备营业执照。")
    await expect(page.get_by_label("回复客户")).to_have_value("")
    await page.get_by_text("内部备注", exact=True).click()
    await page.get_by_label("备注内容").fill("已电话联系")
    await page.get_by_role("button", name="保存备注").click()
    await expect(page.locator(".said.note")).to_contain_text("已电话联系")
    await page.get_by_role("button", name="办结").click()
    await expect(page.locator("#reply-form")).to_be_hidden()
    await expect(page.get_by_role("button", name="重新打开")).to_be_visible()
    assert seat.said("free") == [("staff", "请准备营业执照。工商银行 李经理，编号 1"), ("note", "已电话联系")]


async def test_news_come_by_themselves_and_leave_what_is_being_written(seat: Seat) -> None:
    page, case = seat.page, seat.staged.cases["mine"]
    await seat.sign_in("agent")
    await seat.go(seat.path_of("mine"))
    await page.get_by_label("回复客户").fill("half a sent")
    with seat.staged.desk.store.begin() as connection:
        heard(connection, seat.staged.desk, case_of(connection, case.id) or case, Words("One more thing"), seat.clock.now)
    await expect(page.locator(".said.owner").last).to_contain_text("One more thing")
    await expect(page.get_by_label("回复客户")).to_have_value("half a sent")


async def test_whoever_is_too_late_keeps_their_words(seat: Seat) -> None:
    page, case = seat.page, seat.staged.cases["free"]
    await seat.sign_in("agent")
    await page.route("**/live?*", lambda route: route.abort())
    await seat.go(seat.path_of("free"))
    with seat.staged.desk.store.begin() as connection:
        claim(connection, seat.staged.desk, case, seat.staged.members["colleague"], seat.clock.now)
    await page.unroute("**/live?*")
    await page.get_by_role("button", name="认领").click()
    await expect(page.get_by_role("status")).to_have_text("周经理 先了一步，这件现在由 周经理 处理。")
    seat.troubles[:] = [line for line in seat.troubles if "ERR_FAILED" not in line and "live" not in line]


async def test_keys_alone_lead_to_an_answer(seat: Seat) -> None:
    page = seat.page
    await seat.sign_in("agent")
    await seat.go("/queue")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await expect(page.locator("a.row:focus")).to_contain_text("这个月还不上了")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("咨询 #2")
    await page.wait_for_load_state()
    await page.keyboard.press("n")
    await page.keyboard.type("先稳住")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".said.note")).to_contain_text("先稳住")
    await page.get_by_role("heading", level=1).click()
    await page.keyboard.press("r")
    await page.keyboard.type("j k / ? 都只是字")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".said.staff")).to_contain_text("j k / ? 都只是字")
    await page.get_by_role("heading", level=1).click()
    await page.keyboard.press("/")
    await expect(page).to_have_url(f"{seat.address}/search")
    await page.wait_for_load_state()
    await page.keyboard.press("?")
    await expect(page).to_have_url(f"{seat.address}/keys")
    await page.wait_for_load_state()
    await page.keyboard.press("g")
    await expect(page).to_have_url(f"{seat.address}/queue")


async def test_filters_apply_at_once(seat: Seat) -> None:
    await seat.sign_in("agent")
    await seat.go("/queue")
    await seat.page.get_by_label("原因").select_option("complaint")
    await expect(seat.page.locator("a.row")).to_have_count(1)
    await expect(seat.page.locator("a.row")).to_contain_text("我要投诉")


async def test_a_report_is_drawn_when_it_is_wanted(seat: Seat) -> None:
    await seat.sign_in("agent")
    await seat.go(seat.path_of("free"))
    picture = seat.page.get_by_alt_text("这家企业的评级报告")
    await expect(picture).to_be_hidden()
    await seat.page.get_by_text("评级报告", exact=True).click()
    await picture.scroll_into_view_if_needed()
    await expect(picture).to_have_js_property("naturalWidth", 1080)


async def test_whoever_works_here_no_more_is_led_out(seat: Seat) -> None:
    await seat.sign_in("agent")
    await seat.go(seat.path_of("free"))
    with seat.staged.desk.store.begin() as connection:
        dismiss(connection, seat.staged.members["agent"].id)
    await expect(seat.page).to_have_url(f"{seat.address}/sign-in")


async def test_it_works_without_scripts(seat: Seat, browser: Browser) -> None:
    await seat.sign_in("agent")
    context = await browser.new_context(java_script_enabled=False, storage_state=await seat.page.context.storage_state())
    page = await context.new_page()
    await page.goto(f"{seat.address}{seat.path_of('free')}")
    await page.get_by_role("button", name="认领").click()
    await expect(page.get_by_role("status")).to_have_text("已认领，这件现在由您处理。")
    await page.get_by_label("回复客户").fill("您好")
    await page.get_by_role("button", name="发送给客户").click()
    await expect(page.locator(".said.staff")).to_contain_text("您好")
    await context.close()
