"""Where an answer comes from, as the owner reads it: who says so, in which document, and how long it holds."""

from __future__ import annotations

from datetime import date

from bot.conversation.texts import say, sentence
from knowledge.entries import Entry, Source


def source_line(entry: Entry, language: str, today: date, *, titled: bool = True) -> str:
    """Source, validity and, for terms seen only second-hand, that they are indicative."""
    parts = [source_named(entry, language, titled=titled), validity(entry, language, today)]
    if entry.confidence == "medium" or entry.status == "unconfirmed":
        parts.append(say("indicative", language))
    return sentence(parts, language)


def source_named(entry: Entry, language: str, *, titled: bool = True) -> str:
    """Who says so and in which document, as a line of its own."""
    return say("item_source", language, source=document_named(entry, language, titled=titled))


def document_named(entry: Entry, language: str, *, titled: bool = True) -> str:
    """Who says so and in which document: by its number where it has one, which in English says nothing without its title (`titled`)."""
    return _source_en(entry.source, titled) if language == "en" else _source_zh(entry.source)


def _source_zh(source: Source) -> str:
    named = source.issuer.zh
    if source.number:
        # A number such as 财政部 税务总局公告2023年第13号 names its issuer already.
        named = source.number if named.split("、")[0] in source.number else f"{named} {source.number}"
    elif source.title:
        named = f"{named}《{source.title.zh}》"
    return f"{named}（{source.date}）" if source.date else named


def _source_en(source: Source, titled: bool) -> str:
    beside = ", ".join(filter(None, (source.number and source.number.replace("；", ", "), source.date)))
    named = f"{source.issuer.en}, “{source.title.en}”" if source.title and (titled or not source.number) else source.issuer.en
    return f"{named} ({beside})" if beside else named


def validity(entry: Entry, language: str, today: date) -> str:
    """Until when an entry holds, with the days left when these are few; without an end, when it was last checked."""
    until = entry.valid.until
    if until is None:
        return say("item_valid_open", language, checked=entry.checked)
    if today > until:
        return say("item_ended", language, until=until)
    days = entry.ends_soon(today)
    if days is not None:
        return say("item_valid_soon", language, until=until, days=days)
    return say("item_valid_until", language, until=until)
