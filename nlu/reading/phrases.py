"""The noun phrases with which the clauses of an English message open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlu.cues.nouns import in_phrases

_PIECE = re.compile(r"(?:[^.,;:!?()\n–—]|(?<=\d)[.,](?=\d)|(?<= )[-](?! ))+")
_WORD = re.compile(r"[a-z][a-z'’&-]*|\d[\d.,]*[a-z%]*")
_OPENS, _CLOSES, _OWNED = (in_phrases(part) for part in ("opens", "closes", "owned"))
#: In no headline of a trade: money, papers, wishes, events, and what is had or is to be bought.
NO_TRADE = in_phrases("no_trade")
#: Before a phrase: it is what the money is for, or what could be pledged.
_FOR_WHAT = re.compile(
    r"\b(?:for|needs?|want|purpose|buy|use|collateral|security|pledge|pledged|stock|inventory|assets?)\b[^a-z]*(?:(?:the|a|an|my|our"
    r"|new) )*$"
)


@dataclass(frozen=True)
class Phrase:
    """The words of a noun phrase that may name the trade, their place in the text, and whether it opens a sentence."""

    words: tuple[str, ...]
    start: int
    end: int
    opens: bool
    alone: bool
    owned: bool


def phrases(norm: str) -> Iterator[Phrase]:
    """The noun phrases that open a clause, behind the words that may stand before them."""
    for piece in _PIECE.finditer(norm):
        words = list(_WORD.finditer(norm, *piece.span()))
        first = 0
        while first < len(words) and (words[first][0] in _OPENS or words[first][0][0].isdigit()):
            first += 1
        run: list[re.Match[str]] = []
        for word in words[first : first + 9]:
            if word[0] == "and" and run and len(run) < 6:
                run.append(word)
                continue
            if word[0] in _CLOSES or word[0][0].isdigit():
                break
            run.append(word)
        if not run:
            continue
        stop = first + len(run)
        if _FOR_WHAT.search(norm[max(0, piece.start() - 24) : run[0].start()]) or norm[run[-1].end() :][:1] == "?":
            continue
        opens = not norm[: piece.start()].strip() or norm[: piece.start()].rstrip()[-1:] in ".!?:;\n"
        yield Phrase(
            tuple(word[0] for word in run),
            run[0].start(),
            run[-1].end(),
            opens,
            stop == len(words),
            bool(_OWNED & {word[0] for word in words[:first]}) or not norm[: run[0].start()].strip(),
        )


def noun_phrase(text: str) -> tuple[str, ...]:
    """The noun phrase that an object begins with."""
    words: list[str] = []
    for word in _WORD.findall(text.split(",")[0]):
        if word in _CLOSES and words:
            break
        words.append(word)
    return tuple(words)
