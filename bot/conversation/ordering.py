"""The one order of matches that every part of the conversation shows: results, the summary, the report, and the file that staff see."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.world import Scene
from bot.matching.lenders import Lender, lender_of
from bot.matching.match import Match
from bot.matching.ranking import Ranking, ranked
from knowledge.entries import Kind


def lenders_for(scene: Scene, matches: Sequence[Match]) -> dict[str, Lender]:
    """The bank behind each product, by entry."""
    firm, pack = scene.dialogue.firm, scene.world.pack
    found = ((match.entry.id, lender_of(pack, match.entry, firm, scene.today)) for match in matches if match.entry.kind is Kind.PRODUCT)
    return {entry: lender for entry, lender in found if lender is not None}


def order_of(scene: Scene, matches: Sequence[Match], wish: str | None = None) -> Ranking:
    """The matches best first: by what the owner cares about (or `wish`), the banks' own rules, outcomes, and what was declined lately."""
    world = scene.world
    wanted = scene.dialogue.wish if wish is None else wish
    return ranked(matches, scene.dialogue.firm, wanted, lenders_for(scene, matches), world.approvals, world.declined)
