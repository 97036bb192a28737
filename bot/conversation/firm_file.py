"""The firm's file as staff see it beside an owner's question: a snapshot in plain JSON, limited by what the owner lets be seen.

Both languages stand beside each other, for staff and owner need not read the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from bot.conversation.kept import WITH_DESK
from bot.conversation.model import Dialogue
from bot.conversation.ordering import order_of
from bot.conversation.papers import Item, OwnerPaper
from bot.conversation.rating.analysis import check_lines
from bot.conversation.rating.report import RatingReport, rating_report
from bot.conversation.world import Scene, World
from bot.matching.match import Match
from knowledge.conditions import Check
from knowledge.eligibility import Status
from knowledge.firm import Fact, fact_to_json
from knowledge.formats import fact_label, fact_value
from knowledge.wording import reason

VERSION = 1
#: So many turns of the conversation, the latest, of so many that may have been with the staff of a bank.
TURNS, TURNS_READ = 30, 120
_MATCHES = 12
_LANGUAGES = ("zh", "en")
_Plain = dict[str, Any]


def closed_file(language: str) -> _Plain:
    """What staff see without consent: that there is nothing to see but the owner's words."""
    return {"version": VERSION, "scope": {"file": False, "on": None}, "language": language}


def file_for(world: World, dialogue: Dialogue, shows: bool, transcript: Sequence[Mapping[str, Any]], today: date) -> _Plain:
    """What a bank sees of the firm of a dialogue."""
    if not shows:
        return closed_file(dialogue.language)
    return firm_file(Scene.wordless(world, dialogue, today), transcript)


def firm_file(scene: Scene, transcript: Sequence[Mapping[str, Any]]) -> _Plain:
    """Everything that helps to answer, as it stands in a scene; `transcript` are turns as they are stored, oldest first.

    Of these the ones with the advisor: what was said to the staff of a bank stays there.
    """
    firm, score = scene.dialogue.firm, scene.score
    order = partial(order_of, scene)
    report = rating_report(firm, score, scene.world.card, scene.matches, scene.world.pack, scene.today, order)
    return {
        "version": VERSION,
        "scope": {"file": True, "on": scene.today.isoformat()},
        "language": scene.language,
        "as_of": scene.today.isoformat(),
        "facts": [_fact(fact) for fact in firm.facts.values()],
        "score": _score(scene) if score.coverage > 0 else None,
        "matches": [_match(match) for match in _best(scene)],
        "counts": {status.value: sum(match.status is status for match in scene.matches) for status in Status},
        "contradictions": _contradictions(report),
        "uploads": [_upload(paper) for paper in scene.dialogue.papers],
        "transcript": [_turn(turn) for turn in transcript if not turn["heard"].get(WITH_DESK)][-TURNS:],
    }


def _fact(fact: Fact) -> _Plain:
    """Value and source as stored, with the label and the value in words."""
    return {**fact_to_json(fact), "label": _said(partial(fact_label, fact.name)), "text": _said(partial(fact_value, fact.name, fact.value))}


def _score(scene: Scene) -> _Plain:
    score = scene.score
    return {
        "grade": score.grade,
        "pd": float(score.pd),
        "pd_bound": score.bound,
        "interval": [float(end) for end in score.interval],
        "interval_open": list(score.open_ends),
        "coverage": float(score.coverage),
        "card": scene.world.card.version,
        "reasons": [{"fact": item.fact, "points": item.points, **_said(item.text)} for item in score.reasons],
    }


def _best(scene: Scene) -> tuple[Match, ...]:
    """What fits and what may fit, best first."""
    open_ = [match for match in scene.matches if match.status is not Status.INELIGIBLE]
    return order_of(scene, open_).matches[:_MATCHES]


def _match(match: Match) -> _Plain:
    findings = [finding for finding in match.judgement.findings if not isinstance(finding.leaf, Check)]
    return {
        "entry": match.entry.id,
        "kind": match.entry.kind.value,
        "name": _said(lambda language: match.entry.name[language]),
        "status": match.status.value,
        "because": [_said(partial(reason, finding)) for finding in findings],
        "missing": list(match.judgement.missing),
    }


def _contradictions(report: RatingReport) -> list[_Plain]:
    """Figures that do not go together, with their amounts and the likely reason."""
    lines = zip(*(check_lines(report, language) for language in _LANGUAGES), strict=True)
    return [{language: f"{line.label}: {line.text}" for language, line in zip(_LANGUAGES, both, strict=True)} for both in lines]


def _upload(paper: OwnerPaper) -> _Plain:
    """A file by its name, what it is and its days; and the checks that its owner has still to settle."""
    newest = max((item.as_of for item in paper.items), default=None)
    return {
        "name": paper.name,
        "kind": paper.document.value,
        "period": None if paper.period is None else str(paper.period),
        "as_of": None if newest is None else newest.isoformat(),
        "confirmed": paper.confirmed,
        "open": [check for item in paper.items for check in _open_checks(item)],
    }


def _open_checks(item: Item) -> list[_Plain]:
    return [{"fact": item.fact, **_said(doubt.why.say)} for doubt in item.doubts] if item.waits else []


def _turn(turn: Mapping[str, Any]) -> _Plain:
    """What was said, without buttons: the owner's words or the name of a file, and the advisor's."""
    heard = turn["heard"]
    files = [one["file"] for one in (heard, *heard.get("more", ())) if one.get("file")]
    return {"at": turn["at"], "owner": heard.get("text"), "files": files, "advisor": [reply["text"] for reply in turn["said"]]}


def _said(say: Callable[[str], str]) -> _Plain:
    return {language: say(language) for language in _LANGUAGES}
