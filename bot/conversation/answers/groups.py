"""The offers in groups as owners see them: what is in a group, in which order, and how many of each status are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.conversation.ordering import lenders_for, order_of
from bot.conversation.world import Scene
from bot.matching.lenders import Lender
from bot.matching.match import Match
from knowledge.conditions import Leaf
from knowledge.eligibility import Status
from knowledge.entries import Kind
from scoring.routing import Line

GROUPS: dict[str, tuple[Kind, ...]] = {
    "product": (Kind.PRODUCT,),
    "guarantee": (Kind.GUARANTEE,),
    "subsidy": (Kind.SUBSIDY, Kind.TAX),
    "programme": (Kind.PROGRAMME,),
}
_ORDER = (Status.ELIGIBLE, Status.UNKNOWN, Status.INELIGIBLE)
#: How many of each status a group shows: at first, when the owner asked for the whole group, and when asked what stands in the way.
SHORT = {Status.ELIGIBLE: 3, Status.UNKNOWN: 2, Status.INELIGIBLE: 1}
LONG = {Status.ELIGIBLE: 12, Status.UNKNOWN: 12, Status.INELIGIBLE: 12}
_AGAINST = {Status.ELIGIBLE: 0, Status.UNKNOWN: 0, Status.INELIGIBLE: 3}


@dataclass(frozen=True)
class Group:
    """A group of matches, best first, with what the order says of its front, and the banks behind them by the entry's id."""

    name: str
    matches: tuple[Match, ...]
    first: Line | None = None
    hint: Line | None = None
    hint_entry: str | None = None
    tied: tuple[str, ...] = ()
    ahead: Line | None = None
    lenders: Mapping[str, Lender] = field(default_factory=dict)


def group_of(scene: Scene, name: str) -> Group:
    """The matches of a group, best first."""
    mine = [match for match in scene.matches if match.entry.kind in GROUPS[name]]
    lenders = lenders_for(scene, mine)
    order = order_of(scene, mine)
    return Group(name, _nearest_first(order.matches, scene), order.first, order.hint, order.hint_entry, order.tied, order.ahead, lenders)


def loans_in_order(scene: Scene) -> tuple[Match, ...]:
    """All loans, best first."""
    return group_of(scene, "product").matches


def stands_in_the_way(scene: Scene) -> list[Match]:
    """The loans that do not fit, what the owner can change most easily first; none that is for another place."""
    return selected(loans_in_order(scene), _AGAINST)


def selected(matches: Iterable[Match], quota: Mapping[Status, int]) -> list[Match]:
    """What a group shows, by status; only the whole group (`LONG`) has what is for another place, too."""
    by_status = {status: [m for m in matches if m.status is status] for status in _ORDER}
    if quota is not LONG:
        by_status[Status.INELIGIBLE] = [match for match in by_status[Status.INELIGIBLE] if not _is_elsewhere(match)]
    return [match for status in _ORDER for match in by_status[status][: quota[status]]]


def _is_elsewhere(match: Match) -> bool:
    """Whether an entry is for another place: nothing that an owner has to read."""
    leaves = (finding.leaf for finding in match.judgement.findings)
    return any(isinstance(leaf, Leaf) and leaf.fact == "region" for leaf in leaves)


def _nearest_first(matches: tuple[Match, ...], scene: Scene) -> tuple[Match, ...]:
    """Among what does not fit, what the owner could change first, the easiest in front; the order of the rest stays."""
    out = [match for match in matches if match.status is Status.INELIGIBLE]
    ways = scene.unlocks
    nearest = sorted((m for m in out if m.entry.id in ways), key=lambda match: ways[match.entry.id].strain)
    return (*(m for m in matches if m not in out), *nearest, *(m for m in out if m.entry.id not in ways))


def first_choice(groups: Iterable[Group], focus: str | None) -> str | None:
    """The entry a follow-up such as "and the papers?" is about: the best that fits, in the order shown."""
    fitting = (m.entry.id for group in groups for m in group.matches if m.status is Status.ELIGIBLE)
    return next(fitting, focus)
