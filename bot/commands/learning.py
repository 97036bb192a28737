"""`advisor desk promote | review | quiz | outcome`: what staff learn from cases, and what became of applications."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from random import Random
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.running import Run
from bot.commands.unusable import Unusable
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.desk.model import Member
    from bot.learning.proposals import Wanted
    from bot.learning.quizzes import Quiz
    from bot.storage.store import Store
    from knowledge.pack import Pack

_By = Annotated[int, typer.Option("--by", help="Your number among the staff.")]


@dataclass(frozen=True)
class Parts:
    """What the commands are put together from."""

    run: Run
    store: Callable[[Settings], Store]
    pack: Callable[[Settings], Pack]


def add(app: typer.Typer, parts: Parts) -> None:
    """Add the commands to the group of the desk."""

    @app.command()
    def promote(
        case: Annotated[int, typer.Argument(help="Number of the case.")],
        by: _By,
        kind: Annotated[str, typer.Option("--as", help="faq, entry, message or quiz.")] = "faq",
        answer: Annotated[int | None, typer.Option(help="Number of the answer; the first one unless given.")] = None,
        question: Annotated[list[str] | None, typer.Option(help="For faq: a plainer wording of the question; may be given again.")] = None,
        text: Annotated[str | None, typer.Option(help="For faq: a plainer answer.")] = None,
        name: Annotated[str, typer.Option(help="For entry: its name.")] = "",
        entry: Annotated[str, typer.Option("--id", help="For entry: its id, such as def-early-repayment.")] = "",
        intent: Annotated[str, typer.Option(help="For message: what the owner's question wants.")] = "",
    ) -> None:
        """Propose to learn from an answer to a case. Personal data is masked; a second person reviews it."""
        from bot.learning.proposals import Wanted

        wanted = Wanted(kind, answer, tuple(question or ()), text, name, entry, intent)
        parts.run(lambda settings: _in_thread(lambda: _promote(parts, settings, case, wanted, by)))

    @app.command()
    def review(
        by: _By,
        number: Annotated[int | None, typer.Argument(help="Number of the proposal; all that wait are listed unless given.")] = None,
        accept: Annotated[bool | None, typer.Option("--accept/--refuse", help="Your decision.")] = None,
    ) -> None:
        """List what waits for a second person, or decide on one."""
        parts.run(lambda settings: _in_thread(lambda: _review(parts, settings, by, number, accept)))

    @app.command()
    def quiz(
        language: Annotated[str, typer.Option("--lang", help="zh or en.")] = "zh",
        count: Annotated[int, typer.Option(min=1, max=50, help="How many questions.")] = 5,
        seed: Annotated[int | None, typer.Option(help="The same number gives the same questions.")] = None,
        json: Annotated[bool, typer.Option("--json", help="Only list them, one JSON object a line.")] = False,
    ) -> None:
        """For new staff: questions from closed cases and entries, three answers each."""
        parts.run(lambda settings: _in_thread(lambda: _quiz(parts, settings, language, count, Random(seed), json)))  # noqa: S311 (a game)

    @app.command()
    def outcome(
        receipt: Annotated[str, typer.Argument(help="Receipt number of the referral.")],
        by: _By,
        approved: Annotated[str, typer.Option(help="Yuan that were approved.")] = "",
        rate: Annotated[str, typer.Option(help="Its yearly rate as a fraction, such as 0.0435.")] = "",
        declined: Annotated[str, typer.Option(help="Why: overdue, debts, revenue, history, collateral, papers or other.")] = "",
    ) -> None:
        """Tell what became of an application; the owner hears it with the next way on."""
        parts.run(lambda settings: _in_thread(lambda: _outcome(parts, settings, receipt, by, (approved, rate, declined))))


async def _in_thread(work: Callable[[], None]) -> None:
    import asyncio

    await asyncio.to_thread(work)


def _promote(parts: Parts, settings: Settings, number: int, wanted: Wanted, by: int) -> None:
    from bot.desk.rights import Action, may
    from bot.learning.promoting import NothingToLearn, shown
    from bot.learning.proposals import draft_of
    from bot.storage.desk.cases import case_of
    from bot.storage.desk.promotions import propose

    with parts.store(settings).begin() as connection:
        member, case = _member(connection, by), case_of(connection, number)
        if case is None or not may(member, Action.PROMOTE, case):
            raise Unusable(f"there is no case {number} at your bank")
        try:
            draft = draft_of(connection, case, wanted)
        except NothingToLearn as error:
            raise Unusable(str(error)) from None
        made = propose(connection, case, draft, member, datetime.now(UTC))
    print(f"{made.id}\n{shown(made.draft)}")


def _review(parts: Parts, settings: Settings, by: int, number: int | None, accept: bool | None) -> None:
    from bot.desk.rights import Action, may
    from bot.learning.promoting import shown
    from bot.learning.proposals import carry_out
    from bot.storage.desk.promotions import NotReviewable, promotion_of, review, waiting_for_review

    with parts.store(settings).begin() as connection:
        member = _member(connection, by)
        if number is None:
            mine = [one for one in waiting_for_review(connection) if may(member, Action.REVIEW, one.bank)]
            print("\n".join(f"{one.id}  {one.kind}  {one.at:%Y-%m-%d}\n{shown(one.draft)}" for one in mine) or "nothing waits")
            return
        found = promotion_of(connection, number)
        if found is None or not may(member, Action.REVIEW, found.bank):
            raise Unusable(f"there is no proposal {number} for you to review")
        if accept is None:
            print(shown(found.draft))
            return
        try:
            decided = review(connection, found, member, accept, datetime.now(UTC))
        except NotReviewable as error:
            raise Unusable(str(error)) from None
        written = carry_out(decided, settings.home) if accept else None
    print(written or ("accepted" if accept else "refused"))


def _quiz(parts: Parts, settings: Settings, language: str, count: int, random: Random, as_json: bool) -> None:
    from bot.learning.proposals import quizzes

    if language not in ("zh", "en"):
        raise Unusable(f"--lang {language}: zh or en")
    with parts.store(settings).engine.connect() as connection:
        found = quizzes(connection, list(parts.pack(settings)), language, count, random)
    if as_json:
        for one in found:
            print(jsonlib.dumps(one.as_json(), ensure_ascii=False))
        return
    _ask_all(found, language)


_WORDS = {
    "zh": ("第 {n} 题：{question}", "选几？（1-3）", "对了。", "不对，应选 {right}。", "出处：{why}", "答对 {hits}/{of}"),
    "en": ("Question {n}: {question}", "Which? (1-3)", "Right.", "No, it is {right}.", "From: {why}", "{hits} of {of} right"),
}


def _ask_all(found: Sequence[Quiz], language: str) -> None:
    head, which, right, wrong, source, total = _WORDS[language]
    hits = 0
    for number, one in enumerate(found, 1):
        print(f"\n{head.format(n=number, question=one.question)}")
        print("\n".join(f"  {place}. {answer}" for place, answer in enumerate(one.answers, 1)))
        chosen = typer.prompt(which, type=int)
        hit = chosen == one.right + 1
        hits += hit
        print(f"{right if hit else wrong.format(right=one.right + 1)} {source.format(why=one.why)}")
    print(f"\n{total.format(hits=hits, of=len(found))}")


def _outcome(parts: Parts, settings: Settings, receipt: str, by: int, told: tuple[str, str, str]) -> None:
    from bot.casework.outcomes import OutcomeRefused, record_outcome
    from bot.channels.telegram.desk.mirror import telegram_desk
    from bot.desk.outcomes import Result, Why

    approved, rate, declined = told
    try:
        result = Result(bool(approved), _number(approved), _number(rate), Why(declined) if declined else None)
    except ValueError as error:
        raise Unusable(f"give --approved with the yuan, or --declined with one of {', '.join(Why)}: {error}") from None
    store = parts.store(settings)
    with store.begin() as connection:
        try:
            record_outcome(connection, telegram_desk(store), receipt, _member(connection, by), result, datetime.now(UTC))
        except OutcomeRefused as error:
            raise Unusable(str(error)) from None
    print(jsonlib.dumps({"receipt": receipt, **result.as_json()}, ensure_ascii=False))


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise ValueError(f"{text} is not a number") from error


def _member(connection: Connection, number: int) -> Member:
    from bot.storage.desk.people import member_of

    member = member_of(connection, number)
    if member is None:
        raise Unusable(f"nobody of the staff has the number {number}")
    return member
