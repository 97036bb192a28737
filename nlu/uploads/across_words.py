"""What the owner of several files is told where they do not agree: both values, and the likely reason."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from knowledge.formats import fact_label, money
from nlu.uploads.document import Document, Period, Sentence
from nlu.uploads.names import NAMES, time_of

_TEXTS: Mapping[str, tuple[str, str]] = {
    "same_figure": (
        "{time}的{fact}，{one}里是{value}，{other}里是{again}，对不上。可能有一份改过，或者口径不同。",
        "The {fact} {time} is {value} in the {one} but {again} in the {other}. One may have been changed, or they count differently.",
    ),
    "account_cash": (
        "{time}这个账户有{value}，比{other}里的货币资金{again}还多。可能报表漏了这个账户。",
        "This account held {value} {time}, more than the cash of {again} in the {other}. The account may be missing there.",
    ),
    "invoiced": (
        "{time}开票{value}，比{other}里的营业收入{again}还多。可能报表少记了收入，或者开票里含税。",
        "Invoices {time} come to {value}, more than the revenue of {again} in the {other}. "
        "Sales may be missing, or the invoices are with tax.",
    ),
    "declared": (
        "{time}申报的销售额{value}，比{other}里全年的营业收入{again}还多。可能单位弄错了一个。",
        "Sales declared {time} are {value}, more than the whole year's revenue of {again} in the {other}. One unit may be wrong.",
    ),
    "undeclared": (
        "{time}申报的销售额是{value}，同期开票有{again}。可能有发票没申报，或者申报表不是最后一版。",
        "Sales declared {time} are {value}, but {again} was invoiced. Invoices may be undeclared, or the return is not its last version.",
    ),
    "shop": (
        "店铺{time}卖了{value}，比{other}里的营业收入{again}还多。可能报表没记全店铺的收入，或者订单里有刷单、退款。",
        "Shop sales {time} are {value}, more than the revenue of {again} in the {other}. "
        "They may be missing there, or orders were refunded.",
    ),
    "inflow_low": (
        "按流水一年进账约{value}，不到{other}里{fact}{again}的一半。可能还有别的收款账户没发来，或者货款还没收回。",
        "By the statements about {value} comes in a year, less than half of the {fact} of {again} in the {other}. "
        "Another account may be missing, or customers have not paid yet.",
    ),
    "inflow_high": (
        "按流水一年进账约{value}，是{other}里{fact}{again}的两倍多。可能有借款、往来款混在里面，或者报表少记了收入。",
        "By the statements about {value} comes in a year, more than twice the {fact} of {again} in the {other}. "
        "Loans or transfers may be among it, or sales are missing in the books.",
    ),
}


def tell(key: str, documents: tuple[Document, Document], value: Decimal, again: Decimal, time: Period, fact: str) -> Sentence:
    """The text of a key about a value in one document and another in the second, for a time; `fact` is what the second is."""

    def said(language: str) -> str:
        when = time_of(time, language)
        return _TEXTS[key][language == "en"].format(
            one=NAMES[documents[0]].say(language),
            other=NAMES[documents[1]].say(language),
            value=money(value, language),
            again=money(again, language),
            fact=fact_label(fact, language),
            time=when if language == "zh" or when.startswith("as of") else f"for {when}",
        )

    return Sentence(said("zh"), said("en"))
