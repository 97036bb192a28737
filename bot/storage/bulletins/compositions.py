"""What officers are writing in their chats."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from bot.bulletins.composing import Composition, Step
from bot.storage.bulletins.tables import compositions


def composition_of(connection: Connection, officer: int) -> Composition | None:
    row = connection.execute(select(compositions).where(compositions.c.staff_id == officer)).one_or_none()
    return None if row is None else Composition(Step(row.step), row.draft)


def keep_composition(connection: Connection, officer: int, composition: Composition | None) -> None:
    """In place of what was there; None once it is saved or given up."""
    connection.execute(delete(compositions).where(compositions.c.staff_id == officer))
    if composition is not None:
        values = {"staff_id": officer, "step": composition.step, "draft": dict(composition.told or {})}
        connection.execute(insert(compositions).values(**values))
