"""Quizzes for new staff: a question with three answers, which one is right and why; from closed cases and from entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.learning.promoting import Lesson, NothingToLearn
from knowledge.entries import Entry, Kind
from knowledge.search.words import tokens

CHOICES = 3
#: Two answers that share more of their pieces than this are the same answer in other words.
_SAME = 0.5


@dataclass(frozen=True)
class Quiz:
    """`right` is the place of the right answer, `why` says where it comes from."""

    language: str
    question: str
    answers: tuple[str, ...]
    right: int
    why: str

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "answers": list(self.answers)}


def quiz_from_json(plain: Mapping[str, Any]) -> Quiz:
    """The inverse of as_json."""
    return Quiz(plain["language"], plain["question"], tuple(plain["answers"]), plain["right"], plain["why"])


def from_lesson(learnt: Lesson, others: Sequence[Lesson], why: str, random: Random) -> Quiz:
    """The answer that was given, among answers to other questions. Raises NothingToLearn where there are too few of those."""
    wrong = [one.answer for one in others if one.language == learnt.language and one.case != learnt.case]
    return _quiz(learnt.language, learnt.question, learnt.answer, wrong, why, random)


def from_entry(entry: Entry, others: Sequence[Entry], language: str, question: str, why: str, random: Random) -> Quiz:
    """What an entry is, among what others of its kind are. Raises NothingToLearn where there are too few of those."""
    wrong = [other.summary[language] for other in others if other.kind is entry.kind and other.id != entry.id]
    return _quiz(language, question, entry.summary[language], wrong, why, random)


def worth_asking(entries: Sequence[Entry]) -> list[Entry]:
    """Entries whose summary says what they are, without figures to be filled in, by id."""
    return sorted((entry for entry in entries if entry.kind is Kind.DEFINITION and "{" not in entry.summary.zh), key=lambda entry: entry.id)


def _quiz(language: str, question: str, right: str, wrong: Sequence[str], why: str, random: Random) -> Quiz:
    distinct = [answer for answer in dict.fromkeys(wrong) if not _alike(answer, right)]
    if len(distinct) < CHOICES - 1:
        raise NothingToLearn("there are not two other answers yet to choose from")
    answers = [right, *random.sample(distinct, CHOICES - 1)]
    random.shuffle(answers)
    return Quiz(language, question, tuple(answers), answers.index(right), why)


def _alike(one: str, other: str) -> bool:
    mine, theirs = set(tokens(one)), set(tokens(other))
    return not mine or not theirs or len(mine & theirs) / min(len(mine), len(theirs)) > _SAME
