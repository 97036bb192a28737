"""Whether a figure is stated of the owner's firm: not asked about, planned, somebody else's, or gone by."""

from __future__ import annotations

import re

from nlu.cues import frames
from nlu.cues.patterns import scripts_of
from nlu.numbers.quantity import Quantity
from nlu.reading.assign import WISHES, Hit
from nlu.reading.patents import not_granted
from nlu.reading.scope import Scope

_LIMIT = re.compile(r"最少|至少|起码|at least|最高|上限|封顶|起步|最低|maximum|\bmax\b|minimum|up to")
#: Tax that is owed, and what is left of a lease, fill no fact.
_TAX_OWED = re.compile(
    r"欠|没[交缴补]|未[交缴]|拖着|(?<!no )(?<!zero )(?<!nil )(?<!nothing )(?<!never )(?<!without )\b(?:owe|owing|arrears|behind|unpaid"
    r"|overdue|outstanding|late|debt)\b"
)
_YEAR_BEFORE = re.compile(r"(?:前年|上上年)(?!.*[去今]年)")
_YEAR_BEFORE_EN = re.compile(r"the year before|two years ago")
_LEASE = re.compile(r"租约|租期|合同期|\blease\b")
_NEXT = re.compile(r"\bnext year\b|\bby (?:next|the end of)\b")
#: Behind 一件: not even one.
_NOT_ONE = re.compile(r"[^，。]{0,3}(?:也|都)?(?:没|不)")
#: 十二岁跟师傅学: how old the owner was then.
_AT_THAT_AGE = re.compile(
    r"(?:那年|的?时候?|就|开始|起|跟|出来|进厂|学|当兵|入行|下岗|来到?)|(?:以上|左右|多)?的?(?:老人|老头|老太|工人|员工|阿姨|师傅)"
)
#: What a lender grants, and why; what an agent charges; what could be paid each month, where the loan for it is asked for.
_GRANTED = re.compile(
    r"(?:额度(?:怎么|咋)?(?:就|才|只)(?:给|有)?|(?:只能|才|只给|就给|才给)我?(?:借|贷|批)(?:了|到)?|根据什么[^，。]{0,3}|怎么得出[^，。]{0,5}|凭[啥什]么?[^，。]{0,4}"
    r"|(?:你们?|他们?|她|业务员|中介|经理|广告)(?:之前|当初|昨天)?(?:都|还)?(?:说|讲|承诺|保证)(?:我?能|可以?)(?:贷|借|批)(?:到|我|给我)?)$"
)
_FEE = re.compile(r"(?:块|元)?的?[“\"]?(?:保证金|渠道费|手续费|服务费|评估费|材料费|包装费|公证费|定金|押金)")
_LINE, _HAS = re.compile(r"的?授信"), re.compile(r"(?:有|批了?|给了?|拿了?|下了?|做了?)(?:个|过)?$")
_AS_BUDGET = re.compile(r"倒着算|倒推|(?:能|可以)(?:借|贷)多少$")
#: 首付差二十万, where a home is bought: nothing that the firm needs.
_DOWN_PAYMENT = re.compile(r"首付[^，。,;；\d]{0,4}$")
_HOME = re.compile(r"婚房|商品房|新房|学区房|住房|买套?房子?(?![租东产屋])")
#: 还差两万税没交, 工资还差七万: what is still to be paid is not what is wanted.
_UNPAID = re.compile(r"(?:多|来|块|元|左右)*的?(?:税|社保|租金?|货款|工资|料款)?(?:还)?没(?:交|缴|付|给|发|结)")
_WAGES_OWED = re.compile(
    r"(?:(?:尾款|货款|税|社保)(?:都|也)?还?差|(?:工资|工钱|尾款|货款|税|社保)(?:都|也)?还?欠)(?:着|了)?[^，。,;；\d]{0,2}$"
)
#: Words further back do not bear on a figure.
_NEAR = 40
#: Before one or once: not even that.
_NOT_EVEN = re.compile(r"\b(?:not|never|n't)(?: even)?(?: for)? $")
#: Before a sum called cash: it is not there yet; before a number of people: they are gone.
_CASH_NEEDED = re.compile(r"\b(?:needs?|wants?|require[sd]?|costs?|pay|paid) (?:about |around |over )?$")
_LET_GO = re.compile(r"\b(?:let|fired|sacked|laid off|lost|dismissed) (?:about |around )?$")
_HIRES = ("new_hires_12m", "graduate_hires_12m")
_BY_YEAR = ("annual_revenue", "previous_revenue")
#: Behind 从四十个: it was so once.
_MOVES_ON = re.compile(r"[^，。]{0,2}(?:还|减|降|涨|升|增|缩|跌|掉|加|变|裁|扩|砍|走|散|跑)[^，。]{0,3}(?:到|成|至|[得只就还]剩)")
#: Words in the figure's clause that mean something else than the fact.
_EXCLUDED = {"annual_tax_paid": _TAX_OWED, "net_profit": _YEAR_BEFORE_EN, "term_months": _LEASE, "amount_sought": _LIMIT}


