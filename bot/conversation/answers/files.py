"""Answers to what came besides words: files with their figures, files that could not be read, and what is neither words nor a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.answers.paper_steps import ask_for_missing, missing
from bot.conversation.answers.paper_words import without_figures
from bot.conversation.answers.papers import shown
from bot.conversation.answers.photo_rows import row_sheets
from bot.conversation.heard import Heard
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.paper_joins import with_joins
from bot.conversation.paper_refunds import with_refunds
from bot.conversation.papers import OwnerPaper, paper_of, with_paper
from bot.conversation.texts import say
from bot.conversation.world import Scene
from nlu.uploads.document import Strip
from nlu.uploads.flows.series import FlowSeries, RefundSeries

#: What is said to each thing that came and is not read.
_UNREAD = {
    "voice": "voice_not_yet",
    "video": "video_not_yet",
    "sticker": "sticker_seen",
    "location": "location_not_yet",
    "too_big": "file_too_big",
    "lost": "file_lost",
}


def received(heard: Heard, scene: Scene) -> Answer:
    """The answer to what came besides words."""
    if not heard.files:
        return Answer((Reply(say(_UNREAD.get(heard.unread or "", "no_words"), scene.language)),), scene.dialogue)
    dialogue, told, batch = scene.dialogue, [], ""
    known: dict[str, OwnerPaper] = {paper.digest: paper for paper in dialogue.papers}
    nothing: list[OwnerPaper] = []
    for one in heard.files:
        paper = _paper(one, batch, scene, dialogue.papers)
        if paper is None:
            told.append(_not_read(one, len(heard.files) > 1, scene.language))
        elif not paper.items:
            nothing.append(paper)
            told.append(Reply(without_figures(paper, scene.language)))
            if isinstance(paper.series, RefundSeries | FlowSeries):  # kept for the orders, or the other half of the month, that may come
                dialogue = dialogue.but(papers=with_paper(dialogue.papers, paper))
        elif paper.digest in known:
            told.append(_known(known[paper.digest], scene.language))
        else:
            batch = paper.batch
            known[paper.digest] = paper
            told.extend(row_sheets(paper, _strips(one), scene.language))
            dialogue = dialogue.but(papers=with_paper(dialogue.papers, paper))
    return _with_what_follows(tuple(told), batch, nothing, scene.with_dialogue(dialogue))


def _with_what_follows(told: tuple[Reply, ...], batch: str, nothing: list[OwnerPaper], scene: Scene) -> Answer:
    """After the files were told of: the figures to confirm, else a question for what they do not say."""
    if batch:
        answer = shown(batch, scene)
        return replace(answer, replies=(*told, *answer.replies))
    name = missing(nothing, scene.dialogue)
    return ask_for_missing(name, scene, told) if name is not None else Answer(told, scene.dialogue, aside=True)


def _paper(one: Heard, batch: str, scene: Scene, before: Sequence[OwnerPaper]) -> OwnerPaper | None:
    """What was read from a file, with what it goes on from; None where nothing was."""
    if one.reading is None or one.reading.findings is None or one.file is None:
        return None
    digest = one.reading.digest
    paper = paper_of(one.reading.findings, one.file, digest, batch or digest[:8], scene.today)
    return with_refunds(before, with_joins(before, paper, scene.today))


def _strips(one: Heard) -> Sequence[Strip]:
    return one.reading.findings.strips if one.reading is not None and one.reading.findings is not None else ()


def _known(paper: OwnerPaper, language: str) -> Reply:
    """The same file once more: said, and it may be gone through anew."""
    key = "paper_known_waits" if paper.waits else "paper_known"
    return Reply(say(key, language, name=paper.name), (Button(f"f:new:{paper.id}", say("paper_again", language)),))


def _not_read(one: Heard, several: bool, language: str) -> Reply:
    """A sentence on a file that could not be read: why, and what to do."""
    if one.reading is None or one.reading.trouble is None:
        return Reply(say(_UNREAD.get(one.unread or "", "file_lost"), language, name=one.file or ""))
    why = one.reading.trouble.say(language)
    return Reply(say("paper_trouble", language, name=one.file, said=why) if several else why)
