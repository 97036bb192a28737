"""What came of bulletins: why messages failed, who looked, who is eligible now, who applied, and what was asked of a measure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, case, cast, exists, func, or_, select

from bot.bulletins.groups import in_fives
from bot.bulletins.model import Ending
from bot.storage.bulletins.tables import bulletin_rows
from bot.storage.desk.tables import referrals
from bot.storage.tables import outbox, portfolio, turns
from knowledge.sql.columns import TruthExpression


@dataclass(frozen=True)
class Reach:
    """Firms that were told, or asked; those of them that looked whether it applies, that the rule fits now, and that applied."""

    told: int
    asked: int
    looked: int
    eligible: int
    applied: int

    @property
    def total(self) -> int:
        return self.told

    def __add__(self, other: Reach) -> Reach:
        return Reach(*(one + two for one, two in zip(vars(self).values(), vars(other).values(), strict=True)))

    def in_fives(self) -> Reach:
        """As it may be told of a group."""
        return Reach(*map(in_fives, vars(self).values()))


NOBODY = Reach(0, 0, 0, 0, 0)


def reach_by(
    connection: Connection, numbers: Collection[int], entry: str, truth: TruthExpression, by: ColumnElement[Any]
) -> dict[str, Reach]:
    """What came of bulletins by group; firms whose message arrived or may have, each of them once, whatever it got and did.

    The key of a group that is not known is empty.
    """
    given = exists().where(
        referrals.c.owner_id == bulletin_rows.c.owner_id, referrals.c.product == entry, referrals.c.given_at >= bulletin_rows.c.chosen_at
    )
    did = {
        "asked": bulletin_rows.c.fits.is_(None),
        "looked": bulletin_rows.c.opened_at.is_not(None),
        "applied": or_(bulletin_rows.c.applied_at.is_not(None), given),
    }
    firms = (
        select(bulletin_rows.c.owner_id, *(func.max(case((what, 1), else_=0)).label(name) for name, what in did.items()))
        .select_from(bulletin_rows)
        .outerjoin(outbox, outbox.c.id == bulletin_rows.c.post_id)
        .where(bulletin_rows.c.bulletin_id.in_(numbers), arrived())
        .group_by(bulletin_rows.c.owner_id)
        .subquery()
    )
    tried = (
        select(by.label("group"), *((firms.c[name] == 1).label(name) for name in did), truth.is_(True).label("eligible"))
        .select_from(firms)
        .outerjoin(portfolio, portfolio.c.owner_id == firms.c.owner_id)
        .subquery()
    )
    sums = [func.sum(case((tried.c[name], 1), else_=0)) for name in ("asked", "looked", "eligible", "applied")]
    query = select(tried.c.group, func.count(), *sums).group_by(tried.c.group)
    return {row[0] or "": Reach(*(int(count) for count in row[1:])) for row in connection.execute(query)}


def failures(connection: Connection, number: int) -> dict[str, int]:
    """Why messages of a bulletin failed; the key of those of which nobody noted why is empty."""
    query = (
        select(outbox.c.reason, func.count())
        .join(bulletin_rows, bulletin_rows.c.post_id == outbox.c.id)
        .where(bulletin_rows.c.bulletin_id == number, bulletin_rows.c.ending.is_(None), outbox.c.outcome == "dead")
        .group_by(outbox.c.reason)
    )
    return {reason or "": count for reason, count in connection.execute(query)}


def turns_about(connection: Connection, entry: str, among: ColumnElement[bool], since: datetime) -> Iterator[Mapping[str, Any]]:
    """Who asked what about an entry since a moment: owner, intent and what was done, of firms that `among` is true of."""
    named = cast(turns.c.sources, String).contains(f'"{entry}"', autoescape=True)
    query = (
        select(turns.c.owner_id, turns.c.intent, turns.c.heard)
        .join(portfolio, portfolio.c.owner_id == turns.c.owner_id)
        .where(turns.c.at >= since, named, among)
    )
    for row in connection.execute(query).mappings():
        yield dict(row)


def arrived() -> ColumnElement[bool]:
    """Whether a row's message arrived or may have."""
    delivered = and_(bulletin_rows.c.ending.is_(None), outbox.c.outcome.in_(("sent", "unknown")))
    return or_(bulletin_rows.c.ending == Ending.SENT, delivered)