def says(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether the figure is stated of the owner's firm here."""
    if not scope.states(quantity.start, quantity.end) and hit.cue.fact != "guaranteed_share":
        return False
    if hit.cue.fact not in _BY_YEAR and _was_once(scope, quantity):
        return False
    if quantity.value == 1 and (_NOT_ONE.match(scope.norm, quantity.end) or _NOT_EVEN.search(scope.norm[: quantity.start])):
        return False
    told = hit.sentence and "?" not in scope.norm  # what is left at the end of the year is 150k
    if hit.cue.fact not in WISHES and ((_asked(scope, quantity) and not told) or planned(scope, quantity, hit)):
        return False
    if _beside_the_point(scope, quantity, hit.cue.fact) or _not_there(scope, quantity, hit.cue.fact):
        return False
    clause = scope.clause_text(quantity.start)
    excluded = _EXCLUDED.get(hit.cue.fact)
    if hit.cue.fact == "annual_tax_paid" and hit.text:  # 增值税没补上，1万8
        clause = scope.clause_text(hit.start) + clause
    if excluded is not None and excluded.search(clause):
        return False
    lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
    if hit.cue.fact == "net_profit" and _YEAR_BEFORE.search(lead):
        return False
    return hit.cue.fact != "amount_sought" or not frames.NO_NEED.search(lead)


def _beside_the_point(scope: Scope, quantity: Quantity, fact: str) -> bool:
    """Whether the words around a figure make it something else than the fact: a fee, wages owed, an age long ago."""
    before = scope.norm[max(0, quantity.start - _NEAR) : quantity.start]
    if fact == "amount_sought":
        granted = _GRANTED.search(before) or _FEE.match(scope.norm, quantity.end) or _has_line(scope, quantity, before)
        owed = _UNPAID.match(scope.norm, quantity.end) or _WAGES_OWED.search(before)
        return bool(granted or owed or (_DOWN_PAYMENT.search(before) and _HOME.search(scope.norm)))
    if fact == "finance_cost":
        return frames.CALCULATION.search(scope.norm) is not None
    if fact == "monthly_debt_service":
        return _AS_BUDGET.search(scope.norm) is not None
    return fact == "owner_age" and _AT_THAT_AGE.match(scope.norm, quantity.end) is not None


def _has_line(scope: Scope, quantity: Quantity, before: str) -> bool:
    """有200万授信: a credit line that is there is not what is wanted."""
    return _LINE.match(scope.norm, quantity.end) is not None and _HAS.search(before) is not None


def _not_there(scope: Scope, quantity: Quantity, fact: str) -> bool:
    """Whether what is counted is not there, or not yet: cash that is needed, people let go, hires planned, patents applied for."""
    before = scope.norm[: quantity.start]
    if fact == "cash":
        return _CASH_NEEDED.search(before) is not None
    if fact == "employees":
        return _LET_GO.search(before) is not None
    if fact in _HIRES:
        return frames.PLANNED.search(before[scope.clause_span(quantity.start)[0] :]) is not None
    return fact == "patents" and not_granted(scope, quantity)


def _was_once(scope: Scope, quantity: Quantity) -> bool:
    """Whether the figure is what it was before: 从四十个减到二十五个, from 300k to 420k."""
    lead = scope.norm[: quantity.start]
    if lead.endswith("从"):
        return bool(_MOVES_ON.match(scope.norm, quantity.end))
    return lead.endswith("from ") and scope.norm.startswith(" to ", quantity.end)


def _asked(scope: Scope, quantity: Quantity) -> bool:
    """Whether the figure is part of a question about others' terms: do I need 50 staff; 需要50个员工吗."""
    return scope.asked(quantity.start, plain=scripts_of(scope.clause_text(quantity.start))[0])


#: Facts of the past and the present, which a plan does not state.
_TO_COME = WISHES | set(
    "max_rate order_value loan_matures_in_days collateral_value guaranteed_share owner_age short_term_debt long_term_debt".split()
)


def planned(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether the figure is a plan or a hope: 想明年把营业额做到五百万."""
    if hit.cue.fact in _TO_COME:
        return False
    low = scope.clause_span(quantity.start)[0]
    first = min(quantity.start, max(hit.start, low)) if hit.text else quantity.start
    behind = scope.norm[quantity.end : scope.clause_span(quantity.start)[1]]
    return bool(frames.PLANNED.search(scope.norm[low:first])) or bool(_NEXT.search(behind))
