"""A bulletin as one owner reads it: its text with what it can be asked, the one question instead, or several in one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.bulletins.markup import visible
from bot.bulletins.model import Bulletin
from bot.bulletins.timing import ZONE
from bot.conversation.answers.bulletin import buttons_under, question_reply
from bot.conversation.answers.bulletin_said import Told, digest_reply
from bot.conversation.model import Reply
from knowledge.entries import Entry


@dataclass(frozen=True)
class Letter:
    """A bulletin with the entry that it is about, as long as there is one."""

    bulletin: Bulletin
    entry: Entry | None

    def message(self, language: str) -> Mapping[str, Any]:
        """The message as the outbox keeps it, with its markup."""
        return {**plain_of(self.reply(language)), "text": self.bulletin.draft.text(language), "markup": "HTML"}

    def reply(self, language: str) -> Reply:
        """The same for a channel without markup."""
        buttons = buttons_under(self.bulletin.id, self.entry, language) if self.entry is not None else ()
        return Reply(visible(self.bulletin.draft.text(language)), buttons)

    def question(self, language: str, fact: str | None) -> Reply:
        """The question that settles whether the measure is for the firm."""
        assert self.entry is not None
        return question_reply(self.bulletin.id, visible(self.bulletin.draft.title[language]), self.entry, fact, language)


def digest_of(bulletins: Sequence[Bulletin], asked: frozenset[int], language: str) -> Reply:
    """Several bulletins in one message; of those in `asked` a fact is lacking."""
    listed = [Told(one.id, visible(one.draft.title[language]), "", one.draft.send_at.astimezone(ZONE).date()) for one in bulletins]
    return digest_reply(listed, asked, language)


def plain_of(reply: Reply) -> dict[str, Any]:
    """A reply as the outbox keeps it."""
    return {"text": reply.text, "buttons": [{"id": button.id, "label": button.label} for button in reply.buttons]}
