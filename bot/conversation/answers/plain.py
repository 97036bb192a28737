"""Answers about the talk itself: greetings, yes and no, language, privacy, the owner's data, starting over."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.conversation.again import said_again
from bot.conversation.answers.results import show_results
from bot.conversation.answers.which import which_figure
from bot.conversation.asking import ask_next, open_question, results_button
from bot.conversation.model import Answer, Button, Dialogue, Effect, Reply
from bot.conversation.outside import Kind, kind_of
from bot.conversation.render import fact_line
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.firm import Firm, vocabulary
from nlu.cues import frames
from nlu.text import normalise

ERASE = "erase"
#: A no this sure is one to the question; "we have no statements" is about something else.
_SURE_NO = 0.6
#: Each by its own name, for who looks for one may not read the other.
LANGUAGES = {"zh": "中文", "en": "English"}
_NAMED = {
    "zh": re.compile(r"中|汉|普通话|国语|华语|chinese|mandarin|(?<![a-z])zh(?![a-z])", re.IGNORECASE),
    "en": re.compile(r"英|english|(?<![a-z])eng?(?![a-z])", re.IGNORECASE),
}
#: "I don't speak Chinese" is a wish for the other language.
_NOT_SPOKEN = re.compile(
    r"(?:不(?:会|懂|太?会|太?懂|认识)|看不懂|听不懂)[^，。]{0,4}(?:中|汉|英|english|chinese)|(?:中|汉|英)[文语字](?:我)?(?:看不懂|不懂|不会|不行|不好)"
    r"|\b(?:not|can't|cannot|don't|dont|no)\b[^.,;?!]{0,20}\b(?:chinese|mandarin|english)\b"
    r"|\b(?:chinese|english)(?: typing)? (?:is|'s|isn't) (?:\w+ )?(?:not|bad|poor|slow|good|great|terrible)",
    re.IGNORECASE,
)
#: A question is left out by these words, too.
_PASSES = re.compile(
    r"(?:跳过|略过|换一?个|下一个|(?:先|都|我|这个|那就)*不(?:想|用|要|方便|告诉))"
    r"|.{0,24}\b(?:skip|pass|leave|next|rather not|no|not|don't)\b",
    re.IGNORECASE,
)


def greet(scene: Scene) -> Answer:
    """The introduction the first time; somebody who comes back is shown what is remembered, then the thread goes on."""
    language, dialogue = scene.language, scene.dialogue
    if not dialogue.greeted:
        text = f"{say('welcome', language)}\n\n{say('caution', language)}"
        return Answer((Reply(text),), dialogue.but(greeted=True, cautioned=True))
    known = dialogue.firm.facts
    if not known:
        return Answer((Reply(say("welcome_again_new", language)),), dialogue)
    lines = [say("welcome_again", language), *(fact_line(fact, language) for fact in known.values())]
    buttons = (results_button(language), Button("r", say("start_over", language)))
    return Answer((Reply("\n".join(lines), buttons),), dialogue.but(reminded=None), aside=True)


def thank(scene: Scene) -> Answer:
    return Answer((Reply(say("thanks", scene.language)),), scene.dialogue)


def affirm(scene: Scene) -> Answer:
    """Yes: to what is pending, to a yes-or-no question (taken as a fact before), or simply to go on."""
    if scene.dialogue.pending == ERASE:
        return erase(scene)
    if not scene.dialogue.shown and len(scene.dialogue.firm) > 0:
        return show_results(scene)
    dialogue, question = ask_next(scene)
    return Answer(question or (Reply(say("nothing_pending", scene.language), (results_button(scene.language),)),), dialogue)


def deny(scene: Scene) -> Answer:
    """No: to what is pending, or to the question asked, which is then not asked again."""
    language, dialogue = scene.language, scene.dialogue
    if dialogue.pending:
        return Answer((Reply(say("noted_no", language)),), dialogue.but(pending=None))
    if dialogue.asking:
        if scene.understanding.confidence < _SURE_NO:
            return nothing_to_note(scene)
        said = normalise(scene.text).strip()
        is_no = not said or any(words.match(said) for words in (_PASSES, frames.NO_HEAD, frames.POLITE))
        return skip(dialogue.asking, scene) if is_no else Answer((Reply(say("as_you_wish", language)),), dialogue, aside=True)
    edits = tuple(
        Button(f"e:{name}", say("edit_button", language, label=vocabulary()[name].label[language])) for name in dialogue.recent[-6:]
    )
    return Answer((Reply(say("correct_what" if edits else "nothing_pending", language), edits or (results_button(language),)),), dialogue)


def as_noted(scene: Scene) -> Answer | None:
    """ "I said 400k, not 40k": where it stands so already, that is what is said; None where it does not."""
    figures, firm = scene.understanding.extraction.loose, scene.dialogue.firm
    facts = [fact for name in reversed(scene.dialogue.recent) if (fact := firm.fact(name)) is not None]
    fact = next((one for one in facts if len(figures) > 1 and one.value == figures[0].value), None)
    if fact is None:
        return None
    line = fact_line(fact, scene.language).removeprefix("· ")
    return Answer((Reply(say("as_noted", scene.language, fact=line)),), scene.dialogue.but(reminded=None), aside=True)


def skip(name: str, scene: Scene) -> Answer:
    """Leave a question out for good and ask the next one."""
    passed = tuple(dict.fromkeys((*scene.dialogue.passed, name)))
    dialogue, question = ask_next(scene.with_dialogue(scene.dialogue.but(passed=passed, asking=None)))
    return Answer((Reply(say("skipped", scene.language)), *question), dialogue)


def leave_out(scene: Scene) -> Answer:
    """What was asked last is left out, a question or a figure in doubt; the next one follows."""
    if scene.dialogue.asking:
        return skip(scene.dialogue.asking, scene)
    dialogue, question = ask_next(scene.with_dialogue(scene.dialogue.but(pending=None)))
    return Answer((Reply(say("nothing_to_skip", scene.language)), *question), dialogue)


def no_loan(scene: Scene) -> Answer:
    """Who wants no loan any more is left in peace, with the way back and the way out."""
    return Answer(
        (Reply(say("no_loan", scene.language), (results_button(scene.language),)),), scene.dialogue.but(asking=None, pending=None)
    )


def privacy(scene: Scene) -> Answer:
    key = "desk_privacy" if scene.world.banks else "privacy"
    text, dialogue = said_again(key, scene.dialogue, count=len(scene.dialogue.firm))
    return Answer((Reply(text),), dialogue, aside=True)


def export(scene: Scene) -> Answer:
    return Answer((Reply(say("export_done", scene.language)),), scene.dialogue, effects=(Effect.EXPORT,))


def ask_to_erase(scene: Scene) -> Answer:
    """Erasing cannot be undone, so it is asked once more."""
    language = scene.language
    buttons = (Button("x:yes", say("erase_yes", language)), Button("x:no", say("erase_no", language)))
    return Answer((Reply(say("erase_confirm", language), buttons),), scene.dialogue.but(pending=ERASE))


def erase(scene: Scene) -> Answer:
    fresh = Dialogue(language=scene.language, language_fixed=scene.dialogue.language_fixed)
    return Answer((Reply(say("erased", scene.language)),), fresh, effects=(Effect.ERASE,))


def restart(scene: Scene) -> Answer:
    """A fresh start that can be taken back: the facts are set aside, not lost."""
    language, dialogue = scene.language, scene.dialogue
    known = tuple(dialogue.firm.facts.values())
    fresh = Dialogue(
        muted=dialogue.muted,
        case=dialogue.case,
        bank=dialogue.bank,
        with_person=dialogue.with_person,
        hushed=dialogue.hushed,
        shows_to=dialogue.shows_to,
        language=language,
        language_fixed=dialogue.language_fixed,
        greeted=True,
        cautioned=dialogue.cautioned,
        news=dialogue.news,
        set_aside=known or dialogue.set_aside,
    )
    buttons = (Button("u", say("restart_undo", language)),) if fresh.set_aside else ()
    return Answer((Reply(say("restarted", language), buttons), Reply(say("results_need", language))), fresh)


def undo_restart(scene: Scene) -> Answer:
    aside = scene.dialogue.set_aside
    if not aside:
        return Answer((Reply(say("nothing_to_undo", scene.language)),), scene.dialogue)
    firm = Firm({fact.name: fact for fact in aside}).having(*scene.dialogue.firm.facts.values())
    dialogue = scene.dialogue.but(firm=firm, set_aside=())
    return Answer((Reply(say("restart_undone", scene.language), (results_button(scene.language),)),), dialogue)


def set_language(scene: Scene) -> Answer:
    """Speak the language that was named; with none named, or both, two buttons ask which."""
    named = [language for language, name in _NAMED.items() if name.search(scene.text)]
    if len(named) == 1 and _NOT_SPOKEN.search(scene.text):
        named = [language for language in LANGUAGES if language not in named]
    if len(named) == 1:
        return speak(named[0], scene)
    buttons = tuple(Button(f"l:{language}", label) for language, label in LANGUAGES.items())
    return Answer((Reply(say("language_which", scene.language), buttons),), scene.dialogue)


def speak(language: str, scene: Scene) -> Answer:
    """From here on one language, whatever the owner writes in."""
    dialogue = scene.dialogue.but(language=language, language_fixed=True)
    return Answer((Reply(say("language_set", language)),), dialogue.but(reminded=None), aside=True)


def telling(key: str) -> Callable[[Scene], Answer]:
    """A handler that says one text, shorter the second time where it has such words, and keeps the thread."""

    def handler(scene: Scene) -> Answer:
        text, dialogue = said_again(key, scene.dialogue)
        return Answer((Reply(text),), dialogue, aside=True)

    return handler


def out_of_scope(scene: Scene) -> Answer:
    """Kindly no, by the kind of thing it is; who writes in a third language is answered in both that the advisor speaks."""
    kind = kind_of(scene.text)
    languages = (scene.language, *(other for other in LANGUAGES if other != scene.language and kind is Kind.LANGUAGE))
    text = "\n\n".join(say(kind, language) for language in languages)
    return Answer((Reply(text),), scene.dialogue, aside=True)


def puzzled(scene: Scene) -> Answer:
    """Not understood: repeat the open question, else suggest what can be said; buttons the second time."""
    language = scene.language
    dialogue = scene.dialogue.but(puzzled=scene.dialogue.puzzled + 1)
    figures = [one for one in scene.understanding.extraction.loose if one.kind != "count" or one.value > 1]  # 一笔, 一个
    if figures:
        return which_figure(figures[-1].text, scene.with_dialogue(dialogue), figures[-1])
    if dialogue.asking:
        return Answer((open_question(dialogue, "retry_question"),), dialogue)
    if dialogue.puzzled == 1:
        return Answer((Reply(say("puzzled", language)),), dialogue)
    buttons = (results_button(language), Button("m:subsidy", say("b_subsidy", language)))
    return Answer((Reply(say("puzzled_again", language), buttons),), dialogue)


def nothing_to_note(scene: Scene) -> Answer:
    """About the business, and nothing in it that is written down: heard all the same, and the thread goes on."""
    return Answer((Reply(say("nothing_to_note", scene.language)),), scene.dialogue.but(puzzled=0, reminded=None), aside=True)
