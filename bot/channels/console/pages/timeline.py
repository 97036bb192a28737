"""What was said in a case and what happened to it, as one conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.console.texts import say
from bot.desk.model import Said


@dataclass(frozen=True)
class Item:
    """One line of the conversation: `kind` is owner, staff, advisor, note or event; `who` is empty for the owner and for events."""

    kind: str
    at: datetime
    who: str
    text: str
    file: str = ""
    edited: bool = False


def timeline(said: Sequence[Said], events: Sequence[Mapping[str, Any]], staff: Mapping[int, str], language: str) -> list[Item]:
    """Everything in the order in which it happened; an event before what was said in the same moment."""
    items = [_event(event, staff, language) for event in events]
    items += [
        Item(
            kind="advisor" if one.author == "note" and one.staff is None else one.author,  # a clock's note is nobody's
            at=one.at,
            who=staff.get(one.staff or 0, "") or (say("somebody", language) if one.author in ("staff", "note") else ""),
            text=one.text or "",
            file=one.file.name if one.file else "",
            edited=one.edited_at is not None,
        )
        for one in said
    ]
    return sorted(items, key=lambda item: (item.at, item.kind != "event"))


def _event(event: Mapping[str, Any], staff: Mapping[int, str], language: str) -> Item:
    who = staff.get(event["staff"] or 0, "")
    to = staff.get(event["detail"].get("assignee_id") or 0, "") or say("somebody", language)
    key = f"event_{event['event']}" if who or event["event"] not in _DONE_BY_STAFF else f"event_{event['event']}_itself"
    return Item("event", datetime.fromisoformat(event["at"]), "", say(key, language, who=who, to=to))


#: Events whose sentence names who did it, and which the owner or the advisor can bring about too.
_DONE_BY_STAFF = frozenset(("claimed", "assigned", "released", "closed", "reopened", "moved"))
