"""Decides which fact each figure of a message fills: the nearest fitting words in its clause, with the period they need."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from nlu.cues import frames
from nlu.cues.figures import CUES, Cue
from nlu.cues.words import COLLATERAL_FRAME
from nlu.facts import Ambiguity, Mention, fact_value
from nlu.quantities import Quantity
from nlu.scope import Scope


@dataclass(frozen=True)
class Figures:
    """Facts that figures state, what is in doubt, and which quantities (by position) were used for either."""

    mentions: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    claimed: frozenset[int]


@dataclass(frozen=True)
class _Hit:
    cue: Cue
    start: int
    end: int
    text: str


_AGE_WORDS = re.compile(r"been|running|open|business|operating|trading|established|old\b|founded|start|开|干|经营|成立|做")
_LOAN_WORDS = re.compile(r"borrow|need|loan|term|repay|pay|financ|want|look|fund|credit|money|get\b|rmb|yuan|¥|\d ?k\b|million")
_YEAR_LEAD = re.compile(
    r" ?(?:今年|去年|前年|上一?年|20\d\d年?|(?:in )?20\d\d|last year|this year|the year before)[是有大概约差不多到了又只 ]{0,5}(?:was |about |it was )?"
)
_OLD = re.compile(r"[- ]old\b")
_AS_EMPLOYEE = re.compile(r"经验|打工|上班|学徒|厨师(?!店)|\bexperience\b|\bworked (?:for|at|as)\b")
_PAST_SPAN = re.compile(r"(?:过去|最近|近|past|last) ?$")
_LATER = re.compile(r"^ ?(?:后|之后|以后|前(?!年)|内|以内|ago|later|before|from now)")
_LIMIT = re.compile(r"最高|上限|封顶|起步|最低|maximum|\bmax\b|minimum|up to")
_GENERIC = frozenset(
    [
        "贷款",
        "贷",
        "要",
        "借",
        "批",
        "get",
        "loan",
        "差",
        "缺",
        "额度",
        "周转",
        "筹",
        "financing",
        "funding",
        "wants",
        "want",
        "needs",
        "need",
        "需要",
        "申请",
        "融资",
    ]
)


def stated_figures(text: str, scope: Scope, found: tuple[Quantity, ...], *, today: date, asking: str | None) -> Figures:
    """Facts that the figures of a message fill."""
    if not found:
        return Figures((), (), frozenset())
    hits = _hits(scope.norm, {_kind(quantity) for quantity in found})
    chosen = _assign(scope, found, hits)
    _carried_on(scope, found, chosen)
    _default_people(scope, found, hits, chosen)
    calculation = bool(frames.CALCULATION.search(scope.norm))
    if calculation:
        _wished(scope, found, chosen)
    mentions: list[Mention] = []
    ambiguous: list[Ambiguity] = []
    claimed: set[int] = set()
    revenues: list[int] = []
    for index, hit in sorted(chosen.items()):
        quantity, name = found[index], hit.cue.fact
        if not name or not (calculation and name in _WISHES) and not _says(scope, quantity, hit):
            continue
        result = _fill(text, scope, quantity, hit, today, asking)
        if isinstance(result, Mention):
            if result.name in ("annual_revenue", "previous_revenue"):
                revenues.append(len(mentions))
            mentions.append(result)
            claimed.add(index)
        elif result is not None:
            ambiguous.append(result)
            claimed.add(index)
    mentions = _as_balance(scope, mentions)
    mentions = _as_shop(scope, _by_year(scope, mentions, revenues, today))
    return Figures(tuple(mentions), tuple(ambiguous), frozenset(claimed))


def _kind(quantity: Quantity) -> str:
    return "money" if quantity.kind == "number" else quantity.kind


def _hits(norm: str, kinds: set[str]) -> list[_Hit]:
    hits: list[_Hit] = []
    wanted = kinds | ({"count"} if "money" in kinds else set()) | ({"rate"} if "money" in kinds else set())
    for cue in CUES:
        if wanted.intersection(cue.kinds):
            hits.extend(
                _Hit(cue, match.start(), match.end(), match[0]) for match in cue.words.finditer(norm) if match.end() > match.start()
            )
    return [hit for hit in hits if not any(_hides(other, hit) for other in hits)]


def _hides(longer: _Hit, hit: _Hit) -> bool:
    if longer.cue is hit.cue or not set(longer.cue.kinds).intersection(hit.cue.kinds):
        return False
    inside = longer.start <= hit.start and hit.end <= longer.end
    return inside and longer.end - longer.start > hit.end - hit.start


def _assign(scope: Scope, found: tuple[Quantity, ...], hits: list[_Hit]) -> dict[int, _Hit]:
    """Pairs figures with words, cheapest pair first; each word serves once."""
    pairs = sorted(
        (
            (cost, index, rank)
            for index, quantity in enumerate(found)
            for rank, hit in enumerate(hits)
            if (cost := _cost(scope, found, index, quantity, hit)) is not None
        ),
    )
    chosen: dict[int, _Hit] = {}
    used: set[int] = set()
    for _, index, rank in pairs:
        if index not in chosen and rank not in used:
            chosen[index] = hits[rank]
            used.add(rank)
    return chosen


def _cost(scope: Scope, found: tuple[Quantity, ...], index: int, quantity: Quantity, hit: _Hit) -> float | None:
    if not _fits(quantity, hit, scope.norm):
        return None
    before = hit.end <= quantity.start
    if hit.start < quantity.end and quantity.start < hit.end:
        around = hit.start <= quantity.start and quantity.end <= hit.end
        return 0.5 if around or (quantity.start <= hit.start and hit.end <= quantity.end) else None
    if hit.cue.fact == "term_months" and not _term_fits(scope, quantity, hit):
        return None
    gap = quantity.start - hit.end if before else hit.start - quantity.end
    low, high = (hit.end, quantity.start) if before else (quantity.end, hit.start)
    if any(other.kind == quantity.kind and low <= other.start < high for position, other in enumerate(found) if position != index):
        return None
    ours, theirs = scope.clause(quantity.start), scope.clause(hit.start)
    if ours != theirs:
        if (
            not before
            or ours - theirs > 1
            or gap > 14
            or any(scope.clause(other.start) == theirs and _kind(other) == _kind(quantity) for other in found)
        ):
            return None
        gap += 12
    han = not (hit.text[0].isascii() and hit.text[0].isalpha())
    penalty = 0 if before else (3 if han else 1)
    if not before and scope.norm[low:high] in ("的", "块的", "元的"):
        gap, penalty = 0, 0
    if hit.text in _GENERIC or (hit.cue.fact == "cash" and hit.text.endswith("有")):
        penalty += 3
    if not hit.cue.fact:
        penalty -= 1
    return gap + penalty - min(len(hit.text), 8) / 10 if han else gap / 2 + penalty - min(len(hit.text), 16) / 20


def _term_fits(scope: Scope, quantity: Quantity, hit: _Hit) -> bool:
    """Whether a span of time beside these words can be a loan's term: not the past, not how long the business has run."""
    if quantity.unit != "term" and (_PAST_SPAN.search(scope.norm[: quantity.start]) or _LATER.match(scope.norm[quantity.end :])):
        return False
    if hit.text in ("for", "over", "within"):
        return bool(_LOAN_WORDS.search(scope.norm)) and not _AGE_WORDS.search(scope.clause_text(quantity.start))
    return True


