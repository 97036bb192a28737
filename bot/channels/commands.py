"""What each JSON command answers to one line. The shapes are promised to other programs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.channels.lines import BadLine
from bot.channels.paths import take
from bot.channels.routed import routed, wish_of
from bot.conversation.heard import Heard
from bot.conversation.kept import reply_to_json
from bot.conversation.typed import readable
from bot.conversation.world import World
from bot.matching.match import Match, match_all
from bot.matching.question import next_question
from bot.matching.worth import worth
from bot.service import Advisor
from bot.uploads.ports import Upload
from knowledge.conditions import Check
from knowledge.entries import Standing
from knowledge.firm import FactError, FactValue, Firm, spec_of, to_json
from knowledge.search import SearchIndex
from knowledge.size import size_class
from knowledge.unlock import Unlock, unlock
from knowledge.unlock_words import begins_text, change_text, step_text
from knowledge.wording import reason
from scoring.card import Card, Score, score
from scoring.questions import questions, sound, unseen


async def parse(advisor: Advisor, asked: Mapping[str, Any]) -> dict[str, Any]:
    """{"id", "text"} -> intent, confidence, facts, topics, language."""
    understood = await advisor.understand(readable(_text(asked)))
    return {
        "id": asked["id"],
        "intent": understood.intent,
        "confidence": round(understood.confidence, 4),
        "facts": {mention.name: to_json(mention.value) for mention in understood.extraction.mentions},
        "topics": list(understood.topics),
        "language": understood.language,
    }


async def search(index: SearchIndex, asked: Mapping[str, Any]) -> dict[str, Any]:
    """{"id", "text", "language", "region"?} -> hits, best first."""
    region = asked.get("region")
    if region is not None:
        region = str(_fact("region", region))
    hits = index.search(_text(asked), region=region)
    return {"id": asked["id"], "hits": [{"entry": hit.entry, "score": hit.score} for hit in hits]}


async def match(world: World, today: date, asked: Mapping[str, Any]) -> dict[str, Any]:
    """{"id", "facts", "on"?, "wish"?} -> size class, score, every entry's status with reasons, the next question, whom to ask first."""
    facts, on = _facts(asked), on_date(asked.get("on"), today)
    scored = score(sound(facts), world.card)
    matches = match_all(world.pack, facts, on, scored.grade, ended=True, risk=scored)
    open_ones = [m.judgement for m in matches if m.judgement.standing is Standing.IN_FORCE]
    question = next_question(open_ones, facts, on, worth={m.entry.id: worth(m, facts) for m in matches})
    return {
        "id": asked["id"],
        "size_class": size_class(facts),
        "score": {
            "pd": float(scored.pd),
            "pd_bound": scored.bound,
            "interval": [float(end) for end in scored.interval],
            "interval_open": list(scored.open_ends),
            "grade": scored.grade,
            "reasons": _reasons(scored),
        },
        "matches": [_match(found, scored.grade, unlock(found.entry, facts, on)) for found in matches],
        "next_question": question.fact if question else None,
        "route": routed(world.pack, matches, facts, on, scored.grade, wish_of(asked)),
    }


async def score_firm(card: Card, today: date, asked: Mapping[str, Any]) -> dict[str, Any]:
    """{"id", "facts", "as_of"?, "on"?} -> default probability, grade, points, reasons, coverage, and what has to be asked.

    `as_of` is the day the figures speak of, or an object of fact names and days. Facts that are in question are not scored, nor are
    choices that nobody knows: both count as not answered.
    """
    raw = asked.get("facts")
    if not isinstance(raw, dict):
        raise BadLine('"facts" must be an object of fact names and values')
    doubts = (*unseen(raw), *questions(raw, _days(asked.get("as_of"), raw), on_date(asked.get("on"), today)))
    scored = score(_facts({"facts": sound(raw, doubts)}), card)
    return {"id": asked["id"], **scored.as_json("zh"), "questions": [one.as_json() for one in doubts]}


def _days(raw: Any, facts: Mapping[str, Any]) -> dict[str, date]:
    """The day each fact speaks of, from one day for all of them or a day for each."""
    if raw is None:
        return {}
    try:
        if not isinstance(raw, dict):
            return dict.fromkeys(facts, date.fromisoformat(raw))
        return {str(name): date.fromisoformat(day) for name, day in raw.items()}
    except (TypeError, ValueError) as error:
        raise BadLine('"as_of" must be a date such as 2026-11-21, or an object of facts and dates') from error


