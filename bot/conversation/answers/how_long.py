"""How long a loan takes: what banks are held to, or the bank's own word, and the steps of the loan that the talk is about."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.answers import two_banks
from bot.conversation.answers.entry import entry_process, process
from bot.conversation.answers.groups import group_of
from bot.conversation.model import Answer, Reply
from bot.conversation.ordering import lenders_for
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.matching.lenders import ANSWER_WITHIN_DAYS
from knowledge.eligibility import Status
from knowledge.entries import Entry, Kind
from knowledge.formats import months

_ASKED = re.compile(
    r"多久|多长时间|几天|几个工作日|啥时候能|什么时候能|何时能|(?:今天|明天|当天|马上|立马|这周|本周)(?:就)?(?:能)?(?:放|到|批|下|拿)"
    r"|\bhow (?:long|soon|fast|quick(?:ly)?|many days)\b|\b(?:same|next) day\b|\b(?:today|tomorrow|this week|right away)\b"
    r"|\bwhen (?:will|would|can|could|do|does)\b",
    re.IGNORECASE,
)
#: Where banks are asked to answer within a month.
_RULE = "prg-coordination-2024"
#: What only a loan does: the money comes.
_MONEY_COMES = re.compile(r"放款|下款|到账|下来|批|\b(?:money|cash|funds?|loan|approv\w*|paid out|disburs\w*)\b", re.IGNORECASE)

_LOAN = re.compile(r"贷|放款|\bloan", re.IGNORECASE)


def how_to_go_about(scene: Scene) -> Answer:
    """How to go about what the talk is about; first how long it takes, where that is asked."""
    if not _ASKED.search(scene.text):
        loan = two_banks.loan_of_bank(scene)
        return process(scene) if loan is None else entry_process(loan, scene)
    loan = _loan(scene)
    if loan is None:
        return process(scene)
    answer = entry_process(loan, scene)
    first = answer.replies[0]
    text = f"{_days_text(loan, scene)}\n\n{first.text}"
    return replace(answer, replies=(Reply(text, first.buttons), *answer.replies[1:]), sources=(*answer.sources, _RULE))


def _loan(scene: Scene) -> Entry | None:
    """The loan that is meant: one that is named, that was spoken of, or else the first that fits or may. None: of no loan."""
    named = scene.topic(Kind.PRODUCT)
    if named is not None and scene.understanding.topics[0] == named.id:
        return named
    spoken_of = scene.world.pack.get(scene.dialogue.focus) if scene.dialogue.focus else None
    if spoken_of is not None and spoken_of.kind is Kind.SUBSIDY and not _LOAN.search(scene.text):
        return None
    if spoken_of is not None and (spoken_of.kind is Kind.PRODUCT or not _MONEY_COMES.search(scene.text)):
        return spoken_of if spoken_of.kind is Kind.PRODUCT else None
    open_ = [match.entry for match in group_of(scene, "product").matches if match.status is not Status.INELIGIBLE]
    return open_[0] if open_ else None


def _days_text(loan: Entry, scene: Scene) -> str:
    language = scene.language
    lender = lenders_for(scene, [scene.match(loan)]).get(loan.id)
    if lender is not None and lender.entry.response is not None:
        return say("how_long_stated", language, lender=lender.entry.name[language], count=lender.days)
    return say("how_long", language, within=months(ANSWER_WITHIN_DAYS // 30, language))