def _fits(quantity: Quantity, hit: _Hit, norm: str) -> bool:
    cue = hit.cue
    if hit.text in ("值", "worth") and not COLLATERAL_FRAME.search(norm):
        return False
    if quantity.period not in cue.periods and quantity.kind in ("money", "number"):
        return False
    if quantity.kind == "number" and "count" in cue.kinds:
        near = -len(hit.text) < quantity.start - hit.end <= 6 or cue.fact.startswith("credit_inq") and hit.start >= quantity.end
        return (
            bool(cue.fact)
            and quantity.period is None
            and near
            and quantity.value < 5000
            and quantity.value == quantity.value.to_integral_value()
            and cue.fact != "owner_age"
        )
    if quantity.kind == "number":
        return "money" in cue.kinds
    if quantity.kind == "count" and "count" in cue.kinds:
        return not cue.units or quantity.unit in cue.units
    if quantity.kind == "duration" and cue.fact == "loan_matures_in_days":
        return True
    return quantity.kind in cue.kinds


def _carried_on(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, _Hit]) -> None:
    """2024年销售额400万，2025年500万: a sum after another year's name goes on with what was said of the year before it."""
    for index, quantity in enumerate(found):
        if quantity.kind != "money" or index in chosen:
            continue
        lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
        earlier = next((chosen[other] for other in range(index - 1, -1, -1) if other in chosen and found[other].kind == "money"), None)
        if earlier is not None and earlier.cue.fact in ("annual_revenue", "previous_revenue", "net_profit") and _YEAR_LEAD.fullmatch(lead):
            chosen[index] = earlier


