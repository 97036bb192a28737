"""Files on Telegram: refused or fetched, signs of life, progress in one message, and what goes wrong half-way."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from telegram import Bot, File, Update

from bot.channels.telegram.bot import bot_at
from bot.channels.telegram.files import Receiver, showing_typing
from bot.channels.telegram.messages import incoming
from bot.channels.telegram.progress import TelegramProgress
from bot.channels.telegram.trouble import keep_libraries_quiet
from bot.committing import Outcome
from bot.conversation.texts import say
from bot.conversation.world import World
from bot.service import Advisor
from bot.simulator import Person, running
from bot.simulator import World as LocalTelegram
from bot.storage.database import open_database
from bot.storage.store import Store
from bot.uploads.ports import FILE_LIMIT
from nlu.uploads import sentences
from tests.made_files import MADE, jpeg
from tests.uploads.owners import OWNERS

XLSX = OWNERS["statements"]()


@dataclass
class Posts:
    """Progress messages in memory: every text each of them had."""

    texts: list[list[str]] = field(default_factory=list)
    owners: list[tuple[str | None, int]] = field(default_factory=list)
    down: bool = False

    def start_progress(self, owner: str | None, chat_id: int, text: str, now: datetime) -> int:
        self._answer(now)
        self.owners.append((owner, chat_id))
        self.texts.append([text])
        return len(self.texts) - 1

    def update_progress(self, row_id: int, text: str, now: datetime) -> None:
        self._answer(now)
        self.texts[row_id].append(text)

    def _answer(self, now: datetime) -> None:
        assert now.tzinfo is not None
        if self.down:
            raise OperationalError("insert", {}, Exception("down"))


@dataclass
class Line:
    """A local Telegram, a bot on it, and a receiver whose pauses are noted instead of made."""

    telegram: LocalTelegram
    owner: Person
    bot: Bot
    receiver: Receiver
    store: Store
    posts: Posts
    pauses: list[float]
    late: asyncio.Event
    said: list[str] = field(default_factory=list)

    async def receive(self) -> list[str]:
        """What is said to the newest update; the owner's earlier ones are left out."""
        return await self.receive_together(1)

    async def receive_together(self, count: int) -> list[str]:
        """What is said to the newest updates, answered as one."""
        meant, *more = [
            one for raw in self.telegram.updates.pending[-count:] if (one := incoming(Update.de_json(raw, self.bot))) is not None
        ]

        def alongside(_: Connection, outcome: Outcome) -> None:
            self.said = [reply.text for reply in outcome.replies]

        await self.receiver.hear(meant, alongside, more)
        return self.said

    def calls(self, method: str) -> int:
        return sum(name.lower() == method.lower() for name, _ in self.telegram.calls)


@pytest.fixture
async def line(tmp_path: object, world: World) -> AsyncIterator[Line]:
    keep_libraries_quiet()
    telegram, posts, pauses, late = LocalTelegram(), Posts(), [], asyncio.Event()

    async def pause(seconds: float) -> None:
        if seconds == 1.0 and not late.is_set():
            await late.wait()
        pauses.append(seconds)

    engine = open_database(f"sqlite:///{tmp_path}/advisor.db")
    async with running(telegram) as url, bot_at(url, telegram.token) as bot:
        store = Store(engine)
        receiver = Receiver(Advisor(store, world, nlu=None), bot, lambda: None, posts, pause)
        yield Line(telegram, telegram.person("Owner", "zh-hans"), bot, receiver, store, posts, pauses, late)
    engine.dispose()


def known(line: Line) -> dict[str, object]:
    return {fact.name: fact.value for fact in line.store.recall(f"tg:{line.owner.id}").facts}


async def test_a_document_is_fetched_and_recognised(line: Line) -> None:
    line.owner.send_document(XLSX, "报表.pdf", caption="存货60万")
    said = await line.receive()
    assert "存货：60万元" in said[1]
    assert "存货：您说是 60万元" in said[-2]
    assert "读好了：财务报表（2025年）" in said[-1]
    assert known(line) == {"inventory": 600_000}
    assert line.calls("getFile") == 1
    assert line.calls("sendChatAction") >= 1
    assert line.posts.texts == []  # it was over within a second