async def chat(advisor: Advisor, asked: Mapping[str, Any]) -> dict[str, Any]:
    """{"owner", "text" | "file" | "press"} -> the replies and where the dialogue stands. A file is given by its path."""
    owner = asked["owner"]
    given = [name for name in ("text", "file", "press") if name in asked]
    if not isinstance(owner, str) or not owner.strip():
        raise BadLine('"owner" must be a text that is not empty')
    if len(given) != 1 or not isinstance(asked[given[0]], str):
        raise BadLine('exactly one of "text", "file" and "press" is needed, as a text')
    heard, upload = await _taken(asked["file"]) if "file" in asked else (Heard(**{given[0]: asked[given[0]]}), None)
    outcome = await advisor.hear(f"json:{owner[:60]}", heard, upload=upload)
    return {
        "owner": owner,
        "replies": [reply_to_json(reply) for reply in outcome.replies],
        "facts": {name: to_json(value) for name, value in outcome.dialogue.firm.items()},
        "asking": outcome.dialogue.asking,
        "sources": list(outcome.sources),
    }


async def _taken(path: str) -> tuple[Heard, Upload | None]:
    try:
        return await asyncio.to_thread(take, Path(path))
    except FileNotFoundError as error:
        raise BadLine('"file" must be the path of a file that is there') from error


def _match(found: Match, grade: str, way: Unlock | None) -> dict[str, Any]:
    entry, judgement = found.entry, found.judgement
    rate = found.rate.for_grade(grade) if found.rate else entry.offer.guarantee_fee
    return {
        "entry": entry.id,
        "kind": entry.kind.value,
        "status": judgement.status.value,
        "because": [reason(finding, "zh") for finding in judgement.findings if not isinstance(finding.leaf, Check)],
        "missing": list(judgement.missing),
        "unlock": _unlock(way) if way is not None and way.too_late is None else [],
        "limit": to_json(_amount(found)) if _amount(found) is not None else None,
        "annual_rate": float(rate) if rate is not None else None,
        "annual_rate_range": [None if end is None else float(end) for end in (found.rate.low, found.rate.high)] if found.rate else None,
        "annual_rate_open": list(found.rate.open_ends) if found.rate else None,
        "annual_rate_bound": found.rate.bound if found.rate else None,
        "price": {part.name: [float(part.low), float(part.high)] for part in found.rate.parts} if found.rate and found.rate.parts else None,
        "source": " ".join(
            filter(None, (entry.source.issuer.zh, entry.source.number or (entry.source.title.zh if entry.source.title else None)))
        ),
        "valid_until": entry.valid.until.isoformat() if entry.valid.until else None,
    }


def _amount(found: Match) -> Any:
    """What the firm may get, in yuan: the likely limit, else what the entry pays at most."""
    offer = found.offer
    if found.limit is not None and found.limit.amount is not None:
        return found.limit.amount
    if offer.cap is not None:
        return offer.cap
    if found.grant is not None:
        return found.grant
    return offer.subsidy.amount_cap if offer.subsidy is not None else None


def _unlock(way: Unlock) -> list[dict[str, Any]]:
    """Everything that has to change, together: each fact as it is and as it must be, and the day from which it is so by itself.

    A day that has to come, as the first day of an entry that is not in force yet, is added without a fact.
    """
    changes = {
        name: {
            "fact": name,
            "from": to_json(way.facts[name]),
            "to": to_json(value),
            "text_zh": _told(way, name, "zh"),
            "text_en": _told(way, name, "en"),
            "on": next((step.on.isoformat() for step in way.steps if step.on and name in step.moves), None),
        }
        for name, value in way.changed.items()
    }
    days = [(step.on, step_text(step, way, "zh"), step_text(step, way, "en")) for step in way.steps if not step.moves]
    days.append((way.begins, begins_text(way, "zh"), begins_text(way, "en")))
    no_fact = {"fact": None, "from": None, "to": None}
    to_come = [no_fact | {"text_zh": zh, "text_en": en, "on": on.isoformat()} for on, zh, en in days if on is not None]
    return [*changes.values(), *to_come]


def _told(way: Unlock, name: str, language: str) -> str:
    """The step that a fact is about in words, or the fact that moves along with one."""
    step = next((step for step in way.steps if step.fact == name), None)
    return step_text(step, way, language) if step else change_text(name, way.facts[name], way.changed[name], language)


def _reasons(scored: Score) -> list[dict[str, Any]]:
    return [{"fact": item.fact, "points": item.points, "text": item.text("zh")} for item in scored.reasons]


def _text(asked: Mapping[str, Any]) -> str:
    text = asked.get("text")
    if not isinstance(text, str):
        raise BadLine('"text" must be a text')
    return text


def _facts(asked: Mapping[str, Any]) -> Firm:
    facts = asked.get("facts")
    if not isinstance(facts, dict):
        raise BadLine('"facts" must be an object of fact names and values')
    try:
        return Firm.of({name: value for name, value in facts.items() if value is not None}, date.min)
    except FactError as error:
        raise BadLine(str(error)) from error


def _fact(name: str, raw: Any) -> FactValue:
    try:
        return spec_of(name).parse(raw)
    except FactError as error:
        raise BadLine(str(error)) from error


def on_date(raw: Any, today: date) -> date:
    """The date a line is about; today when it names none."""
    if raw is None:
        return today
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError) as error:
        raise BadLine('"on" must be a date such as 2026-11-21') from error
