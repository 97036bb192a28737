"""Whom a bulletin is for: the entry's own rule over the stored firms of a region, as `advisor audience` counts it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, func, select, true

from bot.storage.bulletins.subscribers import listening
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
    wanting = portfolio.c.owner_id.in_(listening(entry.kind))
    return count_audience(engine, truth), count_audience(engine, truth, wanting)


def eligible(entry: Entry, region: str, on: date) -> Select[Any]:
    """Owner, chat and language of each firm that a bulletin goes to."""
    return (
        select(subscriptions.c.owner_id, subscriptions.c.chat_id, subscriptions.c.language)
        .join(portfolio, portfolio.c.owner_id == subscriptions.c.owner_id)
        .where(and_(true(), truth_of(entry, region, on)), subscriptions.c.owner_id.in_(listening(entry.kind)))
    )


def readers(number: int) -> Select[Any]:
    """The same of whoever got a bulletin or may have, and has not muted everything since."""
    return (
        select(bulletin_rows.c.owner_id, bulletin_rows.c.chat_id, bulletin_rows.c.language)
        .join(outbox, outbox.c.id == bulletin_rows.c.post_id)
        .where(bulletin_rows.c.bulletin_id == number, bulletin_rows.c.ending.is_(None), outbox.c.outcome.in_(_MAY_HAVE_BEEN_READ))
        .where(bulletin_rows.c.owner_id.in_(listening(None)))
    )


def count_readers(connection: Connection, number: int) -> int:
    return int(connection.execute(select(func.count()).select_from(readers(number).subquery())).scalar_one())
