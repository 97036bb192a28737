"""The way to the console: staff who write /console to the bot in private get a link that signs them in once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.channels.telegram.desk.wording import staff_text
from bot.channels.telegram.messages import Incoming
from bot.conversation.model import Reply
from bot.storage.desk.doors import LINK_LASTS, new_link
from bot.storage.desk.people import member_by_telegram

_COMMAND = "/console"


def asks_for_console(meant: Incoming) -> bool:
    """Whether somebody wants to come into the console; in a menu the command may carry the bot's name."""
    words = (meant.heard.text or "").split()
    return len(words) == 1 and words[0].split("@")[0].lower() == _COMMAND and not meant.heard.edited


def console_link(connection: Connection, meant: Incoming, address: str, now: datetime) -> Reply | None:
    """The link for somebody of the staff; None for everybody else, to whom the command means nothing."""
    member = member_by_telegram(connection, int(meant.owner.removeprefix("tg:")))
    if member is None:
        return None
    link = f"{address}/sign-in/{new_link(connection, member.id, now)}"
    minutes = int(LINK_LASTS.total_seconds() // 60)
    return Reply(staff_text("console_link", member.language, link=link, minutes=minutes))
