"""Figures that an answer says in words: once, all of it, half, not a single one; 还清了, 一百张作废三张."""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.firm import FactSpec
from nlu.reading.voided import VOIDED, voided_share

#: Facts for which "none" means nought.
NONE_IS_NOUGHT = frozenset(
    [
        "existing_loans",
        "monthly_debt_service",
        "overdue_12m",
        "patents",
        "new_hires_12m",
        "graduate_hires_12m",
        "receivables",
        "inventory",
        "order_value",
        "export_revenue",
        "rd_spend",
        "platform_sales",
        "total_liabilities",
        "annual_tax_paid",
        "credit_inquiries_3m",
        "credit_inquiries_6m",
        "collateral_value",
        "finance_cost",
        "short_term_debt",
        "long_term_debt",
        "invoiced_sales",
        "purchase_amount",
        "current_liabilities",
    ]
)


#: Figures given in words; each pattern is for the facts named with it.
_WORDED: tuple[tuple[frozenset[str], re.Pattern[str], Decimal], ...] = tuple(
    (frozenset(facts.split()), re.compile(words_of), Decimal(value))
    for facts, words_of, value in (
        (
            "owner_share",
            r"(?:全部?都?是?我(?:一个人|自己)?的?|全部|全资|百分百|独资|就我一个(?:人|股东)?|all of it(?: is mine)?|all mine|all"
            r"|everything|the whole (?:thing|company|business))",
            "1",
        ),
        (
            "owner_share largest_customer_share guaranteed_share",
            r"(?:大概|差不多|快)?(?:一半(?:一半|对一半)?|五五(?:开|分)?|一半(?:以上|左右|多|吧)|half(?: of it)?|fifty[- ]fifty)",
            "0.5",
        ),
        (
            "employees",
            r"(?:就|只有|光|就是)?我(?:自己)?一?个?人?|就我自己|光杆司令|没(?:有)?雇人|没请人"
            r"|(?:only |just )?(?:me|myself)(?: alone)?|one[- ]man(?: band| show)?",
            "1",
        ),
        (
            "employees",
            (
                r"夫妻(?:店|档)?|(?:就|只有)?(?:我们?)?(?:两口子|夫妻俩?|俩口子)|(?:就|只有)?我(?:和|跟)(?:我)?(?:老婆|老公|媳妇|爱人"
                r"|对象)(?:俩|两个?人?)?"
            ),
            "2",
        ),
        (
            "employees",
            (
                r"(?:just |only )?(?:me and my (?:wife|husband|partner|brother|sister|son)|my (?:wife|husband|partner) and (?:me|i)"
                r"|the two of us)"
            ),
            "2",
        ),
        (
            "patents new_hires_12m graduate_hires_12m customer_count employees overdue_12m",
            r"(?:just |only )?one(?: person| of them| so far)?",
            "1",
        ),
        ("overdue_12m credit_inquiries_3m credit_inquiries_6m", r"(?:就|只|只有|only |just )?(?:once|一[次回])(?:[，, ].*)?", "1"),
        ("overdue_12m credit_inquiries_3m credit_inquiries_6m", r"(?:only |just )?(?:twice|a couple of times)(?:[，, ].*)?", "2"),
        ("patents new_hires_12m graduate_hires_12m employees", r"(?:就|只有)?俩(?:人|实用新型|发明|专利|个)?", "2"),
    )
)
_NONE_AT_ALL = re.compile(
    r"一(?:次|个|回|项|件|笔|分钱?|毛钱?)(?:人|专利)?(?:都|也)?(?:没|不)|没(?:有)?(?:查|招|借|欠|逾期|出口|交|缴|申请|晚)过?(?:人|税)?$"
    r"|免税|没人欠"
)

