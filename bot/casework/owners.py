"""Telling an owner something that happened at the desk, outside a turn of theirs."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.casework.ports import Desk
from bot.conversation.kept import WITH_DESK, reply_to_json, reply_to_plain
from bot.conversation.model import Attachment, Reply
from bot.conversation.pieces import CAPTION, PIECE, split
from bot.desk.model import SharedFile
from bot.storage.store import TurnRecord

#: What the names of owners on Telegram begin with.
_TELEGRAM = "tg:"
#: The kind of such a row in the outbox.
KIND = "answer"


def chat_of(owner: str) -> int | None:
    """The private chat of an owner on Telegram, which has the number of its owner; None on channels that nothing can be brought to."""
    return int(owner.removeprefix(_TELEGRAM)) if owner.startswith(_TELEGRAM) else None


def tell(
    connection: Connection,
    desk: Desk,
    owner: str,
    words: Callable[[str], Sequence[Reply]],
    now: datetime,
    files: Sequence[SharedFile] = (),
    attached: Sequence[Attachment] = (),
    **becomes: Any,
) -> int | None:
    """Say something to an owner, in the language they are spoken to, and let their dialogue be changed by `becomes` with it.

    On Telegram it goes through the outbox, and the row of the first message is given; elsewhere it waits for the owner's next line.
    Files go along with the first words, by Telegram's ids of them, or as `attached` with their content, which is kept until they have
    left; elsewhere only a name can be said, by the words. It stands in the owner's transcript from now on. Nothing happens where the
    owner is gone.
    """
    chat = chat_of(owner)
    told: list[Reply] = []

    def change(state: Mapping[str, Any]) -> Mapping[str, Any]:
        told.extend(words(state.get("language", "zh")))
        waiting = [] if chat is not None else [reply_to_plain(reply) for reply in told]
        return {**state, **becomes, "waiting": [*state.get("waiting", ()), *waiting]}

    if desk.store.change_dialogue(connection, owner, change) is None:
        return None
    if told:
        # No entry is behind it, and so no version of the knowledge.
        desk.store.note_turn(connection, owner, TurnRecord({WITH_DESK: True}, None, [reply_to_json(reply) for reply in told], (), ""), now)
    if chat is None:
        return None
    rows = [desk.store.post_one(connection, owner, chat, message, now, KIND) for message in _messages(told, files, attached)]
    return rows[0] if rows else None


def reword_told(
    connection: Connection,
    desk: Desk,
    owner: str,
    row: int | None,
    words: Callable[[str], Reply],
    now: datetime,
    file: SharedFile | None = None,
) -> None:
    """Other words for a message that an owner was told in a row of the outbox; they come as a new message where there is none.

    With a `file` they stand under it.
    """
    chat = chat_of(owner)
    if chat is None or row is None:
        tell(connection, desk, owner, lambda language: [words(language)], now)
        return
    state = desk.store.change_dialogue(connection, owner)
    if state is not None:
        text = words(state.get("language", "zh")).text
        under = file is not None and file.file_id is not None
        message = {"text": next(split(text, CAPTION if under else PIECE)), "buttons": [], "caption": under}
        desk.store.post_one(connection, owner, chat, message, now, KIND, edits=row)


def _messages(replies: Sequence[Reply], files: Sequence[SharedFile], attached: Sequence[Attachment]) -> list[dict[str, Any]]:
    """As the outbox keeps them: {"text", "buttons"}, with {"files"} where files of Telegram's go along, under which the text stands.

    What is attached follows as documents of its own.
    """
    made: list[dict[str, Any]] = []
    for reply in replies:
        pieces = list(split(reply.text))
        made.extend({"text": piece, "buttons": []} for piece in pieces)
        made[-1]["buttons"] = [vars(button) for button in reply.buttons]
    kept = [vars(file) for file in files if file.file_id is not None]
    if kept and made:
        under = next(split(made[0]["text"], CAPTION)) == made[0]["text"]
        if under:
            made[0]["files"] = kept
        else:
            made.insert(1, {"text": "", "buttons": [], "files": kept})
    documents = [{"document": {"name": one.name, "content": b64encode(one.content).decode()}} for one in attached]
    return [*made, *documents]
