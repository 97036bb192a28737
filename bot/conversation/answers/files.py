"""Answers to what came and is not read: files, and what is neither words nor a file."""

from __future__ import annotations

from bot.conversation.asking import question_buttons, question_text
from bot.conversation.model import Answer, Dialogue, Heard, Reply
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from knowledge.firm import FactType, vocabulary
from knowledge.formats import fact_label, file_size
from nlu.uploads.kinds import Kind

#: What is said to each thing that came and is not read.
_UNREAD = {
    "voice": "voice_not_yet",
    "video": "video_not_yet",
    "sticker": "sticker_seen",
    "location": "location_not_yet",
    "too_big": "file_too_big",
    "lost": "file_lost",
}
#: Files that no figure could be meant to be read from get a sentence on what to send instead.
_USELESS = {Kind.LOCKED: "file_locked", Kind.BROKEN: "file_broken", Kind.EMPTY: "file_empty", Kind.OTHER: "file_unknown"}
_FIGURES_AT_MOST = 3


def beside(heard: Heard, dialogue: Dialogue) -> tuple[Reply, ...]:
    """A sentence on what came besides words; empty when only words came. Of several files the first gets the whole explanation."""
    language = dialogue.language
    if heard.unread is not None:
        return (Reply(say(_UNREAD.get(heard.unread, "no_words"), language, name=heard.file or "")),)
    if heard.file is None or heard.reading is None:
        return ()
    kind = heard.reading.kind
    if kind in _USELESS:
        return (Reply(say(_USELESS[kind], language, name=heard.file)),)
    named, size = say(f"kind_{kind.value}", language), file_size(heard.reading.size)
    key = "file_seen_too" if _explained(dialogue) else "file_seen"
    return (Reply(say(key, language, name=heard.file, kind=named, size=size)),)


def received(heard: Heard, scene: Scene) -> Answer:
    """The answer to something that came without words to answer; after a file that holds figures, the one to type first."""
    said = beside(heard, scene.dialogue) or (Reply(say("no_words", scene.language)),)
    useful = heard.unread is None and heard.reading is not None and heard.reading.kind not in _USELESS
    return _with_question(said, scene) if useful and not _explained(scene.dialogue) else Answer(said, scene.dialogue)


def _explained(dialogue: Dialogue) -> bool:
    """Whether the open question is the one that an earlier file led to."""
    return dialogue.asking is not None and dialogue.asking == dialogue.typed_off


def _with_question(said: tuple[Reply, ...], scene: Scene) -> Answer:
    """Ask for the figure that matters most among those a file may hold."""
    figures = [question.fact for question in scene.questions if _in_files(question.fact)]
    dialogue, language = scene.dialogue, scene.language
    if not figures:
        return Answer(said, dialogue, aside=True)
    first = dialogue.asking if dialogue.asking in figures else figures[0]
    assert first is not None
    named = list(dict.fromkeys((first, *figures)))[:_FIGURES_AT_MOST]
    text = question_text(first, language)
    if len(named) > 1:
        labels = joined([fact_label(name, language) for name in named], language)
        text = say("file_figures", language, labels=labels, question=text)
    asked = dialogue.asked + (first != dialogue.asking)
    asking = dialogue.but(asking=first, reminded=first, asked=asked, typed_off=first)
    return Answer((*said, Reply(text, question_buttons(first, language))), asking)


def _in_files(name: str) -> bool:
    """Whether a fact is an amount that stands in a firm's statements and bills."""
    spec = vocabulary()[name]
    return spec.group == "figures" and spec.type is FactType.MONEY