#: Answers that say nought, one or all anywhere in them.
_SAID: tuple[tuple[frozenset[str], re.Pattern[str], Decimal], ...] = tuple(
    (facts if isinstance(facts, frozenset) else frozenset(facts.split()), re.compile(words_of), Decimal(value))
    for facts, words_of, value in (
        ("existing_loans monthly_debt_service", r"^(?:都|全|全部|早就?|已经?|上个?月|去年)*(?:还清|还完|结清)了?(?:$|[，。,;；])", "0"),
        ("overdue_12m credit_inquiries_3m credit_inquiries_6m", r"^(?:never|not)(?: even)? (?:once|one)\b", "0"),
        ("overdue_12m", r"(?:从来?|从|一直|都)没(?:有)?(?:晚|迟|拖|逾期|欠)过", "0"),
        ("overdue_12m credit_inquiries_3m credit_inquiries_6m", r"一[次回](?:都|也)没(?:有|得)?的?$", "0"),
        ("existing_loans", r"(?:没有?(?:借|欠|贷)过?(?:银行|别人的?钱)|银行的?一分(?:都|也)?没)", "0"),
        ("cash", r"^(?:账上)?一分(?:钱)?(?:都|也)?(?:没有|没得|不剩|冇)", "0"),
        (
            "new_hires_12m graduate_hires_12m",
            r"(?:想招|在招)[^，。,;；]{0,4}没(?:有)?招|(?<!大学生)(?<!应届生)(?<!毕业生)一个(?:都|也)?没(?:有)?招",
            "0",
        ),
        ("graduate_hires_12m", r"\b(?:nobody|no one|none)\b[^.;!?]{0,16}\b(?:uni|university|college|graduates?|school)\b", "0"),
        ("graduate_hires_12m", r"(?:大学生|应届生?|毕业生)一个(?:都|也)?没(?:有)?", "0"),
        ("graduate_hires_12m", r"(?:没有?|无)(?:一个)?(?:毕业生|大学生|应届)", "0"),
        ("new_hires_12m", r"招了俩", "2"),
        ("graduate_hires_12m", r"招了俩(?:应届|大学|毕业)", "2"),
        ("patents", r"一个(?:都|也)?没(?:下来|批|授权|拿到)", "0"),
        ("short_term_debt", r"^没有?短期|^短期的?(?:借款|贷款)?(?:没有|无|没)", "0"),
        ("long_term_debt", r"^没有?长期|^长期的?(?:借款|贷款)?(?:没有|无|没)", "0"),
        ("existing_loans", r"(?:都|全|早就?)清了|一分(?:钱)?(?:也|都)?不欠", "0"),
        ("taxable_income", r"(?:是|为)?(?:零|0)$", "0"),
        ("guaranteed_share", r"^(?:全额|百分百|全部)(?:担保|兜底)?", "1"),
        ("largest_customer_share", r"^(?:全部?|都)(?:是|卖|供|给)?(?:给|的)?(?:一家|他一?家|它一?家|那一家)", "1"),
        (
            NONE_IS_NOUGHT,
            r"(?:^|[ ，。,;；])(?:没有){1,3}[啊呀的哦呢]?$"
            r"|一(?:次|回|个|笔|分钱?|毛钱?)(?:都|也)?(?:没有|没得|冇)(?:过)?(?:$|[ ，。,;；])",
            "0",
        ),
    )
)  # fmt: skip


def in_words(spec: FactSpec, norm: str) -> Decimal | None:
    """once, 全是我的, 一个都没: a figure said without a number."""
    bare = norm.rstrip("。.!！~ ")
    if spec.name in NONE_IS_NOUGHT and _NONE_AT_ALL.match(bare):
        return Decimal(0)
    said = next((value for facts, pattern, value in _SAID if spec.name in facts and pattern.search(norm)), None)
    if said is not None:
        return said
    if spec.name == "void_invoice_rate" and (told := VOIDED.search(norm)):
        return voided_share(told)
    core = re.sub(r"[的了吧啊呀呢哦啦]+$", "", bare)
    for facts, pattern, value in _WORDED:
        first = re.split(r"[，,。;；]", core)[0]
        if spec.name in facts and (pattern.fullmatch(bare) or pattern.fullmatch(core) or pattern.fullmatch(first)):
            return value
    return None
