"""Files and progress in a terminal, and files in JSON lines."""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from bot.channels import commands
from bot.channels.lines import BadLine
from bot.channels.terminal import OneLine, Terminal
from bot.conversation.heard import Heard, Reading
from bot.conversation.texts import say
from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.database import open_database
from bot.storage.store import Store
from bot.uploads.ports import Progress, Upload
from nlu.uploads.kinds import Kind
from tests.conversation.players import advisor_at
from tests.made_files import make


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(open_database(f"sqlite:///{tmp_path / 'advisor.db'}"))


@pytest.fixture
def advisor(store: Store, world: World) -> Advisor:
    return Advisor(store, world, nlu=None)


async def lines(*given: str) -> AsyncIterator[str]:
    for line in given:
        yield line


async def test_files_are_sent_by_path_by_command_and_several_at_once(
    advisor: Advisor, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = make(tmp_path, "报 表.xlsx", "xlsx"), make(tmp_path, "bill.csv", "csv")
    await Terminal(advisor, tmp_path, "zh").run(lines(f"/file {first}", f"'{first}' {second}", f"/file {tmp_path}/none.pdf"))
    heard = [turn["heard"] for turn in store.transcript("terminal:me")]
    workbook, table = ("报 表.xlsx", "xlsx"), ("bill.csv", "csv")
    sent = [[(one.get("file"), one.get("kind")) for one in (first, *first.get("more", ()))] for first in heard[1:]]
    assert sent == [[workbook], [workbook, table]]  # files named on one line are one set
    shown = capsys.readouterr().out
    assert "“报 表.xlsx”：" in shown
    assert f"没有找到这个文件：{tmp_path}/none.pdf" in shown


async def test_of_a_file_only_what_was_said_of_it_is_stored_and_nothing_logged(
    advisor: Advisor, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "secrets.csv"
    path.write_text("name,card\nZhangSan,6222020200112233\n", "utf-8")
    await Terminal(advisor, tmp_path, "en").run(lines(str(path), "/export"))
    kept = store.transcript("terminal:me")
    assert kept[1]["heard"] == {"file": "secrets.csv", "kind": "csv", "size": path.stat().st_size}
    saved = "".join(one.read_text("utf-8") for one in tmp_path.glob("*.json"))
    assert "secrets.csv" in saved
    for text in (str(kept), saved, capsys.readouterr().out, caplog.text, (tmp_path / "advisor.db").read_bytes().decode("latin-1")):
        assert "6222020200112233" not in text
    assert "ZhangSan" not in caplog.text
    assert "secrets.csv" not in caplog.text


@pytest.mark.parametrize(("name", "shown"), [("a\x1b[2J\nb.csv", "a b.csv"), ("长" * 300 + ".xlsx", "长" * 49 + "…" + "长" * 5 + ".xlsx")])
async def test_a_file_s_name_cannot_disturb_the_screen(advisor: Advisor, store: Store, name: str, shown: str) -> None:
    await advisor.hear("x", Heard(file=name), upload=Upload(name, b"a,b\n1,2\n"))
    assert store.transcript("x")[0]["heard"]["file"] == shown


async def test_json_lines_send_a_file_by_its_path(advisor: Advisor, tmp_path: Path) -> None:
    answer = await commands.chat(advisor, {"owner": "a", "file": str(make(tmp_path, "报表.xlsx", "statements"))})
    assert "年营业收入 280.31万元 · 利润表 B4" in answer["replies"][0]["text"]
    assert answer["facts"] == {}
    confirmed = await commands.chat(advisor, {"owner": "a", "press": answer["replies"][0]["buttons"][0]["id"]})
    assert confirmed["facts"]["annual_revenue"] == 2803100
    large = await commands.chat(advisor, {"owner": "a", "file": str(make(tmp_path, "large.pdf", "too_big"))})
    assert large["replies"][0]["text"] == say("file_too_big", "zh", name="large.pdf")
    for missing in (str(tmp_path / "none"), str(tmp_path), "\0"):
        with pytest.raises(BadLine, match="path of a file"):
            await commands.chat(advisor, {"owner": "a", "file": missing})


# -- progress ------------------------------------------------------------------------------------------------------------------


class SlowReader:
    """A reader that tells two things; `late` says when the first second is over."""

    def __init__(self, late: asyncio.Event) -> None:
        self.late = late

    async def read(self, upload: Upload, progress: Progress) -> Reading:
        assert upload.language == "en"
        await progress.tell("page 1 of 9")
        self.late.set()
        await asyncio.sleep(0.01)
        await progress.tell("page 8 of 9")
        return Reading(Kind.PDF, len(upload.content))


def screen(interactive: bool) -> Console:
    return Console(file=io.StringIO(), force_terminal=interactive, width=40, color_system=None)


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


async def shown(console: Console, *texts: str, late: bool = True) -> str:
    """What stands in a console after these texts, with the first second over or not."""
    over = asyncio.Event()

    async def second(seconds: float) -> None:
        assert seconds == 1.0
        await over.wait()

    async with OneLine(console, second) as progress:
        await progress.tell(texts[0])
        if late:
            over.set()
            await asyncio.sleep(0.01)
        for text in texts[1:]:
            await progress.tell(text)
    return written(console)


async def test_progress_writes_one_line_over_and_wipes_it() -> None:
    assert await shown(screen(interactive=True), "page 1", "page 2") == "\r\x1b[2Kpage 1\r\x1b[2Kpage 2\r\x1b[2K"


async def test_a_long_progress_stays_on_one_line() -> None:
    line = (await shown(screen(interactive=True), "很长的文件名" * 20)).split("\x1b[2K")[1]
    assert len(line.rstrip("\r")) <= 20
    assert "\n" not in line


@pytest.mark.parametrize(("interactive", "late"), [(False, True), (True, False), (False, False)])
async def test_nothing_is_shown_in_a_pipe_or_for_short_work(interactive: bool, late: bool) -> None:
    assert await shown(screen(interactive), "page 1", "page 2", late=late) == ""


async def test_a_reader_s_progress_reaches_the_owner_s_line(
    store: Store, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, console = asyncio.Event(), screen(interactive=True)

    async def second(_: float) -> None:
        await late.wait()

    monkeypatch.setattr("bot.channels.terminal.OneLine", lambda _: OneLine(console, second))
    terminal = Terminal(Advisor(store, world, nlu=None, reader=SlowReader(late)), tmp_path, "en")
    await terminal._take(str(make(tmp_path, "a.pdf", "pdf")))
    assert "page 1 of 9\r\x1b[2Kpage 8 of 9\r\x1b[2K" in written(console)


async def test_a_reminder_is_said_when_the_chat_is_next_started_and_its_buttons_can_be_pressed(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def pressing_details(greeted: list[str]) -> AsyncIterator[str]:
        greeted.append(capsys.readouterr().out)
        if button := re.search(r"#(\d+)\xa0Details", greeted[0]):
            yield f"#{button[1]}"

    with advisor_at(f"sqlite:///{tmp_path / 'advisor.db'}", world, None) as advisor:
        told = lines("I run a restaurant in Fuzhou, in business for 21 months, 8 people", "/start entry_prd-webank-weiye")
        await Terminal(advisor, tmp_path, "en").run(told)
        await advisor.hear("terminal:me", Heard(press="t:prd-webank-weiye"))
        for day, is_said in ((date(2027, 2, 20), False), (date(2027, 3, 5), True), (date(2027, 3, 6), False)):
            advisor.clock.wait_for(day)
            capsys.readouterr()
            greeted: list[str] = []
            await Terminal(advisor, tmp_path, "en").run(pressing_details(greeted))
            assert ('The day has come for "WeBank Weiye Loan"' in greeted[0]) is is_said, day
            assert ("Up to CNY 3 million for 1 year" in capsys.readouterr().out) is is_said, day
