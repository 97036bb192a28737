"""What several calculators share: figures of the message, and sums that are no facts of the firm."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.conversation.facts import Taken
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.sources import source_line
from bot.conversation.world import Scene
from knowledge.entries import Entry
from nlu.quantities import Quantity, quantities

_SQUARE_METRES = re.compile(r"(?<=万)平(?=台)")


def figures(scene: Scene) -> tuple[Quantity, ...]:
    """Every figure of the message, in order; 众筹50万平台 is money for a platform, not an area."""
    return quantities(_SQUARE_METRES.sub("，平", scene.text), today=scene.today)


def sums_of(scene: Scene) -> list[Decimal]:
    """The sums of money a message names, in yuan; a bare figure of a thousand and more is money, too."""
    found = []
    for figure in figures(scene):
        if figure.kind == "money" or (figure.kind in ("count", "number") and figure.value >= 1000 and "万" in figure.text):
            found.append(figure.value)
    return [value for value in found if value > 0]


def rates_of(scene: Scene) -> list[Decimal]:
    """The shares and rates a message names, as fractions."""
    return [figure.value for figure in figures(scene) if figure.kind == "rate"]


def supposed(scene: Scene) -> Scene:
    """The scene without what its message was taken to say of the firm: its figures are of a case supposed, or of somebody else."""
    firm = scene.dialogue.firm
    for change in reversed(scene.taken.changes):
        firm = firm.having(change.before) if change.before is not None else firm.without(change.fact.name)
    dialogue = scene.dialogue.but(firm=firm, corrected=None)
    return Scene(scene.world, dialogue, scene.today, scene.understanding, Taken(firm, (), False), scene.text)


def with_source(scene: Scene, lines: list[str], *entries: Entry, buttons: tuple[Button, ...] = ()) -> Answer:
    """An answer that draws on entries: their sources below, a button to each; what a follow-up is about is the first."""
    language = scene.language
    text = "\n".join([*lines, *(source_line(entry, language, scene.today) for entry in entries)])
    more = tuple(Button(f"n:{entry.id}", entry.name[language]) for entry in entries)
    dialogue = scene.dialogue.but(focus=entries[0].id) if entries else scene.dialogue
    return Answer((Reply(text, (*buttons, *more)),), dialogue, tuple(entry.id for entry in entries), aside=True)
