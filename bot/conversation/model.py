"""The values a turn works on: what was understood, where the dialogue stands, and what is said. What an owner did is in `heard`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.conversation.decision import Decision
from bot.conversation.desk import DeskChange, Wish
from bot.conversation.news import News, NewsChange, Settling
from bot.conversation.papers import OwnerPaper
from bot.conversation.picture import Picture
from bot.conversation.rating.sheet import Paper
from bot.conversation.sharing import Sharing, SharingChange
from knowledge.firm import Fact, Firm
from nlu.mentions import Extraction


@dataclass(frozen=True)
class Part:
    """One of several questions of a message, by itself."""

    intent: str
    topics: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Understanding:
    """What a text was understood as. `intent` is None while the language server does not answer.

    `parts` are its questions, where it asks several.
    """

    intent: str | None
    confidence: float
    extraction: Extraction
    topics: tuple[str, ...]
    language: str
    parts: tuple[Part, ...] = ()


#: What there is to understand where nothing was written.
NOTHING = Understanding(None, 0.0, Extraction((), (), False, ()), (), "zh")


@dataclass(frozen=True)
class Button:
    """A button: its id goes to Telegram as callback data, so at most 64 bytes."""

    id: str
    label: str


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a reply."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Reply:
    """One message to the owner. Plain text; channels split what is too long for them at paragraphs.

    With a `card` the text goes under its picture, with a `paper` beside its file, as a caption of at most 1,024 characters.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    files: tuple[Attachment, ...] = ()
    card: Picture | None = None
    paper: Paper | None = None


class Effect(StrEnum):
    """What a turn asks its surroundings to do; the turn itself touches nothing."""

    EXPORT = "export"
    ERASE = "erase"


@dataclass(frozen=True)
class Dialogue:
    """Where a conversation stands."""

    firm: Firm = field(default_factory=Firm)
    language: str = "zh"
    language_fixed: bool = False
    #: the owner asks for somebody else, whose firm it is
    of_other: bool = False
    #: somebody else was asked for while the owner's own firm was known: what is told of that person is kept apart
    apart: bool = False
    asking: str | None = None
    asked: int = 0
    reminded: str | None = None
    focus: str | None = None
    #: entries of the list shown last, in its order: "the first one" is one of them
    listed: tuple[str, ...] = ()
    #: the talk has gone on to something else than the focus
    strayed: bool = False
    recent: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    shown: bool = False
    greeted: bool = False
    cautioned: bool = False
    pending: str | None = None
    puzzled: int = 0
    #: what the owner wants to hear of; None while they did not ask for any
    news: News | None = None
    #: what a bulletin asked, until it is settled
    settling: Settling | None = None
    corrected: Fact | None = None
    set_aside: tuple[Fact, ...] = ()
    #: what the owner wants most of a loan: balanced, cheapest, fastest or most
    wish: str = "balanced"
    #: principal in yuan, months and annual rate of the last sum that were said for it only; empty where the firm's own stand
    reckoned: tuple[str, str, str] = ("", "", "")
    #: files that were read, whether their figures are in use or wait to be confirmed
    papers: tuple[OwnerPaper, ...] = ()
    #: the figure of a file that the owner was asked to put right
    amending: str | None = None
    #: the files whose figures were shown last, by their batch: a yes is about them
    checking: str | None = None
    #: number of the case that the owner has open, and the bank at whose desk
    case: int | None = None
    bank: str | None = None
    #: what the owner writes or sends goes to the case, and the advisor keeps quiet
    with_person: bool = False
    #: it was said how the advisor can be asked meanwhile
    hushed: bool = False
    #: the person that was offered or asked for last
    wanted: Wish | None = None
    #: banks whose staff may see the firm's file in the owner's cases
    shows_to: tuple[str, ...] = ()
    #: what a lender is about to be let see, until the owner says yes or no
    sharing: Sharing | None = None
    #: clocks that the owner does not want to hear of
    muted: tuple[str, ...] = ()
    #: what a desk said since the owner's last line, where nothing can be brought to them; it comes with the next
    waiting: tuple[Reply, ...] = ()
    #: a person's decision on the grade; stored on its own, as the firm's facts are
    decision: Decision | None = None
    #: the facts behind the grade that was told last; None before one was told
    rated: tuple[Fact, ...] | None = None
    #: bad news that was told already, each as fact=value
    warned: tuple[str, ...] = ()
    #: answers that were given already and are shortened when they are due again, by their key, once for each time
    told: tuple[str, ...] = ()
    #: the steps of the latest plan: key of the words, and the day
    plan: tuple[tuple[str, str], ...] = ()

    def but(self, **changes: Any) -> Dialogue:
        return replace(self, **changes)


@dataclass(frozen=True)
class ReminderChange:
    """A reminder to note: of which entry or step of a plan, and the day; without a day the reminder is cancelled."""

    entry: str
    on: date | None


@dataclass(frozen=True)
class Answer:
    """What a handler gives back: the replies, the dialogue after them, the entries they drew on, and what is to be carried out."""

    replies: tuple[Reply, ...]
    dialogue: Dialogue
    sources: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    reminders: tuple[ReminderChange, ...] = ()
    desk: DeskChange | None = None
    sharing: SharingChange | None = None
    news: NewsChange | None = None
    #: it answers something on the way; the open question is then recalled
    aside: bool = False
