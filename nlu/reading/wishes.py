"""Sums and spans that no word names but whose place says what is wanted, earned or pledged."""

from __future__ import annotations

import re
from dataclasses import replace

from nlu.cues.figures import cue_of
from nlu.cues.words import COLLATERAL_FRAME
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

WISHES = frozenset(("amount_sought", "term_months"))
#: A loan drawn and repaid in parts on days of its own: its sums are a calculation's, not what the owner wants now.
DRAWN = re.compile(r"提(?:款|了)?(?=[\d一二两三四五六七八九十])|支用|\b(?:draw|drew|drawn)\b")

_WISH_HIT = {name: Hit(cue_of(name), 0, 0, "") for name in WISHES}

_WISHING = re.compile(r"想|要|准备|打算|需要|缺|急|贷|借|(?:买|进|换|装|盖|开)(?!了|过)|\b(?:need|want|looking|plan|loan|borrow|buy|for)\b")
_NOT_WISHED = re.compile(r"花|报价|已经|去年|当时|租金|房租|卖|收|赚|亏|价|值|spent|cost|price|paid")
_FOR = re.compile(
    r" (?:for (?!the year|last|\d)|(?:until|till) (?:then|the|next|new|spring|\w+day|january|february|march|april|may|june|july)"
    r"|to (?:buy|pay|get|open|expand|cover|stock|replace))"
)
_LAST_YEAR = re.compile(r"(?:去年|一年|全年|每年|年)(?:大概|大约|差不多|也就|能|就|做|有|约|个|总共|一共|下来|两|平台|加起来|合计)*")


