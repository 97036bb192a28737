"""Whom a bulletin is for: the entry's own rule over the stored firms of a region, as `advisor audience` counts it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, or_, select, true

from bot.bulletins.model import Ending
from bot.storage.bulletins.subscribers import listening, listens
from bot.storage.bulletins.tables import bulletin_rows, subscriptions
from bot.storage.portfolio import FIRM_COLUMNS, Audience, count_audience
from bot.storage.tables import outbox, portfolio
from knowledge.conditions import Leaf
from knowledge.entries import Entry
from knowledge.regions import COUNTRY
from knowledge.sql.columns import TruthExpression
from knowledge.sql.compiling import compile_condition, compile_entry

#: A row that ended so was read, or may have been.
_MAY_HAVE_BEEN_READ = ("sent", "unknown")


def truth_of(entry: Entry, region: str, on: date) -> TruthExpression:
    """Whether a firm of the region is eligible; unknown where either cannot be told. Raises NoSqlForm."""
    fits = compile_entry(entry, on, FIRM_COLUMNS)
    if region == COUNTRY:
        return fits
    return and_(compile_condition(Leaf("region", "within", region), FIRM_COLUMNS, on), fits)


def count_firms(engine: Engine, entry: Entry, region: str, on: date) -> tuple[Audience, Audience]:
    """Every stored firm, and those who want to hear of it and can be reached, by what the rule says of them. Raises DatabaseError."""
    truth = truth_of(entry, region, on)
    return count_audience(engine, truth), count_audience(engine, truth, wanting(entry.kind, region))


def within(region: str, on: date) -> ColumnElement[bool]:
    """Whether a stored firm is in a place, or may be: of some only a larger place is known."""
    return true() if region == COUNTRY else compile_condition(Leaf("region", "within", region), FIRM_COLUMNS, on).is_not(False)


def wanting(topic: str, region: str) -> ColumnElement[bool]:
    """Whether a stored firm's owner wants to hear of a topic in a place, and can be reached."""
    return portfolio.c.owner_id.in_(listening(topic, region))


def eligible(entry: Entry, region: str, on: date, *, ask: bool = False) -> Select[Any]:
    """Owner, chat and language of each firm that a bulletin goes to, and whether it fits; with `ask` also where that is unknown."""
    truth = truth_of(entry, region, on)
    told = truth.is_not(False) if ask else and_(true(), truth)
    fits = truth if ask else true()
    return (
        select(subscriptions.c.owner_id, subscriptions.c.chat_id, subscriptions.c.language, fits.label("fits"))
        .join(portfolio, portfolio.c.owner_id == subscriptions.c.owner_id)
        .where(told, listens(entry.kind, region))
    )


def readers(number: int) -> Select[Any]:
    """The same of whoever got a bulletin or may have, and has not muted everything since."""
    fetched = bulletin_rows.c.ending == Ending.SENT
    delivered = and_(bulletin_rows.c.ending.is_(None), outbox.c.outcome.in_(_MAY_HAVE_BEEN_READ))
    return (
        select(bulletin_rows.c.owner_id, bulletin_rows.c.chat_id, bulletin_rows.c.language, true().label("fits"))
        .join(subscriptions, subscriptions.c.owner_id == bulletin_rows.c.owner_id)
        .outerjoin(outbox, outbox.c.id == bulletin_rows.c.post_id)
        .where(bulletin_rows.c.bulletin_id == number, or_(fetched, delivered), listens(None))
    )


def count_readers(connection: Connection, number: int) -> int:
    return int(connection.execute(select(func.count()).select_from(readers(number).subquery())).scalar_one())
