"""Questions to the owner: the wording, the buttons, and going back to the one that is open."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.model import Answer, Button, Dialogue, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.matching.question import Question
from knowledge.firm import FactSpec, FactType, vocabulary
from knowledge.formats import fact_value

#: Commonest first, so that most owners find theirs without scrolling; the rest can be said in words.
_COMMON_INDUSTRIES = (
    "catering", "retail", "wholesale", "industry", "accommodation", "transport", "construction", "agriculture", "software_it",
    "leasing_business_services", "other",
)  # fmt: skip


#: A question that settles less than one in so many of the entries it bears on rather says on how many it bears.
_LITTLE = 5


def question_buttons(name: str, language: str) -> tuple[Button, ...]:
    """The choices of a question as buttons, then the ways round it."""
    spec = vocabulary()[name]
    return (*_choices(spec, language), skip_button(name, language))


def _choices(spec: FactSpec, language: str) -> tuple[Button, ...]:
    if spec.type is FactType.FLAG:
        return (
            Button(f"a:{spec.name}:true", fact_value(spec.name, True, language)),
            Button(f"a:{spec.name}:false", fact_value(spec.name, False, language)),
        )
    values = _COMMON_INDUSTRIES if spec.name == "industry" else tuple(spec.choices)
    return tuple(Button(f"a:{spec.name}:{value}", spec.choices[value][language]) for value in values)


def skip_button(name: str, language: str) -> Button:
    return Button(f"s:{name}", say("skip", language))


def results_button(language: str) -> Button:
    return Button("m", say("show_results", language))


def news_button(language: str) -> Button:
    """The offer to hear of new policies."""
    return Button("news:on", say("news_b_on", language))


def ask_next(scene: Scene) -> tuple[Dialogue, tuple[Reply, ...]]:
    """Ask the most useful question, if any is left."""
    question, language = scene.question, scene.language
    if question is None:
        return scene.dialogue.but(asking=None), ()
    text = question_text(question.fact, language)
    if settles := settles_text(question, language):
        text = say("question_settles", language, question=text, settles=settles)
    buttons = question_buttons(question.fact, language)
    if not scene.dialogue.shown:
        buttons = (*buttons, results_button(language))
    dialogue = scene.dialogue.but(asking=question.fact, reminded=None, asked=scene.dialogue.asked + 1)
    return dialogue, (Reply(text, buttons),)


def recall_question(answer: Answer) -> Answer:
    """After something was answered on the way, the open question once more; only once, so that it does not nag."""
    dialogue = answer.dialogue
    if not answer.aside or dialogue.asking is None or dialogue.reminded == dialogue.asking:
        return answer
    reminder = open_question(dialogue, "back_to")
    return replace(answer, replies=(*answer.replies, reminder), dialogue=dialogue.but(reminded=dialogue.asking))


def open_question(dialogue: Dialogue, key: str) -> Reply:
    """The question that is open, inside a sentence that leads back to it."""
    assert dialogue.asking is not None
    language = dialogue.language
    text = say(key, language, question=question_text(dialogue.asking, language))
    return Reply(text, question_buttons(dialogue.asking, language))


def settles_text(question: Question, language: str) -> str:
    """How much an answer settles: surely, on the average, or, where that is little, how much it bears on; empty when not worth saying."""
    if question.settles > 1 and question.settles * _LITTLE >= question.bears_on:
        return say("settles_sure" if question.sure else "settles_about", language, settles=question.settles, of=question.of)
    return say("settles_bears", language, bears_on=question.bears_on, of=question.of) if question.bears_on > 1 else ""


def question_text(name: str, language: str) -> str:
    """The question that asks for a fact: its own, or a plain one for what is asked only to put it right."""
    spec = vocabulary()[name]
    return spec.ask[language] if spec.ask else say("edit_question", language, label=spec.label[language])
