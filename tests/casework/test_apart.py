"""Whatever owners and staff do in whatever order: an owner's words are only in their own cases, and at the bank they were meant for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.casework.cases import close, move
from bot.casework.words import Words, answer, note
from bot.conversation.heard import Heard, Origin
from bot.conversation.world import World
from bot.desk.model import Bank
from bot.service import Advisor
from bot.storage.database import open_database
from bot.storage.desk.cases import cases_of, open_case_of, pack_of
from bot.storage.desk.people import keep_bank
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from tests.casework.desks import DESK, ICBC, NOW, People, people
from tests.conversation.scenarios import ScriptedNlu

CCB = Bank("len-ccb", {"zh": "建设银行", "en": "CCB"}, None, {})
BANKS = (DESK, ICBC, CCB)
OWNERS = 2
_RUN = count(1)

DEEDS = st.one_of(
    st.just("say"),
    st.sampled_from(["say", "ask", "hardship", "aside", "back", "cancel", "close", "answer", "note", "restart"]),
    st.sampled_from([f"{deed}:{bank.id}" for deed in ("show", "words", "move", "moved") for bank in BANKS]),
)
STORIES = st.lists(st.tuples(st.integers(0, OWNERS - 1), DEEDS), min_size=6, max_size=16)
#: Every story begins with a case of each owner, else most would be about nothing.
OPENINGS = [(owner, deed) for owner in range(OWNERS) for deed in ("ask", f"words:{DESK.id}", "say")]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    engine = open_database(f"sqlite:///{Path(tmp_path_factory.mktemp('apart')) / 'advisor.db'}")
    yield Store(engine)
    engine.dispose()


class Stage:
    """The desks and the knowledge; without a long representation, which would stand before every failure."""

    def __init__(self, at: People, world: World) -> None:
        self.at, self.world = at, world


@pytest.fixture(scope="module")
def stage(store: Store, world: World) -> Stage:
    at = people(store)
    with store.begin() as connection:
        keep_bank(connection, CCB)
    return Stage(at, world)


class Story:
    """Owners who talk, and staff who act on their open cases. Every word says whose it is and at which bank it was written."""

    def __init__(self, stage: Stage) -> None:
        self._at, self._nlu = stage.at, ScriptedNlu()
        self._advisor = Advisor(self._at.desk.store, stage.world, self._nlu, lambda: NOW, mirror=self._at.shown)
        run = next(_RUN)
        self.owners = [f"tg:{run * 10 + number}" for number in range(OWNERS)]
        self._numbers = count(1)

    def does(self, owner: str, deed: str) -> None:
        what, _, bank = deed.partition(":")
        if what in ("close", "answer", "note", "moved"):
            self._staff(owner, what, bank)
        elif what in ("say", "ask", "hardship", "restart"):
            self._says(owner, what)
        else:
            self._hears(owner, Heard(press=f"o:{deed}"))

    def _says(self, owner: str, what: str) -> None:
        self._nlu.intent = {"ask": "ask_human", "hardship": "report_hardship"}.get(what, "thank")
        dialogue = self._advisor.dialogue_of(owner)
        text = "/restart" if what == "restart" else f"<{owner}@{dialogue.bank if dialogue.with_person else 'advisor'}>"
        self._hears(owner, Heard(text=text, origin=Origin(int(owner[3:]), next(self._numbers))))

    def _hears(self, owner: str, heard: Heard) -> None:
        asyncio.run(self._advisor.hear(owner, heard))

    def _staff(self, owner: str, what: str, bank: str) -> None:
        desk, clerk = self._at.desk, self._at.clerk
        with desk.store.begin() as connection:
            case = open_case_of(connection, owner)
            if case is None or bank == case.bank:
                return
            if what == "moved":
                move(connection, desk, case, clerk, next(one for one in BANKS if one.id == bank), NOW, {})
            elif what == "close":
                close(connection, desk, case, clerk, NOW)
            else:
                {"answer": answer, "note": note}[what](connection, desk, case, clerk, Words(f"staff of {case.bank} to {owner}"), NOW)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STORIES)
def test_words_stay_with_their_owner_and_their_bank(stage: Stage, deeds: list[tuple[int, str]]) -> None:
    story, store = Story(stage), stage.at.desk.store
    for owner, deed in [*OPENINGS, *deeds]:
        story.does(story.owners[owner], deed)
    sent = [(chat, message["text"]) for _, chat, message in store.unsent()]
    with store.begin() as connection:
        for owner in story.owners:
            others = [other for other in story.owners if other != owner]
            for case in cases_of(connection, owner):
                for said in said_in(connection, case.id):
                    if said.author == "owner":
                        assert said.text in (f"<{owner}@{case.bank}>", f"<{owner}@advisor>")
                pack = json.dumps(pack_of(connection, case.id))
                assert not any(other in pack for other in others)
                if '"file": true' not in pack:
                    assert owner not in pack
                for bank in {one.id for one in BANKS} - {case.bank}:  # the talk with the advisor goes along, theirs does not
                    assert f"@{bank}>" not in pack
                    assert f"staff of {bank}" not in pack
            mine = [text for chat, text in sent if f"tg:{chat}" == owner]
            assert not any(other in text for other in others for text in mine)
