"""Answers kept for questions that come again, in rows: each bank's own, and those that every bank has."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from bot.storage.desk.tables import canned_answers


@dataclass(frozen=True)
class Canned:
    """An answer in both languages; `bank` None is every bank's."""

    id: int
    bank: str | None
    title: str
    zh: str
    en: str

    def text(self, language: str) -> str:
        return self.en if language == "en" else self.zh


def canned_for(connection: Connection, bank: str | None) -> list[Canned]:
    """What a bank can choose from, its own and every bank's, by title; for None those of every bank alone."""
    mine = canned_answers.c.bank_id.is_(None)
    query = select(canned_answers).where(mine if bank is None else mine | (canned_answers.c.bank_id == bank))
    rows = connection.execute(query.order_by(canned_answers.c.title, canned_answers.c.id))
    return [Canned(row.id, row.bank_id, row.title, row.zh, row.en) for row in rows]


def canned_of(connection: Connection, canned_id: int) -> Canned | None:
    row = connection.execute(select(canned_answers).where(canned_answers.c.id == canned_id)).one_or_none()
    return Canned(row.id, row.bank_id, row.title, row.zh, row.en) if row else None


def keep_canned(connection: Connection, canned: Canned) -> None:
    """Add an answer, for the number 0, or change it; whose it is never changes."""
    words = {"title": canned.title, "zh": canned.zh, "en": canned.en}
    if canned.id:
        connection.execute(update(canned_answers).where(canned_answers.c.id == canned.id).values(**words))
    else:
        connection.execute(insert(canned_answers).values(bank_id=canned.bank, **words))


def drop_canned(connection: Connection, canned_id: int) -> None:
    connection.execute(delete(canned_answers).where(canned_answers.c.id == canned_id))
