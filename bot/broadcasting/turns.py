"""What a turn of an owner asks about bulletins, carried out in the turn's own transaction, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.bulletins.markup import visible
from bot.bulletins.timing import ZONE
from bot.conversation.answers.bulletin_said import Told, list_reply, text_reply, why_reply
from bot.conversation.model import Answer, Dialogue, Reply
from bot.conversation.news import NewsChange, Verb, news_to_json
from bot.conversation.texts import say
from bot.storage.bulletins.groups import known_of
from bot.storage.bulletins.posting import listeners
from bot.storage.bulletins.received import Received, note_applied, note_looked, received, received_one
from bot.storage.bulletins.rows import office_of
from bot.storage.bulletins.subscribers import Subscription, about_to_leave, keep_subscription, take_back
from knowledge.conditions import leaves
from knowledge.derived import worked_out_from
from knowledge.eligibility import judge
from knowledge.entries import Entry
from knowledge.firm import Fact, fact_from_json, vocabulary
from knowledge.pack import Pack

#: Bulletins that the list goes back.
_LISTED = 8


@dataclass(frozen=True)
class NewsCarried:
    """What is to be said after the turn's own replies, and whether a channel has to say where bulletins go."""

    replies: tuple[Reply, ...] = ()
    listens: bool = False


def carry_out_news(
    connection: Connection, pack: Pack, owner: str, before: Mapping[str, Any] | None, answer: Answer, dialogue: Dialogue, now: datetime
) -> NewsCarried:
    """Do what a turn asked for. `before` is the state of the dialogue as it was stored."""
    listens = _keep_wishes(connection, pack, owner, before or {}, dialogue, now)
    change = answer.news
    if change is None:
        return NewsCarried((), listens)
    match change.verb:
        case Verb.LOOKED:
            note_looked(connection, change.bulletin, owner, change.found or "", now)
        case Verb.APPLIED:
            note_applied(connection, change.bulletin, owner, now)
        case Verb.LIST:
            found = received(connection, owner, _LISTED)
            return NewsCarried((list_reply([_told(one, dialogue.language) for one in found], dialogue.language),), listens)
        case Verb.READ | Verb.WHY:
            return NewsCarried((_of_one(connection, pack, owner, change, dialogue.language),), listens)
    return NewsCarried((), listens)


def _keep_wishes(connection: Connection, pack: Pack, owner: str, before: Mapping[str, Any], dialogue: Dialogue, now: datetime) -> bool:
    """Write what the owner wants to hear of, where that is not what it was, or another language is spoken now."""
    wished, news = before.get("news"), dialogue.news
    same_language = news is None or before.get("language") == dialogue.language
    if news_to_json(news) == wished and same_language:
        return False
    keep = None if news is None else Subscription(dialogue.language, news.muted, news.region, news.weekly, news.digest)
    keep_subscription(connection, owner, keep, now)
    if keep is not None:
        take_back(connection, owner, now, _unwanted(connection, pack, owner))
    return keep is not None


def _unwanted(connection: Connection, pack: Pack, owner: str) -> list[int]:
    """Bulletins that are about to leave and that the owner, by what they wish now, does not want to hear of any more."""
    waiting = about_to_leave(connection, owner)
    about = {number: entry for number, draft in waiting.items() if (entry := pack.get(draft.entry)) is not None}
    return [number for number, entry in about.items() if not listeners(connection, [owner], entry.kind, waiting[number].region)]


def _of_one(connection: Connection, pack: Pack, owner: str, change: NewsChange, language: str) -> Reply:
    one = received_one(connection, change.bulletin, owner)
    if one is None:
        return Reply(say("news_unknown", language))
    entry, told = pack.get(one.draft.entry), _told(one, language, office_of(connection, one.bulletin))
    if change.verb is Verb.READ or entry is None:
        return text_reply(told, entry, language)
    facts = _facts_then(connection, owner, one)
    lacking = _lacking(entry, facts, one) if one.fits is None else None
    used = [fact for fact in _used(entry, facts) if fact.name != lacking]
    return why_reply(told, entry, used, lacking, one.draft.corrects is not None, language)


def _facts_then(connection: Connection, owner: str, one: Received) -> dict[str, Fact]:
    """The facts as they were when the firm was chosen."""
    rows = known_of(connection, [owner], one.chosen_at)[owner]
    plain = [{**row, "as_of": row["as_of"].isoformat()} for row in rows if row["name"] in vocabulary()]
    return {row["name"]: fact_from_json(row) for row in plain}


def _used(entry: Entry, facts: Mapping[str, Fact]) -> list[Fact]:
    """Those that the rule looks at, in its order."""
    values = {name: fact.value for name, fact in facts.items()}
    named = [name for leaf in leaves(entry.rule) for name in worked_out_from(leaf.fact, values)] if entry.rule is not None else []
    return [facts[name] for name in dict.fromkeys(named) if name in facts]


def _lacking(entry: Entry, facts: Mapping[str, Fact], one: Received) -> str | None:
    if one.asked is not None or one.chosen_at is None:
        return one.asked
    values = {name: fact.value for name, fact in facts.items()}
    return next(iter(judge(entry, values, one.chosen_at.astimezone(ZONE).date()).missing), None)


def _told(one: Received, language: str, office: str | None = None) -> Told:
    on = (one.told_at or one.chosen_at or one.draft.send_at).astimezone(ZONE).date()
    return Told(one.bulletin, visible(one.draft.title[language]), visible(one.draft.text(language)), on, office)