def alone(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """A sum alone in its clause: behind a wish it is what is wanted, behind 去年 it is the year's revenue."""
    for index, quantity in enumerate(found):
        low = scope.clause_span(quantity.start)[0]
        ends = _END.match(scope.norm, quantity.end) or _FOR.match(scope.norm, quantity.end)
        named = index in chosen and (chosen[index].cue.fact or chosen[index].start >= low)
        if quantity.kind != "money" or named or not ends or scope.asked(quantity.start):
            continue
        lead = scope.norm[low : quantity.start]
        if _BY_YEAR.fullmatch(lead) and _year_by_year(scope, found, index):
            chosen[index] = Hit(cue_of("annual_revenue"), quantity.start, quantity.end, "")
            continue
        before = scope.clause_text(low - 1) if low else ""
        if _LAST_YEAR.fullmatch(lead) and quantity.value >= 10000 and before:
            chosen[index] = Hit(cue_of("annual_revenue"), quantity.start, quantity.end, "")
        sought = _FOR.match(scope.norm, quantity.end) and _NO_MORE.fullmatch(lead) and not _NOT_WISHED.search(scope.clause_text(low))
        if sought and not any(hit.cue.fact == "amount_sought" for hit in chosen.values()):
            chosen[index] = Hit(cue_of("amount_sought"), quantity.start, quantity.end, "")
        taken = quantity.start - low < _AT_HEAD and not before and _TAKEN_TO.match(scope.norm, quantity.end)
        if taken and not any(hit.cue.fact == "amount_sought" for hit in chosen.values()):
            chosen[index] = Hit(cue_of("amount_sought"), quantity.start, quantity.end, "")
        bare = _NO_MORE.fullmatch(lead) and _WISHING.search(before) and not _NOT_WISHED.search(before)
        if bare and not any(hit.cue.fact == "amount_sought" for hit in chosen.values()):
            chosen[index] = Hit(cue_of("amount_sought"), quantity.start, quantity.end, "")


#: A sum that a message begins with, and what it is to do: 30万，拿来还信用卡.
_AT_HEAD = 5
_TAKEN_TO = re.compile(r"[，, ](?:我)?(?:是|都|主要|打算|准备)?(?:拿来|用来|用于|拿去|用在)(?!抵|押|了)")
_BY_YEAR = re.compile(
    r"(?:去年|前年|上一?年|20\d\d年?)(?:全年|一年|整年|一整年)?"
    r"(?:大概|大约|差不多|也就|约|总共|一共|下来|合计|记得|就|只|才|还|行|剩|是|有|做了?|[:： ])*"
)


def _year_by_year(scope: Scope, found: tuple[Quantity, ...], index: int) -> bool:
    """Whether the clause directly before or behind gives another year's sum and nothing else: 去年80万，前年95万."""
    for other in (index - 1, index + 1):
        if 0 <= other < len(found) and found[other].kind == found[index].kind:
            low = scope.clause_span(found[other].start)[0]
            lead = scope.norm[low : found[other].start]
            if abs(scope.clause(found[other].start) - scope.clause(found[index].start)) == 1 and _BY_YEAR.fullmatch(lead):
                return True
    return False


_NO_MORE = re.compile(r"(?:大概|大约|差不多|约|就|也就|是|about|around|worth|[ ,])*")
_END = re.compile(r"(?:左右|上下|的样子|的|吧|出头|来块)?(?:$|[，。,;；.])")


_WORTH_OF = re.compile(
    r"\b(?:deposit|flat|house|apartment|property|land|machines?|equipment|car|truck) of (?:about |around )?$".replace("\\\\", "\\")
)
_OF_A_THING = re.compile(r"的[^，。,;；]{0,3}(?:存单|存款|房子?|房产|商铺|厂房|机床|设备|车|理财|门面)")


#: 有存单三十万可以质押: the thing directly before its worth, the offer directly behind.
_A_THING = re.compile(r"(?:存单|存款|理财|国债|房子?|房产|商铺|铺面|门面|厂房|土地|设备|机器|机床|车|专利)[^，。,;；\d卖买欠贷借]{0,3}$")
_OFFERED = re.compile(
    r"(?:左右|上下|的样子|多)?的?[，,]?(?:都|也)?(?:可以?|能|愿意|拿来|用来|拿去|拿|做|当|来)[^，。,;；]{0,4}(?:抵押|质押|押|抵(?![税扣消]))"
)
_OFFERS = re.compile(r"(?:都|也)?(?:可以?|能|愿意|拿来)[^，。,;；]{0,3}(?:质押|抵押|押)")
_TAKEN_FOR_WORTH = frozenset(("amount_sought", "cash"))


def _pledges(scope: Scope, quantity: Quantity) -> bool:
    """Whether the figure's clause pledges something, or the next one offers it."""
    _, end = scope.clause_span(quantity.start)
    return bool(COLLATERAL_FRAME.search(scope.clause_text(quantity.start)) or _OFFERS.match(scope.norm, end))


def pledged_worth(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """存单可以质押，五十万的: a sum alone in the clause behind a pledge is what the pledge is worth."""
    for index, quantity in enumerate(found):
        low = scope.clause_span(quantity.start)[0]
        free = quantity.kind == "money" and (index not in chosen or not chosen[index].cue.fact)
        if free and _WORTH_OF.search(scope.norm[: quantity.start]) and COLLATERAL_FRAME.search(scope.clause_text(quantity.start)):
            chosen[index] = Hit(cue_of("collateral_value"), quantity.start, quantity.end, "")
            continue
        if free and _OF_A_THING.match(scope.norm, quantity.end) and _pledges(scope, quantity):
            chosen[index] = Hit(cue_of("collateral_value"), quantity.start, quantity.end, "")
            continue
        offered_here = quantity.kind == "money" and (free or chosen[index].cue.fact in _TAKEN_FOR_WORTH)
        thing = offered_here and _A_THING.search(scope.norm, low, quantity.start)
        first = thing and COLLATERAL_FRAME.search(scope.norm, low, thing.start()) and _END.match(scope.norm, quantity.end)
        if thing and (first or _OFFERED.match(scope.norm, quantity.end)):
            chosen[index] = Hit(cue_of("collateral_value"), quantity.start, quantity.end, "")
            continue
        if not free or index in chosen or not low or not _END.match(scope.norm, quantity.end):
            continue
        before = scope.clause_span(low - 1)
        if not COLLATERAL_FRAME.search(scope.norm, *before) and before[0]:
            before = scope.clause_span(before[0] - 1)[0], low
        offered = COLLATERAL_FRAME.search(scope.norm, *before) and not scope.questions
        if offered and _NO_MORE.fullmatch(scope.norm, low, quantity.start) and not any(before[0] <= found[at].start < low for at in chosen):
            chosen[index] = Hit(cue_of("collateral_value"), quantity.start, quantity.end, "")


_BARE = re.compile(r"(?:期|还清?|左右|吧|就行|就够|用|需要|要|借|贷|授信|的|大概|[，,。.;； :：~-])*")


def loan_in_short(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """120万，两年期: a span alone behind the sum that is wanted is its term; a sum and a span that are all there is are a loan."""
    for index in range(1, len(found)):
        span, amount = found[index], found[index - 1]
        if span.kind != "duration" or (index in chosen and chosen[index].cue.fact != "term_months") or amount.kind != "money":
            continue
        between, behind = scope.norm[amount.end : span.start], scope.norm[span.end : scope.clause_span(span.start)[1]]
        next_clause = scope.clause(span.start) - scope.clause(amount.start) == 1
        lead = scope.norm[scope.clause_span(span.start)[0] : span.start] if next_clause else between
        if not (_BARE.fullmatch(lead) and _BARE.fullmatch(behind)):
            continue
        if index - 1 not in chosen and len(found) == 2 and _BARE.fullmatch(between) and _BARE.fullmatch(scope.norm[: amount.start]):
            chosen[index - 1] = _WISH_HIT["amount_sought"]
        if index - 1 in chosen and chosen[index - 1].cue.fact == "amount_sought":
            chosen[index] = _WISH_HIT["term_months"]


_SPAN_ALONE = re.compile(
    r"[ ]*(?:for |over |say |about |maybe |perhaps |up to |within |in |and |length |term |only |use |or so |(?:paid "
    r"|pay )?(?:it )?back (?:in|over|within|across) |return (?:in |after )?|happy with |就|也就|我?想|打算|准备"
    r"|最多|顶多|大概|差不多|期限|用|借|贷|分|能?给"
    r"|可以?分?|想分|按|先|要|做|[:：])*"
)
_SPAN_ENDS = re.compile(
    r"(?:期|以内|之内|内|左右|吧)?(?:就|能|可以|慢慢|全部|还)*(?:够了?|行|可以|还清|还完|还上|还掉|还不|还得清|还|归还|转回来|周转|的|不|吗)?[嘛吧的呗]?"
    r"(?: (?:max|please|term|or so"
    r"|tops|at most|at a push|if possible|would do|is fine|would be (?:fine|comfy|good|great)|would suit|either way"
    r"|if you can [a-z ]+|ok))*"
    r"(?:$|[ ，。,;；.!！?？])"
)
_BUSINESS = re.compile(r"[开干做]了|成立|经营|合同|账期|结账|欠|拖|逾期")


def term_behind(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """要五十万，买铲车，三年: a span alone in its clause, one or two clauses behind the sum that is wanted, is its term."""
    sought = [index for index, hit in chosen.items() if hit.cue.fact == "amount_sought"]
    if len(sought) != 1 or any(hit.cue.fact == "term_months" for hit in chosen.values()):
        return
    amount = found[sought[0]]
    for index in range(sought[0] + 1, len(found)):
        span = found[index]
        taken = index in chosen and (chosen[index].sentence or chosen[index].cue.fact not in ("", "age_months"))
        if span.kind != "duration" or taken:
            continue
        low = scope.clause_span(span.start)[0]
        near = span.start - amount.end < 40 and scope.clause(span.start) - scope.clause(amount.start) <= 2
        alone = _SPAN_ALONE.fullmatch(scope.norm, max(low, amount.end), span.start) and _SPAN_ENDS.match(scope.norm, span.end)
        if near and alone and not _BUSINESS.search(scope.norm, amount.end, span.start):
            chosen[index] = _WISH_HIT["term_months"]
            return


def term_said(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """想贷15万装修三年还: a span that is paid back in, shortly behind the sum that is wanted, is its term beyond doubt."""
    for index in range(1, len(found)):
        span, amount = found[index], found[index - 1]
        lead = scope.norm[amount.end : span.start]
        back = _PAID_BACK.match(scope.norm, span.end) or _USED_FOR.search(lead)
        said = back and index in chosen and chosen[index].cue.fact == "term_months"
        wanted = index - 1 in chosen and chosen[index - 1].cue.fact == "amount_sought" and span.start - amount.end < _CLOSE
        if said and wanted:
            chosen[index] = replace(chosen[index], sentence=True)


_USED_FOR = re.compile(r"(?:周转|使用|分|期限)(?:个|它)?$")
_PAID_BACK = re.compile(r"(?:内|慢慢|分期)?还(?!没|剩|有|是)")
_CLOSE = 24
#: Before a sum: it is repaid, not borrowed.
_REPAID = re.compile(r"(?:提前还|一次性?还|多还|再还|先还|还掉|还了|少还|首付)[^，。,;；\d]{0,3}$")


def _paid_each_month(quantity: Quantity, hit: Hit | None) -> bool:
    """还款11200/月，等额本息: what goes out each month, said of a loan that is there."""
    return hit is not None and hit.cue.fact == "monthly_debt_service" and (hit.sentence or quantity.period == "month")


def wished(norm: str, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Where a calculation is wanted, the amount and the span of time beside it are how much is wanted and for how long."""
    facts = {index: hit.cue.fact for index, hit in chosen.items()}
    sums = [
        index for index, quantity in enumerate(found) if quantity.kind == "money" or (quantity.kind == "number" and quantity.value >= 10000)
    ]
    if "amount_sought" not in facts.values():
        free = [
            index
            for index in sums
            if facts.get(index, "") in ("", "monthly_debt_service")
            and not _paid_each_month(found[index], chosen.get(index))
            and not (index in chosen and chosen[index].sentence)
            and not _REPAID.search(norm[: found[index].start])
        ]
        if free:
            chosen[max(free, key=lambda index: found[index].value)] = _WISH_HIT["amount_sought"]
    if sums and "term_months" not in facts.values():
        spans = [index for index, quantity in enumerate(found) if quantity.kind == "duration" and index not in facts]
        if len(spans) == 1:
            chosen[spans[0]] = _WISH_HIT["term_months"]
