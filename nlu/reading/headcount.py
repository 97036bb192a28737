"""A headcount told in parts: me, my wife and two helpers; 三个师傅加两个学徒. The parts must stand side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.cues import people
from nlu.numbers.quantity import Quantity
from nlu.reading.scope import Scope


@dataclass(frozen=True)
class Part:
    """One part of a headcount. `told` is whether a number says it, `owner` whether the owner is in it, `role` whether
    a word for workers stands before the number, `whole` whether it only counts people: 三个人."""

    count: int
    start: int
    end: int
    told: bool = False
    owner: bool = False
    role: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Headcount:
    """How many people work in the firm. `instead`: whatever else is said of parts of them or of earlier numbers."""

    count: int
    start: int
    end: int
    instead: bool = False


#: Without these no chain of people can stand in a text.
_MAY_HOLD = re.compile(
    r"我|俺|咱|夫|口子|婆|加|和|跟|带|、|[\d一二两三四五六七八九十](?:个|名|位|人|各)|\b(?:me|myself|my|truly)\b|[+&]|\bplus\b|\band\b"
)
_BESIDE = re.compile(r"(?:个|名|位|各|号)?(?:人|呢)?|(?:个|名|位|各|号)?(?:的)?")
_SPACE = re.compile(r"[ ，,、；;]{0,2}")
_WHOLE = re.compile(r"(?:$|[，。,;；.!！?？])")
#: Before 14个人: everybody is counted there, and what follows are parts of them.
_ALREADY_ALL = re.compile(r"(?:一共|总共|合计|共有?|拢共|统共|全厂|全店|全公司)[是有就]*$")
_LARGEST = 3000


def headcount(scope: Scope, found: tuple[Quantity, ...], *, asked: bool) -> Headcount | None:
    """The sum of the longest chain of people, or None. `asked` chains may hold a bare number: me plus one."""
    if not _MAY_HOLD.search(scope.norm):
        return None
    best: list[Part] = []
    for chain in _chains(scope.norm, _parts(scope, found, asked=asked)):
        if _counts(scope, chain, asked=asked) and len(chain) > len(best):
            best = chain
    if not best:
        return None
    count = _restated(best) or sum(part.count for part in best)
    return Headcount(count, best[0].start, best[-1].end) if count <= _LARGEST else None


def _restated(chain: list[Part]) -> int | None:
    """我和徒弟两个人: a number behind names without one that says how many they are together."""
    last, named = chain[-1], chain[:-1]
    everybody = sum(part.count for part in named)
    if last.told and not last.role and last.whole and all(part.told for part in named) and last.count - everybody in (0, 1):
        return last.count
    if not last.told or last.count < 2 or any(part.told for part in named):
        return None
    together = sum(part.count for part in named) + last.role
    attached = last.role or named[-1].end == last.start
    return last.count if attached and last.count == together else None


def _parts(scope: Scope, found: tuple[Quantity, ...], *, asked: bool) -> list[Part]:
    """Everything in the text that may be a part of a headcount, in order, none overlapping an earlier one."""
    norm = scope.norm
    parts: list[Part] = []
    floor = 0
    pairs = [match.span() for match in people.PAIR.finditer(norm)]
    for quantity in found:
        if any(low < quantity.start and quantity.end <= high for low, high in pairs):
            continue  # 夫妻二人 are two
        part = _told(norm, quantity, floor, asked=asked)
        floor = max(quantity.end, part.end if part is not None else 0)
        parts += [part] if part is not None else []
    for words, count, owner in ((people.PAIR, 2, True), (people.ONE, 1, False), (people.SELF, 1, True)):
        for match in words.finditer(norm):
            included = any(part.told and _INCLUDED.fullmatch(norm, part.end, match.end()) for part in parts)
            if (
                match.end() > match.start()
                and not included
                and not any(part.start < match.end() and match.start() < part.end for part in parts)
            ):
                parts.append(Part(count, match.start(), match.end(), owner=owner))
    return sorted(parts, key=lambda part: part.start)


def _told(norm: str, quantity: Quantity, floor: int, *, asked: bool) -> Part | None:
    """A number of people: 两个学徒, 技工十二, three nurses."""
    if quantity.low is not None or quantity.value != quantity.value.to_integral_value() or quantity.value < 1:
        return None
    if quantity.kind not in ("count", "number") or quantity.unit not in ("", "person", "each"):
        return None
    roles = people.ROLES.finditer(norm, max(floor, quantity.start - 6), quantity.start)
    before = next((match for match in roles if match.end() == quantity.start), None)
    behind = None if before else _behind(norm, quantity)
    if quantity.unit != "person" and before is None and behind is None and not (asked and quantity.unit in ("", "each")):
        return None
    start = before.start() + (before[0][0] in _JOINS and len(before[0]) > _SHORTEST) if before else quantity.start
    end = behind.end() if behind else quantity.end
    return Part(int(quantity.value), start, end, told=True, role=before is not None, whole=quantity.text.endswith(("人", "people")))


#: Directly before the owner: a number before it counts the owner, too. 船员七个连我.
_INCLUDED = re.compile(r"[，, ]?(?:连|含|包括|连同|算上|带上)(?:我|俺|咱|本人)(?:自己)?")
#: What a role of any name may have taken before it: 还有烫工三个.
_JOINS = "有和加带还跟个名位"
_SHORTEST = 2
#: Behind a role: the number of those who have it. 技术五个人，运营两个.
_COUNTED_NEXT = re.compile(r"[有是共]?[\d一二两三四五六七八九十]")


def _behind(norm: str, quantity: Quantity) -> re.Match[str] | None:
    """The word for workers behind a number, unless it begins the next part."""
    role = people.ROLES.match(norm, quantity.end) or _of_a_kind(norm, quantity.end)
    return None if role and quantity.text.endswith("人") and _COUNTED_NEXT.match(norm, role.end()) else role


#: Between a number and who is counted: 一个哑巴徒弟, 两个也是盲人的徒弟.
_KIND = re.compile(r"(?:[^\W\da-z_一二两三四五六七八九十加和跟带个名位]{1,5}的|聋哑|哑巴|看门|裁缝|年轻|外地|本地|退休|兼职|[老小大女男])")


def _of_a_kind(norm: str, end: int) -> re.Match[str] | None:
    """The word for workers behind one that says what they are like."""
    kind = _KIND.match(norm, end)
    return people.ROLES.match(norm, kind.end()) if kind else None


def _chains(norm: str, parts: list[Part]) -> list[list[Part]]:
    """Runs of parts with only "and", 加 or a comma between them."""
    chains: list[list[Part]] = []
    for part in parts:
        last = chains[-1][-1] if chains else None
        between = norm[last.end : part.start] if last is not None and last.end <= part.start else None
        joined = between is not None and (
            people.JOIN.fullmatch(between)
            or (not between and part.told and part.count > 1 and part.count == sum(other.count for other in chains[-1] if not other.told))
            or (last is not None and last.told and (part.told or part.owner) and _SPACE.fullmatch(between))
        )
        if joined:
            chains[-1].append(part)
        else:
            chains.append([part])
    return chains


def _said_twice(scope: Scope, chain: list[Part]) -> bool:
    """员工20人，哦还有员工30人: the same people with two numbers are no parts of a whole."""
    roles = [role[0] for part in chain if part.role and (role := _ROLE_FIRST.match(scope.norm, part.start, part.end))]
    return len(roles) > len(set(roles))


_ROLE_FIRST = re.compile(r"[^\d一二两三四五六七八九十百]+")


def _counts(scope: Scope, chain: list[Part], *, asked: bool) -> bool:
    """Whether a chain says who works in the firm."""
    start, owners = chain[0].start, any(part.owner for part in chain)
    if chain[0].whole and _ALREADY_ALL.search(scope.norm[:start]):
        return False
    if len(chain) < 2 or all(part.owner and part.count == 1 for part in chain):
        return False
    if any(low < start - 2 * owners < high for low, high in scope.silent) or _said_twice(scope, chain):
        return False
    low, high = scope.clause_span(chain[0].start)[0], scope.clause_span(max(chain[-1].end - 1, 0))[1]
    if people.NOT_STAFF.search(scope.norm, low, high):
        return False
    if asked or (owners and any(part.told for part in chain)) or sum(part.told for part in chain) > 1:
        return True
    if any(part.told and people.ROLES.search(scope.norm, part.start, part.end) for part in chain) and not scope.norm[:1].isascii():
        return True
    alone = low >= chain[0].start - 1 and bool(_WHOLE.match(scope.norm, chain[-1].end))
    works = people.WORKS.match(scope.norm, chain[-1].end) is not None
    return owners and (alone or works)
