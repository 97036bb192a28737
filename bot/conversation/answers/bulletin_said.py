"""What is told of bulletins that only the rows know: the text of one, the list of what came, and why one came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversation.answers.bulletin import buttons_under
from bot.conversation.model import Button, Reply
from bot.conversation.texts import say
from knowledge.entries import Entry
from knowledge.firm import Fact
from knowledge.formats import day, fact_label, fact_value, wanted


@dataclass(frozen=True)
class Told:
    """A bulletin as one owner got it: its title and text as they are seen, the day here, and the office that it is from."""

    number: int
    title: str
    text: str
    on: date
    office: str | None = None


def text_reply(told: Told, entry: Entry | None, language: str) -> Reply:
    """A bulletin's text, with what it can be asked."""
    return Reply(told.text, buttons_under(told.number, entry, language) if entry is not None else ())


def list_reply(listed: Sequence[Told], language: str) -> Reply:
    """What came lately, each to be read again."""
    if not listed:
        return Reply(say("news_list_none", language))
    lines = [say("news_list", language)]
    lines.extend(say("news_list_line", language, rank=rank, title=told.title, on=day(told.on, language)) for rank, told in _ranked(listed))
    return Reply("\n".join(lines), read_buttons(listed, language))


def digest_reply(listed: Sequence[Told], asked: frozenset[int], language: str) -> Reply:
    """Several bulletins in one message; of those in `asked` a fact is lacking."""
    lines = [say("news_digest_head", language, count=len(listed))]
    for rank, told in _ranked(listed):
        lines.append(say("news_digest_ask" if told.number in asked else "news_digest_line", language, rank=rank, title=told.title))
    buttons = (*read_buttons(listed, language), Button("news:set", say("news_b_settings", language)))
    return Reply("\n".join(lines), (*buttons, Button("news:off", say("news_b_mute_all", language))))


def read_buttons(listed: Sequence[Told], language: str) -> tuple[Button, ...]:
    return tuple(Button(f"news:read:{told.number}", say("news_b_read", language, rank=rank)) for rank, told in _ranked(listed))


def why_reply(told: Told, entry: Entry, used: Sequence[Fact], lacking: str | None, corrects: bool, language: str) -> Reply:
    """Why an owner got it: the facts that the rule used, with where they came from and as of when."""
    key = "news_why_corrects" if corrects else "news_why_open" if lacking is not None else "news_why"
    lines = [say(key, language, on=day(told.on, language), name=entry.name[language])]
    if not corrects:
        lines.extend(_fact_line(fact, language) for fact in used)
        lines.extend([say("news_why_lacking", language, fact=wanted(lacking, language))] if lacking else [])
        lines.extend([say("news_why_nothing", language)] if not used and not lacking else [])
    lines.append(say("news_why_end", language, office=told.office or say("news_office", language)))
    buttons = buttons_under(told.number, entry, language)
    return Reply("\n".join(lines), (buttons[0], Button("news:set", say("news_b_settings", language)), *buttons[3:]))


def _fact_line(fact: Fact, language: str) -> str:
    source = say(f"news_why_{fact.source.value}", language)
    value = fact_value(fact.name, fact.value, language)
    return say("news_why_fact", language, fact=fact_label(fact.name, language), value=value, source=source, as_of=day(fact.as_of, language))


def _ranked(listed: Sequence[Told]) -> list[tuple[int, Told]]:
    return list(enumerate(listed, 1))
