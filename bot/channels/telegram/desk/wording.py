"""What staff read in their group: titles with a clock, the first message of a topic with its buttons, and words of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

import yaml

from bot.bulletins.markup import units
from bot.conversation.pieces import PIECE, split
from bot.desk.clocks import Hours
from bot.desk.model import Bank, Case, Member, Said
from knowledge.firm import vocabulary
from knowledge.formats import fact_label, fact_value

#: Characters of a title; Telegram takes 128, a phone shows about so many.
_TITLE = 60
#: A clock counts down for so long; before that it says until when.
_COUNTED = timedelta(hours=3)
#: The minutes left that a title steps down through, so that it is edited a handful of times and not every minute.
_MINUTES = (10, 30, 60, 120, 180)
_FIRM = ("industry", "region")
_FACTS = ("industry", "region", "age_months", "employees", "annual_revenue", "amount_sought", "purpose")
#: Characters of the question in the first message; all of it is among the words.
_QUESTION = 600


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every text for staff, by its key and language."""
    texts: dict[str, dict[str, str]] = yaml.safe_load(resources.files(__package__).joinpath("texts.yaml").read_text("utf-8"))
    return texts


def staff_text(key: str, language: str, /, **values: Any) -> str:
    """A text for staff with its placeholders filled. An unknown key is a programming error and raises KeyError."""
    return catalogue()[key][language].format(**values)


def group_language(members: Sequence[Member]) -> str:
    """The language of a group: that of most of its members."""
    english = sum(member.language == "en" for member in members)
    return "en" if 2 * english > len(members) else "zh"


def icon_of(case: Case, now: datetime) -> str:
    """Late, nobody has it, somebody has it, the owner's turn, closed."""
    if case.status == "closed":
        return "✅"
    if case.respond_by is not None and case.respond_by <= now:
        return "🔴"
    if case.status == "open":
        return "🔵"
    return "🟡" if case.turn == "staff" else "🟢"


def title_of(case: Case, bank: Bank, pack: Mapping[str, Any], language: str, now: datetime) -> str:
    """The title of a case's topic, such as "🟡 #12 餐饮·深圳 还剩1小时"."""
    firm = "·".join(_told(pack, _FIRM, language))
    what = firm or staff_text(f"reason_{case.reason}", language)
    front = f"{icon_of(case, now)} #{case.id} "
    end = clock_of(case, bank, language, now)
    room = _TITLE - len(front) - len(end) - 1
    return f"{front}{what[:room]} {end}".rstrip()


def tells_otherwise(title: str, case: Case, bank: Bank, language: str, now: datetime) -> bool:
    """Whether a title shows another state or another time than there is now; what the firm is does not change by itself."""
    return not (title.startswith(icon_of(case, now)) and title.endswith(clock_of(case, bank, language, now)))


def clock_of(case: Case, bank: Bank, language: str, now: datetime) -> str:
    """How long staff have, by steps; whose turn it is where no clock runs."""
    if case.status == "closed":
        return staff_text("clock_closed", language)
    if case.respond_by is None:
        return staff_text("clock_owner", language) if case.turn == "owner" else ""
    left = case.respond_by - now
    if left <= timedelta(0):
        return staff_text("clock_late", language)
    if left > _COUNTED:
        return staff_text("clock_by", language, time=local_time(case.respond_by, bank, now))
    minutes = next(step for step in _MINUTES if left <= timedelta(minutes=step))
    if minutes < 60:
        return staff_text("clock_minutes", language, minutes=minutes)
    return staff_text("clock_hours", language, hours=minutes // 60)


def local_time(moment: datetime, bank: Bank, now: datetime) -> str:
    """A moment by the bank's clock; with its day where that is not today's."""
    hours = Hours.of(bank.hours)
    there = hours.local(moment)
    return f"{there:%H:%M}" if there.date() == hours.local(now).date() else f"{there:%m-%d %H:%M}"


def head_of(case: Case, holder: Member | None, pack: Mapping[str, Any], language: str) -> str:
    """The first message of a topic: what it is about, who has it, and what is known of the firm. The clock is in the title alone."""
    reason, spoken = staff_text(f"reason_{case.reason}", language), staff_text(f"language_{case.language}", language)
    lines = [staff_text("head", language, number=case.id, reason=reason, language=spoken)]
    if case.status == "closed":
        lines.append(staff_text("head_closed", language, outcome=staff_text(f"outcome_{case.outcome or 'answered'}", language)))
    else:
        lines.append(staff_text("head_claimed", language, name=holder.name) if holder else staff_text("head_open", language))
    told = [f"{fact_label(name, language)} {value}" for name, value in _values(pack, _FACTS, language)]
    firm = ("，" if language == "zh" else ", ").join(told)
    lines.append(staff_text("head_firm", language, firm=firm) if told else staff_text("head_no_firm", language))
    if not case.question.startswith("/"):  # a command says nothing
        question = case.question if len(case.question) <= _QUESTION else f"{case.question[:_QUESTION]}…"
        lines.append(staff_text("head_question", language, question=question))
    lines += ["", staff_text("head_how", language)]
    return "\n".join(lines)


def words_of(said: Said, name: str, language: str, *, under: bool = False) -> str:
    """A message of a case as its topic shows it; `under` its file, which needs no name there, it may be only whose it is."""
    parts = [staff_text("said_file", language, name=said.file.name)] if said.file is not None and not under else []
    parts += [said.text] if said.text else []
    if said.author == "note" and said.staff is None:  # a clock's
        return "\n".join(parts)
    words = staff_text(f"said_{said.author}", language, name=name, text="\n".join(parts))
    return words if parts else words.rstrip("：: ")


def canned_text(text: str, case: Case, bank: Bank, member: Member) -> str:
    """A canned answer filled from its case: {number}, {bank} and {name}, of the colleague who gives it; anything else stays as it is."""
    known = {"number": str(case.id), "bank": bank.name[case.language], "name": member.name}
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def together(texts: Sequence[str]) -> tuple[str, int, str]:
    """Words that came together as one message: its text, how many it holds, and what of a single long one is left over."""
    text, held = texts[0], 1
    while held < len(texts) and units(text) + 2 + units(texts[held]) <= PIECE:
        text, held = f"{text}\n\n{texts[held]}", held + 1
    pieces = list(split(text))
    return pieces[0], held, "\n".join(pieces[1:])


def _told(pack: Mapping[str, Any], names: Sequence[str], language: str) -> list[str]:
    return [value for _, value in _values(pack, names, language)]


def _values(pack: Mapping[str, Any], names: Sequence[str], language: str) -> list[tuple[str, str]]:
    """The facts of a pack by name, written for the reader; those that are not there are left out."""
    known = {fact["name"]: fact["value"] for fact in pack.get("facts", ())}
    words = vocabulary()
    return [(name, fact_value(name, words[name].parse(known[name]), language)) for name in names if name in known]