def _default_people(scope: Scope, found: tuple[Quantity, ...], hits: list[_Hit], chosen: dict[int, _Hit]) -> None:
    """People and ages need no other word, and 36期 is a term, unless the clause speaks of somebody else."""
    for index, quantity in enumerate(found):
        if (
            quantity.kind == "duration"
            and index not in chosen
            and scope.norm[quantity.end : quantity.end + 1] == "期"
            and not scope.asked(quantity.start)
        ):
            chosen[index] = _Hit(next(cue for cue in CUES if cue.fact == "term_months"), quantity.start, quantity.end, "")
        if quantity.kind == "duration" and index not in chosen and _OLD.match(scope.norm, quantity.end):
            chosen[index] = _Hit(next(cue for cue in CUES if cue.fact == "age_months"), quantity.start, quantity.end, "")
    by_unit = {"person": "employees", "age": "owner_age", "term": "term_months", "patent": "patents", "graduate": "graduate_hires_12m"}
    for index, quantity in enumerate(found):
        name = by_unit.get(quantity.unit)
        if name is None or index in chosen:
            continue
        if (
            quantity.unit == "person"
            and quantity.value == 1
            and not re.search(r"(?:就|只有|只|我|自己|目前)[^，。]{0,4}$|just $|only $", scope.norm[: quantity.start])
        ):
            continue
        if sum(other.unit == quantity.unit for other in found) > 1:
            continue
        cue = next((cue for cue in CUES if cue.fact == name), None)
        if cue is not None:
            chosen[index] = _Hit(cue, quantity.start, quantity.end, "")


_WISHES = frozenset(("amount_sought", "term_months"))
_WISH_HIT = {name: _Hit(next(cue for cue in CUES if cue.fact == name), 0, 0, "") for name in _WISHES}


def _wished(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, _Hit]) -> None:
    """Where a calculation is wanted, the amount and the span of time beside it are how much is wanted and for how long."""
    facts = {index: hit.cue.fact for index, hit in chosen.items()}
    sums = [
        index for index, quantity in enumerate(found) if quantity.kind == "money" or quantity.kind == "number" and quantity.value >= 10000
    ]
    if "amount_sought" not in facts.values():
        free = [index for index in sums if facts.get(index, "") in ("", "monthly_debt_service")]
        if free:
            chosen[max(free, key=lambda index: found[index].value)] = _WISH_HIT["amount_sought"]
    if "term_months" not in facts.values():
        spans = [index for index, quantity in enumerate(found) if quantity.kind == "duration" and index not in facts]
        if len(spans) == 1:
            chosen[spans[0]] = _WISH_HIT["term_months"]


def _says(scope: Scope, quantity: Quantity, hit: _Hit) -> bool:
    """Whether the figure is stated of the owner's firm here."""
    if not scope.states(quantity.start, quantity.end):
        return False
    clause = scope.clause_text(quantity.start)
    if hit.cue.fact in ("amount_sought", "collateral_value") and hit.cue.fact == "amount_sought":
        if _LIMIT.search(clause):
            return False
        lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
        if frames.NO_NEED.search(lead):
            return False
    return True


def _fill(text: str, scope: Scope, quantity: Quantity, hit: _Hit, today: date, asking: str | None) -> Mention | Ambiguity | None:
    name, value = hit.cue.fact, quantity.value
    approximate = quantity.approximate
    sign = hit.cue.sign * quantity.sign
    here = (quantity.start, quantity.end, text[quantity.start : quantity.end])
    clause = scope.clause_text(quantity.start)
    if quantity.currency not in (None, "cny"):
        return Ambiguity((name,), (), *here)
    if quantity.kind == "number" and "count" in hit.cue.kinds:
        return _mention(name, value, quantity, text, approximate)
    if quantity.kind == "year":
        months = _months_since(quantity, today)
        return _mention(name, months, quantity, text, approximate=quantity.month is None) if months is not None else None
    if quantity.kind in ("duration", "count"):
        return _span_or_count(text, scope, quantity, hit)
    if quantity.kind == "rate":
        if len(quantity.readings) > 1:
            return Ambiguity((name,), quantity.readings, *here)
        return _mention(name, value, quantity, text, approximate)
    renamed = (name, 1) if name in _WISHES and frames.CALCULATION.search(scope.norm) else _by_period(name, quantity, hit, clause)
    if renamed is None:
        return None
    name, divisor = renamed
    if (
        name == "monthly_inflow"
        and quantity.period is None
        and "月" not in hit.text
        and "month" not in clause
        and "月" not in clause
        and asking != "monthly_inflow"
    ):
        return Ambiguity((name,), (value, _per_month(value)[0]), *here)
    if quantity.kind == "number":
        readings = bare_money(name, value, scope.norm)
        if len(readings) != 1:
            return Ambiguity((name,), readings, *here) if readings else None
    if len(quantity.readings) > 1:
        return Ambiguity((name,), quantity.readings, *here)
    if divisor == 12:
        value, exact = _per_month(value)
        low = _per_month(quantity.low)[0] if quantity.low is not None else None
        high = _per_month(quantity.high)[0] if quantity.high is not None else None
        return _mention(name, value, replace(quantity, low=low, high=high), text, approximate or not exact)
    if sign < 0 and quantity.low is not None and quantity.high is not None:
        quantity = replace(quantity, low=-quantity.high, high=-quantity.low)
    return _mention(name, value * sign, quantity, text, approximate)


