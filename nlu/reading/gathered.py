"""Facts that the figures of a message state, gathered: what each states, told in parts or as a sum, and what settles it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from nlu.cues import frames
from nlu.facts import Ambiguity, Mention
from nlu.numbers.quantity import Quantity
from nlu.reading.adding import added
from nlu.reading.assign import WISHES, assign
from nlu.reading.beside import of_the_month
from nlu.reading.crew import crew
from nlu.reading.figures import fill
from nlu.reading.headcount import Headcount, headcount
from nlu.reading.maturity import matures
from nlu.reading.noughts import noughts
from nlu.reading.past import long_ago
from nlu.reading.patents import patents_together
from nlu.reading.scope import Scope
from nlu.reading.settle import as_balance, as_goods, as_shop, by_year, without_parts
from nlu.reading.stated import says
from nlu.reading.voided import voided


@dataclass(frozen=True)
class Figures:
    """Facts that figures state, what is in doubt, which quantities (by position) were used for either, which of them have their fact
    from a whole sentence, and which are no fact by a whole sentence.
    """

    mentions: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    claimed: frozenset[int]
    sentences: frozenset[int] = frozenset()
    nothing: frozenset[int] = frozenset()


#: Behind a number of people hired: all of them are graduates.
_GRADUATES = re.compile(
    r"(?:个|名|位)?(?:刚毕业的?|应届|大专|本科|高校)*(?:应届|大学|高校|毕业|大专|本科)(?:毕业)?(?:生|的)"
    r"|,? ?(?:all |both )?(?:fresh |new |recent )?(?:college |university )?(?:graduates?|grads)\b"
    r"|,? (?:all |both )?(?:straight|fresh|right|just) (?:out of|from) (?:college|uni\w*|school)"
)
#: Nobody borrows less from a bank; a smaller sum is a price.
_SMALLEST_LOAN = 500
#: Before a figure: a part of the one before it.
_PART = re.compile(
    r"(?:其中|里面|里头|包括|包含|光是|\bof which\b|\bincluding\b|\bof them\b)[^。！？]{0,14}$|\b(?:staff|people|employees|workers|team"
    r"|persons) (?:with (?:about |some )?|\()$"
)


def stated_figures(text: str, scope: Scope, found: tuple[Quantity, ...], *, today: date, asking: str | None) -> Figures:
    """Facts that the figures of a message fill."""
    counted = any(quantity.unit == "day" for quantity in found)
    due = None if counted else matures(text, scope, today, asked=asking == "loan_matures_in_days")
    told = crew(scope, asking) or headcount(scope, found, asked=asking == "employees")
    told = None if told is not None and long_ago(scope, told, "employees", today) else told
    calculation = bool(frames.CALCULATION.search(scope.norm))
    chosen = assign(scope, found, calculation=calculation) if found else {}
    mentions: list[Mention] = []
    ambiguous: list[Ambiguity] = []
    claimed: set[int] = set()
    revenues: list[int] = []
    for index, hit in sorted(chosen.items()):
        quantity, name = found[index], hit.cue.fact
        wished = calculation and name in WISHES and not scope.of_others(quantity.start)
        too_small = name == "amount_sought" and quantity.kind == "money" and quantity.value < _SMALLEST_LOAN
        nothing = not name or too_small or of_the_month(scope, found, index, name) or _within(due, quantity)
        if nothing or not (wished or says(scope, quantity, hit)):
            continue
        result = fill(text, scope, found, quantity, hit, today, asking)
        if result is None:
            continue
        claimed.add(index)
        if isinstance(result, Ambiguity):
            ambiguous.append(result)
        elif not (_stands(mentions, result.name) and _PART.search(scope.norm[: quantity.start])):
            if result.name in ("annual_revenue", "previous_revenue"):
                revenues.append(len(mentions))
            mentions += _with_graduates(scope, result)
    mentions = _with_people(text, told, by_year(scope, mentions, revenues, today))
    claimed.update(index for index, quantity in enumerate(found) if _within(told, quantity))
    names = {mention.name for mention in mentions}
    mentions += [item for item in (due, voided(text, scope), *noughts(text, scope)) if item is not None and item.name not in names]
    mentions = _with_sum(added(text, scope, found, asking), mentions)
    mentions = patents_together(scope, mentions)
    mentions = as_goods(scope, as_balance(scope, without_parts(mentions)))
    sentences = frozenset(index for index, hit in chosen.items() if hit.sentence)
    no_fact = frozenset(index for index in sentences if not chosen[index].cue.fact)
    return Figures(tuple(as_shop(scope, mentions)), tuple(ambiguous), frozenset(claimed), sentences, no_fact)


def _within(span: Mention | Headcount | None, quantity: Quantity) -> bool:
    return span is not None and span.start < quantity.end and quantity.start < span.end


def _with_graduates(scope: Scope, mention: Mention) -> list[Mention]:
    """People hired who are all graduates are both."""
    graduates = mention.name == "new_hires_12m" and _GRADUATES.match(scope.norm, mention.end)
    return [mention, replace(mention, name="graduate_hires_12m")] if graduates else [mention]


def _with_people(text: str, told: Headcount | None, mentions: list[Mention]) -> list[Mention]:
    """A headcount told in parts instead of its parts, unless a figure elsewhere says how many people there are."""
    if told is None:
        return mentions
    employees = [mention for mention in mentions if mention.name == "employees"]
    if not told.instead and any(not told.start <= mention.start < told.end for mention in employees):
        return mentions
    return [*(mention for mention in mentions if mention not in employees), _people(told, text)]


def _people(told: Headcount, text: str) -> Mention:
    return Mention("employees", told.count, told.start, told.end, text[told.start : told.end])


def _with_sum(whole: Mention | None, mentions: list[Mention]) -> list[Mention]:
    """Sums told one by one as the fact that they make up, instead of what each was taken for."""
    if whole is None:
        return mentions
    return [*(mention for mention in mentions if not (whole.start <= mention.start and mention.end <= whole.end)), whole]


def _stands(mentions: list[Mention], name: str) -> bool:
    """Whether the fact is stated already; beside total assets what is owed is the liabilities, and the bank's share another fact."""
    names = {mention.name for mention in mentions}
    return name in names and not (name == "existing_loans" and "total_assets" in names)
