"""Spans of time and years that look like how long the business has run and are something else."""

from __future__ import annotations

import re

from nlu.numbers.quantity import Quantity

#: Before a span: it is left, was lost, is a season, or is how long something else takes.
_BEFORE = re.compile(
    r"(?:还?剩下?|还有|够(?:烧|用|撑|花)?|撑|前|头|停产|停工|整顿|拖欠?|欠|补办(?:得)?|宽限|顶|(?:就|只)(?:干|忙)|冬天|夏天|暑假|旺季|淡季"
    r"|农忙|补贴[^，。]{0,4}|贷款(?:搞|办|弄|跑|等)了|裸车[^，。]{0,10}|跌了|压了|降了|拖了|开票|销项|进项)$"
)
#: Behind one: what was done in it, what has not come for so long, a contract.
_BEHIND = re.compile(
    r"(?:里|里头|内|下来)?(?:才|就|一共|总共|也就)?(?:卖|做|收|挣|赚|走|销|干|出)(?:了|个)?(?:大概|差不多|也就)?[\d一二两三四五六七八九十百]+[^，。年月岁]{0,4}(?:万|千|块|w)"
    r"|(?:就|才)?(?:干完|做完|还清|回款|回来|到期)|了?(?:都|也|一分|到现在)*(?:没|未|不)(?:拨|给|付|结|发|见|收到|开工|兑现)|里(?:漏|被|查|没|都)|的?(?:标|长单|合同|质保|租约|账期|分期)|才有活"
    r"| (?:(?:are |is )?(?:still )?(?:left|to go|to run|remaining|to pay|open))\b"
)
_A_YEAR = re.compile(r"一年$")
_EACH_YEAR = re.compile(r"(?:也就|就|能|大概|总共|一共)?(?:做|卖|挣|收|干|走|出)(?!了)")
#: Behind a year: somebody's army days or studies, or months from one to another.
_YEAR_OF = re.compile(
    r"代|(?:的)?(?:兵|入伍|当兵|退伍|退役|毕业)|[^，。]{0,6}(?:毕业|退伍|入伍)|(?:卖|做|干|忙)?(?:到"
    r"|至)[今明]?年?[\d一二三四五六七八九十]{1,3}月"
)


#: 做完两年了: since a job was done. 货车一台，开了六年: a vehicle or a machine is so old.
_DRIVEN = re.compile(
    r"(?:[做干修盖建]完|验收)了?[^，。,;；]{0,2}$"
    r"|(?:车|挖机|机器|叉车)子?(?:[一二两三四五\d]+[台辆部])?[，,]?(?:才|都|已经)?(?:开|用|买)了?$"
)

#: The machine is 30 years old, our oldest truck, 12 years old: a thing's age, or a platform's.
_THING = re.compile(
    r"\b(?:machin\w+|equipment|plant|trucks?|lorr(?:y|ies)|vans?|cars?|bus(?:es)?|boats?|tractors?|excavators?|diggers?|forklifts?|cranes?"
    r"|lathes?|press(?:es)?|ovens?|boilers?|freezers?|fridges?|kilns?|looms?|lifts?|roof|wiring|pipes|building|house|flat|apartment|premises"
    r"|trees|vines|cows|taobao|tmall|jd|douyin|pinduoduo|meituan|amazon|bank)(?: itself)?(?:,|'s| is| are| was| were)?"
    r"(?: (?:already|now|about|only|over|nearly|almost|some))* ?$"
)
#: Will they take it as security? It is 12 years old: what is to be pledged or sold.
_IT = re.compile(
    r"\b(?:collateral|pledge\w*|security|mortgage|sell|sold|repair\w*|replace\w*|accept)\b[^.!?]{0,12}[.?!;,] ?"
    r"(?:it|they|this|that|she)(?:'s| is|'re| are)(?: (?:already|now|about|only|over|nearly|almost|some|just))* ?$"
)


def of_a_thing(norm: str, quantity: Quantity) -> bool:
    """Whether years told as an age are those of a machine, a building, a platform, or of what is to be pledged."""
    before, aged = norm[: quantity.start], quantity.unit == "age" or norm.startswith((" old", "-old"), quantity.end)
    return aged and (_THING.search(before) is not None or _IT.search(before) is not None)


def no_age(norm: str, quantity: Quantity) -> bool:
    """Whether a span or a year is certainly not how long the business has run."""
    if quantity.kind == "year":
        return _YEAR_OF.match(norm, quantity.end) is not None
    if quantity.kind != "duration":
        return False
    if _DRIVEN.search(norm[max(0, quantity.start - 12) : quantity.start]):
        return True
    if quantity.unit == "term" or _BEFORE.search(norm[max(0, quantity.start - 16) : quantity.start]) or _BEHIND.match(norm, quantity.end):
        return True
    return bool(_A_YEAR.match(quantity.text)) and _EACH_YEAR.match(norm, quantity.end) is not None
