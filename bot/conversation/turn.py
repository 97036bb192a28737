"""One turn of the conversation: (what is known, what was heard and understood, the date) -> (what is now known, what to say).

Pure: no clock, no network, no database. The channels are thin shells around it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.conversation.answers import (
    after_loan,
    asked,
    bulletin,
    card,
    comparing,
    desk,
    desk_talk,
    differences,
    entry,
    facts,
    files,
    how_long,
    instalments,
    money,
    news,
    papers,
    particulars,
    plain,
    rating,
    referral,
    refused,
    results,
    signals,
    supposed,
    warning,
)
from bot.conversation.answers.both import with_files
from bot.conversation.answers.groups import GROUPS
from bot.conversation.answers.sums import worked_out
from bot.conversation.asking import recall_question
from bot.conversation.facts import Taken, take
from bot.conversation.impossible import impossible_in
from bot.conversation.intent import intent_of
from bot.conversation.model import NOTHING, Answer, Dialogue, Heard, Reply, Understanding
from bot.conversation.presses import press
from bot.conversation.slash import linked_entry
from bot.conversation.texts import say
from bot.conversation.typed import READ_AT_MOST, has_words
from bot.conversation.world import Scene, World
from knowledge.calendar import brought_forward
from knowledge.eligibility import Status
from knowledge.formats import whole_number

Handler = Callable[[Scene], Answer]

#: A question that is about more entries than this names none.
_NAMES_FEW = 2
#: So many facts are remembered as last spoken of.
_RECENT = 8

HANDLERS: Mapping[str, Handler] = {
    "greet": lambda scene: _greet(scene),
    "thank": plain.thank,
    "affirm": desk.affirm,
    "deny": desk.deny,
    "skip": plain.leave_out,
    "no_loan": plain.no_loan,
    "state_facts": facts.take_facts,
    "ask_match": results.show_results,
    "ask_subsidy": lambda scene: _group_or_entry(scene, "subsidy"),
    "ask_guarantee": lambda scene: _group_or_entry(scene, "guarantee"),
    "ask_terms": entry.terms,
    "ask_documents": entry.documents,
    "ask_process": how_long.how_to_go_about,
    "ask_definition": entry.define,
    "ask_compare": comparing.compare,
    "ask_repayment": instalments.repayment,
    "ask_why": money.why,
    "ask_improve": money.improve,
    "ask_renewal": money.renewal,
    "report_hardship": desk.hardship,
    "ask_scam_check": desk.scam_check,
    "apply": desk.apply_for,
    "upload_help": plain.telling("upload_help"),
    "ask_privacy": plain.privacy,
    "delete_data": plain.ask_to_erase,
    "export_data": plain.export,
    "subscribe": news.subscribe,
    "unsubscribe": news.unsubscribe,
    "news_settings": news.settings,
    "news_list": news.received,
    "set_language": plain.set_language,
    "ask_human": desk.person,
    "complain": desk.complaint,
    "restart": plain.restart,
    "out_of_scope": plain.out_of_scope,
    "matters": differences.matters,
    "apply_again": plain.telling("apply_again"),
    "software": plain.telling("software"),
    "introduce": plain.telling("welcome"),
    "summary": card.show_card,
    "rating": rating.hand_over,
    "shared": referral.shared,
    "who_looked": referral.who_looked,
    "signals": signals.show,
}
#: These speak of the firm's figures themselves, so a message that states some is not summarised twice.
_SUMS_UP_ITSELF = frozenset({"state_facts", "restart", "delete_data"})
#: Asked for once more, what they ask back stays pending.
_LEAVES_PENDING = frozenset({"delete_data", "ask_human"})


def turn(dialogue: Dialogue, heard: Heard, understanding: Understanding | None, world: World, today: date) -> Answer:
    """Answer one thing an owner did. `understanding` belongs to a text; presses and files need none."""
    dialogue = dialogue.but(firm=brought_forward(dialogue.firm, today))
    if desk_talk.goes_to_person(heard, dialogue):  # nothing of the advisor's own comes in between
        return desk_talk.passed_on(heard, Scene(world, dialogue, today, NOTHING, Taken(dialogue.firm, (), False)))
    correcting = understanding is not None and understanding.extraction.correction
    answer = facts.with_doubts(_answered(dialogue, heard, understanding, world, today), dialogue.firm)
    answer = after_loan.went_on(answer, dialogue, world, today)
    return after_loan.clocks_set(warning.with_news(answer, dialogue, world, today, correcting), dialogue, today)


def _answered(dialogue: Dialogue, heard: Heard, understanding: Understanding | None, world: World, today: date) -> Answer:
    wordless = Scene(world, dialogue, today, NOTHING, Taken(dialogue.firm, (), False))
    if heard.press is not None:
        return press(wordless, heard.press)
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


def _greet(scene: Scene) -> Answer:
    """A greeting; somebody who followed a link to an entry is shown that entry, too."""
    greeting = plain.greet(scene)
    linked = scene.world.pack.get(linked_entry(scene.text) or "")
    if linked is None:
        return greeting
    shown = entry.describe(linked, scene.with_dialogue(greeting.dialogue))
    return replace(shown, replies=(*greeting.replies, *shown.replies))


def _answer_text(dialogue: Dialogue, text: str, understanding: Understanding, world: World, today: date) -> Answer:
    language = dialogue.language if dialogue.language_fixed else understanding.language
    before = dialogue.but(language=language)
    extraction, doubts = impossible_in(text, understanding.extraction, today)
    understanding = replace(understanding, extraction=extraction)
    asks = (understanding.intent or "").startswith("ask_") and understanding.intent != "ask_match"
    taken = take(before, understanding.extraction, today, asks=asks)
    said = tuple(change.fact.name for change in taken.changes)
    recent = tuple(dict.fromkeys((*(n for n in before.recent if n not in said), *said)))[-_RECENT:]
    corrected = next((change.before for change in taken.changes if change.corrects), None)
    asking = None if before.asking in said else before.asking
    after = before.but(firm=taken.firm, recent=recent, asking=asking, corrected=corrected, amending=None, checking=None)
    scene = Scene(world, after, today, understanding, taken, text)
    intent = intent_of(scene, before)
    if doubts and not taken.changes and not (intent or "").startswith("ask_"):
        answer = recall_question(facts.doubted(doubts, scene))
    else:
        first = papers.said(scene, intent, before) or _settled(scene, intent, before) or supposed.what_if(scene, before)
        answer = first or _answer_of(scene, intent, before)
        answer = replace(answer, replies=(*facts.doubted(doubts, scene).replies, *answer.replies)) if doubts else answer
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
    if ambiguous and intent in (None, "state_facts", "ask_match", "affirm", "deny"):
        return facts.ask_which(ambiguous[0], scene)
    sum_ = worked_out(scene, intent)
    in_words = None if sum_ else refused.said_no(scene, intent) or particulars.asked(scene, intent)
    if sum_ is None and in_words is None:
        if intent is None:
            return plain.puzzled(scene)
        if intent == "state_facts" and not scene.taken.changes:
            return _facts_not_found(scene)
    pending = scene.dialogue.pending
    answer = sum_ or in_words or HANDLERS[str(intent)](scene)
    if pending and answer.dialogue.pending == pending and intent not in _LEAVES_PENDING:
        answer = replace(answer, dialogue=answer.dialogue.but(pending=None))
    if sum_ is not None or in_words is not None or intent not in _SUMS_UP_ITSELF:
        answer = replace(answer, replies=(*facts.understood(_as_taken(scene, answer)), *answer.replies))
    return recall_question(replace(answer, dialogue=answer.dialogue.but(puzzled=0)))


def _as_taken(scene: Scene, answer: Answer) -> Scene:
    """The scene with what of its message was taken as told of the firm in the end; a case that was only supposed changes nothing."""
    firm = answer.dialogue.firm
    kept = tuple(change for change in scene.taken.changes if firm.fact(change.fact.name) == change.fact)
    return replace(scene, dialogue=answer.dialogue, taken=replace(scene.taken, firm=firm, changes=kept))


def _facts_not_found(scene: Scene) -> Answer:
    """Said to state facts, but none could be read: a figure without a name is asked about, the rest is not understood."""
    if scene.understanding.extraction.correction:
        return plain.deny(scene.with_dialogue(scene.dialogue.but(asking=None)))
    return plain.puzzled(scene)


def _group_or_entry(scene: Scene, group: str) -> Answer:
    """A question about one programme gets that programme; a general one gets the whole group.

    Words that are about many alike name none of them, and the one that does not fit least of all.
    """
    named, topics = scene.topic(*GROUPS[group]), scene.understanding.topics
    among_many = named is not None and len(topics) > _NAMES_FEW and scene.match(named).status is Status.INELIGIBLE
    if named is not None and topics[0] == named.id and not among_many:
        return entry.describe(named, scene)
    other = particulars.named_otherwise(scene)
    if other is not None:
        return entry.describe(other, scene)
    return results.show_results(scene, only=(group,))
