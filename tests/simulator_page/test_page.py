"""The demo's page as people use it: a real Chromium, on a phone and on a desktop, with a bot that answers everything alike."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.simulator.files import picture
from bot.simulator.people import Person
from tests.simulator_page.page import CHEN, COLLEAGUE, MANAGER, MARY, Demo

pytestmark = [pytest.mark.chromium, pytest.mark.asyncio(loop_scope="module")]  # one browser for all of them


async def test_an_owner_writes_the_bot_answers_and_a_button_is_pressed(demo: Demo) -> None:
    await demo.be("Mary")
    await expect(demo.page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await demo.write("hello there")
    await expect(demo.bubbles).to_have_text(["hello there", "echo: hello there"])
    await expect(demo.page.locator("#messages .own")).to_have_count(1)
    own, other = [await demo.page.locator(f"#messages .{side} .bubble").bounding_box() for side in ("own", "other")]
    assert own is not None
    assert other is not None
    assert own["x"] + own["width"] > other["x"] + other["width"]
    assert own["x"] > other["x"]
    await demo.page.get_by_role("button", name="Yes", exact=True).click()
    await expect(demo.bubbles.last).to_have_text("you chose yes")
    await expect(demo.page.get_by_role("alert")).to_have_text("noted")
    await expect(demo.page.locator("#messages .other time")).to_contain_text("edited")
    assert demo.seen_by(MARY) == ["hello there", "you chose yes"]
    overflow = await demo.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0


@pytest.mark.parametrize("demo", ["phone"], indirect=True)
async def test_before_the_start_the_bot_says_what_it_is_for_in_the_persons_language(demo: Demo) -> None:
    await demo.be("Mary")
    await demo.bot.call("setMyDescription", description="Finds loans")
    await demo.bot.call("setMyDescription", description="帮您找贷款", language_code="zh")
    await expect(demo.page.locator("#about")).to_have_text("Finds loans")
    await demo.be("陈老板")
    await expect(demo.page.locator("#about")).to_have_text("帮您找贷款")
    await demo.page.get_by_role("button", name="Start", exact=True).click()
    await expect(demo.page.locator("#about")).to_be_hidden()


async def test_each_person_has_their_own_chats(demo: Demo) -> None:
    await demo.be("Mary")
    await demo.write("this is Mary")
    await expect(demo.bubbles).to_have_count(2)
    await demo.be("陈老板")
    await expect(demo.bubbles).to_have_count(0)
    await demo.write("这是陈老板")
    await expect(demo.bubbles).to_have_text(["这是陈老板", "echo: 这是陈老板"])
    await demo.be("Mary")
    await expect(demo.bubbles).to_have_text(["this is Mary", "echo: this is Mary"])
    assert demo.seen_by(CHEN) == ["这是陈老板", "echo: 这是陈老板"]
    await demo.bot.call("sendMessage", chat_id=CHEN, text="news for Chen")
    await expect(demo.page.locator("#people .person", has_text="陈老板").locator(".dot")).to_contain_text("1")
    await expect(demo.bubbles).to_have_count(2)


async def test_staff_write_in_a_topic_of_their_group(demo: Demo) -> None:
    group = next(chat for chat in demo.world.chats.values() if chat.is_forum)
    await demo.be("王经理")
    await demo.open_topic("值班安排")
    await demo.write("今天我值班")
    await expect(demo.bubbles).to_have_text(["今天我值班"])
    await demo.be("小林")
    await expect(demo.page.locator("#people .person", has_text="小林")).to_have_attribute("aria-current", "true")
    await expect(demo.bubbles).to_have_count(0)
    [message] = [one for one in group.messages.values() if one.content.get("text") == "今天我值班"]
    assert message.thread_id in group.topics
    assert message.sender.id == MANAGER


async def test_files_and_pictures_arrive_and_come_back(demo: Demo, tmp_path: Path) -> None:
    await demo.be("Mary")
    ledger = tmp_path / "账本 <1>.csv"
    ledger.write_text("month,revenue\n1,120000\n", "utf-8")
    (tmp_path / "shop.png").write_bytes(picture(80, 60))
    await demo.page.locator("#files").set_input_files(ledger)
    await demo.write("my books")
    await expect(demo.bubbles).to_have_text(["my books", "echo: my books"])
    async with demo.page.expect_download() as download:
        await demo.page.locator("#messages .card").click()
    saved = await download.value
    assert await asyncio.to_thread((await saved.path()).read_bytes) == ledger.read_bytes()
    await demo.page.locator("#files").set_input_files(tmp_path / "shop.png")
    await demo.page.get_by_role("button", name="Send", exact=True).click()
    await expect(demo.bubbles).to_have_count(3)
    shown = demo.page.locator("#messages img.photo")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 80
    dragged = await demo.page.evaluate_handle(
        "() => { const moved = new DataTransfer(); moved.items.add(new File(['a,b'], 'tax.csv', {type: 'text/csv'})); return moved; }"
    )
    await demo.page.dispatch_event("#chat", "dragenter", {"dataTransfer": dragged})
    await expect(demo.page.locator("#drop")).to_be_visible()
    await demo.page.dispatch_event("#chat", "drop", {"dataTransfer": dragged})
    await expect(demo.page.locator("#drop")).to_be_hidden()
    await demo.page.get_by_role("button", name="Send", exact=True).click()
    await expect(demo.page.locator("#messages .card b")).to_have_text([ledger.name, "tax.csv"])
    kinds = [seen.kind for seen in Person(demo.world, demo.world.accounts[MARY]).sees() if not seen.from_bot]
    assert kinds == ["document", "photo", "document"]


async def test_what_people_and_the_bot_write_is_never_markup(demo: Demo) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)> & <b>no</b>"
    await demo.be("Mary")
    await demo.write(nasty)
    await expect(demo.bubbles).to_have_text([nasty, f"echo: {nasty}"])
    formatted = '<b>bold <i>both</i></b> <code>x&lt;y</code> <a href="https://example.com/">here</a> 😀 <u>end</u>'
    await demo.bot.call("sendMessage", chat_id=MARY, parse_mode="HTML", text=formatted)
    last = demo.bubbles.nth(2)
    await expect(last).to_have_text("bold both x<y here 😀 end")
    for tag, text in (("b", "bold both"), ("b i", "both"), ("code", "x<y"), ("u", "end")):
        await expect(last.locator(tag)).to_have_text(text)
    await expect(last.get_by_role("link")).to_have_attribute("href", "https://example.com/")
    assert await demo.page.locator("#messages script, #messages .words img").count() == 0


async def test_the_page_speaks_both_languages(demo: Demo) -> None:
    for button, hint, title in (("切换到中文", "输入消息", "贷款顾问 · 演示"), ("Switch to English", "Message", "Loan advisor · demo")):
        await demo.page.get_by_role("button", name=button).click()
        await expect(demo.page.locator("#text")).to_have_attribute("placeholder", hint)
        await expect(demo.page).to_have_title(title)
        roles = ["店主", "店主", "银行", "银行", "政策部门"] if hint == "输入消息" else ["owner", "owner", "bank", "bank", "policy office"]
        await expect(demo.page.locator("#people .role")).to_have_text(roles)
    unnamed = "[...document.querySelectorAll('button')].filter(one => !(one.ariaLabel || one.textContent.trim())).length"
    assert await demo.page.evaluate(unnamed) == 0


async def test_a_reply_keyboard_is_offered_and_the_last_message_can_be_edited(demo: Demo) -> None:
    await demo.be("Mary")
    await demo.write("teh bakery")
    await expect(demo.bubbles).to_have_count(2)
    await demo.page.locator("#text").press("ArrowUp")
    await expect(demo.page.locator("#text")).to_have_value("teh bakery")
    await demo.write("the bakery")
    await expect(demo.bubbles.first).to_have_text("the bakery")
    await demo.bot.call("sendChatAction", chat_id=MARY, action="typing")
    await expect(demo.page.locator("#chat-status")).to_have_text("typing…")
    await demo.bot.call("sendMessage", chat_id=MARY, text="which?", reply_markup={"keyboard": [[{"text": "Loans"}, {"text": "Subsidies"}]]})
    await expect(demo.page.locator("#keyboard")).to_be_visible()
    await expect(demo.bubbles.last).to_be_in_viewport(ratio=1)  # the keyboard did not cover what it answers
    await demo.page.locator("#keyboard").get_by_role("button", name="Subsidies").click()
    await expect(demo.bubbles.last).to_have_text("echo: Subsidies")


async def test_pictures_chosen_together_are_an_album_and_open_in_full_size(demo: Demo, tmp_path: Path) -> None:
    await demo.be("Mary")
    for name, size in (("shop.png", (90, 60)), ("kitchen.png", (60, 90)), ("ledger.csv", None), ("tax.csv", None)):
        (tmp_path / name).write_bytes(picture(*size) if size else b"month,revenue\n")
    await demo.page.locator("#files").set_input_files(sorted(tmp_path.iterdir()))
    await demo.write("all I have")
    await expect(demo.page.locator("#messages .own .album img.photo")).to_have_count(2)
    await expect(demo.page.locator("#messages .own")).to_have_count(2)  # the pictures are one bubble, the files another
    await expect(demo.page.locator("#messages .own").nth(1).locator(".card b")).to_have_text(["ledger.csv", "tax.csv"])
    sent = [seen for seen in Person(demo.world, demo.world.accounts[MARY]).sees() if not seen.from_bot]
    assert [seen.kind for seen in sent] == ["photo", "photo", "document", "document"]
    groups = [message.media_group_id for message in demo.world.chats[MARY].messages.values() if message.sender.id == MARY]
    assert groups[0] == groups[1] != groups[2] == groups[3]
    await demo.page.locator("#messages .album button").first.click()
    await expect(demo.page.locator("#viewer-photo")).to_be_visible()
    assert await demo.page.locator("#viewer-photo").evaluate("image => image.decode().then(() => image.naturalWidth)") in (60, 90)
    await demo.page.keyboard.press("Escape")
    await expect(demo.page.locator("#viewer")).to_be_hidden()


async def test_a_summary_card_fits_its_bubble_with_caption_and_buttons_below(demo: Demo) -> None:
    await demo.be("Mary")
    keyboard = {"inline_keyboard": [[{"text": "Share with a bank", "callback_data": "share"}]]}
    sizes = demo.world.files.keep_photo(picture(1080, 1900), "card.png", [(1080, 1900)])
    demo.world.chats[MARY].started = True
    caption = "Your summary, with a line of text that is long enough to be broken"
    await demo.bot.call("sendPhoto", chat_id=MARY, photo=sizes[0]["file_id"], caption=caption, reply_markup=keyboard)
    await demo.page.locator("#messages img.photo").evaluate("image => image.decode()")
    boxes = [await demo.page.locator(f"#messages .other {what}").bounding_box() for what in ("img.photo", ".bubble", ".words", ".key")]
    shown, bubble, words, key = [box for box in boxes if box is not None]
    assert shown["height"] / shown["width"] == pytest.approx(1900 / 1080, rel=0.01)
    assert 200 < shown["width"] <= bubble["width"] <= 420
    assert shown["height"] <= 660
    assert shown["y"] + shown["height"] <= words["y"] < words["y"] + words["height"] <= key["y"]
    await demo.page.locator("#messages .photo-open").click()
    full = await demo.page.locator("#viewer-photo").bounding_box()
    assert full is not None
    assert full["height"] > shown["height"]
    await demo.page.get_by_role("button", name="Close", exact=True).click()
    await expect(demo.page.locator("#viewer")).to_be_hidden()


@pytest.mark.parametrize("demo", ["desktop"], indirect=True)
async def test_progress_is_one_message_that_changes_in_its_place(demo: Demo) -> None:
    await demo.be("Mary")
    demo.world.chats[MARY].started = True
    sent = await demo.bot.call("sendMessage", chat_id=MARY, text="reading 1 of 3")
    await demo.bot.call("sendMessage", chat_id=MARY, text="below")
    for step in (2, 3):
        await demo.bot.call("editMessageText", chat_id=MARY, message_id=sent["message_id"], text=f"reading {step} of 3")
        await expect(demo.bubbles).to_have_text([f"reading {step} of 3", "below"])


@pytest.mark.parametrize("demo", ["phone"], indirect=True)
async def test_the_creator_manages_topics_and_others_cannot_write_in_a_closed_one(demo: Demo) -> None:
    group = next(chat for chat in demo.world.chats.values() if chat.is_forum)
    await demo.be("王经理")
    await demo.open_topic("值班安排")
    await demo.do("New topic")
    await demo.page.locator("#ask-text").fill("Case 12")
    await demo.page.locator("#ask-text").press("Enter")
    await demo.open_topic("Case 12")
    topic = next(one for one in group.topics.values() if one.name == "Case 12")
    await demo.bot.call("sendMessage", chat_id=group.id, message_thread_id=topic.id, text="Can a machine be a pledge?")
    sent = next(one for one in group.messages.values() if one.content.get("text"))
    await demo.bot.call("pinChatMessage", chat_id=group.id, message_id=sent.id)
    await expect(demo.page.locator("#pinned")).to_have_text("Can a machine be a pledge?")
    await demo.do("Close the topic")
    await expect(demo.page.locator("#chat-status")).to_contain_text("closed")
    await demo.write("the creator may")
    await expect(demo.bubbles).to_have_text(["Can a machine be a pledge?", "the creator may"])
    await demo.be("小林")
    await demo.open_topic("Case 12")
    await expect(demo.page.locator("#shut")).to_have_text("Topic closed")
    await expect(demo.page.locator("#composer")).to_be_hidden()
    await demo.bot.call("reopenForumTopic", chat_id=group.id, message_thread_id=topic.id)
    await demo.write("now I may")
    await expect(demo.bubbles.last).to_have_text("now I may")
    assert demo.seen_by(COLLEAGUE, group.id)[-1] == "now I may"
    await demo.be("王经理")
    await demo.do("Delete the topic")
    await expect(demo.page.locator("#chat-list").get_by_role("button", name="Case 12")).to_have_count(0)
    await expect(demo.page.locator("#chat-title")).to_have_text("贷款顾问 Loan Advisor")


@pytest.mark.parametrize("demo", ["phone"], indirect=True)
async def test_stickers_voice_blocking_and_an_edit_by_touch(demo: Demo) -> None:
    await demo.be("Mary")
    await demo.write("teh bakery")
    await demo.page.locator("#messages .own").hover()
    await demo.page.get_by_role("button", name="Edit", exact=True).click()
    await demo.write("the bakery")
    await expect(demo.bubbles.first).to_have_text("the bakery")
    await demo.do("Send a sticker")
    await demo.do("Send a voice message")
    await expect(demo.page.locator("#messages .own")).to_have_count(3)
    assert [seen.kind for seen in Person(demo.world, demo.world.accounts[MARY]).sees() if not seen.from_bot] == ["text", "sticker", "voice"]
    await demo.do("Block the bot")
    await expect(demo.page.locator("#composer")).to_be_hidden()
    assert demo.world.chats[MARY].blocked
    await demo.page.get_by_role("button", name="Unblock", exact=True).click()
    await expect(demo.page.locator("#composer")).to_be_visible()
    assert not demo.world.chats[MARY].blocked


@pytest.mark.parametrize("demo", ["desktop"], indirect=True)
async def test_the_page_works_by_keyboard(demo: Demo) -> None:
    """Every button can be reached, says what it does, and can be seen to have the focus."""
    await demo.be("Mary")
    await demo.write("hello")
    await expect(demo.bubbles).to_have_count(2)
    reached: set[str] = set()
    for _ in range(25):
        await demo.page.keyboard.press("Tab")
        name, outline = await demo.page.evaluate(
            "(one => [one.ariaLabel || one.innerText, getComputedStyle(one).outlineStyle])(document.activeElement)"
        )
        reached.update(name.strip().splitlines())
        at_text = await demo.page.evaluate("document.activeElement.matches('body, #text')")  # its border shows the focus
        assert at_text or outline != "none", name
    assert {"Mary", "Yes", "No", "Attach files", "Message", "More"} <= reached


@pytest.mark.parametrize("demo", ["phone"], indirect=True)
async def test_words_stand_out_from_what_is_behind_them(demo: Demo) -> None:
    """At least 4.5 to 1, in light and in dark: what the page says beside the messages, and the messages."""
    await demo.be("Mary")
    await demo.write("hello")
    await expect(demo.bubbles).to_have_count(2)
    for scheme in ("light", "dark"):
        await demo.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        weak = await demo.page.evaluate(CONTRAST)
        assert weak == []


#: The texts on the page whose colour is too near to the colour behind them; see-through colours are laid over what is below.
CONTRAST = """() => {
  const parts = (text) => { const found = text.match(/[\\d.]+/g).map(Number); return [...found.slice(0, 3), found[3] ?? 1]; };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const behind = (one) => {
    if (!one) return [255, 255, 255];
    const own = parts(getComputedStyle(one).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, behind(one.parentElement));
  };
  const light = (rgb) => rgb.map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const shown = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility({ opacityProperty: true })
    && !one.closest(".unseen, :disabled") && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return shown.map((one) => {
    const ground = behind(one), ink = over(parts(getComputedStyle(one).color), ground);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
    return [one.tagName, one.className, one.textContent.trim().slice(0, 20), Math.round((a + 0.05) / (b + 0.05) * 100) / 100];
  }).filter((found) => found[3] < 4.5);
}"""
