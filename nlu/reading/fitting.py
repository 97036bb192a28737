"""Whether a figure can be what words name: its kind, unit and period, and what must or must not stand beside the words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.cues.figures import Cue
from nlu.cues.words import COLLATERAL_FRAME, OWNS_HOUSE
from nlu.numbers.quantity import Quantity
from nlu.reading.ages import no_age
from nlu.reading.patents import not_granted
from nlu.reading.scope import Scope


@dataclass(frozen=True)
class Hit:
    """Words that name a figure's fact, with their place. `sentence`: the whole sentence gives the fact, not words beside the figure."""

    cue: Cue
    start: int
    end: int
    text: str
    sentence: bool = False


def fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    cue = hit.cue
    if (
        _else(scope, quantity, cue)
        or _too_young(quantity, cue)
        or not _beside_fits(scope, quantity, hit)
        or not _time_fits(scope, quantity, hit)
    ):
        return False
    if (
        cue.fact == "collateral_value"
        and _WORTH.fullmatch(hit.text)
        and not (COLLATERAL_FRAME.search(scope.norm) or OWNS_HOUSE.search(scope.norm))
    ):
        return False
    if quantity.period not in cue.periods and quantity.kind in ("money", "number"):
        return False
    if quantity.kind == "number":
        return _number_fits(scope, quantity, hit)
    if cue.fact == "customer_count" and quantity.unit == "thing" and not quantity.text.endswith(("家", "户", "所")):
        return False
    if quantity.kind == "count" and "count" in cue.kinds and _counts_else(scope, quantity, cue):
        return False
    if quantity.kind == "count" and "count" in cue.kinds:
        return not cue.units or quantity.unit in cue.units
    if quantity.kind == "duration" and cue.fact == "loan_matures_in_days":
        return True
    if cue.fact == "term_months" and quantity.unit == "day":
        of_loan = _LENT.search(hit.text) and not _PAID_BY_OTHERS.search(scope.clause_text(quantity.start))
        return bool(of_loan) and quantity.value >= 30 and quantity.value % 30 == 0
    return quantity.kind in cue.kinds


def _else(scope: Scope, quantity: Quantity, cue: Cue) -> bool:
    """Patents that are not granted; cards beside the word overdue; how old a firm is: we're 17 years old."""
    if cue.fact == "owner_age" and quantity.unit == "age":
        return FIRM_OLD.search(scope.norm[: quantity.start]) is not None
    if cue.fact == "overdue_12m":
        return _CARDS.match(scope.norm, quantity.end) is not None
    return cue.fact == "patents" and not_granted(scope, quantity)


def _too_young(quantity: Quantity, cue: Cue) -> bool:
    """3 years old: no owner's age."""
    return cue.fact == "owner_age" and quantity.unit == "age" and quantity.value < _YOUNGEST and quantity.text.isascii()


def _counts_else(scope: Scope, quantity: Quantity, cue: Cue) -> bool:
    """Whether a number counts something else than the words name: 五十个店铺 are no staff, the one big customer no count of customers."""
    if cue.fact == "customer_count":
        return quantity.value == 1 and not _JUST_ONE.search(scope.norm[max(0, quantity.start - 12) : quantity.start])
    return cue.fact in ("employees", "new_hires_12m") and quantity.unit == "each" and bool(_NO_PEOPLE.match(scope.norm, quantity.end))


def may_stand(scope: Scope, hit: Hit) -> bool:
    """Whether words can name a figure at all where they stand, whatever the figure."""
    cue = hit.cue
    if cue.unless is None:
        return True
    reach = _CLOSE_LATIN if hit.text.isascii() else _CLOSE_HAN
    low, high = scope.clause_span(hit.start)
    return not cue.unless.search(scope.norm[max(low, hit.start - reach) : min(high, hit.end + reach)])


