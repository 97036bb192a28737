"""Taking what was said into the firm: new facts, corrections, answers to the question asked, and figures that look odd."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.conversation.model import Dialogue
from knowledge.firm import Fact, FactError, FactType, FactValue, Firm, Provenance, vocabulary
from knowledge.regions import contains
from nlu.facts import Mention
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
#: A figure is put right by one not so many times it; one that is so far off puts something else right: 9 is no 200,000.
_NEAR, _OF_ANOTHER_KIND = 3, 1000
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
        if extraction.correction or not (_is_anothers(mention, dialogue, asks) or _known_closer(mention, dialogue))
    ]
    of_file = _on_a_file(dialogue, extraction, today)
    if of_file is not None:
        facts = [of_file]
    elif not facts and extraction.correction and not any(paper.waits for paper in dialogue.papers):
        corrected = _nameless_correction(dialogue, extraction, today)
        facts = [corrected] if corrected else []
    changes = tuple(Change(fact, dialogue.firm.fact(fact.name)) for fact in facts)
    return Taken(dialogue.firm.having(*facts), changes, extraction.correction)


def _is_anothers(mention: Mention, dialogue: Dialogue, asks: bool) -> bool:
    """Whether a question names what the firm is known to be otherwise."""
    return asks and mention.name in _NAMED_IN_QUESTIONS and mention.name in dialogue.firm


def _known_closer(mention: Mention, dialogue: Dialogue) -> bool:
    """Whether a place is only named more widely than it is known: who is in Dali and "from Yunnan" has not moved."""
    known = dialogue.firm.get(mention.name)
    if mention.name != "region" or not isinstance(known, str) or not isinstance(mention.value, str):
        return False
    return known != mention.value and contains(mention.value, known)


def replace_value(firm: Firm, name: str, value: FactValue, today: date) -> Taken:
    """One fact set by a button."""
    fact = Fact(name, value, Provenance.SAID, today)
    return Taken(firm.having(fact), (Change(fact, firm.fact(name)),), correcting=name in firm)


def _nameless_correction(dialogue: Dialogue, extraction: Extraction, today: date) -> Fact | None:
    if not extraction.loose:
        return None
    meant = _of_two(dialogue, extraction, today) or _in_its_unit(dialogue, extraction.loose, today)
    if meant is not None or len({one.value for one in extraction.loose}) > 1:
        return meant
    quantity = extraction.loose[-1]
    asked = (dialogue.asking,) if dialogue.pending == IN_YUAN and dialogue.asking else ()
    for name in (*asked, *correction_targets(dialogue, quantity)):
        if quantity.kind == "number" and _of_another_size(dialogue.firm.get(name), quantity.value):
            continue
        fact = _fact_from(name, quantity, today)
        if fact is not None:
            return fact
    return None


def _of_two(dialogue: Dialogue, extraction: Extraction, today: date) -> Fact | None:
    """ "62k, not 26k": the fact that has the last figure gets the first; where none has it, nothing is guessed."""
    new, old = extraction.loose[0], extraction.loose[-1]
    names = [name for name in correction_targets(dialogue, old) if dialogue.firm.get(name) == old.value]
    return _fact_from(names[0], new, today) if names and len(extraction.loose) == len((new, old)) else None


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
    """Facts a bare figure could correct, most likely first: near what was said, then the latest said; of the fitting kind all."""
    fitting = _FITS.get(quantity.kind, frozenset())
    specs = vocabulary()
    latest = [name for name in reversed(dialogue.recent) if specs[name].type in fitting]
    apart = {name: _times_apart(quantity.value, dialogue.firm.get(name)) for name in latest}
    return tuple(sorted((name for name in latest if apart[name] < _OF_ANOTHER_KIND), key=lambda name: apart[name] > _NEAR))


def _times_apart(one: Decimal, other: object) -> Decimal:
    """How many times the greater is the smaller; 1 where that says nothing."""
    if not isinstance(other, Decimal | int) or isinstance(other, bool) or min(one, other) <= 0:
        return Decimal(1)
    return max(one, Decimal(other)) / min(one, Decimal(other))


def _fact_from(name: str, quantity: Quantity, today: date) -> Fact | None:
    spec = vocabulary()[name]
    value: Decimal | int = quantity.value
    if spec.type in (FactType.MONTHS, FactType.COUNT):
        if quantity.value != int(quantity.value):
            return None
        value = int(quantity.value)
    try:
        return Fact(name, spec.parse(value), Provenance.SAID, today, quantity.approximate)
    except FactError:
        return None


def plausible(name: str, value: Decimal | int) -> bool:
    """Whether a figure is one that such a fact may well have."""
    low, high = _PLAUSIBLE.get(name, (value, value))
    return low <= value <= high


def odd_figures(firm: Firm) -> tuple[str, ...]:
    """Facts whose values are unusual; asked about rather than used silently. What cannot be at all is `scoring.questions`' to ask."""
    odd = []
    for name in _PLAUSIBLE:
        value = firm.get(name)
        if isinstance(value, Decimal | int) and not isinstance(value, bool) and not plausible(name, value):
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
