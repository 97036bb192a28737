"""What can be learnt from a case: drafts made of an owner's question and a person's answer, with personal data masked.

A draft is only proposed here; it counts once a second person has accepted it (bot.storage.desk.promotions).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from bot.desk.model import Bank, Case, Said
from bot.learning.masking import mask, mask_people

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class NothingToLearn(ValueError):
    """A case or a choice from which no draft can be made; the message says why."""


@dataclass(frozen=True)
class Lesson:
    """A question of an owner and the answer to it. `question` is masked like training data, `answer` keeps its rates and terms."""

    case: int
    language: str
    question: str
    answer: str
    on: date
    about: str | None


def lesson(case: Case, said: Sequence[Said], number: int | None = None) -> Lesson:
    """The answer `number`, else the first that staff gave, with what the owner asked last before it. Raises NothingToLearn."""
    answers = [one for one in said if one.author == "staff" and one.text and (number is None or one.id == number)]
    if not answers:
        raise NothingToLearn("the case has no such answer of staff in words")
    found = answers[0]
    asked = [one.text for one in said if one.author == "owner" and one.text and one.id < found.id]
    question = asked[-1] if asked else case.question
    assert found.text is not None
    return Lesson(case.id, case.language, mask(question), mask_people(found.text), found.at.date(), case.about)


def faq(learnt: Lesson, questions: Sequence[str], answer: str | None) -> dict[str, Any]:
    """A frequently asked question. `questions` are plainer wordings of it, where staff give some, and `answer` a plainer answer."""
    wordings = [mask_people(question) for question in questions] or [learnt.question]
    return {
        "language": learnt.language,
        "questions": wordings,
        "answer": mask_people(answer) if answer else learnt.answer,
        "on": learnt.on.isoformat(),
    }


def entry(learnt: Lesson, bank: Bank, name: str, entry_id: str) -> dict[str, Any]:
    """A draft of an entry, as YAML for an author to finish: one language is there, and the source is the bank's own word."""
    if not name:
        raise NothingToLearn("an entry needs a name")
    if not _ID.fullmatch(entry_id):
        raise NothingToLearn("an entry is named in small letters, digits and hyphens, such as def-early-repayment")
    plain = {
        "id": entry_id,
        "kind": "definition",
        "status": "unconfirmed",
        "confidence": "medium",
        "name": {learnt.language: mask_people(name)},
        "also": {learnt.language: [learnt.question]},
        "summary": {learnt.language: learnt.answer},
        "source": {"issuer": dict(bank.name)},
        "checked": learnt.on.isoformat(),
    }
    return {"id": entry_id, "yaml": yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120)}


def message(turn: int, at: str, text: str, intent: str) -> dict[str, Any]:
    """A training message for the language model: what the owner wrote, masked, and what it asks for."""
    return {"turn": turn, "at": at, "text": mask(text), "intent": intent}


def shown(draft: Mapping[str, Any]) -> str:
    """A draft as whoever reviews it reads it."""
    return str(draft["yaml"]) if "yaml" in draft else yaml.safe_dump(dict(draft), allow_unicode=True, sort_keys=False, width=120)