def _beside_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether what the cue needs stands beside it or before it, and what it excludes does not."""
    cue = hit.cue
    beside = scope.clause_text(hit.start) + "|" + scope.clause_text(quantity.start)
    if cue.unless and cue.unless.search(_near(scope, quantity, hit)):
        return False
    low = scope.clause_span(hit.start)[0]
    return cue.needs is None or bool(cue.needs.search(scope.norm[max(0, low - _LOOKS_BACK) : low] + "|" + beside))


def _near(scope: Scope, quantity: Quantity, hit: Hit) -> str:
    """The clauses of the words and of the figure, no further than what can bear on them where people write without stops."""
    first, last = min(hit.start, quantity.start), max(hit.end, quantity.end)
    reach = _BEARS_LATIN if hit.text.isascii() else _BEARS_HAN
    low, high = max(scope.clause_span(first)[0], first - reach), min(scope.clause_span(max(last - 1, 0))[1], last + reach)
    return scope.norm[low:high]


def _time_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Leaves out terms taken for ages (五年期) and the years of figures taken for foundings (2024年营业收入)."""
    behind, aged = scope.norm[quantity.end :], hit.cue.fact == "age_months"
    if hit.cue.fact == "finance_cost" and hit.start >= quantity.end and hit.text.startswith(("一年", "全年")):
        return False
    if aged and no_age(scope.norm, quantity):
        return False
    if quantity.kind == "duration":
        return not (aged and behind.startswith("期")) and not (quantity.value > _LONGEST_AGE and _SUM_NEXT.match(behind))
    if quantity.kind != "year":
        return True
    if hit.text.startswith("营业") and not scope.norm.startswith(("于", "时间"), hit.end):
        return False
    if aged and _A_YEARS.match(behind):
        return False
    return not (_SUM_NEXT.match(scope.norm, hit.end) and hit.text[0] in "做卖干挣赚亏")


