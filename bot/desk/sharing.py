"""What an owner lets a lender see: single facts, in parts that a person understands, and three things that go as a whole.

Everything that a pack shows is worked out from the facts that were ticked and from nothing else, see `cut`: what was kept back cannot
show through a ratio, a grade or a reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from knowledge.conditions import leaves
from knowledge.derived import LABELS, sources_of
from knowledge.entries import Entry
from knowledge.firm import Firm, vocabulary
from scoring.limits import FORMULAS

#: For so long a pack can be seen.
LASTS = timedelta(days=30)


class Part(StrEnum):
    """A part of the firm's file, in the order in which an owner reads it."""

    FIRM = "firm"
    WISHES = "wishes"
    FIGURES = "figures"
    CREDIT = "credit"
    BACKING = "backing"
    FILES = "files"
    SCORE = "score"
    MATCHES = "matches"


#: Parts that are given or kept back as a whole; each is its own field.
WHOLE = (Part.FILES, Part.SCORE, Part.MATCHES)
_PARTS = {
    "identity": Part.FIRM,
    "people": Part.FIRM,
    "need": Part.WISHES,
    "figures": Part.FIGURES,
    "standing": Part.CREDIT,
    "backing": Part.BACKING,
}
#: Without these nobody knows who asks for how much.
_ALWAYS = ("firm_name", "amount_sought")
#: Papers that lenders ask for, by their Chinese names, and the facts that stand in them.
_PAPERS = (
    ("营业执照", ("firm_name", "uscc", "legal_form")),
    ("财务报表|报表", ("annual_revenue", "net_profit", "total_assets", "total_liabilities")),
    ("涉税|税务|税票|纳税", ("tax_grade", "annual_tax_paid", "tax_arrears")),
    ("开票|发票", ("invoiced_sales",)),
    ("流水|收单", ("monthly_inflow",)),
    ("购销合同|订单|采购合同", ("order_value",)),
    ("房产证|权属|抵押|质押", ("collateral", "collateral_value")),
    ("店铺|平台", ("platform", "platform_sales", "platform_months")),
    ("出口|海外", ("export_revenue",)),
    ("资质|高新|专精特新", ("high_tech", "specialised_level", "tech_sme", "patents")),
    ("社保|员工名单", ("employees", "social_insurance_paid")),
    ("用途", ("purpose",)),
    ("政府采购|中标", ("government_contract",)),
)


class Refused(RuntimeError):
    """Why a pack cannot be seen or taken back: the name of the reason, a key of every shell's own words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Referral:
    """A lender was let see a pack. Moments are in UTC; `case` is where its staff were told.

    `outcome` is a bot.desk.outcomes.Result as plain JSON, once there is one.
    """

    id: int
    receipt: str
    owner: str
    bank: str
    case: int | None
    product: str | None
    fields: tuple[str, ...]
    given_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    outcome: Mapping[str, Any] | None = None

    def readable(self, now: datetime) -> bool:
        """Whether the pack can be seen at a moment. Once not, its content is gone."""
        return self.revoked_at is None and now < self.expires_at

    def must_be_readable(self, now: datetime) -> None:
        """Raises Refused when the pack cannot be seen at a moment."""
        if self.revoked_at is not None:
            raise Refused("revoked")
        if now >= self.expires_at:
            raise Refused("expired")


@dataclass(frozen=True)
class Look:
    """Somebody of a bank's staff looked at a case or a pack; of the person only the role is told. None once they work there no more."""

    at: datetime
    bank: str | None
    role: str | None
    what: str
    receipt: str | None


def part_of(fact: str) -> Part:
    """The part that a fact of the vocabulary stands in."""
    return _PARTS[vocabulary()[fact].group]


def fields_of(part: Part, known: Collection[str]) -> tuple[str, ...]:
    """What of a part there is to give: the known facts in it, or the part itself where it goes as a whole."""
    if part in WHOLE:
        return (part.value,)
    return tuple(name for name in vocabulary() if name in known and part_of(name) is part)


def parts_with(known: Collection[str], *, files: bool) -> tuple[Part, ...]:
    """The parts of which there is something to give. Whoever told nothing has no grade and no matches either."""
    if not known:
        return ()
    return tuple(part for part in Part if fields_of(part, known) and (part is not Part.FILES or files))


def demanded(entries: Iterable[Entry]) -> frozenset[str]:
    """The facts that entries ask for by their conditions, their papers and the figure that their amount is worked out from."""
    return frozenset(name for entry in entries for name in (*_ALWAYS, *_by_rule(entry), *_by_papers(entry), *_by_limit(entry)))


def proposed(entries: Iterable[Entry], known: Collection[str]) -> tuple[str, ...]:
    """What is ticked at first: of what is known that which is asked for, and nothing more."""
    asked = demanded(entries)
    return tuple(name for name in vocabulary() if name in known and name in asked)


def toggled(fields: Collection[str], part: Part, known: Collection[str], asked: Collection[str]) -> tuple[str, ...]:
    """The fields after a tap on a part: what was ticked of it goes; where nothing was, what is asked for comes, else all of it."""
    mine = fields_of(part, known)
    if any(name in fields for name in mine):
        return in_order(set(fields) - set(mine))
    return in_order({*fields, *([name for name in mine if name in asked] or mine)})


def flipped(fields: Collection[str], field: str) -> tuple[str, ...]:
    """The fields after a tap on a single one."""
    return in_order(set(fields) ^ {field})


def in_order(fields: Collection[str]) -> tuple[str, ...]:
    """Fields as people read them; what is no field is left out."""
    return tuple(name for name in (*vocabulary(), *(part.value for part in WHOLE)) if name in fields)


def cut(firm: Firm, fields: Collection[str]) -> Firm:
    """The firm as if nothing were known of it but what is shared."""
    return Firm({name: fact for name, fact in firm.facts.items() if name in fields})


def ends(given_at: datetime) -> datetime:
    """From this moment on a pack cannot be seen any more."""
    return given_at + LASTS


def _by_rule(entry: Entry) -> Iterator[str]:
    for leaf in leaves(entry.rule) if entry.rule is not None else ():
        yield from sources_of(leaf.fact) if leaf.fact in LABELS else (leaf.fact,)


def _by_papers(entry: Entry) -> Iterator[str]:
    for paper in entry.documents:
        for words, facts in _PAPERS:
            if re.search(words, paper.zh):
                yield from facts


def _by_limit(entry: Entry) -> Iterator[str]:
    return (FORMULAS[basis.basis].fact for basis in entry.offer.limit)