def _span_or_count(text: str, scope: Scope, quantity: Quantity, hit: _Hit) -> Mention | None:
    name, value = hit.cue.fact, quantity.value
    if name == "loan_matures_in_days" and quantity.kind == "duration":
        return _mention(name, value * 30, replace(quantity, low=None, high=None), text, True)
    if name == "age_months" and _AS_EMPLOYEE.search(scope.clause_text(quantity.start)):
        return None
    if name == "age_months" and re.match(r" ?(?:内|以内|后|later)", scope.norm[quantity.end :]):
        return None
    return _mention(name, value, quantity, text, quantity.approximate or value != value.to_integral_value())


def _by_period(name: str, quantity: Quantity, hit: _Hit, clause: str) -> tuple[str, int] | None:
    """The fact a figure of this period belongs to, and what to divide it by."""
    period = quantity.period
    if name == "annual_revenue":
        if period == "month":
            return "monthly_sales", 1
        return (name, 1) if period in (None, "year") else None
    if name == "monthly_inflow":
        return (name, 12 if period == "year" else 1) if period in (None, "year", "month") else None
    if name == "amount_sought":
        return (name, 1) if period is None or period == "year" else None
    if name == "existing_loans" and period == "month":
        return ("monthly_debt_service", 1) if "还" in clause or "pay" in clause else None
    if period in ("day", "quarter"):
        return None
    return (name, 1) if period != "month" or name == "monthly_debt_service" or name == "monthly_sales" or name not in _FLOWS else None


#: Facts that speak of a year: a month's figure must not fill them.
_FLOWS = frozenset(
    [
        "net_profit",
        "gross_profit",
        "operating_profit",
        "operating_cost",
        "finance_cost",
        "export_revenue",
        "taxable_income",
        "annual_tax_paid",
        "invoiced_sales",
        "purchase_amount",
        "rd_spend",
        "platform_sales",
        "previous_revenue",
    ]
)


def bare_money(name: str, value: Decimal, norm: str) -> tuple[Decimal, ...]:
    """What a number without a unit may mean for a money fact, likeliest first. 3500 a month is yuan; 50 may be 万."""
    if value <= 0:
        return ()
    if value >= 10000 or (name == "monthly_debt_service" and value >= 100):
        return (value,)
    han = any("一" <= char <= "鿿" for char in norm)
    latin = any("a" <= char <= "z" for char in norm)
    return (value * (1000 if latin and not han else 10000), value)


def _per_month(value: Decimal) -> tuple[Decimal, bool]:
    exact = value / 12
    fen = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return (fen, True) if fen * 12 == value else (exact.quantize(Decimal(1), ROUND_HALF_UP), False)


def _months_since(quantity: Quantity, today: date) -> Decimal | None:
    """Whole months since the year (from its middle) or the month named; None for the future."""
    months = (today.year - int(quantity.value)) * 12 + today.month - (quantity.month or 7)
    if months < 0 and quantity.month is None and int(quantity.value) == today.year:
        months = 0
    return Decimal(months) if 0 <= months <= 1200 else None


def _mention(name: str, value: Decimal, quantity: Quantity, text: str, approximate: bool) -> Mention | None:
    parsed = fact_value(name, value)
    if parsed is None:
        return None
    return Mention(
        name, parsed, quantity.start, quantity.end, text[quantity.start : quantity.end], approximate, quantity.low, quantity.high
    )


_YEAR_WORDS = re.compile(
    r"(?P<now>今年|this year)|(?P<last>去年|上一?年(?!度)|last year)|(?P<before>前年|the year before|two years ago)|(?P<year>20[0-4]\d)年?"
)


_RISE = re.compile(
    r"(?:涨|升|降|跌|减|掉|增长?|增加|下滑|提高|缩)(?:到|至|成了?)|(?:fell|dropped|rose|grew|went|up|down|increased|declined|fallen|grown)\b[^.;]{0,16}\bto\b"
)


