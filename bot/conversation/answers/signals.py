"""What the figures of confirmed files show: one plot a finding, in words first. Nothing here becomes a fact of the firm."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.answers.trade import ROUTES
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.signals.gathered import Gathered, Signal, gathered
from bot.conversation.signals.names import name_of
from bot.conversation.signals.plots import plot
from bot.conversation.signals.sources import overruled
from bot.conversation.signals.words import finding, lacking
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from knowledge.entries import Entry
from knowledge.formats import fact_label


def signals_button(scene: Scene) -> Button | None:
    """The way to what the figures show; None where they show nothing yet."""
    return Button("v", say("signals_button", scene.language)) if _gathered(scene).told() else None


def show(scene: Scene) -> Answer:
    """The first finding with its plot, the others in words with a button for each plot, and what would tell the rest."""
    found, language = _gathered(scene), scene.language
    told = found.told()
    if not told:
        return Answer((Reply(say("signals_nothing", language)),), scene.dialogue, aside=True)
    first = _plotted(told[0], found, scene)
    lines = [f"· {_finding(one, found, scene)}" for one in told[1:]]
    blocks = ["\n".join([say("signals_more", language), *lines])] if lines else []
    if missing := lacking(found, language):
        blocks.append("\n".join([say("signals_open", language), *(f"· {one}" for one in missing)]))
    if changed := overruled(scene.dialogue.papers, scene.dialogue.firm):
        blocks.append(say("signals_overruled", language, labels=joined([fact_label(one, language) for one in changed], language)))
    blocks.append(say("signals_apart", language))
    buttons = tuple(Button(f"v:{one}", name_of(one, language)) for one in told[1:])
    return Answer((first, Reply("\n\n".join(blocks), buttons)), scene.dialogue, _sources(told, found, scene), aside=True)


def pressed(scene: Scene, which: str) -> Answer | None:
    """v: all of it; v:seasons and so on: one finding with its plot."""
    if not which:
        return show(scene)
    found = _gathered(scene)
    signal = next((one for one in found.told() if one == which), None)
    if signal is None:
        return None
    shown = _plotted(signal, found, scene)
    back = Button("v", say("signals_back", scene.language))
    return Answer((replace(shown, buttons=(*shown.buttons, back)),), scene.dialogue, _sources((signal,), found, scene), aside=True)


def _gathered(scene: Scene) -> Gathered:
    return gathered(scene.dialogue.papers, scene.dialogue.firm, scene.today)


def _finding(signal: Signal, found: Gathered, scene: Scene) -> str:
    entry = _entry(found, scene)
    return finding(signal, found, scene.language, entry.name[scene.language] if entry else "")


def _plotted(signal: Signal, found: Gathered, scene: Scene) -> Reply:
    text, entry = _finding(signal, found, scene), _entry(found, scene)
    buttons = (Button(f"n:{entry.id}", entry.name[scene.language]),) if signal is Signal.CYCLE and entry else ()
    return Reply(text, buttons, card=plot(signal, found, text, scene.language))


def _entry(found: Gathered, scene: Scene) -> Entry | None:
    """What finances the cash cycle."""
    return scene.world.pack.get(ROUTES[found.cycle.route]) if found.cycle.route is not None else None


def _sources(told: tuple[Signal, ...], found: Gathered, scene: Scene) -> tuple[str, ...]:
    entry = _entry(found, scene)
    return (entry.id,) if entry is not None and Signal.CYCLE in told else ()
