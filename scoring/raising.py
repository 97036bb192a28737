"""Raising money from many people or from investors: what a presale must bring, and at which stage a firm is."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from scoring.facts import FEN, Facts, number
from scoring.schedule import fen

ZERO = Decimal(0)


def presale_target(needed: Decimal, fee: Decimal, cost_to_deliver: Decimal = ZERO) -> Decimal:
    """Yuan a presale must raise so that `needed` is left after the platform's `fee` (a fraction) and the goods are delivered.

    Rounded up to the fen, so that the need is always covered. Raises `ValueError` for a fee of the whole or more.
    """
    if not 0 <= fee < 1 or needed < 0 or cost_to_deliver < 0:
        raise ValueError("amounts are not negative, and a fee is a fraction below one")
    return ((needed + cost_to_deliver) / (1 - fee)).quantize(FEN, ROUND_CEILING)


def presale_fee(raised: Decimal, fee: Decimal) -> Decimal:
    """Yuan the platform keeps of what was raised."""
    return fen(raised * fee)


class Stage(StrEnum):
    """Where a firm stands for investors, by what it has shown so far."""

    IDEA = "idea"  # nothing sold yet
    START = "start"  # sells, at a loss
    GROWTH = "growth"  # earns and grows
    STEADY = "steady"  # earns without growing: a loan usually suits better


def stage(facts: Facts) -> Stage | None:
    """The stage by revenue, profit and growth; None while they are not known."""
    revenue, profit, before = (number(facts, name) for name in ("annual_revenue", "net_profit", "previous_revenue"))
    if revenue is None:
        return None
    if revenue <= 0:
        return Stage.IDEA
    if profit is None:
        return None
    if profit < 0:
        return Stage.START
    if before is None:
        return None
    return Stage.GROWTH if revenue > before else Stage.STEADY