def _moved(scope: Scope, mentions: list[Mention], revenues: list[int]) -> list[Mention] | None:
    """收入从600万降到420万, fell from 6m to 4.2m: the figure moved to is the latest year's, the one before it the year before's."""
    for index in revenues:
        later = next(
            (other for other in range(index + 1, len(mentions)) if mentions[other].name in ("annual_revenue", "previous_revenue")), None
        )
        if later is not None and _RISE.search(scope.norm, max(0, mentions[index].start - 24), mentions[later].start):
            names = {index: "previous_revenue", later: "annual_revenue"}
            return [replace(mention, name=names.get(position, mention.name)) for position, mention in enumerate(mentions)]
    return None


def _by_year(scope: Scope, mentions: list[Mention], revenues: list[int], today: date) -> list[Mention]:
    """Of several years' revenue, the latest full year is annual_revenue and the year before it previous_revenue."""
    moved = _moved(scope, mentions, revenues)
    if moved is not None:
        return moved
    dated = [(index, _year_of(scope, mentions, index, today)) for index in revenues]
    if len(dated) < 2 or all(year is None for _, year in dated):
        return [
            replace(mention, approximate=True)
            if (index, today.year) in dated
            else replace(mention, name="previous_revenue")
            if (index, today.year - 2) in dated
            else mention
            for index, mention in enumerate(mentions)
        ]
    full = sorted({year if year is not None else today.year - 1 for _, year in dated} - {today.year}, reverse=True)
    names = {year: name for year, name in zip(full, ("annual_revenue", "previous_revenue"), strict=False)}
    renamed = {index: names.get(year if year is not None else today.year - 1) for index, year in dated}
    return [
        replace(mention, name=str(renamed.get(index, mention.name)))
        for index, mention in enumerate(mentions)
        if index not in renamed or renamed[index]
    ]


def _as_balance(scope: Scope, mentions: list[Mention]) -> list[Mention]:
    """Beside total assets, what is owed in all is total_liabilities."""
    if not any(mention.name == "total_assets" for mention in mentions) or any(mention.name == "total_liabilities" for mention in mentions):
        return mentions
    return [
        replace(mention, name="total_liabilities")
        if mention.name == "existing_loans"
        and re.search(r"(?:欠债|负债|欠款|债务|欠|debts?|owe)[^，。,;；]{0,6}$", scope.norm[: mention.start])
        else mention
        for mention in mentions
    ]


_SHOP = re.compile(
    r"(?:淘宝|天猫|京东|拼多多|抖音|快手|亚马逊|amazon|美团|饿了么|网|线上|旗舰)[^，。,;；]{0,4}店|(?:淘宝|天猫|京东|拼多多|抖音|亚马逊)上?(?:卖|做|开)|\b(?:taobao|tmall|jd|pinduoduo|douyin|amazon|online)\b(?: \w+)? (?:shop|store)\b|\bsell(?:ing)? (?:\w+ ){0,3}on (?:taobao|tmall|jd|pinduoduo|douyin|amazon)\b"
)
_COMPANY = re.compile(r"公司|成立|注册|工厂|厂子|实体|门店|批发部|\b(?:company|founded|registered|factory|offline)\b")


def _as_shop(scope: Scope, mentions: list[Mention]) -> list[Mention]:
    """Where the business is an online shop, its age and sales are the shop's."""
    shop = _SHOP.search(scope.norm)
    if not shop or _COMPANY.search(scope.norm):
        return mentions
    names, stated = {"annual_revenue": "platform_sales", "age_months": "platform_months"}, {mention.name for mention in mentions}
    return [
        replace(mention, name=names[mention.name])
        if mention.start >= shop.start() and mention.name in names and names[mention.name] not in stated
        else mention
        for mention in mentions
    ]


def _year_of(scope: Scope, mentions: list[Mention], index: int, today: date) -> int | None:
    floor = mentions[index - 1].end if index else 0
    words = list(_YEAR_WORDS.finditer(scope.norm, floor, mentions[index].start))
    if not words:
        behind = re.match(r" ?(?:in |during |for )?(last year|this year|the year before|20[0-4]\d)", scope.norm[mentions[index].end :])
        if not behind:
            return None
        words = list(_YEAR_WORDS.finditer(behind[1]))
    last = words[-1]
    if last.lastgroup == "year":
        return int(last["year"])
    return today.year - {"now": 0, "last": 1, "before": 2}[str(last.lastgroup)]
