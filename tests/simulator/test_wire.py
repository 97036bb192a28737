"""Parameters from wherever they come: query string, form, JSON, multipart."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.refusals import Refusal
from bot.simulator.wire import Params, Upload, check, read
from tests.simulator.local import Local

VALUES = {"chat_id": 5, "text": "你好 & <b>", "disable_notification": True, "reply_parameters": {"message_id": 1}}
TEXTS = {name: value if isinstance(value, str) else json.dumps(value) for name, value in VALUES.items()}


def request(**given: Any) -> Params:
    made = httpx.Request("POST", "http://x/", **given)
    return read(made.url.query.decode(), made.headers.get("content-type", ""), made.read())


@pytest.mark.parametrize(
    "params",
    [
        request(params=TEXTS),
        request(data=TEXTS),
        request(json=VALUES),
        request(json=TEXTS),
        request(data=TEXTS, files={"other": ("a.txt", b"x")}),
        request(params={"chat_id": "9", "text": "old"}, json=VALUES),
        request(params={"chat_id": "5"}, data={k: v for k, v in TEXTS.items() if k != "chat_id"}, files={"other": ("a.txt", b"x")}),
        request(params={"chat_id": "5"}, data={k: v for k, v in TEXTS.items() if k != "chat_id"}),
    ],
    ids=["query", "form", "json", "json of texts", "multipart", "body over query", "multipart and query", "form and query"],
)
def test_all_ways_say_the_same(params: Params) -> None:
    assert check("sendMessage", params) == VALUES


@given(st.dictionaries(st.sampled_from(["a", "b", "document"]), st.binary(), min_size=1))
def test_files_arrive_byte_for_byte(contents: dict[str, bytes]) -> None:
    params = request(files={name: (f"{name} 表.bin", content, "text/x") for name, content in contents.items()})
    assert params.files == {name: Upload(f"{name} 表.bin", "text/x", content) for name, content in contents.items()}


@pytest.mark.parametrize(
    ("method", "values", "words"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "message_thread_id": "one"}, 'parameter "message_thread_id" must be of type Integer'),
        ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": 3}, 'parameter "protect_content" must be of type Boolean'),
        ("sendMessage", {"chat_id": 1, "text": ["x"]}, 'parameter "text" must be of type String'),
        ("sendMessage", {"chat_id": 1.5, "text": "x"}, 'parameter "chat_id" must be of type Integer or String'),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {}},
            "can't parse reply parameters: Can't find field \"message_id\"",
        ),
        ("sendMessage", {"chat_id": 1, "text": "x", "link_preview_options": "{"}, "can't parse link preview options JSON object"),
        ("createForumTopic", {"chat_id": 1}, 'parameter "name" is required'),
    ],
)
def test_what_is_of_another_type_is_refused(method: str, values: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal) as caught:
        check(method, Params(values))
    assert caught.value.description == f"Bad Request: {words}"


@pytest.mark.parametrize(("kind", "body"), [("application/json", b"[1]"), ("application/json", b"{"), ("multipart/form-data", b"x")])
async def test_a_body_nobody_can_read(local: Local, kind: str, body: bytes) -> None:
    response = await local.http.post(f"{local.base}/getMe", content=body, headers={"content-type": kind})
    assert (response.status_code, response.json()["ok"]) == (400, False)


async def test_parameters_no_method_has_are_noted(local: Local) -> None:
    await local.result("getMe", tex="x")
    assert local.world.ignored == [("getMe", "tex")]


async def test_get_and_the_form_of_an_address(local: Local) -> None:
    local.world.person("Wang").start()
    response = await local.http.get(f"{local.base}/SENDMESSAGE", params={"chat_id": 1001, "text": "x"})
    assert response.json()["result"]["text"] == "x"
    assert (await local.http.get(f"{local.url}/elsewhere")).json() == {"ok": False, "error_code": 404, "description": "Not Found"}
