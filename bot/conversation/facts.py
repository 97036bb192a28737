"""Taking what was said into the firm: new facts, corrections, answers to the question asked, and figures that look odd."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.conversation.model import Dialogue
from knowledge.firm import Fact, FactError, FactType, FactValue, Firm, Provenance, vocabulary
from nlu.mentions import Extraction
from nlu.quantities import Quantity

_FITS: dict[str, frozenset[FactType]] = {
    "money": frozenset({FactType.MONEY}),
    "rate": frozenset({FactType.RATE}),
    "duration": frozenset({FactType.MONTHS}),
    "count": frozenset({FactType.COUNT}),
    "number": frozenset({FactType.MONEY, FactType.MONTHS, FactType.COUNT}),
}


#: What is pending while a sum in other money waits to be told in yuan.
IN_YUAN = "in_yuan"
_WAN = 10_000
#: A bare number so many times more or less than what is known corrects something else.
_ALIKE = 10
#: What a bare amount is taken for.
_NAMELESS = "amount_sought"


@dataclass(frozen=True)
class Change:
    """A fact as it was (None = not known) and as it is now."""

    fact: Fact
    before: Fact | None

    @property
    def corrects(self) -> bool:
        return self.before is not None and self.before.value != self.fact.value


@dataclass(frozen=True)
class Taken:
    """The firm after a message, what changed in order of mention, and whether the owner was correcting."""

    firm: Firm
    changes: tuple[Change, ...]
    correcting: bool


#: "How much does Shenzhen's scheme pay?" does not move a firm to Shenzhen.
_NAMED_IN_QUESTIONS = frozenset({"region", "industry", "legal_form", "owner_group"})


def take(dialogue: Dialogue, extraction: Extraction, today: date, *, asks: bool = False) -> Taken:
    """Take a message's facts into the firm; a correction without a name goes to the latest fact of a fitting kind.

    `asks` says that the message is a question: what it names may then be somebody else's.
    """
    facts = [
        Fact(mention.name, mention.value, Provenance.SAID, today, mention.approximate)
        for mention in extraction.mentions
        if not (asks and mention.name in _NAMED_IN_QUESTIONS and mention.name in dialogue.firm and not extraction.correction)
    ]
    of_file = _on_a_file(dialogue, extraction, today)
    if of_file is not None:
        facts = [of_file]
    elif not facts and extraction.correction and not any(paper.waits for paper in dialogue.papers):
        corrected = _nameless_correction(dialogue, extraction, today)
        facts = [corrected] if corrected else []
    changes = tuple(Change(fact, dialogue.firm.fact(fact.name)) for fact in facts)
    return Taken(dialogue.firm.having(*facts), changes, extraction.correction)


def replace_value(firm: Firm, name: str, value: FactValue, today: date) -> Taken:
    """One fact set by a button."""
    fact = Fact(name, value, Provenance.SAID, today)
    return Taken(firm.having(fact), (Change(fact, firm.fact(name)),), correcting=name in firm)


def _nameless_correction(dialogue: Dialogue, extraction: Extraction, today: date) -> Fact | None:
    if not extraction.loose:
        return None
    quantity = extraction.loose[-1]
    if (meant := _in_its_unit(dialogue, extraction.loose, today)) is not None:
        return meant
    asked = (dialogue.asking,) if dialogue.pending == IN_YUAN and dialogue.asking else ()
    for name in (*asked, *correction_targets(dialogue, quantity)):
        if quantity.kind == "number" and _of_another_size(dialogue.firm.get(name), quantity.value):
            continue
        fact = _fact_from(name, quantity, today)
        if fact is not None:
            return fact
    return None


def _in_its_unit(dialogue: Dialogue, loose: tuple[Quantity, ...], today: date) -> Fact | None:
    """180 is with tax, so take 175: a number beside the one that it takes the place of is in the same unit, yuan or 万."""
    new = loose[-1]
    if new.kind != "number":
        return None
    for name in reversed(dialogue.recent):
        known = dialogue.firm.get(name)
        for unit in (1, _WAN) if isinstance(known, Decimal) else ():
            if any(old.kind == "number" and old.value * unit == known and old.value != new.value for old in loose):
                return _fact_from(name, replace(new, value=new.value * unit), today)
    return None


def _of_another_size(known: FactValue | None, value: Decimal) -> bool:
    """Whether a bare number can hardly stand in the place of what is known."""
    return isinstance(known, Decimal | int) and known > 0 and not known / _ALIKE <= value <= known * _ALIKE


def _on_a_file(dialogue: Dialogue, extraction: Extraction, today: date) -> Fact | None:
    """ "Not 400k, it is 500k": the figure of a file that waits with the value named, put right."""
    named = [mention for mention in extraction.mentions if mention.name != _NAMELESS]
    values = [*(mention.value for mention in extraction.mentions), *(quantity.value for quantity in extraction.loose)]
    if named or len(values) != 2 or dialogue.checking is None:
        return None
    for old, new in (values, values[::-1]):
        items = [item for paper in dialogue.papers for item in paper.items if item.waits and item.value == old and item.value != new]
        if len(items) == 1 and isinstance(new, Decimal | int):
            return Fact(items[0].fact, vocabulary()[items[0].fact].parse(new), Provenance.SAID, today)
    return None


def correction_targets(dialogue: Dialogue, quantity: Quantity) -> tuple[str, ...]:
    """Facts a bare figure could correct, most likely first: the latest said of the fitting kind."""
    fitting = _FITS.get(quantity.kind, frozenset())
    specs = vocabulary()
    return tuple(name for name in reversed(dialogue.recent) if specs[name].type in fitting)


def _fact_from(name: str, quantity: Quantity, today: date) -> Fact | None:
    spec = vocabulary()[name]
    value: Decimal | int = quantity.value
    if spec.type in (FactType.MONTHS, FactType.COUNT):
        value = int(quantity.value)
    try:
        return Fact(name, spec.parse(value), Provenance.SAID, today, quantity.approximate)
    except FactError:
        return None


def odd_figures(firm: Firm) -> tuple[str, ...]:
    """Facts whose values are unusual; asked about rather than used silently. What cannot be at all is `scoring.questions`' to ask."""
    odd = []
    for name, (low, high) in _PLAUSIBLE.items():
        value = firm.get(name)
        if isinstance(value, Decimal | int) and not isinstance(value, bool) and not low <= value <= high:
            odd.append(name)
    return tuple(odd)


_PLAUSIBLE: dict[str, tuple[Decimal | int, Decimal | int]] = {
    "amount_sought": (1_000, Decimal(10) ** 10),
    "annual_revenue": (0, Decimal(10) ** 12),
    "employees": (0, 1_000_000),
    "age_months": (0, 2_400),
    "term_months": (1, 600),
    "max_rate": (0, Decimal("0.36")),
    "owner_age": (16, 100),
    "owner_share": (0, 1),
}
