"""Answers put together: to words and files that came at once, to two questions of one message."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.model import Answer, Dialogue, Reply


def with_files(answer: Answer, came: Answer) -> Answer:
    """Words and files at once: a question from the words gives way to the figures that wait, else it stands and the files' does not."""
    if came.dialogue.checking is None:
        told = tuple(reply for reply in came.replies if not _asks(reply, came.dialogue))
        return replace(answer, replies=(*told, *answer.replies), dialogue=answer.dialogue.but(papers=came.dialogue.papers))
    kept = tuple(reply for reply in answer.replies if not _asks(reply, answer.dialogue))
    return replace(answer, replies=(*kept, *came.replies), dialogue=came.dialogue)


def one_after_other(answer: Answer, more: Answer) -> Answer:
    """The answers to two questions of one message; what is asked back stands at the end."""
    kept = tuple(reply for reply in answer.replies if not _asks(reply, answer.dialogue))
    sources = tuple(dict.fromkeys((*answer.sources, *more.sources)))
    return replace(more, replies=(*kept, *more.replies), sources=sources, effects=(*answer.effects, *more.effects))


def _asks(reply: Reply, dialogue: Dialogue) -> bool:
    """Whether a reply is the open question."""
    return dialogue.asking is not None and any(button.id == f"s:{dialogue.asking}" for button in reply.buttons)
