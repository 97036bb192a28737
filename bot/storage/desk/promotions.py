"""What staff proposed to learn from cases, and what a second person said to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from bot.desk.model import Case, Member
from bot.storage.desk.tables import banks, promotions
from bot.storage.moments import utc
from knowledge.search.asked import Asked

Kind = Literal["entry", "faq", "message", "quiz"]


class NotReviewable(ValueError):
    """Somebody may not review a proposal: it is their own, or was reviewed already. The message says which."""


@dataclass(frozen=True)
class Promotion:
    """A proposal: `draft` holds what its kind needs, as bot.learning.promoting makes it. `accepted` is None until it is reviewed."""

    id: int
    case: int | None
    bank: str
    kind: Kind
    draft: Mapping[str, Any]
    by: int | None
    at: datetime
    accepted: bool | None


@dataclass(frozen=True)
class Draft:
    """What is to be learnt: of which kind, and what that needs."""

    kind: Kind
    content: Mapping[str, Any]


def propose(connection: Connection, case: Case, draft: Draft, by: Member, now: datetime) -> Promotion:
    values = {"case_id": case.id, "bank_id": case.bank, "kind": draft.kind, "draft": dict(draft.content), "by_id": by.id, "at": now}
    return _promotion(connection.execute(insert(promotions).values(**values).returning(promotions)).one())


def promotion_of(connection: Connection, number: int) -> Promotion | None:
    row = connection.execute(select(promotions).where(promotions.c.id == number)).one_or_none()
    return _promotion(row) if row else None


def waiting_for_review(connection: Connection, bank: str | None = None) -> list[Promotion]:
    """What nobody has reviewed yet, oldest first; of one bank where one is named."""
    query = select(promotions).where(promotions.c.accepted.is_(None)).order_by(promotions.c.id)
    if bank is not None:
        query = query.where(promotions.c.bank_id == bank)
    return [_promotion(row) for row in connection.execute(query)]


def review(connection: Connection, promotion: Promotion, by: Member, accepted: bool, now: datetime) -> Promotion:
    """A second person accepts or refuses a proposal. Raises NotReviewable."""
    if promotion.by == by.id:
        raise NotReviewable("whoever proposed something cannot review it as well")
    values = {"reviewer_id": by.id, "reviewed_at": now, "accepted": accepted}
    mine = (promotions.c.id == promotion.id) & promotions.c.accepted.is_(None)
    row = connection.execute(update(promotions).where(mine).values(**values).returning(promotions)).one_or_none()
    if row is None:
        raise NotReviewable("it has been reviewed already")
    return _promotion(row)


def accepted_of(connection: Connection, kind: Kind, bank: str | None = None) -> list[Promotion]:
    """What was accepted, oldest first; of one bank where one is named."""
    query = select(promotions).where(promotions.c.kind == kind, promotions.c.accepted).order_by(promotions.c.id)
    if bank is not None:
        query = query.where(promotions.c.bank_id == bank)
    return [_promotion(row) for row in connection.execute(query)]


def asked_before(connection: Connection) -> list[Asked]:
    """Frequently asked questions with the answers that were accepted, oldest first."""
    named = select(promotions, banks.c.name_zh, banks.c.name_en).join(banks, promotions.c.bank_id == banks.c.id)
    query = named.where(promotions.c.kind == "faq", promotions.c.accepted).order_by(promotions.c.id)
    return [
        Asked(
            row.id,
            row.draft["language"],
            tuple(row.draft["questions"]),
            row.draft["answer"],
            {"zh": row.name_zh, "en": row.name_en},
            datetime.fromisoformat(row.draft["on"]).date(),
        )
        for row in connection.execute(query)
    ]


def _promotion(row: Any) -> Promotion:
    return Promotion(row.id, row.case_id, row.bank_id, row.kind, row.draft, row.by_id, utc(row.at), row.accepted)
