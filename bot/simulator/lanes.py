"""Which update may be sent to a webhook next: those of one chat one after the other, those of different chats side by side."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import islice

from bot.simulator.state import Json

Lane = tuple[object, ...]

#: So many lanes are looked at for one with two updates.
_LOOKED_AT = 100


def chat_id_of(update: Json) -> int | None:
    """The chat an update is about; None for one that is about none."""
    content: Json = next((value for name, value in update.items() if name != "update_id"), {})
    chat: Json = content.get("chat") or content.get("message", {}).get("chat") or {}
    number: int | None = chat.get("id")
    return number


@dataclass
class Lanes:
    """Updates that wait, each chat's in a lane of its own; a lane has at most one update under way."""

    #: A chat's messages, presses and other news are in lanes of their own, as in Telegram's own server (webhook_queue_id in
    #: Client.cpp of tdlib/telegram-bot-api).
    apart: bool = False
    _waiting: dict[Lane, OrderedDict[int, Json]] = field(default_factory=dict)
    _ready: OrderedDict[Lane, None] = field(default_factory=OrderedDict)
    _busy: set[Lane] = field(default_factory=set)

    def put(self, update: Json, first: bool = False) -> None:
        lane = self._lane(update)
        waiting = self._waiting.setdefault(lane, OrderedDict())
        waiting[update["update_id"]] = update
        if first:
            waiting.move_to_end(update["update_id"], last=False)
        if lane not in self._busy:
            self._ready.setdefault(lane)

    def discard(self, update: Json) -> None:
        """It was confirmed, or it is not wanted any more."""
        lane = self._lane(update)
        waiting = self._waiting.get(lane)
        if waiting is None:
            return
        waiting.pop(update["update_id"], None)
        if not waiting:
            del self._waiting[lane]
            self._ready.pop(lane, None)

    def claim(self, second: bool = False) -> Json | None:
        """The next update of the lane that is ready longest, and with it the lane; `second` wants one that overtakes another."""
        looked_at = islice(self._ready, _LOOKED_AT if second else 1)
        lane = next((one for one in looked_at if not second or len(self._waiting[one]) > 1), None)
        if lane is None:
            return None
        del self._ready[lane]
        self._busy.add(lane)
        updates = iter(self._waiting[lane].values())
        return next(updates) if not second else (next(updates), next(updates))[1]

    def release(self, update: Json) -> None:
        """The lane of a claimed update may be claimed again."""
        lane = self._lane(update)
        self._busy.discard(lane)
        if lane in self._waiting:
            self._ready.setdefault(lane)

    def clear(self) -> None:
        self._waiting.clear()
        self._ready.clear()

    def _lane(self, update: Json) -> Lane:
        chat_id = chat_id_of(update)
        if chat_id is None:
            return ("alone", update["update_id"])
        if not self.apart:
            return (chat_id,)
        kind = next(name for name in update if name != "update_id")
        return (chat_id, "message" if kind == "edited_message" else kind)
