"""What is learnt from cases: an answer proposed, a second person's decision, and quizzes for new staff."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.channels.console.parts import Asked, NotHere, Page, Refused, number_of
from bot.channels.console.rendering import page
from bot.conversation.handlers import HANDLERS
from bot.desk.rights import Action
from bot.learning.masking import mask_people
from bot.learning.promoting import NothingToLearn, shown
from bot.learning.proposals import Wanted, carry_out, draft_of, quizzes
from bot.learning.quizzes import Quiz
from bot.storage.desk.people import members
from bot.storage.desk.promotions import NotReviewable, Promotion, promotion_of, propose, review, waiting_for_review
from bot.storage.desk.words import said_in

_KINDS = ("faq", "quiz", "entry", "message")
#: Questions of one quiz, and the seeds they are drawn by.
_QUESTIONS, _SEEDS = 5, 10**6


@dataclass(frozen=True)
class Proposal:
    """What waits for a second person: who proposed it, and what it says; `mine` where one may decide on it."""

    promotion: Promotion
    by: str
    text: str
    mine: bool


def choose(asked: Asked) -> Response:
    """The answers of a case, and what can be made of them."""
    return page(asked, "learn.html", **_choices(asked))


def promote(asked: Asked) -> Response:
    """Propose it. What is missing is said on the page where it was left out."""
    wanted = _wanted(asked.form)
    try:
        draft = draft_of(asked.connection, asked.of_case, wanted)
    except NothingToLearn:
        key = f"learn_lacks_{wanted.kind if wanted.kind in _KINDS else 'answer'}"
        return page(asked, "learn.html", 422, lacks=key, **_choices(asked))
    propose(asked.connection, asked.of_case, draft, asked.member, asked.now)
    return RedirectResponse("/learning?told=proposed", 303)


def _wanted(form: Mapping[str, str]) -> Wanted:
    said = {name: form.get(name, "").strip() for name in ("kind", "name", "entry", "intent")}
    questions = tuple(line.strip() for line in form.get("questions", "").splitlines() if line.strip())
    return Wanted(answer=number_of(form.get("answer", "")), questions=questions, text=form.get("text", "").strip() or None, **said)


def _choices(asked: Asked) -> dict[str, Any]:
    case = asked.of_case
    names = {member.id: member.name for member in members(asked.connection, case.bank)}
    said = said_in(asked.connection, case.id)
    answers = [(one.id, names.get(one.staff or 0, ""), mask_people(one.text)) for one in said if one.author == "staff" and one.text]
    kept = {name: asked.form.get(name, "") for name in ("kind", "answer", "questions", "text", "name", "entry", "intent")}
    return {"case": case, "answers": answers, "kinds": _KINDS, "intents": sorted(HANDLERS), "kept": kept}


def index(asked: Asked) -> Response:
    """What waits in the bank, to be decided by somebody else than whoever proposed it."""
    names = {member.id: member.name for member in members(asked.connection)}
    waiting = [one for bank in asked.banks(Action.LEARN) for one in waiting_for_review(asked.connection, bank)]
    return page(
        asked,
        "learning.html",
        proposals=[
            Proposal(one, names.get(one.by or 0, ""), shown(one.draft), asked.may(Action.REVIEW, one.bank) and one.by != asked.member.id)
            for one in waiting
        ],
    )


def decide(asked: Asked) -> Response:
    """Accept or refuse; only what was accepted counts."""
    number = number_of(asked.path["promotion"])
    found = None if number is None else promotion_of(asked.connection, number)
    if found is None or not asked.may(Action.LEARN, found.bank):
        raise NotHere
    if not asked.may(Action.REVIEW, found.bank) or asked.form.get("decision") not in ("accept", "refuse"):
        raise Refused
    accepted = asked.form["decision"] == "accept"
    try:
        decided = review(asked.connection, found, asked.member, accepted, asked.now)
    except NotReviewable:
        return RedirectResponse("/learning?told=not_reviewable", 303)
    if accepted:
        carry_out(decided, asked.console.home)
    return RedirectResponse(f"/learning?told={'accepted' if accepted else 'refused'}", 303)


def quiz(asked: Asked) -> Response:
    """Questions drawn anew each time."""
    return _quiz(asked, SystemRandom().randrange(_SEEDS))


def marked(asked: Asked) -> Response:
    """The same questions with what was right. Where others are there meanwhile, these are asked instead."""
    return _quiz(asked, number_of(asked.form.get("seed", "")) or 0, marking=True)


def _quiz(asked: Asked, seed: int, *, marking: bool = False) -> Response:
    pack, bank = asked.console.world.pack, asked.member.bank
    found = quizzes(asked.connection, list(pack), asked.language, _QUESTIONS, Random(seed), bank)  # noqa: S311 (a game)
    digest = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
    chosen = [asked.form.get(f"q{place}", "") for place in range(len(found))]
    marking = marking and asked.form.get("of") == digest
    hits = sum(_hit(one, choice) for one, choice in zip(found, chosen, strict=True))
    given = list(zip(found, chosen, strict=True)) if marking else [(one, "") for one in found]
    return page(asked, "quiz.html", given=given, seed=seed, of=digest, marking=marking, hits=hits)


def _hit(one: Quiz, choice: str) -> bool:
    return choice == str(one.right)


PAGES = (
    Page("GET", "/cases/{case}/learn", choose, Action.PROMOTE),
    Page("POST", "/cases/{case}/learn", promote, Action.PROMOTE),
    Page("GET", "/learning", index, Action.LEARN),
    Page("POST", "/learning/{promotion}", decide, Action.LEARN),
    Page("GET", "/quiz", quiz, Action.LEARN),
    Page("POST", "/quiz", marked, Action.LEARN),
)
