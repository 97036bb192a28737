"""What an owner's message says about the firm: facts of the vocabulary with their place in the text.

Precision comes first: a figure whose fact is not clear stays in `loose`, a figure with several plausible values goes to `ambiguous`.

Conventions decided here:
- a year's flow through the accounts (一年流水100万) is monthly_inflow / 12: exact when the division is, else whole yuan and approximate;
  a flow with no period said (流水80万) is ambiguous between the month and the year;
- 月营业额 is monthly_sales, never annual_revenue; a month's profit, a day's or a quarter's takings fill nothing;
- of several years' revenue the latest full year is annual_revenue and the one before previous_revenue; 今年 beside 去年 fills nothing;
- two different figures for one fact are in doubt, unless the words correct the first;
- 还没开业 is age_months 0, 刚开 says no figure; a founding year counts from its middle and is approximate;
- money in another currency fills no fact; it is reported as ambiguous without readings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from knowledge.firm import FactValue
from nlu.cues import frames
from nlu.cues.homophones import mended
from nlu.facts import Ambiguity, Mention, fact_value
from nlu.quantities import Quantity, quantities
from nlu.reading.answers import bare_answer
from nlu.reading.choices import stated_words
from nlu.reading.figures import stated_figures
from nlu.reading.scope import scope_of, self_answered
from nlu.text import normalise

__all__ = ["Ambiguity", "Extraction", "FactValue", "Mention", "extract_facts"]


@dataclass(frozen=True)
class Extraction:
    """Everything a message says: facts in text order, figures that no fact claims, and what must be asked back."""

    mentions: tuple[Mention, ...] = ()
    loose: tuple[Quantity, ...] = ()
    correction: bool = False
    ambiguous: tuple[Ambiguity, ...] = ()

    @property
    def facts(self) -> dict[str, FactValue]:
        """The facts by name; the last statement of a fact stands."""
        return {mention.name: mention.value for mention in self.mentions}


def extract_facts(text: str, *, today: date, asking: str | None = None) -> Extraction:
    """Reads one message. `asking` is the fact the advisor has just asked for, which a bare answer fills. Never raises on any text."""
    norm = self_answered(mended(normalise(text)))
    scope = scope_of(norm)
    found = quantities(text, today=today)
    figures = stated_figures(text, scope, found, today=today, asking=asking)
    mentions = [*figures.mentions, *stated_words(text, scope)]
    ambiguous, claimed = list(figures.ambiguous), set(figures.claimed)
    if asking:
        mentions, ambiguous = _as_asked(asking, mentions, ambiguous, found)
        mentions = _in_view_of(asking, mentions, norm)
        claimed = {index for index in claimed if _used(found[index], [*mentions, *ambiguous])}
    if asking and all(mention.name != asking for mention in mentions) and all(asking not in item.names for item in ambiguous):
        free = [quantity for index, quantity in enumerate(found) if index not in claimed]
        answer = bare_answer(text, asking, free, today=today)
        if isinstance(answer, Mention):
            mentions.append(answer)
            claimed.update(index for index, quantity in enumerate(found) if quantity.start >= answer.start and quantity.end <= answer.end)
        elif answer is not None:
            ambiguous.append(answer)
    mentions = _without_past_spending(mentions, norm)
    correction = frames.CORRECTION.search(norm) is not None
    settled, doubts = _settled(mentions, norm, correction=correction)
    doubts = [replace(doubt, text=text[doubt.start : doubt.end]) for doubt in doubts]
    return Extraction(
        mentions=tuple(settled),
        loose=tuple(quantity for index, quantity in enumerate(found) if index not in claimed),
        correction=correction,
        ambiguous=(*ambiguous, *doubts),
    )


def _settled(mentions: list[Mention], norm: str, *, correction: bool) -> tuple[list[Mention], list[Ambiguity]]:
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
        figures = {mention.value: mention for mention in said if _is_figure(mention.value)}
        if len(figures) > 1:
            figures.pop(Decimal(0), None)
        total = _total(figures, norm)
        if total is not None:
            kept.append(total)
        elif len(figures) > 1 and not correction:
            values = tuple(Decimal(value) for value in figures if isinstance(value, Decimal | int))
            readings = (sum(values, Decimal(0)), *values) if name in _ADD_UP else values
            doubts.append(Ambiguity((name,), readings, said[0].start, said[-1].end, ""))
        else:
            kept.append(list(figures.values())[-1] if figures else said[0])
    return sorted(kept, key=lambda mention: (mention.start, mention.end)), doubts


_THIS_FIRM = re.compile(r"(?:店|公司|厂|铺子?|门面)[^，。,;；]{0,8}$")
_FIRM_BEHIND = re.compile(r"[^，。,;；]{0,2}(?:注册|成立)(?:的|了)?公司")
_ALTOGETHER = re.compile(r"(?:加起来|合计|一共|总共|共计|总额|altogether|in total|in all|totall?ing)[^，。,;；\d]{0,6}$")
_ALTOGETHER_BEHIND = re.compile(r"[^，。,;；\d]{0,2}(?:合计|总共|加起来| altogether| in total| in all)")


def _total(figures: dict[FactValue, Mention], norm: str) -> Mention | None:
    """Of several sums of one fact, the one that the owner calls the total."""
    if len(figures) < 2:
        return None
    ages = [mention for mention in figures.values() if mention.name == "age_months"]
    of_firm = [age for age in ages if _THIS_FIRM.search(norm[: age.start]) or _FIRM_BEHIND.match(norm, age.end)]
    if len(of_firm) == 1:
        return of_firm[0]
    patents = [mention for mention in figures.values() if mention.name == "patents" and "软著" not in mention.text]
    if len(patents) == 1:
        return patents[0]
    named = [
        mention
        for mention in figures.values()
        if _ALTOGETHER.search(norm[: mention.start]) or _ALTOGETHER_BEHIND.match(norm, mention.end)
    ]
    return named[0] if len(named) == 1 else None


#: The owner says unasked how much is wanted.
_WISH = re.compile(r"想|要|借|缺|需|申请|融|周转|额度|\b(?:need|want|borrow|like|looking|seek|loan|apply|raise)\w*")
#: The owner says unasked what the business does.
_TRADE = re.compile(r"我们?(?:家)?(?:是|做|开|搞)|(?:^|[，,。])(?:开|做|搞)|\b(?:i|we) (?:run|own|make|sell|have)\b|\b(?:i'm|we're) an?\b")
#: Questions whose answers name trades or things to buy without speaking of the firm's own.
_NAMES_THINGS = frozenset(
    "purpose collateral collateral_value platform platform_sales platform_months core_buyer government_contract high_tech tech_sme".split()
    + "fixed_premises total_assets total_liabilities inventory receivables order_value existing_loans in_litigation".split()
)


def _used(quantity: Quantity, items: Sequence[Mention | Ambiguity]) -> bool:
    return any(item.start <= quantity.start and quantity.end <= item.end for item in items)


#: Facts that a bare figure is easily taken for when another was asked for: the one asked for is meant.
_TAKEN_FOR = {
    "monthly_debt_service": ("existing_loans",),
    "total_assets": ("fixed_assets", "inventory", "receivables", "cash", "collateral_value"),
    "total_liabilities": ("existing_loans", "receivables", "short_term_debt"),
    "existing_loans": ("net_profit", "amount_sought", "total_liabilities", "monthly_debt_service"),
    "receivables": ("existing_loans", "amount_sought"),
    "inventory": ("annual_revenue", "amount_sought"),
    "cash": ("amount_sought", "net_profit", "monthly_inflow"),
    "annual_revenue": ("monthly_inflow", "platform_sales", "invoiced_sales", "order_value"),
    "platform_sales": ("annual_revenue", "monthly_inflow"),
    "monthly_sales": ("monthly_inflow", "annual_revenue", "invoiced_sales"),
    "monthly_inflow": ("monthly_sales", "annual_revenue"),
    "invoiced_sales": ("annual_revenue", "monthly_sales"),
    "purchase_amount": ("annual_revenue", "invoiced_sales", "operating_cost"),
    "order_value": ("annual_revenue", "receivables", "amount_sought"),
    "export_revenue": ("annual_revenue",),
    "annual_tax_paid": ("existing_loans",),
    "collateral_value": ("annual_revenue", "amount_sought"),
    "platform_months": ("age_months",),
    "age_months": ("platform_months", "term_months"),
    "term_months": ("age_months",),
    "loan_matures_in_days": ("term_months", "age_months"),
    "new_hires_12m": ("employees", "customer_count"),
    "graduate_hires_12m": ("new_hires_12m", "employees"),
    "customer_count": ("employees",),
    "guaranteed_share": ("owner_share",),
    "largest_customer_share": ("owner_share", "max_rate"),
    "owner_share": ("max_rate", "largest_customer_share"),
}


_MONEY = ("money", "number")


def _as_asked(
    asking: str, mentions: list[Mention], ambiguous: list[Ambiguity], found: tuple[Quantity, ...]
) -> tuple[list[Mention], list[Ambiguity]]:
    """A single figure taken for a neighbour of the fact asked for is the answer."""
    if any(mention.name == asking for mention in mentions):
        return mentions, ambiguous
    near = [mention for mention in mentions if mention.name in _TAKEN_FOR.get(asking, ()) and _is_figure(mention.value) and mention.value]
    doubtful = [item for item in ambiguous if item.name in _TAKEN_FOR.get(asking, ())]
    kept = [item for item in ambiguous if item not in doubtful]
    alike = [item for item in found if near and item.kind in _MONEY and near[0].value not in (item.value, -item.value)]
    if len(near) == 1 and not doubtful and not alike:
        value = _in_asked_unit(asking, near[0])
        return [
            replace(mention, name=asking, value=value) if mention is near[0] and value is not None else mention for mention in mentions
        ], ambiguous
    return [mention for mention in mentions if mention not in near], kept


def _in_asked_unit(asking: str, mention: Mention) -> FactValue | None:
    if asking == "loan_matures_in_days":
        return fact_value(asking, Decimal(str(mention.value)) * 30)
    return fact_value(asking, Decimal(str(mention.value)))


def _in_view_of(asking: str, mentions: list[Mention], norm: str) -> list[Mention]:
    """Leaves out what only looks like a statement in an answer to `asking`: a trade in 给格力做配件, a wish in 还差两万."""
    dropped = set()
    if asking in _NAMES_THINGS and not _TRADE.search(norm):
        dropped.add("industry")
    if asking != "purpose" and asking != "amount_sought" and not _WISH.search(norm):
        dropped |= {"purpose", "amount_sought"}
    if asking in ("collateral", "collateral_value"):
        dropped |= {"fixed_premises"}
    if asking == "total_liabilities":
        dropped |= {mention.name for mention in mentions if mention.name == "existing_loans" and mention.value == 0}
    if asking == "employees":
        dropped |= {"new_hires_12m"}
    if asking in ("social_insurance_paid", "graduate_hires_12m", "new_hires_12m"):
        dropped.add("employees")
    if asking in ("total_assets", "total_liabilities"):
        dropped |= {"inventory", "receivables"} if len(mentions) == 1 else set()
    return [mention for mention in mentions if mention.name not in dropped or mention.name == asking]


#: A figure of the year behind that uses a purpose's words; without a wish they name no purpose.
_SPENT = {"rd": "rd_spend", "export": "export_revenue", "stock_purchase": "purchase_amount", "wages": "employees"}
#: Trades whose own words are also a purpose's.
_TRADES_OWN = {"premises": "construction", "export": "wholesale", "rd": "software_it"}


def _without_past_spending(mentions: list[Mention], norm: str) -> list[Mention]:
    """研发投了63万 says what was spent, not what the loan is for."""
    if _WISH.search(norm):
        return mentions
    names = {mention.name for mention in mentions}
    trade = next((mention.value for mention in mentions if mention.name == "industry"), None)
    return [
        item
        for item in mentions
        if item.name != "purpose"
        or not (item.value == "export" or _SPENT.get(str(item.value)) in names or (trade is not None and _TRADES_OWN.get(str(item.value)) == trade))
    ]


_ADD_UP = frozenset(("existing_loans", "monthly_debt_service", "receivables"))


def _is_figure(value: FactValue) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool)
