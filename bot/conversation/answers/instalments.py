"""Repaying: by the four usual ways, by the day for a revolving line, what fees make of the rate, and the whole table when asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from bot.conversation.answers.revolving import by_the_day, is_revolving, sum_used
from bot.conversation.answers.table import table_button, table_reply
from bot.conversation.answers.terms_said import Said, said_in
from bot.conversation.model import Answer, Reply
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from knowledge.entries import Kind
from knowledge.formats import money, months, percent
from scoring.price import annual_cost
from scoring.schedule import Instalment, Method, fen, schedule

_USUAL_TERM = 12
_USUAL = (Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.INTEREST_FIRST)
_ASKED: Mapping[Method, re.Pattern[str]] = {
    Method.EQUAL_INSTALMENT: re.compile(r"等额本息|等本等息|level|equal (?:monthly )?(?:instal\w*|payments?)|annuity", re.IGNORECASE),
    Method.EQUAL_PRINCIPAL: re.compile(r"等额本金|equal principal|declining", re.IGNORECASE),
    Method.INTEREST_FIRST: re.compile(r"先息后本|按月付息|只还息|interest[- ](?:first|only)|only (?:the )?interest", re.IGNORECASE),
    Method.BULLET: re.compile(
        r"一次(?:性)?(?:还本付息|还清|付清)|到期一起还|bullet|\b(?:all|everything) (?:of it )?at (?:the end|maturity)", re.IGNORECASE
    ),
}
_WANTS_TABLE = re.compile(
    r"(?:还款|明细|完整|逐月|每个?月的?|整张)(?:计划)?表|还款计划|明细|full (?:table|schedule)|repayment (?:table|schedule)|month by month"
    r"|\b(?:in|as|into) (?:an? |the )?table\b",
    re.IGNORECASE,
)


_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_BARE_YEARS = re.compile(rf"\b(?:over|across|in|for|about) (\d|10|{'|'.join(_NUMBERS)})(?: instead)?\W*$", re.IGNORECASE)


def repayment(scene: Scene) -> Answer:
    """What a loan costs to repay. What the owner did not say is taken from the firm, the last sum, or assumed and named."""
    said = said_in(scene)
    scene, used = sum_used(scene, said)
    principal = used or _earlier(scene, 0) or _wish(scene, "amount_sought")
    if principal is None or principal < 1:
        return _thread(scene, Reply(say("repayment_need", scene.language)))
    principal = fen(principal)
    if is_revolving(scene, said):
        return by_the_day(scene, said, principal)
    term = said.months or _whole(_earlier(scene, 1)) or _whole(scene.dialogue.firm.get("term_months"))
    rate, sources = _rate(scene, said)
    if rate is None:
        return _thread(scene, Reply(say("repayment_need", scene.language)))
    count = term or _USUAL_TERM
    assumed = [key for key, known in (("assumed_term", term is not None), ("assumed_rate", not sources)) if not known]
    scene = _remembering(scene, said)
    methods = methods_in(scene.text)
    if _WANTS_TABLE.search(scene.text):
        method = methods[0] if methods else Method.EQUAL_INSTALMENT
        return _thread(scene, table_reply(principal, rate, count, method, scene.language), sources)
    return _thread(scene, _told(principal, rate, count, methods or _USUAL, said, assumed, scene.language), sources)


def methods_in(text: str) -> tuple[Method, ...]:
    """The ways of repaying that a text names."""
    return tuple(method for method, words in _ASKED.items() if words.search(text))


def another_way(scene: Scene) -> Answer | None:
    """The same sum by another way of repaying: "and interest only?"; None where no sum is known to repeat."""
    known = _earlier(scene, 0) or _wish(scene, "amount_sought")
    return repayment(scene) if known is not None and methods_in(scene.text) else None


def over_years(scene: Scene) -> Answer | None:
    """The same sum over other years, the unit left out: "and over five?"; None where no sum with a term is known to repeat."""
    known, said = _earlier(scene, 0) or _wish(scene, "amount_sought"), _BARE_YEARS.search(scene.text)
    if known is None or said is None or not (_earlier(scene, 1) or "term_months" in scene.dialogue.firm):
        return None
    years = int(said[1]) if said[1].isdigit() else _NUMBERS.index(said[1].lower()) + 2
    principal, _, rate = scene.dialogue.reckoned
    return repayment(scene.with_dialogue(scene.dialogue.but(reckoned=(principal, str(12 * years), rate))))


def with_fees(scene: Scene) -> Answer | None:
    """The last sum with fees, a guarantor's fee or a deposit: "and with a 10% deposit?"; None where no sum went before or none is named."""
    return repayment(scene) if any(scene.dialogue.reckoned) and said_in(scene).has_fees else None


