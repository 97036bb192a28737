"""The control interface: everything a page or another program needs to play the people."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest

from tests.simulator.local import Local, until


async def order(local: Local, path: str, **values: Any) -> dict[str, Any]:
    response = await local.http.post(f"{local.url}/control{path}", json=values)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


async def test_a_conversation_over_http(local: Local) -> None:
    person = (await order(local, "/people", first_name="Wang", language="zh-hans"))["id"]
    await order(local, f"/people/{person}", do="start", payload="x")
    await local.result("sendMessage", chat_id=person, text="?", reply_markup={"inline_keyboard": [[{"text": "是", "callback_data": "y"}]]})
    pressed = await order(local, f"/people/{person}", do="press", button="是")
    await local.result("answerCallbackQuery", callback_query_id=pressed["query_id"])
    sent = await order(local, f"/people/{person}", do="document", content=base64.b64encode(b"abc").decode(), name="a.txt")
    written = await order(local, f"/people/{person}", do="write", text="one", reply_to=sent["message_id"])
    await order(local, f"/people/{person}", do="edit", message_id=written["message_id"], text="two")
    file = {"content": base64.b64encode(b"abc").decode(), "name": "b.txt", "mime": "text/plain"}
    seen = (await local.http.get(f"{local.url}/control/people/{person}")).json()
    together = await order(local, f"/people/{person}", do="documents", documents=[file, file], caption="both")
    assert len(together["message_ids"]) == 2
    assert [(one["text"], one["kind"], one["edited"]) for one in seen["messages"]] == [
        ("/start x", "text", False), ("?", "text", False), ("", "document", False), ("two", "text", True),
    ]  # fmt: skip
    assert seen["messages"][1]["buttons"] == [[["是", "y"]]]
    kinds = [list(update)[1] for update in await local.result("getUpdates")]
    assert kinds == ["message", "callback_query", "message", "message", "edited_message", "message", "message"]


async def test_groups_topics_and_members(local: Local) -> None:
    owner = (await order(local, "/people", first_name="Wang"))["id"]
    member = (await order(local, "/people", first_name="Li"))["id"]
    group = (await order(local, "/groups", title="Forum", creator=owner, forum=True))["id"]
    await order(local, f"/groups/{group}", do="add", person=member)
    await order(local, f"/groups/{group}", do="add_bot", admin=True)
    topic = (await order(local, f"/groups/{group}", do="topic", name="T"))["id"]
    await order(local, f"/people/{member}", do="write", text="hi", chat=group, thread=topic)
    await order(local, f"/groups/{group}", do="close_topic", thread=topic)
    refused = await local.http.post(
        f"{local.url}/control/people/{member}", json={"do": "write", "text": "x", "chat": group, "thread": topic}
    )
    assert (refused.status_code, refused.json()) == (400, {"error": "the topic is closed"})
    await order(local, f"/groups/{group}", do="reopen_topic", thread=topic)
    await order(local, f"/groups/{group}", do="rename_topic", thread=1, name="Everything")
    await order(local, f"/groups/{group}", do="hide_general")
    await order(local, f"/people/{member}", do="write", text="again", chat=group, thread=topic)
    assert await local.result("getChatMemberCount", chat_id=group) == 3
    plain = (await order(local, "/groups", title="Plain", creator=owner, supergroup=False))["id"]
    await order(local, f"/groups/{plain}", do="add_bot")
    new = (await order(local, f"/groups/{plain}", do="migrate"))["id"]
    assert (await local.call("sendMessage", chat_id=plain, text="x"))["parameters"] == {"migrate_to_chat_id": new}


async def test_faults_limits_and_the_clock(local: Local) -> None:
    person = (await order(local, "/people", first_name="Wang"))["id"]
    await order(local, f"/people/{person}", do="start")
    await order(local, "/faults", fault="flood", retry_after=3, chat_id=person)
    assert (await local.refusal("sendMessage", chat_id=person, text="x"))[0] == 429
    await order(local, "/faults", fault="duplicates", value=2)
    assert local.world.faults.duplicates == 2
    await order(local, "/faults", fault="clear")
    assert local.world.faults.duplicates == 0
    await order(local, "/limits", on=True)
    assert [(await local.call("sendMessage", chat_id=person, text="x"))["ok"] for _ in range(2)] == [True, False]
    before = local.clock.now()
    assert (await order(local, "/clock", advance=3))["now"] == before + 3
    assert (await local.call("sendMessage", chat_id=person, text="x"))["ok"]
    await order(local, "/limits", on=True, burst=True)
    assert [(await local.call("sendMessage", chat_id=person, text="x"))["ok"] for _ in range(4)] == [True, True, True, False]
    await order(local, "/limits", on=False)
    await order(local, "/faults", fault="migrate", to_chat_id=-1005)
    assert (await local.call("sendMessage", chat_id=person, text="x"))["parameters"] == {"migrate_to_chat_id": -1005}
    await order(local, "/faults", fault="at_random", seed=1, rates={"fail": 1.0})
    assert (await local.refusal("sendMessage", chat_id=person, text="x"))[0] == 502
    await order(local, "/faults", fault="clear")
    await local.result("sendMessage", chat_id=person, text="x")
    state = (await local.http.get(f"{local.url}/control/state")).json()
    assert (state["pending"], [chat["id"] for chat in state["chats"]]) == (1, [person])


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/people", {"name": "x"}),
        ("/people/77", {"do": "start"}),
        ("/groups/-5", {"do": "migrate"}),
        ("/groups/-5", {"do": "__init__"}),
        ("/faults", {"fault": "waiting"}),
        ("/faults", {"fault": "flood", "after": 1}),
        ("/faults", {"fault": "at_random", "seed": 1, "rates": {"rain": 0.5}}),
        ("/limits", {}),
    ],
)
async def test_a_wrong_order_is_told_so(local: Local, path: str, values: dict[str, Any]) -> None:
    response = await local.http.post(f"{local.url}/control{path}", json=values)
    assert response.status_code == 400
    assert response.json()["error"]


async def test_events_wait_for_what_comes(local: Local) -> None:
    waiting = asyncio.create_task(local.http.get(f"{local.url}/control/events", params={"after": 0, "timeout": 30}))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    local.world.person("Wang").start()
    (event,) = (await waiting).json()
    assert (event["id"], event["kind"], event["message"]["text"]) == (1, "message", "/start")


async def test_events_as_a_stream(local: Local) -> None:
    person = local.world.person("Wang")
    person.start()
    lines: list[str] = []

    async def listen() -> None:
        async with local.http.stream("GET", f"{local.url}/control/events", headers={"Accept": "text/event-stream"}) as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            async for line in response.aiter_lines():
                lines.append(line)

    listening = asyncio.create_task(listen())
    await until(lambda: "id: 1" in lines)
    await local.result("sendMessage", chat_id=person.id, text="你好")
    await until(lambda: any("你好" in line for line in lines))
    assert [line for line in lines if line.startswith(("id", "event"))] == ["id: 1", "event: message", "id: 2", "event: message"]
    local.world.close()
    await listening
