"""One bulletin in the talk: whether it applies, why it came, and the one question that settles whether it applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.conversation.answers.facts import understood
from bot.conversation.answers.referral_screens import apply_button
from bot.conversation.answers.reminders import reminder_buttons
from bot.conversation.asking import question_buttons, question_text
from bot.conversation.model import Answer, Button, Dialogue, Reply
from bot.conversation.news import NewsChange, Settling, Verb
from bot.conversation.render import match_lines
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.matching.question import next_question
from knowledge.eligibility import Status, judge
from knowledge.entries import Entry, Standing
from knowledge.firm import FactValue

_VERDICTS = {Status.ELIGIBLE: "news_fits", Status.INELIGIBLE: "news_not", Status.UNKNOWN: "news_open"}


def buttons_under(bulletin: int, entry: Entry, language: str) -> tuple[Button, ...]:
    """What a bulletin can be asked, and how to hear no more."""
    topic = say(f"news_topic_{entry.kind.value}", language)
    return (
        Button(f"news:fit:{bulletin}:{entry.id}", say("news_b_fit", language)),
        Button(f"d:{entry.id}", say("b_documents", language)),
        Button(f"news:why:{bulletin}", say("news_b_why", language)),
        Button(f"news:mute:{entry.kind.value}", say("news_b_mute", language, topic=topic)),
        Button("news:off", say("news_b_mute_all", language)),
    )


def settling_fact(entry: Entry, facts: Mapping[str, FactValue], on: date) -> str | None:
    """The fact that settles most of whether an entry is for a firm; None where no answer of the owner would."""
    question = next_question([judge(entry, facts, on)], facts, on)
    return question.fact if question is not None and question.bears_on else None


def question_reply(bulletin: int, title: str, entry: Entry, fact: str | None, language: str) -> Reply:
    """The question that goes instead of a bulletin where it cannot be told whether it applies; without a fact the way to the check."""
    if fact is None:
        return Reply(say("news_question_open", language, title=title), buttons_under(bulletin, entry, language))
    parts = (say("news_question", language, title=title), question_text(fact, language), say("news_question_reply", language))
    choices = question_buttons(fact, language)
    return Reply("\n\n".join(parts), (*choices, *buttons_under(bulletin, entry, language)[2:]))


def pressed(scene: Scene, what: str, which: str) -> Answer | None:
    """A button under a bulletin; None where it means nothing any more."""
    number, _, entry_id = which.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    if what in ("why", "read"):
        return Answer((), scene.dialogue, news=NewsChange(Verb(what), int(number)))
    entry = scene.world.pack.get(entry_id)
    if what == "fit":
        if entry is None:
            return Answer((Reply(say("news_ended", scene.language)),), scene.dialogue, aside=True)
        return verdict(int(number), entry, scene)
    if what == "done" and entry is not None:
        told = Reply(say("news_applied", scene.language))
        return Answer((told,), scene.dialogue, (entry.id,), news=NewsChange(Verb.APPLIED, int(number)), aside=True)
    return None


def verdict(bulletin: int, entry: Entry, scene: Scene) -> Answer:
    """Whether a bulletin's measure is for the firm, by the entry's own check; with a question where one would settle it."""
    language, match = scene.language, scene.match(entry)
    ended = entry.standing(scene.today) is Standing.ENDED
    head = say("news_ended" if ended else _VERDICTS[match.status], language)
    way = scene.unlock(entry)
    lines = [head, "", *match_lines(match, language, scene.today, scene.world.pack, way)]
    kinds = {"d": "b_documents", "p": "b_process", "n": "b_detail"}
    buttons = [Button(f"{kind}:{entry.id}", say(key, language)) for kind, key in kinds.items()]
    if match.status is Status.ELIGIBLE:
        buttons.extend(apply_button(entry, scene))
        buttons.append(Button(f"news:done:{bulletin}:{entry.id}", say("news_b_applied", language)))
    buttons.extend(reminder_buttons(way, language))
    change = NewsChange(Verb.LOOKED, bulletin, match.status.value)
    reply, dialogue = Reply("\n".join(lines), tuple(buttons)), scene.dialogue.but(focus=entry.id, settling=None)
    fact = settling_fact(entry, dialogue.firm, scene.today) if match.status is Status.UNKNOWN else None
    if fact is None or fact in dialogue.passed:
        return Answer((reply,), dialogue, (entry.id,), news=change, aside=True)
    return _asking(bulletin, entry, fact, replace(scene, dialogue=dialogue), (reply,), change)


def settled(scene: Scene, before: Dialogue) -> Answer | None:
    """After a bulletin's question was answered: whether it applies, or the next thing that counts. None where nothing was asked."""
    asked = before.settling
    told = {change.fact.name for change in scene.taken.changes}
    if asked is None or asked.fact not in told:
        return None
    entry = scene.world.pack.get(asked.entry)
    if entry is None:
        return None
    noted = understood(scene)
    plain = scene.with_dialogue(scene.dialogue.but(asking=None if scene.dialogue.asking == asked.fact else scene.dialogue.asking))
    said = verdict(asked.bulletin, entry, plain)
    if said.dialogue.settling is not None:  # the verdict alone would say again what is lacking
        said = replace(said, replies=said.replies[-1:])
    return replace(said, replies=(*noted, *said.replies), aside=False)


def skipped(before: Dialogue, answer: Answer) -> Answer:
    """A question of a bulletin that the owner does not want to answer is not asked again."""
    asked = answer.dialogue.settling
    if asked is None or asked.fact not in answer.dialogue.passed or asked.fact in before.passed:
        return answer
    return replace(answer, dialogue=answer.dialogue.but(settling=None))


def _asking(bulletin: int, entry: Entry, fact: str, scene: Scene, front: tuple[Reply, ...], change: NewsChange) -> Answer:
    language = scene.language
    head = say("news_one_more", language, name=entry.name[language])
    question = Reply(f"{head}\n{question_text(fact, language)}", question_buttons(fact, language))
    dialogue = scene.dialogue.but(asking=fact, reminded=fact, settling=Settling(bulletin, entry.id, fact))
    return Answer((*front, question), dialogue, (entry.id,), news=change)
