"""Parts of the pages about entries: faults by their line, the card that owners would see, and what rules may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from markupsafe import escape

from bot.bulletins.entries import Checked
from bot.bulletins.markup import units
from bot.bulletins.model import LANGUAGES
from bot.channels.console.measure_fields import label_of, sentence_of
from bot.channels.console.texts import say
from bot.conversation.render import detail
from bot.matching.match import match_one
from knowledge.authoring.faults import Found
from knowledge.authoring.positions import written
from knowledge.firm import vocabulary
from knowledge.pack import Later, Pack, laid_over, text_digest
from knowledge.regions import COUNTRY


@dataclass(frozen=True)
class Line:
    """A fault with the line that it is in: its number, what stands there, and the sentence; and how the form says it, by its field."""

    number: int
    text: str
    sentence: str
    by_field: str


def cards(read: Checked, text: str, pack: Pack, on: date) -> list[dict[str, Any]]:
    """The entry as owners see it, before anything is known of their firm."""
    entry = read.entry
    if entry is None:
        return []
    kept = pack.kept.get(entry.id)
    known = laid_over(pack, [Later(entry.id, text, None if kept is None else text_digest(kept.text))])
    told = {one: detail(match_one(known, entry, {}, on, None), one, on, known) for one in LANGUAGES}
    return [{"language": one, "html": escape(card), "length": units(card)} for one, card in told.items()]


def line_of(text: str, found: Found, language: str) -> Line:
    lines, key = text.splitlines(), written(found.fault.path)
    sentence = found.fault.sentence(language)
    colon = "：" if language == "zh" else ": "
    at = found.place.line
    label = label_of(found, language)
    whole = f"{key}{colon}{sentence}" if key else sentence
    by_field = f"{label}{colon}{sentence_of(found, language)}" if label else whole
    return Line(at, lines[at - 1].strip() if at <= len(lines) else "", whole, by_field)


def example(region: str | None, today: date, language: str) -> str:
    """An entry to begin with, right as it stands."""
    until = today.replace(month=12, day=31) if today.month < 10 else (today + timedelta(days=365)).replace(month=12, day=31)
    return say("measure_example", language, region=region or COUNTRY, today=today, until=until)


def known_facts(language: str) -> list[tuple[str, str, str]]:
    """What rules may look at: the name of a fact, what it is called, and what it may be."""
    found = []
    for name, spec in vocabulary().items():
        values = ", ".join(spec.choices) if spec.choices else say(f"fact_{spec.type}", language)
        found.append((name, spec.label[language], values))
    return found
