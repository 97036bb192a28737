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
from nlu.facts import Ambiguity, Mention
from nlu.linking.figures.link import link
from nlu.linking.model import LinkModel, figure_model, word_model
from nlu.linking.view import View, ruled
from nlu.linking.words.weigh import weigh
from nlu.quantities import Quantity, quantities
from nlu.reading.answers import bare_answer
from nlu.reading.asked import WISH, as_asked, in_view_of, is_figure, year_before
from nlu.reading.choices import stated_words
from nlu.reading.figures import stated_figures
from nlu.reading.rivals import standing
from nlu.reading.sayings import sayings
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
    extraction, view = by_rules(text, today=today, asking=asking)
    return second_look(extraction, view, text, today=today, models=(figure_model(), word_model()))


def second_look(extraction: Extraction, view: View, text: str, *, today: date, models: tuple[LinkModel, LinkModel]) -> Extraction:
    """The rules' reading with what was learnt of figures and of words."""
    of_figures, of_words = models
    linked = link(of_figures, view, extraction.mentions, extraction.ambiguous, text, today=today)
    mentions = weigh(of_words, view, extraction.mentions, linked.mentions, text)
    used: tuple[Mention | Ambiguity, ...] = (*linked.mentions, *linked.ambiguous)
    return replace(
        extraction,
        mentions=mentions,
        ambiguous=linked.ambiguous,
        loose=tuple(quantity for quantity in view.quantities if not _used(quantity, used)),
    )


def by_rules(text: str, *, today: date, asking: str | None = None) -> tuple[Extraction, View]:
    """What the rules alone read, and the message prepared for the linker."""
    written = mended(normalise(text))
    norm = self_answered(written)
    scope = scope_of(norm)
    found = quantities(text, today=today)
    figures = stated_figures(text, scope, found, today=today, asking=asking)
    mentions = [*figures.mentions, *stated_words(text, scope)]
    ambiguous, claimed = list(figures.ambiguous), set(figures.claimed)
    if asking:
        mentions, ambiguous = as_asked(asking, mentions, ambiguous, found, norm)
        mentions = in_view_of(asking, mentions, norm)
        claimed = {index for index in claimed if _used(found[index], [*mentions, *ambiguous])}
    if asking and all(mention.name != asking for mention in mentions) and all(asking not in item.names for item in ambiguous):
        free = [quantity for index, quantity in enumerate(found) if index not in claimed]
        answer = bare_answer(text, asking, free, mentions, today=today)
        if isinstance(answer, Mention):
            mentions.append(answer)
            claimed.update(index for index, quantity in enumerate(found) if quantity.start >= answer.start and quantity.end <= answer.end)
        elif answer is not None:
            ambiguous.append(answer)
    mentions += year_before(asking, mentions, found, norm)
    told = asking == "purpose" or any(name == "purpose" for name, _, _ in sayings(scope))
    mentions = mentions if told else _without_past_spending(mentions, norm)
    if asking != "legal_form" and not _FORM_SAID.search(norm):
        mentions = [mention for mention in mentions if mention.value != "company" or mention.told]
    correction = frames.CORRECTION.search(written) is not None
    settled, doubts = _settled(mentions, norm, correction=correction)
    doubts = [replace(doubt, text=text[doubt.start : doubt.end]) for doubt in doubts]
    extraction = Extraction(
        mentions=tuple(settled),
        loose=tuple(quantity for index, quantity in enumerate(found) if index not in claimed),
        correction=correction,
        ambiguous=(*ambiguous, *doubts),
    )
    return extraction, View(
        norm, found, scope, asking, ruled(found, extraction.mentions, extraction.ambiguous), figures.sentences, figures.nothing
    )


def _used(quantity: Quantity, items: Sequence[Mention | Ambiguity]) -> bool:
    return any(item.start <= quantity.start and quantity.end <= item.end for item in items)


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


#: What is told of a year: of several, last year's stands.
_OF_A_YEAR = frozenset(
    "net_profit gross_profit operating_profit operating_cost annual_tax_paid invoiced_sales purchase_amount export_revenue rd_spend".split()
)
_YEAR = re.compile(r"20[0-4]\d(?!\d)")
_LAST_YEAR = re.compile(r"去年|上一?年度?|last year")
#: The form itself is stated; 我公司 and my company in passing are not.
_FORM_SAID = re.compile(
    r"有限|股份|注册|成立|(?:是|开了?|办了?)[^，。]{0,6}公司|公司制|我们公司|[升变转改][成为]了?公司"
    r"|公司户|本公司|们这个?公司|\bour company\b"
    r"|\b(?:ltd|llc|limited|incorporated|corporation|inc"
    r"|registered)\b|a company\b"
)
_THIS_FIRM = re.compile(r"(?:店|公司|厂|铺子?|门面)[^，。,;；]{0,8}$")
_FIRM_BEHIND = re.compile(r"[^，。,;；]{0,2}(?:注册|成立)(?:的|了)?公司")
_SHORT_OF = re.compile(r"(?:差|缺口?|short)[^，。,;；\d]{0,3}$")
#: 三个大客户占了八成: the share of several customers together.
_OF_SEVERAL = re.compile(r"(?:[两三四五六几]|前[两三五十])(?:个|家|大)[^，。,;；\d]{0,6}$")
_ALTOGETHER = re.compile(r"(?:加起来|合计|一共|总共|共计|总额|altogether|in total|in all|totall?ing)[^，。,;；\d]{0,6}$")
_ALTOGETHER_BEHIND = re.compile(r"[^，。,;；\d]{0,2}(?:合计|总共|加起来| altogether| in total| in all| overall)")


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


#: A figure of the year behind that uses a purpose's words; without a wish they name no purpose.
_SPENT = {"rd": "rd_spend", "export": "export_revenue", "stock_purchase": "purchase_amount", "wages": "employees"}
#: Trades whose own words are also a purpose's.
_TRADES_OWN = {"premises": "construction", "export": "wholesale", "rd": "software_it"}


def _without_past_spending(mentions: list[Mention], norm: str) -> list[Mention]:
    """研发投了63万 says what was spent, not what the loan is for."""
    if WISH.search(norm):
        return mentions
    names = {mention.name for mention in mentions}
    trade = next((mention.value for mention in mentions if mention.name == "industry"), None)
    return [
        item
        for item in mentions
        if item.name != "purpose"
        or item.told
        or not (
            item.value == "export"
            or _SPENT.get(str(item.value)) in names
            or (trade is not None and _TRADES_OWN.get(str(item.value)) == trade)
        )
    ]


_ADD_UP = frozenset(("existing_loans", "monthly_debt_service", "receivables"))