async def test_of_a_photo_the_largest_size_is_fetched(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlu.uploads.isolation.is_installed", lambda: False)
    line.owner.send_photo(jpeg())
    assert await line.receive() == [sentences.PICTURE.zh]


@pytest.mark.parametrize("size", [FILE_LIMIT + 1, 40 * 1024 * 1024])
async def test_a_file_over_the_limit_is_refused_before_anything_is_fetched(line: Line, size: int) -> None:
    line.owner.send_document(bytes(size), "扫描.pdf")
    assert await line.receive() == [say("file_too_big", "zh", name="扫描.pdf")]
    assert "20 MB" in line.said[0]
    assert line.calls("getFile") == 0


async def test_a_file_at_the_limit_is_fetched(line: Line) -> None:
    line.owner.send_document(bytes(FILE_LIMIT - 4) + b"%PDF", "a.bin")
    assert await line.receive() == [sentences.OTHER.zh]


@pytest.mark.parametrize("told", [None, 10])
async def test_a_file_larger_than_telegram_said_is_dropped(line: Line, monkeypatch: pytest.MonkeyPatch, told: int | None) -> None:
    """getFile refuses it, and were it to hand it over, the download stops at the limit."""
    line.owner.send_document(bytes(FILE_LIMIT + 1), "a.pdf")
    update = line.telegram.updates.pending[-1]
    update["message"]["document"]["file_size"] = told
    assert await line.receive() == [say("file_too_big", "zh", name="a.pdf")]
    monkeypatch.setattr("bot.simulator.files.DOWNLOAD_LIMIT", 10**9)
    assert await line.receive() == [say("file_too_big", "zh", name="a.pdf")]


@pytest.mark.parametrize("failures", [1, 2])
async def test_a_line_that_breaks_is_tried_again(line: Line, failures: int) -> None:
    line.late.set()
    line.telegram.faults.fail(502, "Bad Gateway", times=failures, method="getFile")
    line.owner.send_document(XLSX, "a.xlsx")
    assert "读好了" in (await line.receive())[0]
    assert sorted(line.pauses) == [1.0, *[1.0, 2.0][:failures]]  # the first second of the progress, and what was waited between tries


async def test_flood_control_is_waited_for(line: Line) -> None:
    line.telegram.faults.flood(7, method="getFile")
    line.owner.send_document(XLSX, "a.xlsx")
    assert "读好了" in (await line.receive())[0]
    assert 7.0 in line.pauses


def gone(line: Line) -> None:
    for stored in line.telegram.files._by_id.values():
        stored.gone = True


def expired(line: Line) -> None:
    """Telegram names an address, but nothing is there."""
    line.telegram.files.at = lambda _: None  # type: ignore[method-assign]


def down(line: Line) -> None:
    line.telegram.faults.drop(times=50, method="getFile")


@pytest.mark.parametrize("trouble", [gone, expired, down])
@pytest.mark.parametrize("words", ["", "营业额280万"])
async def test_a_file_that_cannot_be_had_is_asked_for_again(line: Line, trouble: Callable[[Line], None], words: str) -> None:
    line.late.set()
    line.owner.send_document(XLSX, "报表.xlsx", caption=words)
    trouble(line)
    said = await line.receive()
    assert said[0] == say("file_lost", "zh", name="报表.xlsx")
    assert known(line) == ({"annual_revenue": 2_800_000} if words else {})
    assert line.posts.texts == []  # nothing had come that could have been told


async def test_progress_is_one_message_that_is_closed(line: Line) -> None:
    line.late.set()
    line.owner.send_document(bytes(3 * 1024 * 1024), "报表.xlsx")
    await line.receive()
    (texts,) = line.posts.texts
    assert line.posts.owners == [(f"tg:{line.owner.id}", line.owner.id)]
    assert texts[0].startswith("正在接收“报表.xlsx”，")
    assert texts[-3:] == ["正在接收“报表.xlsx”，3 MB / 3 MB …", "正在读“报表.xlsx”…", "已收到“报表.xlsx” ✓"]


async def test_progress_speaks_the_owner_s_language(line: Line) -> None:
    line.late.set()
    line.owner.account.language_code = "en"
    line.owner.send_document(bytes(2 * 1024 * 1024), "a.pdf")
    await line.receive()
    assert line.posts.texts[0][-3:] == ['Receiving "a.pdf", 2 MB of 2 MB …', 'Reading "a.pdf" …', 'Got "a.pdf" ✓']


async def test_progress_of_a_file_that_stops_half_way_says_so(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.late.set()

    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (2 * 1024 * 1024) + bytes(1024 * 1024))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(half, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]

        async def get_file(*_: object, **__: object) -> File:
            return File("f", "u", file_path=f"http://127.0.0.1:{port}/a.xlsx")

        monkeypatch.setattr(Bot, "get_file", get_file)
        line.owner.send_document(XLSX, "a.xlsx")
        assert await line.receive() == [say("file_lost", "zh", name="a.xlsx")]
    (texts,) = line.posts.texts
    assert re.fullmatch("正在接收“a.xlsx”，\\d+ KB / 2 MB …", texts[0])
    assert texts[-1] == "“a.xlsx”没收完。"


async def test_an_album_is_one_turn_and_its_words_may_be_with_any_file(line: Line) -> None:
    sheets = [(XLSX, "报表.xlsx", "x/x"), (OWNERS["bank"](), "流水.csv", "x/x"), (MADE["broken"](), "a.pdf", "x/x")]
    line.owner.send_documents(sheets, caption="存货60万")
    updates = line.telegram.updates.pending[-3:]
    updates[2]["message"]["caption"] = updates[0]["message"].pop("caption")
    said = "\n".join(await line.receive_together(3))
    assert "“a.pdf”：" in said
    assert "2 份都读好了" in said
    assert "存货：您说是 60万元" in said
    assert len(line.store.transcript(f"tg:{line.owner.id}")) == 1


async def test_of_an_album_what_does_not_arrive_is_said_beside_the_rest(line: Line) -> None:
    line.late.set()
    line.owner.send_documents([(XLSX, "报表.xlsx", "x/x"), (bytes(FILE_LIMIT + 1), "全年.pdf", "x/x")])
    said = "\n".join(await line.receive_together(2))
    assert say("file_too_big", "zh", name="全年.pdf") in said
    assert "读好了：财务报表" in said
    (texts,) = line.posts.texts
    assert texts[-1] == "已收到“报表.xlsx” ✓"


async def test_no_token_and_no_address_is_logged(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    line.owner.send_document(XLSX, "a.xlsx")
    gone(line)
    await line.receive()
    assert "file could not be received" in caplog.text
    assert line.telegram.token not in caplog.text
    assert "a.xlsx" not in caplog.text


# -- the typing sign -----------------------------------------------------------------------------------------------------------


async def test_the_typing_sign_is_shown_at_once_and_renewed_until_the_end(line: Line) -> None:
    beats = asyncio.Semaphore(0)
    line.owner.start()

    async def beat(seconds: float) -> None:
        assert seconds == 4.0
        await beats.acquire()

    async def shown(times: int) -> None:
        async with asyncio.timeout(10):
            while line.calls("sendChatAction") < times:
                await asyncio.sleep(0.005)

    async with showing_typing(line.bot, line.owner.id, beat):
        await shown(1)
        beats.release()
        await shown(2)
    beats.release()
    await asyncio.sleep(0.02)
    assert line.calls("sendChatAction") == 2


async def test_a_typing_sign_that_cannot_be_shown_stops_nothing(line: Line) -> None:
    line.telegram.faults.forbid(times=50, method="sendChatAction")
    line.owner.send_document(XLSX, "a.xlsx")
    assert "读好了" in (await line.receive())[0]


# -- the progress message ------------------------------------------------------------------------------------------------------


async def told(posts: Posts, *, late_after: int, texts: tuple[str, ...], fails: bool = False) -> int:
    """Tell texts, with the first second over after so many; gives how often the sender was woken."""
    over, woken = asyncio.Event(), []

    async def second(_: float) -> None:
        await over.wait()

    with contextlib.suppress(ZeroDivisionError):
        async with TelegramProgress(posts, "tg:1", 1, lambda: woken.append(1), "done", "stopped", second) as progress:
            for number, text in enumerate(texts, start=1):
                await progress.tell(text)
                if number == late_after:
                    over.set()
                    await asyncio.sleep(0.05)
            if fails:
                raise ZeroDivisionError
    return len(woken)


@pytest.mark.parametrize(
    ("late_after", "fails", "messages"),
    [
        (9, False, []),
        (9, True, []),
        (1, False, [["1", "2", "3", "done"]]),
        (2, False, [["2", "3", "done"]]),
        (3, True, [["3", "stopped"]]),
    ],
)
async def test_only_long_work_is_shown_and_the_newest_text_counts(late_after: int, fails: bool, messages: list[list[str]]) -> None:
    posts = Posts()
    woken = await told(posts, late_after=late_after, texts=("1", "2", "3"), fails=fails)
    assert posts.texts == messages
    assert woken == sum(map(len, messages))


async def test_work_that_is_cancelled_while_its_progress_is_written_leaves_nothing_half_finished() -> None:
    writing, go_on = threading.Event(), threading.Event()

    class Slow(Posts):
        def start_progress(self, owner: str | None, chat_id: int, text: str, now: datetime) -> int:
            writing.set()
            assert go_on.wait(10)
            return super().start_progress(owner, chat_id, text, now)

    posts = Slow()
    working = asyncio.create_task(told(posts, late_after=1, texts=("1", "2")))
    assert await asyncio.to_thread(writing.wait, 10)
    working.cancel()
    await asyncio.sleep(0.01)
    go_on.set()
    with contextlib.suppress(asyncio.CancelledError):
        await working
    assert posts.texts == [["1", "stopped"]]


async def test_progress_that_cannot_be_stored_stops_nothing() -> None:
    posts = Posts(down=True)
    assert await told(posts, late_after=1, texts=("1", "2")) == 0
    assert posts.texts == []
