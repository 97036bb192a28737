"""A revolving line by the day: what some days of use cost, or drawings and repayments on dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bot.conversation.answers.asides import sums_of, supposed
from bot.conversation.answers.terms_said import Said
from bot.conversation.model import Answer, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.entries import Kind
from knowledge.formats import day, money, percent
from nlu.mentions import extract_facts
from nlu.quantities import quantities
from scoring.revolving import DAYS_OF_YEAR, Movement, interest_of_days, revolving

_REVOLVING = re.compile(
    r"随借随还|随用随还|循环(?:贷|额度)?|按天(?:算|计)?|按日|每天(?:多少)?利息|日息|revolving|by the day|per day|daily|draw", re.IGNORECASE
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?|(?P<day_en>\d{1,2})(?:st|nd|rd|th)? (?P<name>" + "|".join(_MONTHS) + r")[a-z]*",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"借|提|支用|用款|draw|borrow|take", re.IGNORECASE)
_REPAID = re.compile(r"还|归还|repa|pay", re.IGNORECASE)
_ALL = re.compile(r"还清|全还|结清|还完|全部还|\ball\b|the rest|in full", re.IGNORECASE)
#: The rate taken where nobody said one and no revolving loan publishes one: a round figure to show the way it is worked out.
_EXAMPLE_RATE = Decimal("0.04")


def is_revolving(scene: Scene, said: Said) -> bool:
    """Whether a message asks for interest by the day."""
    return said.days is not None or _REVOLVING.search(scene.text) is not None or len(list(_movements(scene))) > 1


def sum_used(scene: Scene, said: Said) -> tuple[Scene, Decimal | None]:
    """The sum that is used for some days, and the scene in which it neither answers what was asked before it nor changes what was told."""
    sums = sums_of(scene)
    used = said.principal or (sums[0] if len(sums) == 1 else None)
    if said.days is None or used is None:
        return scene, said.principal
    named = {mention.name for mention in extract_facts(scene.text, today=scene.today).mentions}
    if any(change.fact.name in named and not change.corrects for change in scene.taken.changes):
        return scene, used
    return supposed(scene), used


def by_the_day(scene: Scene, said: Said, principal: Decimal) -> Answer:
    """Interest of some days, or of drawings and repayments on dates; without days, what one day costs."""
    language = scene.language
    rate, assumed = _rate(scene, said)
    movements = list(_movements(scene))
    if len(movements) > 1:
        scene, text = supposed(scene), _dated(movements, rate, language)  # what is drawn and repaid is no wish and no debt of the firm
    else:
        days = said.days or (said.months * 30 if said.months else None)
        one = interest_of_days(principal, rate, 1)
        key = "by_day" if days else "by_day_one"
        text = say(
            key,
            language,
            principal=money(principal, language),
            days=days or 1,
            rate=percent(rate),
            each=money(one, language),
            interest=money(interest_of_days(principal, rate, days or 1), language),
        )
    lines = [text, say("by_day_rule", language)]
    if assumed:
        lines.append(say("repayment_assumed", language, assumed=say("assumed_rate", language)))
    return Answer((Reply("\n".join(lines)),), scene.dialogue, aside=True)


def _rate(scene: Scene, said: Said) -> tuple[Decimal, bool]:
    """The rate for a year of 360 days, and whether it is assumed. A daily rate was read for 365 days."""
    if said.rate is not None:
        return (said.rate * DAYS_OF_YEAR / 365 if said.by_day else said.rate), False
    earlier, accepted = scene.dialogue.reckoned[2], scene.dialogue.firm.get("max_rate")
    if earlier:
        return Decimal(earlier), False
    if isinstance(accepted, Decimal):
        return accepted, False
    stated = next((m.rate for m in scene.matches if m.entry.kind is Kind.PRODUCT and m.rate and m.rate.basis == "stated"), None)
    return (stated.for_grade(scene.grade) if stated else None) or _EXAMPLE_RATE, True


def _dated(movements: list[Movement], rate: Decimal, language: str) -> str:
    try:
        stretches = revolving(movements, rate)
    except ValueError:
        return say("by_date_wrong", language)
    lines = [say("by_date_head", language, rate=percent(rate))]
    for one in stretches:
        lines.append(
            say(
                "by_date_line",
                language,
                start=day(one.start, language),
                end=day(one.end, language),
                days=one.days,
                balance=money(one.balance, language),
                interest=money(one.interest, language),
            )
        )
    total = sum((one.interest for one in stretches), Decimal(0))
    lines.append(say("by_date_total", language, interest=money(total, language)))
    return "\n".join(lines)


def _movements(scene: Scene) -> Iterator[Movement]:
    """Drawings and repayments on dates: 3月1日借20万，3月20日还10万，5月1日还清. Dates run forward from the first."""
    text, found = scene.text, list(_DATE.finditer(scene.text))
    last = date(scene.today.year, 1, 1)
    for place, match in enumerate(found):
        begin = found[place - 1].end() if place else 0
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        after = text[match.end() : end]
        words = after if match["month"] else f"{_last_clause(text[begin : match.start()])} {after.split(',')[0]}"
        on = _day_of(match, last)
        amount = next((figure.value for figure in quantities(words, today=scene.today) if figure.kind == "money"), None)
        if on is None or (amount is None and not _ALL.search(words)):
            continue
        repays = _REPAID.search(words) is not None and not _DRAWN.search(words)
        if _ALL.search(words) and repays:
            yield Movement(on, None)
        elif amount is not None:
            yield Movement(on, -amount if repays else amount)
        last = on


def _last_clause(words: str) -> str:
    return re.split(r"[,;，；]", words)[-1]


def _day_of(match: re.Match[str], last: date) -> date | None:
    month = int(match["month"]) if match["month"] else _MONTHS.index(match["name"].lower()) + 1
    number = int(match["day"] or match["day_en"])
    try:
        on = date(last.year, month, number)
        return on if on >= last else on.replace(year=last.year + 1)
    except ValueError:
        return None
