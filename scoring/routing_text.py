"""The one-line reasons of a ranking, for owners, in Chinese and English."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from knowledge.formats import money, percent

# key -> (zh, en); the parameters are filled in by `line`.
TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "covers_all": ("能借到您要的{amount}", "Covers all of the {amount} you need"),
        "covers_all_cheapest": ("能借到您要的{amount}，成本也最低", "Covers all of the {amount} you need at the lowest cost"),
        "lowest_cost": ("成本最低，一年大约{cost}", "Lowest cost, about {cost} a year"),
        "largest_amount": ("能借到的最多，大约{amount}", "Lends the most, about {amount}"),
        "fewest_documents": ("材料最少，只要{documents}份", "Least paperwork: {documents} to hand in"),
        "no_documents": ("不用准备材料", "No paperwork to prepare"),
        "part_amount": ("大约能借{amount}", "About {amount} looks possible"),
        "eligible": ("条件符合", "You meet the conditions"),
        "ahead_amount": ("比下一款借得多", "lends more than the next one"),
        "ahead_cost": ("比下一款便宜", "cheaper than the next one"),
        "ahead_amount_known": ("能借多少说得清，下一款说不清", "how much it lends is known, unlike with the next one"),
        "ahead_cost_known": ("成本说得清，下一款说不清", "what it costs is known, unlike with the next one"),
        "ahead_speed": ("比下一款手续少、等得短", "less paperwork and waiting than the next one"),
        "ahead_papers": ("比下一款手续少", "less paperwork than the next one"),
        "ahead_wait": ("要等多久说得清，下一款说不清", "how long it takes is known, unlike with the next one"),
        "ahead_terms": ("条件比下一款清楚", "its terms are better known than those of the next one"),
        "ahead_chance": ("批下来的比下一款多", "approved more often than the next one"),
        "needs_facts": ("再回答{missing}个问题就能确定", "Questions still to answer: {missing}"),
        "needs_check": ("还要跟银行确认", "To be confirmed with the lender"),
        "not_yet": ("目前还不符合条件", "You do not meet the conditions yet"),
        "lender_declines": ("这家银行自己的门槛不收您这样的情况", "This bank's own rules leave out firms like yours"),
        "declined_lately": ("最近申请这一家没批，先看别家", "Declined here lately; look at others first"),
        "lender_full": ("这家银行今天的名额满了", "This bank takes no more firms today"),
        "hint_answer": ("再回答{missing}个问题，就知道这一款行不行", "Answer the open questions ({missing}) to see whether this one fits"),
        "hint_check": ("这一款要请银行确认，可以先问问", "This one needs the lender's word; ask first"),
        "hint_unlock": ("离这一款最近，先看看还差什么", "This one is closest; see what is still missing"),
        "hint_person": ("我帮您转给人工，一起想办法", "Let a person look at this with you"),
    }
)  # fmt: skip


def line(key: str, parameters: Mapping[str, Decimal | int], language: str = "zh") -> str:
    """The sentence of `key` with its parameters: `amount` in yuan, `cost` a fraction, `documents` and `missing` counts.

    Raises `KeyError` for a key without a text.
    """
    shown: dict[str, str] = {}
    for name, value in parameters.items():
        if name == "amount":
            shown[name] = money(Decimal(value), language)
        elif name == "cost":
            shown[name] = percent(Decimal(value))
        else:
            shown[name] = str(value)
    return TEXTS[key][0 if language == "zh" else 1].format(**shown)
