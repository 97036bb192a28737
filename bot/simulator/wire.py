"""From an HTTP request to the parameters of a call: query string, form, JSON and multipart alike, as Telegram takes them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from bot.simulator import schema
from bot.simulator.refusals import OLD_QUERY, Refusal, bad


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Params:
    """The parameters as they came: text, or what JSON made of them, and files by the name of their part."""

    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)


def read(query: str, content_type: str, body: bytes) -> Params:
    """Raises Refusal if a JSON body is not an object or a multipart one has no boundary."""
    values: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return Params(values | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
    if kind == "application/json" and body.strip():
        return Params(values | _json_object(body))
    if kind == "multipart/form-data":
        form = multipart(content_type, body)
        return Params(values | form.values, form.files)
    return Params(values)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise bad("can't parse JSON object")
    return value


_NAME = re.compile(r'\bname="([^"]*)"')
_FILE_NAME = re.compile(r'\bfilename="([^"]*)"')
_FILE_NAME_UTF8 = re.compile(r"\bfilename\*=UTF-8''([^;\s]+)", re.IGNORECASE)


def multipart(content_type: str, body: bytes) -> Params:
    """The parts of a form: those with a file name are files, the others text."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None:
        raise bad("boundary not found")
    values: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + found[1].encode())[1:]:
        head, parted, content = part.partition(b"\r\n\r\n")
        headers = head.decode("utf-8", "replace")
        name = _NAME.search(headers)
        if not parted or name is None:
            continue
        file_name = _FILE_NAME.search(headers)
        if file_name is None:
            values[name[1]] = content.decode("utf-8", "replace")
        else:
            encoded = _FILE_NAME_UTF8.search(headers)
            mime = re.search(r"content-type:\s*([^\s;]+)", headers, re.IGNORECASE)
            called = unquote(encoded[1]) if encoded else file_name[1] or "file"
            uploads[name[1]] = Upload(called, mime[1] if mime else "application/octet-stream", content)
    return Params(values, uploads)


_ABSENT = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "file_id": "file_id not specified",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "callback_query_id": OLD_QUERY,
    "message_thread_id": "message thread identifier is not specified",
}
#: How the server names what it could not read: the JSON as a whole, and what the JSON should have been.
_UNREADABLE = {
    "reply_markup": ("can't parse reply keyboard markup JSON object", "can't parse reply markup"),
    "entities": ("can't parse entities JSON object", "can't parse MessageEntity"),
    "caption_entities": ("can't parse caption entities JSON object", "can't parse MessageEntity"),
    "reply_parameters": ("can't parse reply parameters JSON object", "can't parse reply parameters"),
    "commands": ("can't parse commands JSON object", "can't parse BotCommand"),
    "scope": ("can't parse BotCommandScope JSON object", "can't parse BotCommandScope"),
    "media": ("can't parse media JSON object", "can't parse InputMedia"),
    "link_preview_options": ("can't parse link preview options JSON object", "can't parse link preview options"),
}


def check(method: str, params: Params) -> dict[str, Any]:
    """The parameters of the method in their types; unknown ones are left out, as Telegram ignores them.

    A file takes the place of its parameter as an Upload. Raises Refusal for what is missing or of another type.
    """
    values: dict[str, Any] = {}
    for name, kinds in schema.parameters(method).items():
        raw = _attached(params, params.files.get(name, params.values.get(name)))
        if raw is None or (raw == "" and name in schema.required(method) and name != "url"):
            if name in schema.required(method):
                raise bad(_ABSENT.get(name, f'parameter "{name}" is required'))
        elif isinstance(raw, Upload):
            values[name] = raw
        elif raw != "" or "String" in kinds:
            values[name] = _typed(name, kinds, raw)
    if "media" in values:
        values["attached"] = params.files
    return values


def _attached(params: Params, raw: Any) -> Any:
    """A part may be named as attach://part instead of having the parameter's own name."""
    named = raw.removeprefix("attach://") if isinstance(raw, str) and raw.startswith("attach://") else None
    return raw if named is None else params.files.get(named, raw)


def _typed(name: str, kinds: str, raw: Any) -> Any:
    value = raw
    if isinstance(raw, str):
        value = _from_text(name, kinds, raw)
    elif kinds == "String" and isinstance(raw, int | float) and not isinstance(raw, bool):
        value = str(raw)
    if name == "media" and kinds.startswith("Array"):
        kinds = "Array of InputMedia"  # which kinds go together is looked at when all are known
    if name == "reply_markup" and isinstance(value, dict) and isinstance(value.get("keyboard"), list):
        value = value | {"keyboard": [_keys(row) for row in value["keyboard"]]}
    found = schema.problems(kinds, value)
    if not found:
        return value
    if name == "reply_markup" and not isinstance(value, dict):
        raise bad("object expected as reply markup")
    if name in _UNREADABLE:
        raise bad(f"{_UNREADABLE[name][1]}: {found[0]}")
    raise bad(f'parameter "{name}" must be of type {kinds.replace("|", " or ")}')


def _keys(row: Any) -> Any:
    """A key of a reply keyboard may be its label alone."""
    return [{"text": key} if isinstance(key, str) else key for key in row] if isinstance(row, list) else row


def _from_text(name: str, kinds: str, raw: str) -> Any:
    """What a form or query string meant."""
    alternatives = kinds.split("|")
    if "Integer" in alternatives and re.fullmatch(r"\s*-?\d+\s*", raw):
        return int(raw)
    if "Boolean" in alternatives:
        return raw.strip().lower() in ("true", "yes", "1")
    if "String" in alternatives or alternatives == ["InputFile"] or "Integer" in alternatives:
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        raise _not_json(name) from None


def _not_json(name: str) -> Refusal:
    return bad(_UNREADABLE[name][0] if name in _UNREADABLE else f"can't parse {name} JSON object")
