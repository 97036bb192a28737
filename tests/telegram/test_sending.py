"""The outbox's sender against a fake Telegram: the order of what leaves, how it arrives, and how fast."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest

from bot.channels.telegram import drawing
from bot.channels.telegram.messages import outgoing
from bot.channels.telegram.pace import Rates
from bot.conversation.model import Button, Reply
from bot.simulator import World
from bot.simulator.limits import Limits
from bot.storage.store import Store
from tests.telegram.conftest import Serving
from tests.telegram.fake_api import FakeTelegram
from tests.telegram.sender import NOW, all_closed, message, post, rows, seen, sending, started, until


def picture() -> bytes:
    """A PNG of one grey dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


class Strict(Limits):
    """Limits that count what they refuse."""

    refused = 0

    def admit(self, now: float, chat_id: int, is_group: bool, count: int = 1, paid: bool = False) -> int:
        wait = super().admit(now, chat_id, is_group, count, paid)
        self.refused += wait > 0
        return wait


def test_a_long_reply_is_several_messages_with_the_keyboard_under_the_last() -> None:
    paragraphs = ["贷" * 3000, "款" * 3000, "息" * 3000]
    made = outgoing([Reply("\n\n".join(paragraphs), (Button("q", "好"),))])
    assert [item["text"] for item in made] == paragraphs
    assert [item["buttons"] for item in made] == [[], [], [{"id": "q", "label": "好"}]]


async def test_of_a_long_reply_only_what_failed_is_repeated(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    post(store, person.id, "一", "二", "三")
    world.faults.fail(500, "Internal Server Error", method="sendMessage")
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    assert seen(person) == ["一", "二", "三"]


async def test_a_row_that_cannot_be_read_is_dead_and_harms_no_other(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    bad = [{}, {"document": {"name": "a", "content": "?"}}, {"document": "?"}, message("  ")]
    with store.begin() as connection:
        store.post(connection, None, person.id, [*bad, message("好")], NOW, "bulletin")
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    assert seen(person) == ["好"]
    assert [row[2] for row in rows(store)] == ["dead"] * 4 + ["sent"]


async def test_a_document_and_a_card_arrive_with_their_words(
    store: Store, local: tuple[World, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, url = local
    (person,) = started(world, 1)
    png = picture()
    monkeypatch.setattr(drawing, "_drawn", lambda card: png if card["grade"] == "B" else b"")
    document = {"document": {"name": "a.json", "content": base64.b64encode(b"{}").decode()}}
    card = {"card": {"grade": "B", "file_name": "a.png"}, "text": "一图看懂", "buttons": [{"id": "m", "label": "看结果"}]}
    with store.begin() as connection:
        store.post(connection, None, person.id, [document, card], NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    shown = [item for item in person.sees() if item.from_bot]
    assert [(item.kind, item.text) for item in shown] == [("document", ""), ("photo", "一图看懂")]
    assert shown[1].buttons == ((("看结果", "m"),),)


async def test_a_rating_report_arrives_as_a_file_with_its_words(
    store: Store, local: tuple[World, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, url = local
    (person,) = started(world, 1)
    large = b"%PDF-" + bytes(2**21)  # more than leaves in one piece
    monkeypatch.setattr(drawing, "rating_drawn", lambda sheet, form: large if (sheet["number"], form) == ("LA-1", "pdf") else b"")
    paper = {"sheet": {"number": "LA-1"}, "form": "pdf", "file_name": "report.pdf"}
    message = {"paper": paper, "text": "您的评级报告", "buttons": [{"id": "g:png", "label": "长图"}]}
    with store.begin() as connection:
        store.post(connection, None, person.id, [message], NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    (shown,) = (item for item in person.sees() if item.from_bot)
    assert (shown.kind, shown.text, shown.buttons) == ("document", "您的评级报告", ((("长图", "g:png"),),))
    stored = world.files.find(shown.content["document"]["file_id"])
    assert stored is not None
    assert (stored.name, world.files.content(stored)) == ("report.pdf", large)


async def test_progress_is_one_message_that_is_edited_and_of_many_texts_the_newest_wins(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    row = store.start_progress(None, person.id, "正在读 1/3", NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
        store.update_progress(row, "正在读 2/3", NOW)
        await until(lambda: all_closed(store))
        store.update_progress(row, "正在读 2/3", NOW)  # nothing new: Telegram refuses, the message stands
        await until(lambda: all_closed(store))
    store.update_progress(row, "正在读 3/3", NOW)
    store.update_progress(row, "读好了", NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    (shown,) = [item for item in person.sees() if item.from_bot]
    assert (shown.text, shown.earlier) == ("读好了", ("正在读 1/3", "正在读 2/3"))
    assert [row[2] for row in rows(store)] == ["sent"] * 4


async def test_an_edit_of_what_never_arrived_is_dead(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    world.faults.fail(400, "Bad Request: chat not found", chat_id=person.id)
    row = store.start_progress(None, person.id, "正在读", NOW)
    store.update_progress(row, "读好了", NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    assert seen(person) == []
    assert [row[2] for row in rows(store)] == ["dead", "dead"]


async def test_a_message_under_way_at_the_end_arrives_and_is_not_sent_again(serving: Serving, telegram: FakeTelegram, store: Store) -> None:
    telegram.seconds_to_send = 0.3
    await telegram.say(1, "/privacy")
    async with serving():
        await telegram.until(lambda: any(call.method == "sendMessage" for call in telegram.calls))
    async with serving():
        await telegram.until(lambda: all_closed(store) and store.open_updates() == [])
    assert telegram.texts(1) == [reply["text"] for turn in store.transcript("tg:1") for reply in turn["said"]]


async def test_a_chat_is_written_to_once_a_second_and_a_group_twenty_times_a_minute(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    group = world.group("工作群", person)
    group.add_bot()
    world.limits = limits = Strict(on=True)
    post(store, person.id, "一", "二", "三")
    post(store, group.id, *(str(number) for number in range(25)))
    async with sending(store, url, world.token, Rates()) as haste:
        world.clock = haste  # both tell the same time
        await until(lambda: all_closed(store))
    assert seen(person) == ["一", "二", "三"]
    assert [item.text for item in person.sees(group.id) if item.from_bot] == [str(number) for number in range(25)]
    assert limits.refused == 0
    assert haste.clock() - haste.began > 60
