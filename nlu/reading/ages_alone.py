"""Ages that no word names: 我五十三了, I'm 44; 快三年了, alone in its clause, is how long the business has run."""

from __future__ import annotations

import re

from nlu.cues.figures import cue_of
from nlu.cues.patterns import scripts_of
from nlu.numbers.quantity import Quantity
from nlu.reading.ages import no_age
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

_MY_AGE = re.compile(
    r"(?:^|[，,。 ]|今年|现在)(?:我|本人|俺|老板|法人|年纪|年龄|岁数|我?今年|我?(?:虚岁|周岁)|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?，?"
    r"|男|女)(?:都|已经?|快|刚|今年|是个?|，)*$"
    r"|\b(?:wom[ae]n|m[ae]n|girl|guy|lady|mum|mom|dad|widow|owner|boss) (?:of|aged) $|\b(?:she|he) is $"
    r"|\b(?:i'm|i am|i turned|turned|turning|just gone|(?<!average )aged?|me|(?:fe)?male,|owner,|boss,)(?: now| only| already)? $"
    r"|(?:^|[.;!?] ?)(?:the )?(?:owner|boss|founder|legal rep(?:resentative)?)(?: is| aged|:)? $"
    r"|\b[a-z]*(?:er|or|ist|man|woman|lady|widow|mother|father|boss)(?: of \w+)?, $"
    r"|\b(?:my|(?:owner|boss|founder|director|rep(?:resentative)?)'s) age(?: is|:)?(?: now| only| about)? $"
)
#: At 61 I still repair bikes.
_AT, _I_AM = re.compile(r"(?:^|[,.;!?] ?)at $"), re.compile(r",? i(?:'m| am| still)\b")
#: Further back than this nothing says whose age it is.
_BEARS = 60
_AFTER_AGE = re.compile(
    r" (?:in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer)"
    r"|i(?:'m| am)\b)|(?:了|啦|岁| years?)?(?:$|[，,。.;；!！])|,? (?:and\b|now\b|this year)"
)
#: Behind a span: the business is so old (六年火锅店, 8 year old freight forwarder). Before one: 个体户两年, company 才一年.
_OF_FIRM = re.compile(
    r"(?:的)?(?:老)?(?:店|厂|公司|企业|火锅|餐|饭|民宿|宾馆|超市|作坊|铺)"
    r"|[- ]old (?!man|woman|son|daughter|child|boy|girl|machine|truck|car|van|building|house|flat|loan)[a-z]"
)
_FIRM_SO_OLD = re.compile(
    r"(?:(?:开|做|干|卖|跑|搞|种|养|修)(?!了|过)[^，。,;；\d了]{1,6}|个体户?|公司|店|厂|铺子|company|business|shop|firm"
    r"|start-?up) ?(?:才|刚|刚满|快|已经?|有|做了|开了)? ?$"
)
_END = re.compile(r"(?:左右|上下|的样子|的|吧|出头|来块)?(?:$|[，。,;；.])")
#: Around a span that is all that its clause says: it is how long the business has run, unless a loan is spoken of.
_SPAN_LEAD = re.compile(
    r" ?(?:(?:for|about|almost|nearly|some|going|on|been|there|at it|well|only|just|already|over|we're|we are|i'm|shop|we have"
    r"|business)(?: |$))*"
)
_SPAN_TAIL = re.compile(
    r"(?: (?:now|in|open|already|or so|and a bit|and counting|running|trading|in business|of trading|on the road"
    r"|behind the (?:wheel|counter|chair)|so far|going|it's been|here|there))*,? ?(?:$|[,.;!?])"
)
_OF_A_LOAN = re.compile(
    r"\b(?:loan|borrow\w*|need\w*|want\w*|repay\w*|term|over|pay|ask|back|lend|instal\w*|months? ago|lease|contract|wait\w*"
    r"|suspended|prison|army|warranty|guarantee|late|overdue|rate|credit|appl\w+|send|offers?|quotes?|go ahead|tender|pledge|amazon"
    r"|taobao|tmall|jd|douyin|pinduoduo|platform|inquir\w+|statements?|grade|title|blacklist\w*|same sum)\b|%"
)
_SUM_BEFORE = re.compile(r"(?:thousand|million|grand|wan|yuan|\d ?[kmw%]|,\d{3})[,.;:] ?$")
_LOAN_REACH = 48
#: From this many months on a short "yrs" is rather the owner's age.
_LONG_FOR_A_FIRM = 216
_AFTER_SPAN = re.compile(r"(?:了|多|左右)?(?:$|[，。,;；.])")
_TRADE = re.compile(r"开|做|干|搞|卖|养|种|店|厂|公司|代工|加工|批发|工作室|馆|院|所|站|场|行|吧|\b(?:shop|factory|company|run|business)\b")
_LOAN = re.compile(r"借|贷|还|期|缺|要|需|\b(?:loan|borrow|need|want|repay)\b")
#: Since the work was done or handed over, or for how long a sum has been owed.
_SINCE_DONE = re.compile(r"验收|做完|完工|交付|竣工|交货|结束|欠|拖|压")
_SO_LONG = re.compile(r" ?(?:快|都|已经?|也|差不多|干|有|将近|到现在|满|整整)*")


