"""Answers to what came besides words: files with their figures, files that are not read, and what is neither words nor a file."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.answers.paper_steps import ask_for_missing, missing
from bot.conversation.answers.paper_words import without_figures
from bot.conversation.answers.papers import shown
from bot.conversation.asking import question_buttons, question_text
from bot.conversation.model import Answer, Button, Dialogue, Heard, Reply
from bot.conversation.papers import Paper, paper_of, with_paper
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


def received(heard: Heard, scene: Scene) -> Answer:
    """The answer to what came besides words: files that were read, files that were not, and what is no file.

    Files whose figures are not read lead to a question for the figure that matters most.
    """
    if heard.unread is not None and heard.file is None:
        return Answer((Reply(say(_UNREAD.get(heard.unread, "no_words"), scene.language)),), scene.dialogue)
    if not heard.files:
        return Answer((Reply(say("no_words", scene.language)),), scene.dialogue)
    came, dialogue, told, unread, batch = heard.files, scene.dialogue, [], False, ""
    known: dict[str, Paper] = {paper.digest: paper for paper in dialogue.papers}
    nothing: list[Paper] = []
    for one in came:
        paper = _paper(one, batch, scene)
        if paper is None:
            told.append(_not_read(one, len(came) > 1, dialogue.but(typed_off=dialogue.asking) if unread else dialogue))
            unread = unread or _holds_figures(one)
        elif not paper.items:
            nothing.append(paper)
            told.append(Reply(without_figures(paper, scene.language)))
        elif paper.digest in known:
            told.append(_known(known[paper.digest], scene.language))
        else:
            batch = paper.batch
            known[paper.digest] = paper
            dialogue = dialogue.but(papers=with_paper(dialogue.papers, paper))
    return _with_what_follows(tuple(told), batch, unread, nothing, scene.with_dialogue(dialogue))


def _with_what_follows(told: tuple[Reply, ...], batch: str, unread: bool, nothing: list[Paper], scene: Scene) -> Answer:
    """After the files were told of: the figures to confirm, else a question for what they do not say."""
    if batch:
        answer = shown(batch, scene)
        return replace(answer, replies=(*told, *answer.replies))
    if unread and not _explained(scene.dialogue):
        return _with_question(told, scene)
    name = missing(nothing, scene.dialogue)
    if name is not None:
        return ask_for_missing(name, scene, told)
    return Answer(told, scene.dialogue, aside=not unread)


def _paper(one: Heard, batch: str, scene: Scene) -> Paper | None:
    """What was read from a file; None where nothing was."""
    if one.unread is not None or one.reading is None or one.reading.findings is None or one.file is None:
        return None
    digest = one.reading.digest
    return paper_of(one.reading.findings, one.file, digest, batch or digest[:8], scene.today)


def _known(paper: Paper, language: str) -> Reply:
    """The same file once more: said, and it may be gone through anew."""
    key = "paper_known_waits" if paper.waits else "paper_known"
    return Reply(say(key, language, name=paper.name), (Button(f"f:new:{paper.id}", say("paper_again", language)),))


def _not_read(one: Heard, several: bool, dialogue: Dialogue) -> Reply:
    """A sentence on a file whose figures were not read. Of several the first gets the whole explanation."""
    language = dialogue.language
    if one.unread is not None or one.reading is None:
        return Reply(say(_UNREAD.get(one.unread or "", "no_words"), language, name=one.file or ""))
    if one.reading.trouble is not None:
        why = one.reading.trouble.say(language)
        return Reply(say("paper_trouble", language, name=one.file, said=why) if several else why)
    kind = one.reading.kind
    if kind in _USELESS:
        return Reply(say(_USELESS[kind], language, name=one.file))
    named, size = say(f"kind_{kind.value}", language), file_size(one.reading.size)
    key = "file_seen_too" if _explained(dialogue) else "file_seen"
    return Reply(say(key, language, name=one.file, kind=named, size=size))


def _holds_figures(one: Heard) -> bool:
    """Whether figures may stand in a file that were not read from it."""
    return one.unread is None and one.reading is not None and one.reading.trouble is None and one.reading.kind not in _USELESS


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
