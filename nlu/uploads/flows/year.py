"""The latest twelve full months of a list, for facts that are of a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nlu.uploads.document import Check, Period
from nlu.uploads.flows import months
from nlu.uploads.flows.said import failed, full_months, passed

_YEAR = 12


@dataclass(frozen=True)
class Window:
    """The months that are used: the latest twelve full ones, or all full ones when there are fewer, or all days when there is none."""

    period: Period
    months: tuple[date, ...]
    covered: Period
    full: frozenset[date]

    @property
    def is_year(self) -> bool:
        return len(self.months) == _YEAR

    def has(self, when: date) -> bool:
        return self.period.first <= when <= self.period.last


def window(days: Iterable[date], stated: Period | None, today: date) -> Window:
    whole, full = months.covered(days, stated, today)
    used = full[-_YEAR:]
    if not used:
        return Window(whole, (), whole, frozenset(full))
    return Window(Period(used[0], months.next_month(used[-1]) - timedelta(days=1)), used, whole, frozenset(full))


def coverage(used: Window, facts: tuple[str, ...]) -> Check:
    """Whether there are twelve full months; a shorter list's figures are never scaled to a year."""
    covered = used.covered
    if used.is_year:
        return passed(
            "coverage",
            f"文件从 {covered.first} 到 {covered.last}，取最近 12 个整月（{used.months[0]:%Y-%m} 至 {used.months[-1]:%Y-%m}）。",
            f"The file runs from {covered.first} to {covered.last}; the latest 12 full months are used "
            f"({used.months[0]:%Y-%m} to {used.months[-1]:%Y-%m}).",
        )
    count = len(used.months)
    return failed(
        "coverage",
        f"文件只有 {covered.first} 至 {covered.last}，{count} 个整月，不够 12 个月，我没有按比例推算全年。请发最近 12 个月的。",
        f"The file covers {covered.first} to {covered.last}, {full_months(count)}. That is no year, and I did not scale it up. "
        "Please send the last 12 months.",
        facts,
    )
