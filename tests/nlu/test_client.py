"""The NLU client against a server that behaves, misbehaves, or is not there. Only loopback is used."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.client import NOTHING_SAID, Endpoint, IntentGuess, NluClient, NluUnavailable, prepare, read_answer

ANSWER: dict[str, Any] = {
    "text": "你好",
    "intent": {"name": "greet", "confidence": 0.9},
    "entities": [],
    "intent_ranking": [{"name": "greet", "confidence": 0.9}, {"name": "thank", "confidence": 0.1}],
    "out_of_scope_score": 0.25,
}
Respond = Callable[[bytes], Awaitable[bytes]]


def http(body: bytes, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


@asynccontextmanager
async def listening(talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[int]:
    """A loopback port where every connection is handed to `talk`; all of them are closed at the end."""
    talks: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talks.add(task)
        try:
            await talk(reader, writer)
        except asyncio.CancelledError:
            pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


@asynccontextmanager
async def serving(respond: Respond) -> AsyncIterator[tuple[Endpoint, list[bytes]]]:
    """A server that hands the whole request to `respond`; the list holds the requests seen."""
    seen: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = [line.lower() for line in head.split(b"\r\n")]
                length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length"))
                seen.append(head + await reader.readexactly(length))
                writer.write(await respond(seen[-1]))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass

    async with listening(talk) as port:
        yield Endpoint(port, "sesame"), seen


async def good(_: bytes) -> bytes:
    return http(json.dumps(ANSWER).encode())


def parse(respond: Respond, text: str, timeout_s: float = 3.0) -> tuple[IntentGuess, list[bytes]]:
    async def run() -> tuple[IntentGuess, list[bytes]]:
        async with serving(respond) as (endpoint, seen), NluClient(lambda: endpoint, timeout_s) as client:
            return await client.parse(text), seen

    return asyncio.run(run())


def test_a_good_answer_is_read() -> None:
    guess, seen = parse(good, "你好")
    assert guess == IntentGuess("greet", 0.9, (("greet", 0.9), ("thank", 0.1)), 0.25)
    assert seen[0].startswith(b"POST /model/parse?token=sesame ")
    assert json.loads(seen[0].split(b"\r\n\r\n")[1]) == {"text": "你好"}


@pytest.mark.parametrize("text", ["", "   ", "\n\t　", "/", " / / "])
def test_nothing_to_read_is_not_sent(text: str) -> None:
    guess, seen = parse(good, text)
    assert guess == NOTHING_SAID
    assert seen == []


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("/apply", "apply"),
        ("　\u2003/apply{}", "apply{}"),
        ("// restart", "restart"),
        ("1/2", "1/2"),
        ("a" * 5000, "a" * 4096),
        ("好\ud800的", "好的"),
    ],
)
def test_what_is_sent(text: str, sent: str) -> None:
    assert prepare(text) == sent


@given(st.text(st.characters(), max_size=50))
def test_no_text_can_name_an_intent_or_break_the_request(text: str) -> None:
    sent = prepare(text)
    assert not sent.strip().startswith("/")
    json.dumps({"text": sent}, ensure_ascii=False).encode("utf-8")


async def _empty(_: bytes) -> bytes:
    return http(b"")


async def _unauthorised(_: bytes) -> bytes:
    return http(b"{}", "401 Unauthorized")


async def _not_json(_: bytes) -> bytes:
    return http(b"<html>")


async def _not_utf8(_: bytes) -> bytes:
    return http(b"\xff\xfe\xff")


async def _list(_: bytes) -> bytes:
    return http(b"[1]")


async def _hangs_up(_: bytes) -> bytes:
    raise ConnectionError


async def _not_http(_: bytes) -> bytes:
    return b"220 ready\r\n\r\n"


async def _redirects(_: bytes) -> bytes:
    return b"HTTP/1.1 302 Found\r\nlocation: http://example.org/\r\ncontent-length: 0\r\n\r\n"


@pytest.mark.parametrize("respond", [_empty, _unauthorised, _not_json, _not_utf8, _list, _hangs_up, _not_http, _redirects])
def test_a_bad_answer_is_unavailable(respond: Respond) -> None:
    with pytest.raises(NluUnavailable):
        parse(respond, "你好")


def changed(**fields: Any) -> dict[str, Any]:
    return {**ANSWER, **fields}


@pytest.mark.parametrize(
    "answer",
    [
        {},
        changed(intent={"name": None, "confidence": 0.0}),
        changed(intent={"name": "greet", "confidence": 1.5}),
        changed(intent={"name": "greet", "confidence": float("nan")}),
        changed(intent={"name": "thank", "confidence": 0.9}),
        changed(intent_ranking=[]),
        changed(intent_ranking=None),
        changed(intent_ranking=["greet"]),
        changed(out_of_scope_score="high"),
    ],
)
def test_an_answer_that_is_not_whole_is_unavailable(answer: dict[str, Any]) -> None:
    async def respond(_: bytes) -> bytes:
        return http(json.dumps(answer).encode())

    with pytest.raises(NluUnavailable):
        parse(respond, "你好")


def test_the_out_of_scope_score_may_be_absent() -> None:
    assert read_answer({**ANSWER, "out_of_scope_score": None}).oos is None


def test_a_slow_server_is_unavailable_in_time() -> None:
    async def slow(_: bytes) -> bytes:
        await asyncio.sleep(30)
        return b""

    started = time.monotonic()
    with pytest.raises(NluUnavailable):
        parse(slow, "你好", timeout_s=0.2)
    assert time.monotonic() - started < 5


def test_a_trickling_server_is_unavailable_in_time() -> None:
    async def run() -> None:
        async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n")
                while True:
                    writer.write(b" ")
                    await writer.drain()
                    await asyncio.sleep(0.05)
            except ConnectionError:
                pass

        async with listening(trickle) as port, NluClient(lambda: Endpoint(port, "t"), 0.3) as client:
            with pytest.raises(NluUnavailable):
                await asyncio.wait_for(client.parse("你好"), 5)

    asyncio.run(run())


def test_a_server_that_is_down_is_unavailable() -> None:
    async def run(endpoint: Endpoint | None) -> None:
        async with NluClient(lambda: endpoint) as client:
            with pytest.raises(NluUnavailable):
                await client.parse("你好")

    asyncio.run(run(None))
    asyncio.run(run(Endpoint(9, "t")))


def test_a_closed_client_is_unavailable() -> None:
    async def run() -> None:
        async with serving(good) as (endpoint, _):
            client = NluClient(lambda: endpoint)
            await client.close()
            with pytest.raises(NluUnavailable):
                await client.parse("你好")

    asyncio.run(run())


def test_a_restarted_server_is_found_at_its_new_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    async def run() -> None:
        async with serving(good) as (first, seen_first), serving(good) as (second, seen_second):
            current = [first]
            async with NluClient(lambda: current[0]) as client:
                await client.parse("一")
                current[0] = second
                await client.parse("二")
            assert (len(seen_first), len(seen_second)) == (1, 1)

    asyncio.run(run())


@asynccontextmanager
async def counting(answers_each: int) -> AsyncIterator[tuple[Endpoint, list[int]]]:
    """A server that closes every connection after so many answers; the list counts the answers of each connection."""
    lines: list[int] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = len(lines)
        lines.append(0)
        with contextlib.suppress(asyncio.IncompleteReadError):
            while lines[number] < answers_each:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                await reader.readexactly(length)
                lines[number] += 1
                writer.write(http(json.dumps(ANSWER).encode()))

    async with listening(talk) as port:
        yield Endpoint(port, "t"), lines


@pytest.mark.parametrize(("answers_each", "lines"), [(100, [6]), (2, [2, 2, 2]), (1, [1] * 6)])
def test_connections_are_kept_and_replaced_when_the_server_closes_them(answers_each: int, lines: list[int]) -> None:
    async def run() -> None:
        async with counting(answers_each) as (endpoint, seen), NluClient(lambda: endpoint) as client:
            for _ in range(6):
                assert (await client.parse("你好")).intent == "greet"
            assert seen == lines

    asyncio.run(run())


def test_messages_at_the_same_time_do_not_wait_for_each_other() -> None:
    async def run() -> None:
        together = asyncio.Barrier(3)

        async def respond(request: bytes) -> bytes:
            await together.wait()
            return await good(request)

        async with serving(respond) as (endpoint, _), NluClient(lambda: endpoint) as client:
            guesses = await asyncio.gather(*(client.parse("你好") for _ in range(3)))
            assert {guess.intent for guess in guesses} == {"greet"}

    asyncio.run(run())


def test_a_connection_that_was_given_up_is_not_asked_again() -> None:
    async def run() -> None:
        slow = asyncio.Event()

        async def respond(request: bytes) -> bytes:
            if b"slow" in request:
                await slow.wait()
                return http(json.dumps({**ANSWER, "intent": {"name": "thank", "confidence": 0.9}}).encode())
            return await good(request)

        async with serving(respond) as (endpoint, _), NluClient(lambda: endpoint, timeout_s=0.2) as client:
            with pytest.raises(NluUnavailable):
                await client.parse("slow")
            slow.set()
            assert (await client.parse("你好")).intent == "greet"

    asyncio.run(run())


def test_an_answer_in_chunks_is_read() -> None:
    async def respond(_: bytes) -> bytes:
        whole = json.dumps(ANSWER).encode()
        chunks = (whole[:20], whole[20:])
        coded = b"".join(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in (*chunks, b""))
        return b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + coded

    assert parse(respond, "你好")[0].intent == "greet"


def test_the_token_is_not_shown() -> None:
    assert "sesame" not in repr(Endpoint(1, "sesame"))