def whole_table(scene: Scene) -> Answer | None:
    """The table of the last sum or of the firm's own wish; None where none is known."""
    known = said_in(scene).principal or _earlier(scene, 0) or _wish(scene, "amount_sought")
    return repayment(scene) if known is not None else None


def _told(
    principal: Decimal, rate: Decimal, count: int, methods: tuple[Method, ...], said: Said, assumed: list[str], language: str
) -> Reply:
    head = say("repayment", language, principal=money(principal, language), term=months(count, language), rate=percent(rate))
    plans = {method: schedule(principal, rate, count, method) for method in methods}
    lines = [head, *(f"· {_plan_text(method, plan, language)}" for method, plan in plans.items())]
    if said.has_fees:
        lines.append(_with_fees(principal, rate, count, methods[0], said, language))
    if assumed:
        lines.append(say("repayment_assumed", language, assumed=joined([say(key, language) for key in assumed], language)))
    buttons = tuple(table_button(principal, rate, count, method, language) for method in methods)
    return Reply("\n".join(lines), buttons)


def _plan_text(method: Method, plan: tuple[Instalment, ...], language: str) -> str:
    interest = money(sum((line.interest for line in plan), Decimal(0)), language)
    first, last = money(plan[0].payment, language), money(plan[-1].payment, language)
    return say(f"plan_{method}", language, first=first, last=last, monthly=money(plan[0].interest, language), interest=interest)


def _with_fees(principal: Decimal, rate: Decimal, count: int, method: Method, said: Said, language: str) -> str:
    """The real annual cost with the fees and deposits said, by internal rate of return."""
    try:
        cost = annual_cost(principal, rate, count, method, fees=said.fees)
    except ValueError:
        return say("repayment_nothing_left", language)
    return say(
        "repayment_real",
        language,
        method=say(f"method_{method}", language),
        received=money(cost.flows[0], language),
        fees=money(cost.fees, language),
        real=percent(cost.nominal),
        effective=percent(cost.effective),
    )


def _rate(scene: Scene, said: Said) -> tuple[Decimal | None, tuple[str, ...]]:
    """The rate said, of the last sum, or accepted; else that of the best loan that publishes one, which is then a source."""
    rate = said.rate or _earlier(scene, 2) or _wish(scene, "max_rate")
    if rate is not None:
        return rate, ()
    best = next((m for m in scene.matches if m.entry.kind is Kind.PRODUCT and m.rate and m.rate.basis == "stated"), None)
    point = best.rate.for_grade(scene.grade) if best and best.rate else None
    return (point, (best.entry.id,)) if best is not None and point is not None else (None, ())


def _earlier(scene: Scene, place: int) -> Decimal | None:
    """A figure of the last sum: 0 principal, 1 months, 2 rate."""
    raw = scene.dialogue.reckoned[place]
    try:
        return Decimal(raw) if raw else None
    except InvalidOperation:
        return None


def _wish(scene: Scene, name: str) -> Decimal | None:
    value = scene.dialogue.firm.get(name)
    return value if isinstance(value, Decimal) and value > 0 else None


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | Decimal) and value >= 1 else None


def _remembering(scene: Scene, said: Said) -> Scene:
    """Figures that are no facts of the firm are kept for "and interest first?"; what the message does not say stays as it was.

    A principal or term that the firm itself was told of stands in the firm, so a correction of it holds here, too.
    """
    own = scene.understanding.extraction.facts
    kept = scene.dialogue.reckoned
    principal = "" if "amount_sought" in own else str(said.principal) if said.principal else kept[0]
    term = "" if "term_months" in own else str(said.months) if said.months else kept[1]
    rate = "" if "max_rate" in own else str(said.rate) if said.rate else kept[2]
    return scene.with_dialogue(scene.dialogue.but(reckoned=(principal, term, rate)))


def _thread(scene: Scene, reply: Reply, sources: tuple[str, ...] = ()) -> Answer:
    return Answer((reply,), scene.dialogue, sources, aside=True)
