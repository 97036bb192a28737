"""One value a fact: of several figures told of one fact the one that stands, or that they are in doubt."""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.firm import FactValue
from nlu.facts import Ambiguity, Mention
from nlu.reading.asked import is_figure
from nlu.reading.rivals import standing

#: Facts that are told one by one and may add up.
_ADD_UP = frozenset(("existing_loans", "monthly_debt_service", "receivables"))
#: What is told of a year: of several, last year's stands.
_OF_A_YEAR = frozenset(
    "net_profit gross_profit operating_profit operating_cost annual_tax_paid invoiced_sales purchase_amount export_revenue rd_spend".split()
)
_YEAR = re.compile(r"20[0-4]\d(?!\d)")
_LAST_YEAR = re.compile(r"去年|上一?年度?|last year")
_THIS_FIRM = re.compile(r"(?:店|公司|厂|铺子?|门面)[^，。,;；]{0,8}$")
_FIRM_BEHIND = re.compile(r"[^，。,;；]{0,2}(?:注册|成立)(?:的|了)?公司")
_SHORT_OF = re.compile(r"(?:差|缺口?|short)[^，。,;；\d]{0,3}$")
#: 三个大客户占了八成: the share of several customers together.
_OF_SEVERAL = re.compile(r"(?:[两三四五六几]|前[两三五十])(?:个|家|大)[^，。,;；\d]{0,6}$")
_ALTOGETHER = re.compile(r"(?:加起来|合计|一共|总共|共计|总额|altogether|in total|in all|totall?ing)[^，。,;；\d]{0,6}$")
_ALTOGETHER_BEHIND = re.compile(r"[^，。,;；\d]{0,2}(?:合计|总共|加起来| altogether| in total| in all| overall)")


def settled(mentions: list[Mention], norm: str, *, correction: bool) -> tuple[list[Mention], list[Ambiguity]]:
    """In text order, one value a fact: a figure beats the word 没有, a correction's last figure beats the one before it.

    Two different figures for one fact without a correction are in doubt; loans may also add up (房贷60万，车贷10万).
    """
    ordered = sorted(mentions, key=lambda mention: (mention.start, mention.end))
    by_name: dict[str, list[Mention]] = {}
    for mention in ordered:
        by_name.setdefault(mention.name, []).append(mention)
    kept: list[Mention] = []
    doubts: list[Ambiguity] = []
    for name, said in by_name.items():
        figures = {mention.value: mention for mention in said if is_figure(mention.value)}
        if len(figures) > 1:
            figures.pop(Decimal(0), None)
        last_year = None if correction or len(figures) < 2 else _last_year(list(figures.values()), norm)
        total = _total(figures, norm) or last_year or (None if correction else _sum_of_rest(said, norm) or _standing(figures, norm))
        if total is not None:
            kept.append(total)
        elif len(figures) > 1 and not correction:
            values = tuple(Decimal(value) for value in figures if isinstance(value, Decimal | int))
            readings = (sum(values, Decimal(0)), *values) if name in _ADD_UP else values
            doubts.append(Ambiguity((name,), readings, said[0].start, said[-1].end, ""))
        else:
            kept.append(list(figures.values())[-1] if figures else said[0])
    return sorted(kept, key=lambda mention: (mention.start, mention.end)), doubts


def _sum_of_rest(said: list[Mention], norm: str) -> Mention | None:
    """逾期两次，一次晚三天，一次晚一天: the first of several figures, where the others add up to it or are some of the times it counts."""
    values = [Decimal(str(mention.value)) for mention in said if is_figure(mention.value)]
    if len(values) < len(said):
        return None
    rest = sum(values[1:], Decimal(0))
    denied = re.search(r"不是|\bnot\b", norm[max(0, said[0].start - 8) : said[0].start])
    times = said[0].name == "overdue_12m" and len(values) > 1 and values[0] > rest > 0 and not denied
    return said[0] if times or (len(values) > 2 and values[0] == rest) else None


def _last_year(said: list[Mention], norm: str) -> Mention | None:
    """一共赔进去三十五万，去年亏了十四万: of several figures of a fact that is told of a year, last year's."""
    floors = (0, *(mention.end for mention in said))
    leads = [norm[max(floor, one.start - 12) : one.start] for one, floor in zip(said, floors, strict=False)]
    last = [one for one, lead in zip(said, leads, strict=True) if _LAST_YEAR.search(lead)]
    years = [_YEAR.findall(lead) for lead in leads]
    if not last and all(years):
        last = [max(zip(years, said, strict=True), key=lambda dated: dated[0][-1])[1]]
    return last[0] if len(last) == 1 and last[0].name in _OF_A_YEAR else None


def _standing(figures: dict[FactValue, Mention], norm: str) -> Mention | None:
    """Of several figures of one fact, the one that the words around them let stand."""
    said = list(figures.values())
    if len(said) < 2 or not all(isinstance(mention.value, Decimal | int) for mention in said):
        return None
    place = standing(norm, [(Decimal(str(mention.value)), mention.start, mention.end) for mention in said])
    return None if place is None else said[place]


def _total(figures: dict[FactValue, Mention], norm: str) -> Mention | None:
    """Of several sums of one fact, the one that the owner calls the total."""
    if len(figures) < 2:
        return None
    ages = [mention for mention in figures.values() if mention.name == "age_months"]
    of_firm = [age for age in ages if _THIS_FIRM.search(norm[: age.start]) or _FIRM_BEHIND.match(norm, age.end)]
    if len(of_firm) == 1:
        return of_firm[0]
    short_of = [mention for mention in figures.values() if mention.name == "amount_sought" and _SHORT_OF.search(norm[: mention.start])]
    if len(short_of) == 1:
        return short_of[0]
    patents = [mention for mention in figures.values() if mention.name == "patents" and "软著" not in mention.text]
    if len(patents) == 1:
        return patents[0]
    alone = [mention for mention in figures.values() if not _OF_SEVERAL.search(norm[: mention.start])]
    if len(alone) == 1 and alone[0].name == "largest_customer_share":
        return alone[0]
    named = [
        mention for mention in figures.values() if _ALTOGETHER.search(norm[: mention.start]) or _ALTOGETHER_BEHIND.match(norm, mention.end)
    ]
    return named[0] if len(named) == 1 else None