def _number_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether a number without a unit can be what the words name."""
    cue = hit.cue
    if _A_YEARS_NAME.fullmatch(quantity.text) and "money" in cue.kinds:
        return False
    if "rate" in cue.kinds:
        close = 0 <= quantity.start - hit.end <= 4
        near = close and bool(_ENDS_BEHIND.match(scope.norm, quantity.end))
        if cue.fact == "monthly_inflow_cv":
            return near and 0 < quantity.value < 2 and quantity.value != 1
        if cue.fact == "max_rate":
            return near and 2 <= quantity.value <= 24 and bool(_OF_RATE.search(scope.norm[max(0, hit.start - 40) : quantity.end + 4]))
        return cue.fact in _SHARES and 1 <= quantity.value <= 100 and close and bool(_ALONE_BEHIND.match(scope.norm, quantity.end))
    if "money" in cue.kinds and quantity.value < _HIGHEST_RATE and _AT.search(scope.norm[: quantity.start]):
        return False
    return _bare_count_fits(scope, quantity, hit) if "count" in cue.kinds else "money" in cue.kinds


#: 400k over 36 months at 4.8: a small number behind "at" is a rate.
_AT = re.compile(r"(?:\d|k|m|million|thousand|years?|months?|yrs?|mths?|it|bank) (?:at|@) (?:about |around |say )?$")
_HIGHEST_RATE = 30


_WORTH = re.compile(
    r"(?:能|可以|大概)?(?:卖|值)个?|worth|价值|(?:评估(?:公司|师|所|机构)|银行|中介|所里|存单|定期|理财|国债)[^，。值价]{0,8}"
)
FIRM_OLD = re.compile(
    r"\b(?:we(?:'re| are)|(?:our|the|my) (?:company|firm|shop|factory|business|plant) is|it(?:'s| is))"
    r"(?: now| only| almost| about| over| already)? $"
)
#: No overdue. Two credit cards.
_CARDS = re.compile(r"张(?:信用)?卡| (?:credit |bank )?(?:cards?|accounts?)\b")
_JUST_ONE = re.compile(r"只有|就|单|仅|\b(?:only|just|single)\b")
_NO_PEOPLE = re.compile(r"[店客家户村单柜棚窑炉品款项点字群城区园校班股孩娃学专没仓车铺门镇县市乡省国网代系]|都没")
#: How far around the words and their figure what they exclude may stand.
_BEARS_HAN, _BEARS_LATIN = 12, 48
_CLOSE_HAN, _CLOSE_LATIN = 8, 20
#: How far before the words what they need may stand.
_LOOKS_BACK = 60
#: After a bad 2024: no sum.
_A_YEARS_NAME = re.compile(r"20[0-4]\d")
#: Nobody so young runs a firm.
_YOUNGEST = 16
#: Months; a longer "age" directly before another number is a year with two digits (23年一千一百万).
_LONGEST_AGE = 190
#: Shares that people also give as a bare number of hundredths: 股份我占四十九.
_ALONE_BEHIND = re.compile(r"(?:左右|多|吧|的)?(?:$|[，。,;；.]| (?=[一-鿿]))")
#: Days that can be a loan's, and words for those who pay the owner.
_LENT = re.compile(r"借|贷|还|\b(?:repa|pay|borrow|return|term|loan)")
_PAID_BY_OTHERS = re.compile(r"账期|客户|回款|甲方|买家|到账|\b(?:customers?|clients?|buyers?|they|he|she|pays|supermarket)\b")
_ENDS_BEHIND = re.compile(
    r"(?:左右|多|吧|的|就)?(?:利息|利率|年化|年息)"
    r"|(?:左右|多|吧|的|就)?(?:$|[，。,;；.!！)）、\n]| (?:and|because|so|but|or|in|please|max|tops|是)\b|[不就])"
)
_OF_RATE = re.compile(r"利率|利息|年化|年息|\b(?:rates?|interest|apr|max|percent)\b")
_PUT_RIGHT = re.compile(
    r"(?:(?:人?数)?(?:我)?(?:写|说|打|填|记|搞|弄)?错了?|[，, :是为]|应该?|其实|有|就|才|只|大概|差不多|约|一共|总共|目前|现在"
    r"|total(?:ly)?|about|around|is|are)*"
)
#: Facts whose words stand directly behind their number: four girls working for me.
_HEADS = frozenset(("employees", "new_hires_12m", "graduate_hires_12m", "customer_count", "patents", "overdue_12m"))
_SHARES = frozenset(("owner_share", "largest_customer_share"))


#: Behind a year: its figures, not a founding.
_A_YEARS = re.compile(r"(?:全年|年度|度|的?营[业收]|的?收入|的?销售|上半|下半|出?生|[:： ]*[\d¥])")
_SUM_NEXT = re.compile(r"[\d一二两三四五六七八九十百]")
#: Words of a place count people only where the number says so: 店里修了三千.
_PLACE_OF_WORK = re.compile(r"(?:店|厂|公司|车间|全(?!员)|上上下下|拢共|一共|总共)")


def _bare_count_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """员工20, workers only 5: a small whole number close behind the words counts them."""
    near = -len(hit.text) < quantity.start - hit.end <= 6 or (hit.cue.fact.startswith("credit_inq") and hit.start >= quantity.end)
    near = near or bool(0 <= quantity.start - hit.end <= 12 and _PUT_RIGHT.fullmatch(scope.norm, hit.end, quantity.start))
    near = near or (hit.cue.fact in _HEADS and 0 <= hit.start - quantity.end <= 1)
    near = near or (hit.cue.fact == "employees" and 0 < hit.start - quantity.end <= 2 and hit.text.startswith("on "))
    if _PLACE_OF_WORK.match(hit.text):
        return False
    small = quantity.value < 5000 and not 1990 <= quantity.value <= 2035 and quantity.value == quantity.value.to_integral_value()
    return near and small and quantity.period in (None, "year") and hit.cue.fact not in ("", "owner_age")
