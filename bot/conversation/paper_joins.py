"""Statements of one account that came in several files, joined: what comes in by month is that of all of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from bot.conversation.papers import BY_MONTH, MEASURES, Doubt, Held, Item, OwnerPaper, absorbed
from bot.conversation.texts import say
from knowledge.firm import FactValue
from knowledge.formats import day, money
from nlu.uploads.document import Document, Period, Sentence
from nlu.uploads.flows import months
from nlu.uploads.flows.joining import Joined, Part, Seam, full_run, joined, of_one_account
from nlu.uploads.flows.series import FlowSeries, MonthFlow
from nlu.uploads.names import time_of

_LEDGERS = (Document.BANK_STATEMENT, Document.PAYMENT_BILL)
_INFLOW, _UNEVENNESS = BY_MONTH
#: From so many months on it shows how steady they are.
_STEADY_FROM = 3
#: Checks of one file that the months of the others settle.
_SETTLED = frozenset({"coverage"})
_BREAK, _DIFFERS = "seam", "overlap"


def with_joins(papers: Sequence[OwnerPaper], paper: OwnerPaper, today: date) -> OwnerPaper:
    """A file joined with earlier ones of the same account. What they say by month waits to be confirmed anew, as one figure."""
    paper = apart(paper)
    group = _of_its_account(papers, paper)
    if not group:
        return paper
    found = joined([part for part in map(part_of, (paper, *group)) if part is not None])
    run = full_run(found.whole.series)
    figures = _figures(run)
    if not figures:
        return paper
    span = Period(run[0].month, months.next_month(run[-1].month) - timedelta(days=1))
    made = {fact: _item(fact, value, paper, group, found, span, today) for fact, value in figures.items()}
    kept = tuple(made.pop(item.fact, item) for item in paper.items)
    remarks = (_told(found, len(group), span, len(run)), *paper.remarks)
    return replace(paper, items=(*made.values(), *kept), remarks=remarks, joined=tuple(other.id for other in group), alone=paper.items)


def apart(paper: OwnerPaper) -> OwnerPaper:
    """The file as it is without others of its account."""
    return replace(paper, items=paper.alone, remarks=paper.remarks[1:], joined=(), alone=()) if paper.alone else paper


def part_of(paper: OwnerPaper) -> Part | None:
    """A statement of an account for joining; None for any other file."""
    if paper.document not in _LEDGERS or not isinstance(paper.series, FlowSeries) or paper.period is None:
        return None
    return Part(paper.document, paper.holder, paper.period, paper.series)


def whole_of(papers: Sequence[OwnerPaper], paper: OwnerPaper) -> Part | None:
    """A statement with those that it was joined with, as far as they are still there."""
    parts = [part for other in papers if other.id == paper.id or other.id in paper.joined if (part := part_of(other)) is not None]
    return joined(parts).whole if parts and part_of(paper) is not None else None


def _of_its_account(papers: Sequence[OwnerPaper], paper: OwnerPaper) -> list[OwnerPaper]:
    """The other statements of its account: those that go with it, and those that go with these."""
    mine = part_of(paper)
    if mine is None or _is_measured(paper):
        return []
    open_ = [(other, part) for other in papers if other.id != paper.id and _counts(papers, other) and (part := part_of(other)) is not None]
    group: list[OwnerPaper] = []
    known = [mine]
    while near := [pair for pair in open_ if any(of_one_account(pair[1], part) for part in known)]:
        open_ = [pair for pair in open_ if pair not in near]
        group += [other for other, _ in near]
        known += [part for _, part in near]
    return group


def _counts(papers: Sequence[OwnerPaper], other: OwnerPaper) -> bool:
    """Whether a file is one that its owner did not leave out, and whose amounts are in yuan."""
    inflow = other.item(_INFLOW)
    left_out = inflow is not None and inflow.held is Held.OUT and not absorbed(papers, other, _INFLOW) and not inflow.typed
    return not left_out and not _is_measured(other)


def _is_measured(paper: OwnerPaper) -> bool:
    """Whether it is open what its amounts are counted in."""
    return any(doubt.check in MEASURES for item in paper.items for doubt in item.doubts)


def _figures(run: Sequence[MonthFlow]) -> dict[str, Decimal]:
    if not run:
        return {}
    monthly = [one.inflow for one in run]
    found = {_INFLOW: months.mean(monthly)}
    variation = months.variation(monthly) if len(run) >= _STEADY_FROM else None
    return found if variation is None else {**found, _UNEVENNESS: variation}


def _item(fact: str, value: FactValue, paper: OwnerPaper, group: Sequence[OwnerPaper], found: Joined, span: Period, today: date) -> Item:
    """A figure of all statements together, doubted where any of them is, and where they do not meet."""
    own = paper.item(fact)
    open_ = [own, *(item for other in group if (item := other.item(fact)) is not None and item.waits)]
    doubts = [doubt for item in open_ if item is not None for doubt in item.doubts if doubt.check not in _SETTLED]
    more = _said(lambda language: say("joined_where", language, others=_statements(len(group), language)))
    where = more if own is None else Sentence(f"{own.where.zh}，{more.zh}", f"{own.where.en}, {more.en}")
    as_of = min(found.whole.period.last, today)
    return Item(fact, value, where, as_of, span, doubts=tuple(dict.fromkeys([*_seams(found), *doubts])))


def _seams(found: Joined) -> list[Doubt]:
    """What does not fit where statements meet."""
    doubts = [Doubt(_BREAK, _said(partial(_break, found.breaks[0])))] if found.breaks else []
    return [*doubts, Doubt(_DIFFERS, _said(partial(_differ, found.differing)))] if found.differing else doubts


def _differ(days: Sequence[date], language: str) -> str:
    return say("joined_differs", language, day=day(days[0], language), days=_days(len(days), language))


def _break(seam: Seam, language: str) -> str:
    return say("joined_break", language, day=day(seam.day, language), left=money(seam.left, language), begins=money(seam.begins, language))


def _told(found: Joined, others: int, span: Period, count: int) -> Sentence:
    """What was joined: how many files, which months, what counted once, and what is missing."""

    def said(language: str) -> str:
        period, before = time_of(span, language), _statements(others, language)
        parts = [say("joined", language, others=before, period=period, months=_counted(count, "个整月", "full month", language))]
        if found.twice:
            parts.append(say("joined_twice", language, days=_days(found.twice, language)))
        for gap in found.gaps[-1:]:
            parts.append(say("joined_gap", language, first=day(gap.first, language), last=day(gap.last, language)))
        return ("" if language == "zh" else " ").join(parts)

    return _said(said)


def _said(text: Callable[[str], str]) -> Sentence:
    return Sentence(text("zh"), text("en"))


def _statements(count: int, language: str) -> str:
    return _counted(count, "份", "statement", language)


def _days(count: int, language: str) -> str:
    return _counted(count, "天", "day", language)


def _counted(count: int, zh: str, en: str, language: str) -> str:
    return f"{count} {zh}" if language == "zh" else f"{count} {en}{'' if count == 1 else 's'}"
