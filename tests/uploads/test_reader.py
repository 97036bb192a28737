"""The bot's way to a file: read apart from itself, with its owner told, and never in its way."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.conversation.texts import say
from bot.uploads import reader as port
from bot.uploads.ports import Silent, Upload
from bot.uploads.reader import FileReader
from nlu.uploads import sentences
from nlu.uploads.document import Document, Findings
from nlu.uploads.kinds import Kind
from tests.made_files import MADE
from tests.uploads.building import record, xls

TODAY = date(2026, 3, 1)


class Heard:
    """A progress that keeps what it is told."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def tell(self, text: str) -> None:
        self.texts.append(text)


async def test_a_file_is_read_and_its_owner_told_that_it_takes_a_while() -> None:
    heard = Heard()
    found = await FileReader(lambda: TODAY).read(Upload("报表.csv", MADE["csv"](), "en"), heard)
    assert (found.kind, found.size, found.trouble) == (Kind.CSV, len(MADE["csv"]()), None)
    assert found.findings is not None
    assert found.findings.document is Document.UNKNOWN
    assert heard.texts == [say("file_reading", "en", name="报表.csv")]


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (MADE["empty"](), Kind.EMPTY, sentences.EMPTY),
        (MADE["broken"](), Kind.BROKEN, sentences.BROKEN),
        (xls({"a": b""}, first=record(0x2F, b"\0" * 6)), Kind.XLS, sentences.LOCKED),
    ],
)
async def test_a_file_that_cannot_be_read_is_a_finding_with_a_sentence(content: bytes, kind: Kind, said: object) -> None:
    found = await FileReader(lambda: TODAY).read(Upload("a", content), Silent())
    assert (found.kind, found.findings, found.trouble) == (kind, None, said)


async def test_only_a_few_files_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, go = 0, 0, asyncio.Event()

    async def reading(*_given: object) -> Findings:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await go.wait()
        running -= 1
        return Findings(Document.UNKNOWN)

    monkeypatch.setattr(port, "read_isolated", reading)
    reader = FileReader(lambda: TODAY, at_once=2)
    reads = [asyncio.create_task(reader.read(Upload("a", b"a,b"), Silent())) for _ in range(5)]
    while running < 2:
        await asyncio.sleep(0)
    go.set()
    assert len(await asyncio.gather(*reads)) == 5
    assert most == 2