def plain_ages(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """我五十三了, I'm 44: the owner's age without a unit. 快三年了, alone in its clause: how long the business has run."""
    for index, quantity in enumerate(found):
        if index in chosen:
            continue
        before, behind = scope.norm[: quantity.start], scope.norm[quantity.end :]
        adult = quantity.kind == "number" and 16 <= quantity.value <= 85
        mine = (_MY_AGE.search(before[-_BEARS:]) or _about_me(scope, quantity)) and _AFTER_AGE.match(behind)
        if adult and (mine or (_AT.search(before) and _I_AM.match(behind))):
            chosen[index] = Hit(cue_of("owner_age"), quantity.start, quantity.end, "")
        lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
        firms = bool(_OF_FIRM.match(behind)) or bool(_FIRM_SO_OLD.search(lead) and _AFTER_SPAN.match(behind))
        plain = firms or (not lead.strip() and bool(_END.match(behind) and _TRADE.search(before)) and not _LOAN.search(before))
        aged = bool(re.match(r"了(?:$|[，。,;!！])", behind)) and bool(_SO_LONG.fullmatch(lead))
        aged = aged and not _SINCE_DONE.search(lead) and (quantity.value >= 3 or bool(before.strip()))
        plain = plain or _span_alone(scope, chosen, quantity, lead)
        if quantity.kind == "duration" and (aged or plain) and not no_age(scope.norm, quantity):
            chosen[index] = Hit(cue_of("age_months"), quantity.start, quantity.end, "")


def _span_alone(scope: Scope, chosen: dict[int, Hit], quantity: Quantity, lead: str) -> bool:
    """Snail noodles, two years now, six staff: a span alone in its clause where no loan is spoken of."""
    if scripts_of(scope.norm)[0] or quantity.value < 2 or any(hit.cue.fact in ("term_months", "age_months") for hit in chosen.values()):
        return False
    if quantity.value >= _LONG_FOR_A_FIRM and quantity.text.endswith(("yr", "yrs")):
        return False
    if _SUM_BEFORE.search(scope.norm[: quantity.start - len(lead)]):
        return False
    if not _SPAN_LEAD.fullmatch(lead) or not _SPAN_TAIL.match(scope.norm, quantity.end) or scope.asked(quantity.start):
        return False
    return not _OF_A_LOAN.search(scope.norm, max(0, quantity.start - _LOAN_REACH), quantity.end + 24)


_ME = re.compile(
    r"\b(?:wom[ae]n|female|male|widow|founder|graduated?|deaf|disabled|ex-army|veteran|demobbed|unemployed|retired|owner|me:|i'm [a-z]+,"
    r"|countryside"
    r"|hukou|mr|ms|mrs)\b|女人|男人|女的|男的|老头|老汉|大妈|大姐|老太|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|离了?婚|单身|单亲|本人"
)
#: An age at the head of a message: 61, cobbler, just me.
_HEAD_OF_MESSAGE = re.compile(r", ?(?=[a-z])(?!(?:no|not|that's|maybe|or|and|in|for|my|the|he|she|i|we|wife|husband|partner|of)\b)")


def _about_me(scope: Scope, quantity: Quantity) -> bool:
    """Whether a bare number alone in its clause follows or precedes words about the owner's person: 我一个女人家，四十二."""
    low, high = scope.clause_span(quantity.start)
    if quantity.start == 0 and _HEAD_OF_MESSAGE.match(scope.norm, quantity.end):
        return True
    around = scope.norm[max(0, low - 24) : low] + scope.norm[high : high + 12]
    return not scope.norm[low : quantity.start].strip() and bool(_ME.search(around))
