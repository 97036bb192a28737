"""Which bank answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.model import GENERAL, Bank
from knowledge.entries import Entry, Kind
from knowledge.pack import Pack


def bank_for(pack: Pack, banks: Sequence[Bank], about: str | None, wished: str | None = None) -> Bank | None:
    """The bank that the owner wishes, else the one whose product a question is about, else the general desk.

    A single bank without a general desk beside it answers everything but questions about another's products. None where nobody answers.
    """
    known = {bank.id: bank for bank in banks}
    lender = lender_of(pack.get(about)) if about else None
    for candidate in (wished, lender, GENERAL):
        if candidate in known:
            return known[candidate]
    return banks[0] if len(banks) == 1 and lender is None else None


def lender_of(entry: Entry | None) -> str | None:
    """Id of the one lender that an entry belongs to."""
    if entry is None:
        return None
    if entry.kind is Kind.LENDER:
        return entry.id
    return entry.provider.lender if entry.provider else None
