"""What a turn may look at: the knowledge, the scorer and today's date, and the firm assessed with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from bot.conversation.decision import Decision
from bot.conversation.facts import Taken
from bot.conversation.model import NOTHING, Dialogue, Understanding
from bot.desk.model import Bank
from bot.matching.match import Match, match_all, match_one
from bot.matching.question import Question, open_questions
from bot.matching.worth import worth
from knowledge.calendar import AGES
from knowledge.eligibility import Status
from knowledge.entries import Entry, Kind
from knowledge.pack import Pack
from knowledge.search import SearchIndex
from knowledge.search.asked import Asked
from knowledge.unlock import Unlock, unlock
from scoring.card import Card, Score, score
from scoring.questions import sound


@dataclass(frozen=True)
class World:
    """What a turn stands on beside its owner: the knowledge, the scorer, and the banks whose people answer cases."""

    pack: Pack
    index: SearchIndex
    card: Card
    #: shares of applications that were approved, by product or bank, where enough outcomes are known
    approvals: Mapping[str, Decimal] = field(default_factory=dict)
    #: what this owner applied for lately and was declined, by product, or by bank where no product was named
    declined: frozenset[str] = frozenset()
    #: what owners asked before, with the answers of staff
    asked: tuple[Asked, ...] = ()
    banks: tuple[Bank, ...] = ()


def with_pack(world: World, pack: Pack, today: date) -> World:
    """The same with other knowledge; the world itself where it is the same."""
    return world if pack is world.pack else replace(world, pack=pack, index=SearchIndex(pack, today))


@dataclass(frozen=True)
class Scene:
    """One turn's view: the dialogue with the message's facts already taken in, and what follows from them."""

    world: World
    dialogue: Dialogue
    today: date
    understanding: Understanding
    taken: Taken
    text: str = ""

    @classmethod
    def wordless(cls, world: World, dialogue: Dialogue, today: date) -> Scene:
        """A scene in which nothing is said: a button, a file, a day that came, or somebody else's look at a firm."""
        return cls(world, dialogue, today, NOTHING, Taken(dialogue.firm, (), False))

    @property
    def language(self) -> str:
        return self.dialogue.language

    @cached_property
    def score(self) -> Score:
        return score(sound(self.dialogue.firm), self.world.card)

    @property
    def decision(self) -> Decision | None:
        """A person's decision on the grade, while it stands."""
        decision = self.dialogue.decision
        return decision if decision is not None and decision.stands(self.dialogue.firm, self.world.card) else None

    @property
    def grade(self) -> str:
        """The grade that counts: a person's while that stands, else the card's."""
        return self.decision.grade if self.decision is not None else self.score.grade

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        return self.matches_for(self.dialogue)

    def matches_for(self, dialogue: Dialogue) -> tuple[Match, ...]:
        """Every entry in force tried on the firm of a dialogue."""
        return match_all(self.world.pack, dialogue.firm, self.today, self.grade, risk=self.score)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What is worth asking, the most useful first."""
        firm = self.dialogue.firm
        stakes = {match.entry.id: worth(match, firm) for match in self.matches if match.status is Status.UNKNOWN}
        return open_questions([match.judgement for match in self.matches], firm, self.today, self.dialogue.passed, stakes)

    @cached_property
    def unlocks(self) -> Mapping[str, Unlock]:
        """For each entry that does not fit and that the owner could change something about: what."""
        judged = ((match.entry, self.unlock(match.entry)) for match in self.matches if match.status is Status.INELIGIBLE)
        return {entry.id: way for entry, way in judged if way is not None}

    def unlock(self, entry: Entry) -> Unlock | None:
        """What would open an entry to this firm."""
        firm = self.dialogue.firm
        return unlock(entry, firm, self.today, {name: fact.as_of for name in AGES if (fact := firm.fact(name)) is not None})

    @property
    def question(self) -> Question | None:
        return next(iter(self.questions), None)

    def match(self, entry: Entry) -> Match:
        return match_one(self.world.pack, entry, self.dialogue.firm, self.today, self.grade, risk=self.score)

    def topic(self, *kinds: Kind) -> Entry | None:
        """The entry the message is about, of these kinds (all kinds when none is named)."""
        for entry_id in self.understanding.topics:
            entry = self.world.pack.get(entry_id)
            if entry is not None and (not kinds or entry.kind in kinds):
                return entry
        return None

    def with_dialogue(self, dialogue: Dialogue) -> Scene:
        """The scene with the dialogue moved on; what was worked out about the firm is kept where it still holds."""
        scene = Scene(self.world, dialogue, self.today, self.understanding, self.taken, self.text)
        if dialogue.firm is self.dialogue.firm:
            holds = ("score", "matches", "unlocks", *(("questions",) if dialogue.passed == self.dialogue.passed else ()))
            vars(scene).update({name: vars(self)[name] for name in holds if name in vars(self)})
        return scene
