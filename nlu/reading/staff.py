"""How many people there are in all, or now, where parts of them or earlier numbers are told too."""

from __future__ import annotations

import re

from nlu.cues import people
from nlu.cues.figures import cue_of
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

#: Before a number: it is everybody.
_IN_ALL = re.compile(
    r"(?:全员|统共|拢共|满打满算|总共|一共|合计|共计|加一块儿?|加起来|全公司|全厂|全店|total(?: staff)?|(?:整个)?team(?: size)?"
    r"|(?:加|连|算|带)上?我(?:自己|俩|们)?(?:俩口子|两口子)?(?:一共|总共)?)[ 是有就:：]{0,2}$"
)
#: Before a number: it is those who are there now, or all the year.
_NOW = re.compile(
    r"(?:现在|如今|目前|眼下|这会儿|常年|长年|平时|实际|\bnow|[只就还]剩|剩)(?:[只就还才有是剩下]|统共|用工|干活的|在岗|员工|left"
    r"|down to)*[ ,，]{0,2}$"
)
_ENDS = re.compile(
    r" ?(?:来|多)?(?:个|名|位|口|号)?(?:员工|工人|人|老?伙计|师傅|people|staff|ppl)?(?:了|吧|左右|不到|出头)?(?:$"
    r"|[ ，。,;；.!！?？、)）])"
)
_HIRED = re.compile(r"新招|招了|进来|新进|新来|客户|学生|专利")
_NEAR = 30


def staff(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """技术的七个，总共三十三个; 原来二十七个人，现在十五: the number of everybody, or of those who are left."""
    counts = [index for index, quantity in enumerate(found) if _counts_people(scope, quantity)]
    _whole_of_parts(scope, found, chosen)
    parts = [index for index, quantity in enumerate(found) if _of_staff(scope, quantity, chosen.get(index), index in counts)]
    for index in counts:
        quantity = found[index]
        if index in chosen and chosen[index].cue.fact not in ("", "employees"):
            continue
        lead = scope.norm[max(0, quantity.start - 14) : quantity.start]
        before = [at for at in parts if at < index and quantity.start - found[at].end < _NEAR]
        if _HIRED.search(scope.clause_text(quantity.start)):
            continue
        everybody = _IN_ALL.search(lead) and before and quantity.value >= max(found[at].value for at in before)
        left = _NOW.search(lead) and any(at in chosen and chosen[at].cue.fact == "employees" for at in before)
        if everybody or left:
            chosen[index] = Hit(cue_of("employees"), quantity.start, quantity.end, "")
        if everybody:
            for at in before:
                if at in chosen and chosen[at].cue.fact == "employees":
                    del chosen[at]


def _counts_people(scope: Scope, quantity: Quantity) -> bool:
    kinds = quantity.unit in ("person", "each") if quantity.kind == "count" else quantity.kind == "number"
    whole = quantity.value == quantity.value.to_integral_value() and 1 <= quantity.value < 3000
    return kinds and whole and (quantity.unit == "person" or _ENDS.match(scope.norm, quantity.end) is not None)


def _of_staff(scope: Scope, quantity: Quantity, hit: Hit | None, counts: bool) -> bool:
    """Whether a number is one of people who work in the firm."""
    if hit is not None and hit.cue.fact:
        return hit.cue.fact == "employees"
    if not counts:
        return quantity.unit == "person" and quantity.low is not None
    role = any(match.end() == quantity.start for match in people.ROLES.finditer(scope.norm, max(0, quantity.start - 8), quantity.start))
    return quantity.unit == "person" or role


#: Between the parts of a number of people and beside them: who they are, nothing that asks or plans.
_APART = re.compile(r"[^。！？!?\d]{0,14}")
_MANY = 3


def _whole_of_parts(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """雇了七个人，踩缝纫机的五个打包的两个: a number of people whose parts are told behind it, two or more that add up to it."""
    for index, whole in enumerate(found):
        known = index in chosen and chosen[index].cue.fact == "employees"
        if not known and not (whole.unit == "person" and index not in chosen):
            continue
        parts = _parts_behind(scope, found, index)
        if parts and not scope.asked(whole.start):
            chosen[index] = Hit(cue_of("employees"), whole.start, whole.end, "")
            for at in parts:
                chosen.pop(at, None)


def _parts_behind(scope: Scope, found: tuple[Quantity, ...], index: int) -> tuple[int, ...]:
    """The numbers directly behind another that add up to it."""
    left, at = found[index].value, index + 1
    while left > 0 and at < len(found) and found[at].kind == "count" and found[at].unit in ("person", "each"):
        if found[at].low is not None or not _APART.fullmatch(scope.norm, found[at - 1].end, found[at].start):
            return ()
        left -= found[at].value
        at += 1
    return tuple(range(index + 1, at)) if left == 0 and at > index + 2 and found[index].value >= _MANY else ()
