"""Facts told, corrected and answered: what was understood, what it changed, and the next question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.answers.results import show_results
from bot.conversation.answers.which import which_figure
from bot.conversation.asking import ask_next, results_button
from bot.conversation.facts import IN_YUAN, Change, odd_figures, plausible
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.render import fact_line
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.firm import Firm, Provenance, to_json, vocabulary
from knowledge.formats import fact_label, fact_value
from nlu.facts import Ambiguity
from nlu.facts import fact_value as to_value
from scoring.questions import Question, questions

#: Of so many figures it takes the sums to see that they are at odds.
_TOGETHER = 2
#: After this many questions the owner has earned an answer.
_QUESTIONS_BEFORE_RESULTS = 4
_NAMED_AT_MOST = 3


def take_facts(scene: Scene) -> Answer:
    """Say what was understood and how things stand, then ask on, or show the results once enough was asked."""
    return carry_on(scene, understood(scene))


def carry_on(scene: Scene, replies: tuple[Reply, ...]) -> Answer:
    """After facts were taken in and `replies` said so: how things stand, then the next question or the results."""
    if scene.dialogue.asked >= _QUESTIONS_BEFORE_RESULTS and not scene.dialogue.shown:
        results = show_results(scene)
        return Answer((*replies, *results.replies), results.dialogue, results.sources)
    replies = (*replies[:-1], _with_standing(replies[-1], scene)) if replies else replies
    dialogue, question = ask_next(scene)
    if not question and not dialogue.shown:
        results = show_results(scene)
        return Answer((*replies, *results.replies), results.dialogue, results.sources)
    if not question:
        replies = (*replies, Reply(say("nothing_to_ask", scene.language), (results_button(scene.language),)))
    return Answer((*replies, *question), dialogue)


def understood(scene: Scene) -> tuple[Reply, ...]:
    """What the message was understood to say about the firm, each fact correctable by one tap. Empty when it said nothing."""
    changes, language = scene.taken.changes, scene.language
    if not changes:
        return ()
    corrections = [change for change in changes if change.corrects]
    lines = [_correction(change, language) for change in corrections]
    fresh = [change.fact for change in changes if not change.corrects]
    if fresh:
        lines.append(say("noted", language))
        lines.extend(fact_line(fact, language) for fact in fresh)
    lines.extend(_odd(scene))
    if len(fresh) > 1:
        lines.append(say("noted_hint", language))
    buttons = tuple(_edit_button(change.fact.name, language) for change in changes)
    return (Reply("\n".join(lines), (*_other_targets(scene, corrections), *buttons)),)


def ask_which(ambiguity: Ambiguity, scene: Scene) -> Answer:
    """A figure that can be read in several ways is asked back, never guessed."""
    language = scene.language
    if not ambiguity.readings:
        awaiting = scene.dialogue.but(asking=ambiguity.name, reminded=ambiguity.name, pending=IN_YUAN)
        return Answer((*understood(scene), Reply(say("which_currency", language, text=ambiguity.text))), awaiting)
    readings = [(name, to_value(name, value)) for name in ambiguity.names for value in ambiguity.readings if plausible(name, value)]
    if not readings:
        return Answer((*understood(scene), *which_figure(ambiguity.text, scene).replies), scene.dialogue, aside=True)
    buttons = tuple(
        Button(f"a:{name}:{to_json(value)}", f"{fact_label(name, language)} {fact_value(name, value, language)}")
        for name, value in readings
        if value is not None
    )
    return Answer((*understood(scene), Reply(say("ambiguous", language, text=ambiguity.text), buttons)), scene.dialogue)


def _correction(change: Change, language: str) -> str:
    assert change.before is not None
    name = change.fact.name
    return say(
        "corrected_file" if change.before.source is Provenance.FILE else "corrected",
        language,
        label=fact_label(name, language),
        old=fact_value(name, change.before.value, language),
        new=fact_value(name, change.fact.value, language),
    )


def _other_targets(scene: Scene, corrections: list[Change]) -> tuple[Button, ...]:
    """When a correction named no fact, the other facts it could have meant."""
    if not scene.understanding.extraction.correction or scene.understanding.extraction.mentions or not corrections:
        return ()
    corrected = corrections[0].fact
    kind = vocabulary()[corrected.name].type
    others = [name for name in scene.dialogue.recent if name != corrected.name and vocabulary()[name].type is kind]
    return tuple(
        Button(f"w:{name}:{corrected.value}", say("corrected_other", scene.language, label=fact_label(name, scene.language)))
        for name in others
    )


def _edit_button(name: str, language: str) -> Button:
    return Button(f"e:{name}", say("edit_button", language, label=fact_label(name, language)))


def doubted(doubts: Sequence[Question], scene: Scene) -> Answer:
    """Figures that cannot be, asked about instead of taken."""
    lines = [doubt_text(one, scene.language) for one in doubts]
    return Answer((Reply("\n".join(lines)),), scene.dialogue.but(puzzled=0), aside=True)


def with_doubts(answer: Answer, before: Firm) -> Answer:
    """An answer that also asks about figures that cannot be and came with it: of a file that was confirmed, or by a button."""
    firm, language = answer.dialogue.firm, answer.dialogue.language
    if firm is before:
        return answer
    had, told = {one.name for one in questions(before)}, "\n".join(reply.text for reply in answer.replies)
    fresh = [one for one in questions(firm) if one.name not in had and doubt_text(one, language) not in told]
    if not fresh or not answer.replies:
        return answer
    lines = [*(_doubt_with_figures(one, firm, language) for one in fresh), say("odd_left_out", language)]
    return replace(answer, replies=(answer.replies[0], Reply("\n".join(lines)), *answer.replies[1:]))


def doubt_text(doubt: Question, language: str) -> str:
    """The question about figures that cannot be."""
    return doubt.zh if language == "zh" else doubt.en


def _odd(scene: Scene) -> list[str]:
    """What cannot be of the figures just told, alone or beside those told before, and what is merely unusual."""
    language, firm = scene.language, scene.dialogue.firm
    touched = {change.fact.name for change in scene.taken.changes}
    doubts = [one for one in questions(firm) if touched & set(one.facts)]
    lines = [_doubt_with_figures(one, firm, language) for one in doubts]
    if doubts:
        lines.append(say("odd_left_out", language))
    asked = {name for one in doubts for name in one.facts}
    for name in odd_figures(firm):
        if name in touched - asked:
            lines.append(say("odd_value", language, label=fact_label(name, language), value=fact_value(name, firm[name], language)))
    return lines


def _doubt_with_figures(doubt: Question, firm: Firm, language: str) -> str:
    """The question; where two figures are at odds, with both."""
    if len(doubt.facts) < _TOGETHER:
        return doubt_text(doubt, language)
    figures = [f"{fact_label(name, language)} {fact_value(name, firm[name], language)}" for name in doubt.facts]
    return say("odd_together", language, question=doubt_text(doubt, language), figures=joined(figures, language))


def _with_standing(reply: Reply, scene: Scene) -> Reply:
    """The reply with how many entries fit now, and after the first results which ones changed."""
    language, now = scene.language, scene.matches
    counts = {status: sum(match.status is status for match in now) for status in Status}
    lines = [say("preview", language, **{status.value: count for status, count in counts.items()})]
    if scene.dialogue.shown:
        before = {m.entry.id: m.status for m in scene.matches_for(scene.dialogue.but(firm=_firm_before(scene)))}
        gained = [m for m in now if m.status is Status.ELIGIBLE and before.get(m.entry.id) is not Status.ELIGIBLE]
        lost = [m for m in now if m.status is Status.INELIGIBLE and before.get(m.entry.id) is Status.ELIGIBLE]
        lines.extend(_changed("preview_new", gained, language) + _changed("preview_lost", lost, language))
    return replace(reply, text=f"{reply.text}\n\n" + "\n".join(lines))


def _firm_before(scene: Scene) -> Firm:
    firm = scene.dialogue.firm
    for change in scene.taken.changes:
        firm = firm.having(change.before) if change.before else firm.without(change.fact.name)
    return firm


def _changed(key: str, matches: list[Match], language: str) -> list[str]:
    names = [match.entry.name[language] for match in matches]
    if not names:
        return []
    shown = joined(names[:_NAMED_AT_MOST], language)
    more = f"（{say('group_more', language, count=len(names) - _NAMED_AT_MOST)}）" if len(names) > _NAMED_AT_MOST else ""
    return [say(key, language, names=shown + more)]
