"""People of the simulated Telegram: what they do, and what they see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.simulator import files, render
from bot.simulator.entities import Rich, with_found
from bot.simulator.state import Account, Chat, Json, Member, Message, Query

if TYPE_CHECKING:
    from bot.simulator.world import World


@dataclass(frozen=True)
class Seen:
    """One message as it stands in a person's chat now."""

    message_id: int
    sender: str
    from_bot: bool
    text: str  #: the text, or the caption
    kind: str  #: text, document, photo, ... or the kind of a service message
    buttons: tuple[tuple[tuple[str, str], ...], ...]  #: rows of (label, callback data or address) below the message
    content: Json
    earlier: tuple[str, ...]  #: its texts before it was edited
    edited: bool
    deleted: bool
    pinned: bool
    thread_id: int | None
    reply_to: int | None


class NotThere(LookupError):
    """A person tried what their Telegram does not offer: a button that is not there, a chat they are not in."""


class Person:
    """Somebody with Telegram. Without a chat named, everything happens in the private chat with the bot."""

    def __init__(self, world: World, account: Account) -> None:
        self._world = world
        self.account = account

    @property
    def id(self) -> int:
        return self.account.id

    def start(self, payload: str = "") -> Message:
        """Press Start, possibly after following a link with a payload."""
        chat = self._place(None)
        if chat.blocked:
            self.unblock()
        return self.write(f"/start {payload}".strip())

    def write(self, text: str, chat: int | None = None, thread: int | None = None, reply_to: int | None = None) -> Message:
        """Send a text. Raises NotThere where the person cannot write."""
        return self._send(with_found(Rich(text)).json(), chat, thread, reply_to)

    def edit(self, message: Message, text: str) -> None:
        """Change an own message, its text or its caption."""
        if message.sender is not self.account or message.deleted:
            raise NotThere("people can edit only their own messages")
        keys = ("text", "entities") if "text" in message.content else ("caption", "caption_entities")
        rest = {name: value for name, value in message.content.items() if name not in keys}
        self._world.change(message, rest | with_found(Rich(text)).json(*keys), message.markup)

    def message(self, message_id: int, chat: int | None = None) -> Message:
        """A message of a chat by its id. Raises NotThere."""
        found = self._place(chat).messages.get(message_id)
        if found is None or found.deleted:
            raise NotThere("no such message")
        return found

    def delete(self, message: Message) -> None:
        self._world.remove(message)

    def send_document(
        self, content: bytes, name: str = "document.pdf", caption: str = "", mime: str = "application/pdf", **where: Any
    ) -> Message:
        kept = self._world.files.keep("document", content, name, mime)
        return self._send({"document": files.document(kept), **_caption(caption)}, **where)

    def send_photo(self, content: bytes | None = None, caption: str = "", **where: Any) -> Message:
        """Some picture, if none is given."""
        sizes = files.photo(self._world.files, content or files.picture(), "photo.jpg")
        return self._send({"photo": sizes, **_caption(caption)}, **where)

    def send_album(self, pictures: list[bytes], caption: str = "", **where: Any) -> list[Message]:
        """Two to ten pictures at once, which arrive as one; the caption goes with the first."""
        return self._send_together(
            [{"photo": files.photo(self._world.files, picture, "photo.jpg")} for picture in pictures], caption, where
        )

    def send_documents(self, documents: list[tuple[bytes, str, str]], caption: str = "", **where: Any) -> list[Message]:
        """Two to ten documents at once, each its content, name and kind; the caption goes with the first."""
        kept = [self._world.files.keep("document", content, name, mime) for content, name, mime in documents]
        return self._send_together([{"document": files.document(one)} for one in kept], caption, where)

    def send_sticker(self, emoji: str = "👍", **where: Any) -> Message:
        kept = self._world.files.keep("sticker", b"RIFF....WEBP" + emoji.encode(), "sticker.webp", "image/webp", 512, 512)
        flags = {"type": "regular", "is_animated": False, "is_video": False, "emoji": emoji}
        return self._send({"sticker": {**files.size(kept), **flags}}, **where)

    def send_voice(self, content: bytes = b"OggS....", seconds: int = 3, **where: Any) -> Message:
        kept = self._world.files.keep("voice", content, "voice.ogg", "audio/ogg")
        return self._send({"voice": {**files.reference(kept), "duration": seconds, "mime_type": kept.mime}}, **where)

    def send_location(self, latitude: float, longitude: float, **where: Any) -> Message:
        return self._send({"location": {"latitude": latitude, "longitude": longitude}}, **where)

    def press(self, button: str, message_id: int | None = None, chat: int | None = None) -> Query:
        """Press an inline button by its label or data, on the message named or on the newest that has it."""
        place = self._place(chat)
        for message in reversed(place.messages.values()):
            if message.deleted or message_id not in (None, message.id):
                continue
            for label, data in (pair for row in _buttons(message) for pair in row):
                if button in (label, data):
                    return self._query(place, message, data)
        raise NotThere(f"no button {button!r} in the chat")

    def press_stale(self, message: Message, data: str) -> Query:
        """Press a button this person still sees on a screen that was not refreshed: it need not be there any more."""
        return self._query(self._world.chats[message.chat_id], message, data)

    def answer_to(self, query: Query) -> Json | None:
        """The parameters of the bot's answer to a pressed button; None as long as there is none."""
        return self._world.answers.get(query.id)

    def block(self) -> None:
        """Block the bot; it is told once."""
        self._block(True)

    def unblock(self) -> None:
        self._block(False)

    def sees(self, chat: int | None = None, thread: int | None = None) -> list[Seen]:
        """All messages of a chat (of a topic, if named), oldest first, deleted ones marked as such."""
        place = self._place(chat)
        return [see(place, message) for message in place.messages.values() if thread is None or message.thread_id == thread]

    def keyboard(self, chat: int | None = None) -> list[list[str]]:
        """The labels of the reply keyboard that is open; empty if there is none."""
        for message in reversed(self._place(chat).messages.values()):
            if message.markup and not message.deleted and "inline_keyboard" not in message.markup:
                rows = message.markup.get("keyboard", [])
                return [[key if isinstance(key, str) else str(key["text"]) for key in row] for row in rows]
        return []

    def _place(self, chat: int | None) -> Chat:
        place = self._world.chats[self.id if chat is None else chat]
        if place.is_group and not place.members.get(self.id, Member(self.account, "left")).inside:
            raise NotThere(f"{self.account.first_name} is not in the group")
        return place

    def _send_together(self, contents: list[Json], caption: str, where: Json) -> list[Message]:
        if not 2 <= len(contents) <= files.ALBUM_LIMIT:
            raise NotThere(f"an album has two to {files.ALBUM_LIMIT} items")
        group = str(13_000_000_000 + self._world.number())
        contents[0] |= _caption(caption)
        return [self._send(content, media_group_id=group, **where) for content in contents]

    def _send(
        self, content: Json, chat: int | None = None, thread: int | None = None, reply_to: int | None = None, **fields: Any
    ) -> Message:
        place = self._place(chat)
        if place.migrated_to is not None:
            raise NotThere("the group has become a supergroup")
        topic = place.topic(thread)
        if thread is not None and topic is None:
            raise NotThere("no such topic")
        thread = topic.thread if topic else None
        if topic is not None and topic.closed and not place.members[self.id].may("can_manage_topics"):
            raise NotThere("the topic is closed")
        place.started = True
        return self._world.post(place, self.account, content, thread_id=thread, reply_to=reply_to, **fields)

    def _query(self, place: Chat, message: Message, data: str) -> Query:
        world = self._world
        query = Query(str(self.id * 10_000_000 + world.number()), self.account, message, data, world.clock.now())
        world.queries[query.id] = query
        world.event("pressed", chat_id=place.id, message_id=message.id, data=data, person_id=self.id)
        world.update("callback_query", render.query(place, query))
        return query

    def _block(self, blocked: bool) -> None:
        chat = self._place(None)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        states = [render.member(Member(self._world.bot, status)) for status in ("member", "kicked")]
        self._world.membership(chat, self.account, states[not blocked], states[blocked])


def see(place: Chat, message: Message) -> Seen:
    """What a message looks like in the chat."""
    content = message.content
    kind = next((name for name in content if name not in ("entities", "caption", "caption_entities")), "text")
    earlier = tuple(_text(old) for old in message.earlier)
    return Seen(
        message.id, message.sender.first_name, message.sender.is_bot, _text(content), kind, _buttons(message), content, earlier,
        message.edit_date is not None, message.deleted, message.id in place.pinned, message.thread_id, message.reply_to,
    )  # fmt: skip


def _text(content: Json) -> str:
    return str(content.get("text", content.get("caption", "")))


def _buttons(message: Message) -> tuple[tuple[tuple[str, str], ...], ...]:
    rows = (message.markup or {}).get("inline_keyboard", [])
    return tuple(tuple((key["text"], key.get("callback_data", key.get("url", ""))) for key in row) for row in rows)


def _caption(text: str) -> Json:
    return with_found(Rich(text)).json("caption", "caption_entities") if text else {}
