"""One turn of the conversation: (what is known, what was heard and understood, the date) -> (what is now known, what to say).

Pure: no clock, no network, no database. The channels are thin shells around it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversation.after_loans import repaid_each_month
from bot.conversation.answers import (
    after_loan,
    asked,
    bulletin,
    desk,
    desk_talk,
    facts,
    files,
    heard_beside,
    late,
    money,
    more_debts,
    not_told,
    offers,
    papers,
    particulars,
    plain,
    refused,
    supposed,
    titles,
    warning,
)
from bot.conversation.answers.both import one_after_other, with_files
from bot.conversation.answers.sums import worked_out
from bot.conversation.asking import recall_question
from bot.conversation.common import PREFIX
from bot.conversation.facts import take
from bot.conversation.handlers import HANDLERS
from bot.conversation.heard import Heard
from bot.conversation.impossible import impossible_in
from bot.conversation.intent import intent_of
from bot.conversation.model import Answer, Dialogue, Reply, Understanding
from bot.conversation.outside import Kind as Outside
from bot.conversation.outside import kind_by_words
from bot.conversation.pointing import listed_in, pointed_at
from bot.conversation.presses import press
from bot.conversation.render import fact_line
from bot.conversation.shares import shares_told
from bot.conversation.something_else import bare_sum_left_open
from bot.conversation.taken_back import without_jest
from bot.conversation.texts import say
from bot.conversation.thread import followed
from bot.conversation.tongue import switched_to, without_switch
from bot.conversation.typed import READ_AT_MOST, as_meant, has_words
from bot.conversation.whose import Whose, whose
from bot.conversation.world import Scene, World
from knowledge.calendar import brought_forward
from knowledge.formats import whole_number
from nlu.cues.figures import names_no_fact
from nlu.cues.homophones import mended as spelt
from nlu.mentions import Extraction
from nlu.text import normalise

#: So many facts are remembered as last spoken of.
_RECENT = 8

#: From this confidence on a message is surely about the business.
_SURELY_FACTS = 0.9
#: These speak of the firm's figures themselves, so a message that states some is not summarised twice.
_SUMS_UP_ITSELF = frozenset({"state_facts", "restart", "delete_data"})
#: Asked for once more, what they ask back stays pending.
#: Of somebody whose firm is kept apart as of the owner.
_OF_ANYBODY = frozenset({"ask_documents", "ask_definition", "ask_scam_check", "on_behalf", "restart", "delete_data"})
_LEAVES_PENDING = frozenset({"delete_data", "ask_human"})


def turn(dialogue: Dialogue, heard: Heard, understanding: Understanding | None, world: World, today: date) -> Answer:
    """Answer one thing an owner did. `understanding` belongs to a text; presses and files need none."""
    dialogue = dialogue.but(firm=brought_forward(dialogue.firm, today))
    if desk_talk.goes_to_person(heard, dialogue):  # nothing of the advisor's own comes in between
        return desk_talk.passed_on(heard, Scene.wordless(world, dialogue, today))
    correcting = understanding is not None and understanding.extraction.correction
    answer = facts.with_doubts(_answered(dialogue, heard, understanding, world, today), dialogue.firm)
    answer = after_loan.went_on(answer, dialogue, world, today)
    if listed := listed_in(answer.replies):
        answer = replace(answer, dialogue=answer.dialogue.but(listed=listed))
    return after_loan.clocks_set(warning.with_news(answer, dialogue, world, today, correcting), dialogue, today)


def _answered(dialogue: Dialogue, heard: Heard, understanding: Understanding | None, world: World, today: date) -> Answer:
    wordless = Scene.wordless(world, dialogue, today)
    if heard.press is not None:
        return followed(press(wordless, heard.press), dialogue)
    text = heard.text or ""
    if understanding is None or not has_words(text):
        return recall_question(files.received(heard, wordless))
    answer = _answer_text(dialogue, text, understanding, world, today)
    if heard.files or heard.unread is not None:
        if answer.dialogue.puzzled > dialogue.puzzled:  # a caption such as "our shop" needs no answer of its own
            return recall_question(files.received(heard, wordless))
        return with_files(answer, files.received(heard, wordless.with_dialogue(answer.dialogue)))
    return replace(answer, replies=_said_anew(answer.replies, answer.dialogue.language)) if heard.edited else answer


def _said_anew(replies: tuple[Reply, ...], language: str) -> tuple[Reply, ...]:
    """The answer to edited words begins with saying that they were seen."""
    if not replies:
        return (Reply(say("edited_message", language)),)
    first = replace(replies[0], text=f"{say('edited_message', language)}\n\n{replies[0].text}")
    return (first, *replies[1:])


def _answer_text(dialogue: Dialogue, text: str, understanding: Understanding, world: World, today: date) -> Answer:
    if (tongue := switched_to(text)) is not None:
        dialogue, text = dialogue.but(language=tongue, language_fixed=True), without_switch(text)
    language = dialogue.language if dialogue.language_fixed else understanding.language
    dialogue, unsaid = without_jest(text, dialogue)
    of = whose(text, dialogue)
    other, apart = of is Whose.OTHER, of is Whose.APART
    before = dialogue.but(language=language, of_other=other, apart=dialogue.apart or apart)
    text = as_meant(spelt(text), other)
    extraction, doubts = impossible_in(text, Extraction((), (), False, ()) if apart else understanding.extraction, today)
    extraction = repaid_each_month(text, shares_told(text, extraction, before.firm), before)
    extraction, on_top = more_debts.left_open(bare_sum_left_open(extraction, text, before, today), text, before)
    pointed = tuple(dict.fromkeys((*pointed_at(text, before.listed), *understanding.topics)))
    understanding = replace(understanding, extraction=extraction, topics=pointed)
    asks = (understanding.intent or "").startswith("ask_") and understanding.intent != "ask_match"
    taken = take(before, understanding.extraction, today, asks=asks)
    said = tuple(change.fact.name for change in taken.changes)
    recent = tuple(dict.fromkeys((*(n for n in before.recent if n not in said), *said)))[-_RECENT:]
    corrected = next((change.before for change in taken.changes if change.corrects), None)
    asking = None if before.asking in said else before.asking
    after = before.but(firm=taken.firm, recent=recent, asking=asking, corrected=corrected, amending=None, checking=None)
    scene = Scene(world, after, today, understanding, taken, text)
    intent = intent_of(scene, before)
    if apart and not (intent or "").startswith(PREFIX) and intent not in _OF_ANYBODY:
        intent = "kept_apart"
    if money.in_despair(text):  # whatever else is said, and whether the guess knows it
        answer = desk.hardship(scene)
    elif on_top is not None:
        answer = more_debts.asked(on_top, scene)
        answer = replace(answer, replies=(*facts.understood(scene), *answer.replies))
    elif doubts and not taken.changes and not (intent or "").startswith("ask_"):
        answer = recall_question(facts.doubted(doubts, scene))
    else:
        first = papers.said(scene, intent, before) or _settled(scene, intent, before) or supposed.what_if(scene, before)
        answer = first or _answer_of(scene, intent, before)
        answer = replace(answer, replies=(*facts.doubted(doubts, scene).replies, *answer.replies)) if doubts else answer
    answer = followed(answer, before, intent)
    if unsaid is not None:
        answer = replace(
            answer, replies=(Reply(say("unsaid", language, fact=fact_line(unsaid, language).removeprefix("· "))), *answer.replies)
        )
    if taken.changes and kind_by_words(text) is Outside.PRIVATE:
        answer = replace(answer, replies=(Reply(say("private_beside", language)), *answer.replies))
    if understanding.intent is None:
        answer = replace(answer, replies=(Reply(say("nlu_down", language)), *answer.replies))
    if len(text) > READ_AT_MOST:
        answer = replace(answer, replies=(Reply(say("too_long", language, count=whole_number(READ_AT_MOST, language))), *answer.replies))
    return answer


def _settled(scene: Scene, intent: str | None, before: Dialogue) -> Answer | None:
    """The answer to what a bulletin asked; a question that the message asks besides goes first."""
    answer = bulletin.settled(scene, before)
    if answer is None or not (intent or "").startswith("ask_"):
        return answer
    first = _answer_of(scene, intent, before)
    told = bulletin.settled(scene.with_dialogue(first.dialogue), before)
    return first if told is None else replace(told, replies=(*first.replies, *told.replies[1:]), sources=(*first.sources, *told.sources))


def _answer_of(scene: Scene, intent: str | None, before: Dialogue) -> Answer:
    """What a person has answered before goes before a guess; what is only like it is for who would get none."""
    known = None if scene.taken.changes else asked.answered_before(scene)
    answer = known or after_loan.instead(scene, intent) or _handle(scene, intent)
    if not scene.taken.changes and (answer.dialogue.puzzled > before.puzzled or intent == "out_of_scope"):
        answer = asked.something_like(scene) or answer
    return after_loan.beside(desk.beside(answer, scene), scene)


def _handle(scene: Scene, intent: str | None) -> Answer:
    """The intent's answer, with what was understood of the firm in front of it."""
    ambiguous = scene.understanding.extraction.ambiguous
    stated = intent in (None, "state_facts", "ask_match", "affirm", "deny")
    if stated and (beside := heard_beside.told(scene)) is not None:
        return recall_question(beside)
    if ambiguous and stated:
        return facts.ask_which(ambiguous[0], scene)
    several = scene.understanding.parts if intent == scene.understanding.intent else ()
    own = several or (intent or "").startswith(PREFIX)
    in_words = None if own else offers.compared(scene) or _in_words(scene, intent)
    if not several and in_words is None:
        if intent is None:
            return plain.puzzled(scene)
        if intent == "state_facts" and not scene.taken.changes:
            return recall_question(_facts_not_found(scene))
    pending = scene.dialogue.pending
    answer = _each(scene) if several else in_words or HANDLERS[str(intent)](scene)
    if pending and answer.dialogue.pending == pending and intent not in _LEAVES_PENDING:
        answer = replace(answer, dialogue=answer.dialogue.but(pending=None))
    if several or in_words is not None or intent not in _SUMS_UP_ITSELF:
        answer = replace(answer, replies=(*facts.understood(_as_taken(scene, answer)), *answer.replies))
    return recall_question(replace(answer, dialogue=answer.dialogue.but(puzzled=0)))


