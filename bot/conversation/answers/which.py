"""A figure of which it is not known what it is: it is asked back, with what it may be to tap."""

from __future__ import annotations

from decimal import Decimal

from bot.conversation.facts import plausible
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.firm import FactError, spec_of, to_json
from knowledge.formats import fact_label, fact_value
from nlu.quantities import Quantity

#: What a figure of each kind mostly is, the likeliest first.
_MAY_BE = {
    "money": ("amount_sought", "annual_revenue", "net_profit", "existing_loans"),
    "duration": ("age_months", "term_months"),
}
_OFFERED = 3
#: Less is the price of something.
_A_SUM = 1000


def which_figure(text: str, scene: Scene, figure: Quantity | None = None) -> Answer:
    """A figure that could be anything: tapped, or said again with its name."""
    buttons = _readings(figure, scene) if figure is not None else ()
    key = "which_figure_tap" if buttons else "which_figure"
    return Answer((Reply(say(key, scene.language, text=text), buttons),), scene.dialogue.but(reminded=None), aside=True)


def _readings(figure: Quantity, scene: Scene) -> tuple[Button, ...]:
    language, firm = scene.language, scene.dialogue.firm
    if figure.currency not in (None, "cny") or (figure.kind == "money" and figure.value < _A_SUM):
        return ()
    names = sorted(_MAY_BE.get(figure.kind, ()), key=lambda name: name in firm)[:_OFFERED]
    found = []
    for name in names:
        try:
            value = spec_of(name).parse(figure.value if figure.kind == "money" else int(figure.value))
        except (FactError, ValueError):
            continue
        if isinstance(value, Decimal | int) and plausible(name, value) and firm.get(name) != value:
            found.append(Button(f"a:{name}:{to_json(value)}", f"{fact_label(name, language)} {fact_value(name, value, language)}"))
    return tuple(found)
