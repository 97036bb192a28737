"""`advisor nlu`: people label what the model was unsure of, and a better model takes the place of the old one."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.running import Run
from bot.settings import Settings

Tell = Callable[[str], None]
_TEST = Path("tests", "data", "intents_test.jsonl")


def group(run: Run, tell: Tell) -> typer.Typer:
    """The commands; `run` runs one with the settings, `tell` writes progress."""
    app = typer.Typer(no_args_is_help=True, help="Let the language model learn from what owners wrote.")

    @app.command()
    def review(
        json: Annotated[bool, typer.Option("--json", help="Only list them, one JSON object a line.")] = False,
        limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    ) -> None:
        """Go through messages the model was unsure of or their owner corrected; personal data is masked."""
        run(lambda settings: _review(settings, tell, json, limit))

    @app.command()
    def label() -> None:
        """Label listed messages: lines {"turn", "intent"} -> the label as it is kept."""
        run(_label_lines)

    @app.command()
    def train(
        test: Annotated[Path | None, typer.Option(help="Messages to compare on: JSON lines with text and intent.")] = None,
    ) -> None:
        """Train on the labelled messages too; the new model is used if it is not worse on the test messages."""
        run(lambda settings: _train(settings, tell, test or settings.project / _TEST))

    return app


class _Workbench:
    """What the three commands share: stored messages, labels, and where the model's files are."""

    def __init__(self, settings: Settings) -> None:
        from bot.learning.labels import Labels
        from bot.storage.database import open_database
        from bot.storage.heard import heard_messages
        from nlu.model import NluPaths

        self.paths = replace(NluPaths.of(settings.project, settings.home / "nlu"), python=settings.nlu_python)
        self.labels = Labels(settings.home / "nlu" / "labels.jsonl")
        engine = open_database(settings.database_url)
        try:
            self.stored = heard_messages(engine)
        finally:
            engine.dispose()
        self.known = self.labels.forget_erased(self.stored)

    @asynccontextmanager
    async def guessing(self, tell: Tell) -> AsyncIterator[Callable[[str], Awaitable[tuple[str, float] | None]]]:
        """A running language server to ask for the intent of a text and its confidence."""
        from nlu.client import NluClient, NluUnavailable
        from nlu.model import ensure_model
        from nlu.process import NluServer, server_command

        model = await asyncio.to_thread(ensure_model, self.paths, tell)
        command, log = server_command(self.paths, model, workers=1), self.paths.cache / "review.log"
        async with NluServer(command, self.paths.root, log, tell) as server, NluClient(server.endpoint) as client:

            async def guess(text: str) -> tuple[str, float] | None:
                try:
                    found = await client.parse(text)
                except NluUnavailable:
                    return None
                return found.intent, found.confidence

            yield guess

    def label(self, turn: int, intent: str) -> Mapping[str, Any]:
        """Keeps what a person says a stored message wants."""
        from bot.learning.labels import Label
        from bot.learning.masking import mask

        message = next((message for message in self.stored if message.turn == turn), None)
        if message is None:
            raise ValueError(f"there is no written message of turn {turn}")
        if intent not in known_intents():
            raise ValueError(f"{intent!r} is not an intent; known are {', '.join(known_intents())}")
        kept = Label(turn, message.at.isoformat(), mask(message.text), intent)
        self.labels.add(kept)
        return {"turn": turn, "text": kept.text, "intent": intent}


def known_intents() -> tuple[str, ...]:
    """The intents a message may have, in the order a person is shown them."""
    from bot.conversation.handlers import HANDLERS

    return tuple(name for name in HANDLERS if name != "introduce")


