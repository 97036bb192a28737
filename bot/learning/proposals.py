"""From a case in the rows to a draft, and from an accepted draft to where it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, select

from bot.desk.model import Case, Ended
from bot.learning.labels import Label, Labels
from bot.learning.promoting import Lesson, NothingToLearn, entry, faq, lesson, message
from bot.learning.quizzes import Quiz, from_entry, from_lesson, quiz_from_json, worth_asking
from bot.storage.desk.cases import cases_where
from bot.storage.desk.people import bank_of
from bot.storage.desk.promotions import Draft, Promotion, accepted_of
from bot.storage.desk.tables import cases
from bot.storage.desk.words import said_in
from bot.storage.tables import turns
from knowledge.entries import Entry

#: Closed cases that wrong answers of a quiz are taken from: the latest are most like what new staff will see.
_LATEST = 200
_INNER = str.maketrans("“”", "‘’")
_ASKS = {"zh": "“{name}”是什么？", "en": "What is meant by “{name}”?"}
_FROM_CASE = {"zh": "{bank} {on} 的答复", "en": "answered by {bank} on {on}"}


@dataclass(frozen=True)
class Wanted:
    """What staff want learnt: of which kind, and from which answer (the first unless a number is given).

    For faq plainer wordings of question and answer, for entry its name and id, for message the intent.
    """

    kind: str
    answer: int | None = None
    questions: tuple[str, ...] = ()
    text: str | None = None
    name: str = ""
    entry: str = ""
    intent: str = ""


def draft_of(connection: Connection, case: Case, wanted: Wanted) -> Draft:
    """The draft to propose. Raises NothingToLearn."""
    if wanted.kind == "message":
        return Draft("message", _message(connection, case, wanted.intent))
    learnt, bank = lesson(case, said_in(connection, case.id), wanted.answer), bank_of(connection, case.bank)
    assert bank is not None
    if wanted.kind == "faq":
        return Draft("faq", faq(learnt, wanted.questions, wanted.text))
    if wanted.kind == "entry":
        return Draft("entry", entry(learnt, bank, wanted.name, wanted.entry))
    if wanted.kind != "quiz":
        raise NothingToLearn(f"{wanted.kind}: what is learnt is a faq, an entry, a message or a quiz")
    why = _FROM_CASE[learnt.language].format(bank=bank.name[learnt.language], on=learnt.on.isoformat())
    # The order is the case's own, so that a draft made twice is the same draft.
    return Draft("quiz", from_lesson(learnt, _others(connection, case), why, Random(case.id)).as_json())  # noqa: S311 (no secret)


def carry_out(accepted: Promotion, home: Path) -> str | None:
    """What an accepted draft needs beyond its row: an entry becomes a file for its author, a message a label of the language model."""
    if accepted.kind == "entry":
        file = home / "drafts" / f"{accepted.draft['id']}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(accepted.draft["yaml"], "utf-8")
        return str(file)
    if accepted.kind == "message":
        Labels(home / "nlu" / "labels.jsonl").add(Label(**accepted.draft))
    return None


def quizzes(
    connection: Connection, entries: Sequence[Entry], language: str, count: int, random: Random, bank: str | None = None
) -> list[Quiz]:
    """Reviewed quizzes from cases first, those of one bank where one is named, then entries, in a random order."""
    found = [quiz for one in accepted_of(connection, "quiz", bank) if (quiz := quiz_from_json(one.draft)).language == language]
    random.shuffle(found)
    asked = worth_asking(entries)
    for one in random.sample(asked, min(len(asked), count)):
        # Quotation marks within a name step back behind those around it.
        name = one.name[language].translate(_INNER)
        question = _ASKS[language].format(name=name)
        found.append(from_entry(one, asked, language, question, one.source.issuer[language], random))
    return found[:count]


def _message(connection: Connection, case: Case, intent: str) -> dict[str, Any]:
    """The owner's turn in which the case's question was written, so that it is forgotten with its owner."""
    from bot.conversation.handlers import HANDLERS

    if intent not in HANDLERS:
        raise NothingToLearn(f"--intent {intent or 'is missing'}: one of {', '.join(HANDLERS)}")
    query = select(turns.c.id, turns.c.at, turns.c.heard).where(turns.c.owner_id == case.owner).order_by(turns.c.id.desc())
    for row in connection.execute(query):
        text = row.heard.get("text")
        if isinstance(text, str) and text.strip() == case.question.strip():
            return message(row.id, row.at.isoformat(), text, intent)
    raise NothingToLearn("the question of this case was not written in the talk")


def _others(connection: Connection, case: Case) -> list[Lesson]:
    """What other closed cases of the same bank teach, the latest first."""
    closed = cases_where(connection, cases.c.bank_id == case.bank, cases.c.outcome == Ended.ANSWERED.value, cases.c.id != case.id)
    found = []
    for other in closed[: -_LATEST - 1 : -1]:
        try:
            found.append(lesson(other, said_in(connection, other.id)))
        except NothingToLearn:
            continue
    return found