def _in_words(scene: Scene, intent: str | None) -> Answer | None:
    """What the words ask for whatever the intent: a sum, why a bank said no, what a title opens, a particular of an entry."""
    sum_ = heard_beside.rate_judged(scene) or worked_out(scene, intent)
    said = sum_ or refused.said_no(scene, intent) or titles.opened_by(scene, intent)
    return said or not_told.asked(scene, intent) or particulars.asked(scene, intent)


def _each(scene: Scene) -> Answer:
    """The answers to the questions of one message, one after another."""
    answer = Answer((), scene.dialogue)
    for part in scene.understanding.parts:
        alone = replace(scene.understanding, intent=part.intent, topics=part.topics, parts=())
        here = replace(scene.with_dialogue(answer.dialogue), understanding=alone, text=part.text)
        in_words = None if part.intent.startswith(PREFIX) else _in_words(here, part.intent)
        told = in_words or HANDLERS[part.intent](here)
        if {reply.text for reply in told.replies} - {reply.text for reply in answer.replies}:
            answer = one_after_other(answer, told)
    return answer


def _as_taken(scene: Scene, answer: Answer) -> Scene:
    """The scene with what of its message was taken as told of the firm in the end; a case that was only supposed changes nothing."""
    firm = answer.dialogue.firm
    kept = tuple(change for change in scene.taken.changes if firm.fact(change.fact.name) == change.fact)
    return replace(scene, dialogue=answer.dialogue, taken=replace(scene.taken, firm=firm, changes=kept))


def _facts_not_found(scene: Scene) -> Answer:
    """Said to state facts, but none could be read: a correction is asked about, the business was heard all the same."""
    if scene.understanding.extraction.correction:
        return plain.as_noted(scene) or plain.deny(scene.with_dialogue(scene.dialogue.but(asking=None)))
    if (late_once := late.paid_late(scene)) is not None:
        return late_once
    loose = scene.understanding.extraction.loose
    if scene.understanding.extraction.mentions and not loose:  # heard, and known better already
        return plain.nothing_to_note(scene)
    of_no_fact = not loose or (len(loose) == 1 and names_no_fact(normalise(scene.text)))
    heard = of_no_fact and scene.understanding.confidence >= _SURELY_FACTS
    return plain.nothing_to_note(scene) if heard else plain.puzzled(scene)