async def _review(settings: Settings, tell: Tell, as_json: bool, limit: int) -> None:
    from bot.learning.pick import doubts

    bench = _Workbench(settings)
    async with bench.guessing(tell) as guess:
        found = (await doubts(bench.stored, guess, [label.text for label in bench.known]))[:limit]
    if as_json:
        for doubt in found:
            print(json.dumps(vars(doubt), ensure_ascii=False), flush=True)
        return
    intents = known_intents()
    print("\n".join(f"{number:3} {name}" for number, name in enumerate(intents, 1)))
    print(f"\n{len(found)} messages. Number or name of what it wants, Enter for the guess, s to skip, q to stop.")
    for doubt in found:
        chosen = await asyncio.to_thread(_ask, f"\n{doubt.text}\n  [{doubt.why}; guess {doubt.intent} {doubt.confidence:.0%}] > ", intents)
        if chosen is None:
            break
        if chosen:
            bench.label(doubt.turn, doubt.intent if chosen == "guess" else chosen)


def _ask(prompt: str, intents: tuple[str, ...]) -> str | None:
    """An intent, "guess", "" for none, or None to stop; asks again until it understands."""
    while True:
        print(prompt, end="", flush=True)
        typed = sys.stdin.readline()
        answer = typed.strip().lower()
        if not typed or answer == "q":
            return None
        if answer in ("", "s"):
            return "" if answer else "guess"
        if answer.isdecimal() and 1 <= int(answer) <= len(intents):
            return intents[int(answer) - 1]
        if answer in intents:
            return answer
        print(f"  {answer!r} is neither a number from 1 to {len(intents)} nor an intent.")


async def _label_lines(settings: Settings) -> None:
    from bot.channels.lines import BadLine, answer_lines
    from bot.channels.stdin import lines_of

    bench = _Workbench(settings)

    async def answer(asked: Mapping[str, Any]) -> Mapping[str, Any]:
        turn, intent = asked["turn"], asked.get("intent")
        if not isinstance(turn, int) or not isinstance(intent, str):
            raise BadLine('"turn" is a whole number and "intent" a name')
        try:
            return bench.label(turn, intent)
        except ValueError as error:
            raise BadLine(str(error)) from error

    await answer_lines(answer, lines_of(0), sys.stdout, key="turn")


async def _train(settings: Settings, tell: Tell, test: Path) -> None:
    from bot.learning.compare import count_hits, read_messages
    from bot.learning.labels import learnt_texts, training_file
    from nlu.client import NluUnavailable
    from nlu.model import NluSetupError, ensure_model

    try:
        messages = read_messages(test)
    except (OSError, ValueError, KeyError) as error:
        raise NluSetupError(f"the test messages in {test} cannot be read ({error}); name others with --test") from error
    bench = _Workbench(settings)
    learned = bench.paths.learned
    assert learned is not None
    wanted = training_file(bench.known) if bench.known else ""
    learnt = learned.read_text("utf-8") if learned.is_file() else ""
    if wanted == learnt:
        print(f"nothing new to learn: {len(bench.known)} labelled messages are in the model already")
        return
    in_use = await asyncio.to_thread(ensure_model, bench.paths, tell)
    candidate = learned.with_name("candidate.yml")
    candidate.write_text(wanted, "utf-8")
    paths = replace(bench.paths, learned=candidate if wanted else None)
    model = await asyncio.to_thread(ensure_model, paths, tell)
    try:
        old, new = await count_hits(paths, in_use, messages), await count_hits(paths, model, messages)
    except NluUnavailable as error:
        raise NluSetupError(f"the models could not be compared: {error}") from error
    print(f"model in use: {old}\nnew model:    {new}, with {len(bench.known)} labelled messages")
    # What owners have erased goes, whatever that costs.
    erased = bool(learnt_texts(learnt) - learnt_texts(wanted))
    if new.right < old.right and not erased:
        candidate.unlink()
        print("the new model is worse: the one in use stays")
    elif wanted:
        candidate.replace(learned)
        why = "owners have erased what the old one had learnt" if erased else "the new model is not worse"
        print(f"{why}: the new one is used from now on, also by an advisor that is running")
    else:
        candidate.unlink()
        learned.unlink()
        print("nothing that was learnt is stored any more: the model without it is used from now on")
