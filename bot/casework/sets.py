"""Answers of several files that were sent as one set: the owner gets them as one, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.casework.ports import Desk
from bot.casework.words import Words, add_answers
from bot.desk.model import Case, Member, Said


def answer_set(connection: Connection, desk: Desk, case: Case, member: Member, words: Sequence[Words], now: datetime) -> list[Said]:
    """As bot.casework.words.answer with what was sent together; its words are with the first. Raises Taken."""
    text = "\n".join(one.text for one in words if one.text) or None
    together = [replace(one, text=text if number == 0 else None) for number, one in enumerate(words)]
    return add_answers(connection, desk, case, member, together, now)
