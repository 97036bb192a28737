"""Nothing that a file does to its reader reaches anything else."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.uploads import isolation, sentences, wire
from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence, Strip, Sum, UnreadableError
from nlu.uploads.flows.series import AgeingSeries, DayFlow, FlowSeries, MonthFlow, MonthSales, SalesSeries, StockSeries
from nlu.uploads.grid import At, Box, Cutting
from nlu.uploads.isolation import Limits, read_isolated
from nlu.uploads.opening.limits import MOST_STRIPS, STRIP_HEIGHT, STRIP_WIDTH
from tests.made_files import MADE
from tests.uploads.building import sheet_xml, xlsx
from tests.uploads.hostile import HOSTILE

TODAY = date(2026, 3, 1)
_WORKBOOK = xlsx({"a": sheet_xml([["编制单位", "测试公司"], ["资产总计", 1000]])})
#: Bytes by which the reader's process may exceed its limit of memory: what counts as its own before it has set one.
_SLACK = 100 * 1024 * 1024


async def said(content: bytes, limits: Limits | None = None) -> Sentence:
    with pytest.raises(UnreadableError) as caught:
        await read_isolated(content, "a", TODAY, limits)
    return caught.value.sentence


# -- hostile files -------------------------------------------------------------------------------------------------------------


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_gets_one_clear_sentence_in_time(name: str, largest: Callable[[], int]) -> None:
    hostile = HOSTILE[name]
    content, start = hostile.make(), time.monotonic()
    if hostile.said:
        assert await said(content) in hostile.said
    else:
        found = await read_isolated(content, "a.xlsx", TODAY)
        assert (found.document, found.facts) == (Document.UNKNOWN, {})
        assert [check.name for check in found.checks] == ["recognised"]
    assert time.monotonic() - start < 30
    assert largest() < Limits().memory + _SLACK


async def test_the_memory_of_a_reader_is_seen(largest: Callable[[], int]) -> None:
    await read_isolated(_WORKBOOK, "a.xlsx", TODAY)
    assert largest() > 10 * 1024 * 1024


@pytest.fixture
async def largest(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[], int]]:
    """Bytes of memory that the largest reader of this test held at once.

    The kernel counts it for each program apart. What it keeps of ended children will not do: there a child begins with what its parent,
    here all tests so far, held when it was made.
    """
    seen, watching, start = [0], set[asyncio.Task[None]](), asyncio.create_subprocess_exec

    async def started(*arguments: Any, **options: Any) -> asyncio.subprocess.Process:
        process = await start(*arguments, **options)
        watching.add(asyncio.create_task(_watch(process.pid, seen)))
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", started)
    yield lambda: max(seen)
    for task in watching:
        task.cancel()


async def _watch(pid: int, seen: list[int]) -> None:
    status = Path(f"/proc/{pid}/status")
    while True:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
            if "VmHWM" in fields:
                seen.append(int(fields["VmHWM"].split()[0]) * 1024)
        await asyncio.sleep(0.01)


def test_every_sentence_is_one_in_both_languages() -> None:
    every = [value for value in vars(sentences).values() if isinstance(value, Sentence)]
    assert len(every) > 20
    for sentence in every:
        assert sentence.zh.endswith("。")
        assert sentence.en.endswith(".")
        assert "\n" not in sentence.zh + sentence.en


# -- photos ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [MADE["png"], MADE["jpeg"]], ids=["png", "jpeg"])
async def test_without_its_packages_a_photo_gets_a_sentence_and_the_operator_a_line(
    made: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(isolation, "is_installed", lambda: False)
    assert await said(made()) == sentences.PICTURE
    assert "make photos" in caplog.text


async def test_photos_are_read_one_at_a_time_and_other_files_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "is_installed", lambda: True)
    now: dict[bool, int] = {True: 0, False: 0}
    most = dict(now)

    async def reading(content: bytes, name: str, today: date, limits: Limits, pictures: bool = False) -> Findings:
        now[pictures] += 1
        most[pictures] = max(most[pictures], now[pictures])
        for _ in range(5):
            await asyncio.sleep(0)
        now[pictures] -= 1
        assert limits == (isolation.PHOTO_LIMITS if pictures else Limits())
        return Findings(Document.UNKNOWN)

    monkeypatch.setattr(isolation, "_read", reading)
    await asyncio.gather(*(read_isolated(content, "a", TODAY) for content in [MADE["png"](), _WORKBOOK] * 3))
    assert most == {True: 1, False: 3}


async def test_a_scan_has_its_turn_after_it_was_opened_as_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "is_installed", lambda: True)
    asked: list[bool] = []

    async def reading(content: bytes, name: str, today: date, limits: Limits, pictures: bool = False) -> Findings:
        asked.append(pictures)
        if not pictures:
            raise UnreadableError(sentences.ONLY_PICTURES)
        return Findings(Document.UNKNOWN)

    monkeypatch.setattr(isolation, "_read", reading)
    await read_isolated(MADE["pdf"](), "a", TODAY)
    assert asked == [False, True]


# -- time and memory -------------------------------------------------------------------------------------------------------------


def running(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """The process that reads runs this instead."""
    monkeypatch.setattr(isolation, "_START", code)


async def test_a_reader_that_hangs_is_ended_and_nothing_else_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    running(monkeypatch, "while True: pass")
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    assert await said(b"a,b,c", Limits(seconds=0.5)) == sentences.TOO_MUCH_WORK
    ticking.cancel()
    assert ticks > 5


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import os; os.abort()", sentences.TOO_MUCH_WORK),
        ("raise SystemExit(3)", sentences.FAILED),
        ("print('{\"document\":')", sentences.FAILED),
        ("print('[]')", sentences.FAILED),
        ("print('{\"unreadable\": [1, 2]}')", sentences.FAILED),
        ("import sys\nwhile True: sys.stdout.write('x' * 65536)", sentences.TOO_MUCH_WORK),
        ("import sys; sys.stdin.close(); print('[' * 100000)", sentences.FAILED),
    ],
)
async def test_what_comes_back_is_not_believed(monkeypatch: pytest.MonkeyPatch, code: str, sentence: Sentence) -> None:
    running(monkeypatch, code)
    assert await said(b"a,b,c\n" * 100_000) == sentence


def reading_with(monkeypatch: pytest.MonkeyPatch, made: str) -> None:
    """The process that reads makes this of the content `c` instead."""
    instead = f"import main; import nlu.uploads.isolated as i; i.read = lambda c, n, t, **_: {made};"
    running(monkeypatch, isolation._START.replace("import main;", instead))


async def test_a_fault_in_a_reader_is_logged_without_a_word_of_the_file(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reading_with(monkeypatch, "{}[c]")
    assert await said(b"secret,words,here\n") == sentences.FAILED
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


async def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    reading_with(monkeypatch, "bytearray(2 ** 29)")
    assert await said(b"a,b\n", Limits(memory=2**28)) == sentences.TOO_MUCH_WORK


async def test_whoever_stops_waiting_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    running(monkeypatch, f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    reading = asyncio.create_task(read_isolated(b"a,b", "a", TODAY))
    while not (told.exists() and told.read_text()):
        await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


# -- what the process gave up ------------------------------------------------------------------------------------------------------


def _confined(code: str, *given: str) -> str:
    """What a confined process prints."""
    start = "import sys; sys.path.insert(0, sys.argv[1]); from nlu.uploads.isolated import confine; offline = confine(2**30, 20)\n"
    command = [sys.executable, "-I", "-B", "-c", start + code, str(isolation._ROOT), *given]
    return subprocess.run(command, env={}, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', int(sys.argv[2])), 5)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "open('/tmp/advisor-must-not-be-there', 'w')",
        "import os; os.open('/tmp/advisor-must-not-be-there', os.O_CREAT | os.O_WRONLY)",
        "import os; os.remove('/tmp')",
    ],
)
def test_a_reader_reaches_neither_network_nor_programs_nor_files(code: str) -> None:
    with create_server(("127.0.0.1", 0)) as server:
        tried = f"try:\n    {code}\n    print('did it')\nexcept OSError as error:\n    print(type(error).__name__)"
        assert _confined(tried, str(server.getsockname()[1])) == "PermissionError"


def test_the_kernel_keeps_it_offline_where_it_says_so() -> None:
    """By a call of the C library, which no hook of Python sees."""
    with create_server(("127.0.0.1", 0)) as server:
        code = (
            "import ctypes, struct; c = ctypes.CDLL(None); s = c.socket(2, 1, 0)\n"
            "address = struct.pack('=HHI8x', 2, int.from_bytes(int(sys.argv[2]).to_bytes(2, 'big'), sys.byteorder), "
            "int.from_bytes(bytes([127, 0, 0, 1]), sys.byteorder))\n"
            "print(offline, c.connect(s, address, 16))"
        )
        printed = _confined(code, str(server.getsockname()[1]))
    assert printed in ("True -1", "False 0")


async def test_nothing_of_the_environment_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "secret")
    running(monkeypatch, "import os, json; print(json.dumps({'unreadable': [str(dict(os.environ)), 'x']}))")
    assert "secret" not in (await said(b"a,b")).zh


async def test_many_files_at_once_from_any_thread() -> None:
    found = await asyncio.gather(*(read_isolated(_WORKBOOK, "a", TODAY) for _ in range(3)))
    assert {findings.document for findings in found} == {Document.UNKNOWN}
    worker = threading.Thread(target=lambda: asyncio.run(read_isolated(_WORKBOOK, "a", TODAY)))
    worker.start()
    await asyncio.to_thread(worker.join, 30)
    assert not worker.is_alive()


# -- the way back --------------------------------------------------------------------------------------------------------------------

_texts, _days = st.text(max_size=20), st.dates()
_periods = st.none() | st.builds(Period, _days, _days)
_boxes = st.none() | st.builds(Box, st.integers(1, 50), *[st.floats(-1e6, 1e6) for _ in range(4)])
_places = st.builds(At, st.none() | _texts, st.integers(0, 50_000), st.integers(0, 255), _boxes)
_numbers = st.decimals(allow_nan=False, allow_infinity=False) | st.integers()
_values = _numbers | st.booleans() | _texts | st.lists(_texts, max_size=3).map(tuple)
_figures = st.builds(Figure, _texts, _values, _texts, st.lists(_places, max_size=3).map(tuple), _periods, st.integers(1, 10_000))
_sentences = st.builds(Sentence, _texts, _texts)
_amounts = st.decimals(allow_nan=False, allow_infinity=False)
_sums = st.builds(Sum, st.lists(st.tuples(st.integers(-2, 2), _texts), max_size=3).map(tuple), _amounts, _amounts, _texts)
_checks = st.builds(Check, _texts, st.booleans(), _sentences, st.lists(_texts, max_size=2).map(tuple), st.none() | _sums)
_named = st.lists(st.tuples(_texts, _amounts), max_size=2).map(tuple)
_flows = st.builds(MonthFlow, _days, _amounts, _amounts, st.booleans())
_sales = st.builds(MonthSales, _days, _amounts, st.integers(), st.integers(), st.booleans())
_by_day = st.lists(st.builds(DayFlow, _days, _amounts, _amounts, _amounts), max_size=2).map(tuple)
_spans = st.just((None, None)) | st.tuples(_days, _days)
_left_out = st.dictionaries(_texts, _amounts, max_size=2)
_accounts = st.builds(FlowSeries, st.lists(_flows, max_size=2).map(tuple), _left_out, st.none() | _amounts)
_series = (
    st.builds(lambda account, days, span: replace(account, days=days, since=span[0], until=span[1]), _accounts, _by_day, _spans)
    | st.builds(SalesSeries, _texts, st.lists(_sales, max_size=2).map(tuple), _named)
    | st.builds(AgeingSeries, st.none() | _days, _named, _named)
    | st.builds(StockSeries, _named)
)
_cuttings = st.tuples(st.integers(1, 4), st.integers(1, 4)).map(lambda size: Cutting(*size, bytes(range(3 * size[0] * size[1]))))
_findings = st.builds(
    Findings,
    st.sampled_from(Document),
    st.lists(_figures, max_size=3).map(tuple),
    st.lists(_checks, max_size=3).map(tuple),
    _periods,
    st.none() | _texts,
    st.none() | _series,
    st.lists(_sentences, max_size=2).map(tuple),
    strips=st.lists(st.builds(Strip, _texts, _cuttings), max_size=2).map(tuple),
)


@given(_findings)
def test_findings_come_back_as_they_went(findings: Findings) -> None:
    assert wire.taken(wire.written(findings)) == findings
    kinds = [type(figure.value) for figure in wire.taken(wire.written(findings)).figures]
    assert kinds == [type(figure.value) for figure in findings.figures]


_plain = st.none() | st.booleans() | st.integers() | st.floats() | _texts
_json = st.recursive(_plain, lambda inner: st.lists(inner) | st.dictionaries(_texts, inner))
_GOOD = json.loads(wire.written(replace(Findings(Document.UNKNOWN), period=Period(TODAY, TODAY))))


@given(st.sampled_from(sorted(_GOOD)), _json)
def test_whatever_else_comes_back_is_garbled_or_findings(key: str, value: object) -> None:
    for sent in (json.dumps(_GOOD | {key: value}), json.dumps(value)):
        try:
            assert isinstance(wire.taken(sent.encode()), Findings)
        except (wire.GarbledError, UnreadableError):
            continue


_PIXEL = base64.b64encode(b"rgb").decode()


@pytest.mark.parametrize(
    "strip",
    [
        ["cash", 1, 1, "cmc="],
        ["cash", 2, 1, _PIXEL],
        ["cash", STRIP_WIDTH + 1, 1, base64.b64encode(bytes(3 * STRIP_WIDTH + 3)).decode()],
        ["cash", 1, STRIP_HEIGHT + 1, base64.b64encode(bytes(3 * STRIP_HEIGHT + 3)).decode()],
        ["cash", 0, 0, ""],
        ["cash", -1, -1, _PIXEL],
        ["cash", 1, 1, "***"],
        ["cash", 1, 1, None],
        ["cash", 1, 1],
        [None, 1, 1, _PIXEL],
    ],
)
def test_a_strip_that_is_not_what_it_says_is_garbled(strip: list[object]) -> None:
    assert wire.taken(json.dumps(_GOOD | {"strips": [["cash", 1, 1, _PIXEL]]}).encode()).strips == (Strip("cash", Cutting(1, 1, b"rgb")),)
    with pytest.raises(wire.GarbledError):
        wire.taken(json.dumps(_GOOD | {"strips": [strip]}).encode())


def test_no_more_strips_are_taken_than_are_shown() -> None:
    many = [["cash", 1, 1, _PIXEL]] * (MOST_STRIPS + 9)
    assert len(wire.taken(json.dumps(_GOOD | {"strips": many}).encode()).strips) == MOST_STRIPS
