"""What owners' words mean: their intent from the language server, their facts from the parser, their topics from the index."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.conversation.answered import beside_a_wish, corrects_something_else, wants_something_else
from bot.conversation.common import common_in
from bot.conversation.doubted import how_not_news
from bot.conversation.mending import mended, without_old_lateness
from bot.conversation.model import Part, Understanding
from bot.conversation.outside import weigh
from bot.conversation.security import unknown_security
from bot.conversation.several import joined_up, questions_in, wanted_of
from bot.conversation.slash import slash_intent, words_of
from bot.conversation.something_else import without_something_else
from bot.conversation.tongue import without_switch
from bot.conversation.typed import as_meant, cut_short
from bot.conversation.wanted import wanted_in
from knowledge.search import FLOOR, SearchIndex
from nlu.client import IntentGuess, NluUnavailable
from nlu.cues.homophones import mended as spelt
from nlu.language import Language, language_of
from nlu.mentions import Extraction, extract_facts

_TOPICS_AT_MOST = 3
#: How far behind the best a further topic may be: who compares two things names both about as plainly.
_TOPICS_APART = 0.2


class Classifier(Protocol):
    """What names the intent of a text: the language server's client, or a script where a test is about something else."""

    async def parse(self, text: str) -> IntentGuess:
        """The guess. Raises NluUnavailable, and nothing else."""
        ...


class Interpreter:
    """Reads texts, whatever the state of the language server; without one (None) no intent is known."""

    def __init__(self, index: SearchIndex, classifier: Classifier | None) -> None:
        self._index = index
        self._classifier = classifier

    async def understand(
        self,
        text: str,
        today: date,
        language: str = "zh",
        asking: str | None = None,
        region: str | None = None,
        of_other: bool = False,
    ) -> Understanding:
        """What a text means, whatever the state of the language server.

        `region` is where the firm is known to be; `of_other` says that it is somebody else's, for whom the owner asks.
        """
        text = as_meant(spelt(without_switch(cut_short(text))), of_other)
        words = words_of(text)
        guess = await self._guess(text)
        plain = extraction = extract_facts(words, today=today)
        if asking and not corrects_something_else(plain, asking):
            extraction = extract_facts(words, today=today, asking=asking)
            wish = common_in(words)
            if wish is None and guess is not None and wants_something_else(words, guess.intent, guess.confidence):
                wish = guess.intent
            if wish is not None:
                extraction = beside_a_wish(words, asking, wish, plain, extraction, today)
        extraction = without_old_lateness(mended(words, asking, plain, extraction), words, today)
        extraction = without_something_else(extraction, plain, words, asking)
        if guess is None:
            intent, confidence = None, 0.0
        else:
            (intent, extraction), confidence = weigh(guess.intent, guess.oos, words, extraction, asking), guess.confidence
            intent = how_not_news(intent, words)
        asks = intent is None or intent.startswith("ask_") or intent == "apply"
        asks = asks and unknown_security(self._index, words, today) is None
        topics = topics_of(self._index, words, extraction, region) if asks else ()
        understood = Understanding(intent, confidence, extraction, topics, _language(text, language))
        several = asks or wanted_in(words) is not None
        return joined_up(understood, await self._parts(words, extraction, region)) if several else understood

    async def _parts(self, words: str, extraction: Extraction, region: str | None) -> list[Part]:
        """What each of several questions asks; a part that is not plain is left out."""
        parts: list[Part] = []
        for clause in questions_in(words):
            guess = await self._guess(clause)
            wanted = wanted_of(clause, guess.intent, guess.confidence) if guess is not None else None
            if wanted is None:
                continue
            parts.append(Part(wanted, topics_of(self._index, clause, extraction, region), clause))
        return parts

    async def _guess(self, text: str) -> IntentGuess | None:
        """The language server's guess, or the one that a slash command is; None while the server does not answer."""
        command = slash_intent(text)
        if command is not None:
            return IntentGuess(command, 1.0, ((command, 1.0),), None)
        if self._classifier is None:
            return None
        try:
            return await self._classifier.parse(text)
        except NluUnavailable:
            return None


def topics_of(index: SearchIndex, words: str, extraction: Extraction, region: str | None = None) -> tuple[str, ...]:
    """The entries that words are about, best first; none when nothing known answers them.

    A region that the words name comes before `region`, where the firm is known to be.
    """
    named = next((str(mention.value) for mention in extraction.mentions if mention.name == "region"), region)
    hits = index.search(words, region=named, limit=_TOPICS_AT_MOST)
    return tuple(hit.entry for hit in hits if hit.score >= max(FLOOR, hits[0].score - _TOPICS_APART))


def _language(text: str, default: str) -> str:
    """The language of a message; a slash command says nothing about it."""
    known: Language = "en" if default == "en" else "zh"
    return known if text.startswith("/") else language_of(text, known)
