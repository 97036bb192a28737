"""Labelled messages, and which of their figures fills which labelled fact."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

import yaml

from knowledge.firm import FactValue, vocabulary
from nlu.linking.figures.places import KINDS_FOR
from nlu.linking.view import NUMERIC
from nlu.numbers.quantity import Quantity

#: A figure that may or may not be meant: it teaches nothing.
UNSURE = "?"
_SETS, _TRADES = "messages", "trades.tsv"
#: Sets that no rule was written for and that neither the network nor the linear models see: from these the trees learn how far to trust
#: each of them with strangers.
APART = frozenset(
    "owners_provinces_en owners_provinces_zh owners_doorways_zh owners_errands_zh owners_lanterns_en owners_byways_en"
    " owners_mornings_zh owners_bridges_zh owners_meadows_zh owners_ladders_en owners_parlours_en owners_wagons_en".split()
)


@dataclass(frozen=True)
class Labelled:
    """One message with what it states, and the set that it is of.

    `optional` and `ranges` name facts that a careful reader may take or leave; in an `open` message those are all that are not labelled.
    """

    id: str
    source: str
    language: str
    text: str
    asking: str | None
    facts: Mapping[str, FactValue]
    #: Facts of an open message that it certainly does not state.
    unstated: frozenset[str]
    optional: Mapping[str, FactValue]
    ranges: tuple[str, ...]
    open: bool = False

    @property
    def tolerated(self) -> frozenset[str]:
        """Facts that count neither way."""
        others = vocabulary().keys() - self.facts.keys() - self.unstated if self.open else ()
        return frozenset((*self.optional, *self.ranges, *others))


def messages() -> tuple[Labelled, ...]:
    """Every labelled message of this room in file order."""
    return tuple(message for name in _names() for message in read(_file(f"{name}.jsonl"), name))


def digest(*, apart: bool) -> str:
    """SHA-256 of all that is learnt from; without the sets apart, of what the network learns from."""
    found = hashlib.sha256(_file(_TRADES).encode())
    for name in _names():
        if apart or name not in APART:
            found.update(_file(f"{name}.jsonl").encode())
    return found.hexdigest()


def _names() -> list[str]:
    files = resources.files("nlu.linking").joinpath(_SETS).iterdir()
    return sorted(file.name.removesuffix(".jsonl") for file in files if file.name.endswith(".jsonl"))


def trades() -> tuple[tuple[str, str], ...]:
    """Pairs of an industry and a trade of it in owners' words."""
    return tuple((industry, phrase) for industry, _, phrase in (line.partition("\t") for line in _file(_TRADES).splitlines()))


#: What people say with these intents is about the advisor, about others or about words, hardly ever about their own trade or standing.
IDLE = (
    "affirm", "ask_definition", "ask_human", "ask_privacy", "ask_scam_check", "complain", "delete_data", "deny", "export_data",
    "out_of_scope", "restart", "set_language", "unsubscribe", "upload_help",
)  # fmt: skip


def idle() -> tuple[str, ...]:
    """Training messages of the intents in IDLE, each text once."""
    found: dict[str, None] = {}
    for file in sorted(resources.files("nlu.server").joinpath("data").iterdir(), key=lambda place: place.name):
        for name in IDLE:
            content = file.joinpath(f"{name}.yml")
            if content.is_file():
                for part in yaml.safe_load(content.read_text("utf-8"))["nlu"]:
                    found |= dict.fromkeys(line.removeprefix("- ") for line in part.get("examples", "").splitlines() if line)
    return tuple(found)


def _file(name: str) -> str:
    return resources.files("nlu.linking").joinpath(_SETS, name).read_text("utf-8")


def read(content: str, source: str = "") -> Iterator[Labelled]:
    """Labelled messages from JSON lines. Raises FactError for a fact or value that the vocabulary does not have."""
    for line in content.splitlines():
        raw = json.loads(line)
        yield Labelled(
            id=raw["id"],
            source=source,
            language=raw["language"],
            text=raw["text"],
            asking=raw["asking"],
            facts=_parsed(raw["facts"]),
            unstated=frozenset(raw.get("unstated", ())),
            optional=_parsed(raw.get("optional", {})),
            ranges=(*raw.get("range", {}), *(("age_months",) if raw.get("dates") else ())),
            open=raw.get("open", False),
        )


def _parsed(raw: Mapping[str, object]) -> dict[str, FactValue]:
    return {name: vocabulary()[name].parse(value) for name, value in raw.items()}


def aligned(message: Labelled, figures: tuple[Quantity, ...]) -> tuple[str, ...]:
    """For each figure the labelled fact that it states, an empty name for none, or UNSURE."""
    taken: dict[int, str] = {}
    pairs = sorted(
        (_rank(figure, value), index, name)
        for name, value in message.facts.items()
        if name in NUMERIC
        for index, figure in enumerate(figures)
        if _states(figure, name, value)
    )
    for _, index, name in pairs:
        if index not in taken and name not in taken.values():
            taken[index] = name
    for name in message.ranges:
        free = (index for index, figure in enumerate(figures) if index not in taken and figure.low is not None and _may(figure, name))
        first = next(free, None)
        if name in NUMERIC and first is not None:
            taken[first] = name
    for name, value in message.optional.items():
        for index, figure in enumerate(figures):
            if index not in taken and name in NUMERIC and _states(figure, name, value):
                taken[index] = UNSURE
    return tuple(taken.get(index, UNSURE if message.open else "") for index in range(len(figures)))


def _may(figure: Quantity, name: str) -> bool:
    return figure.kind in KINDS_FOR[vocabulary()[name].type]


def _rank(figure: Quantity, value: FactValue) -> int:
    """A figure that gives the value as it stands goes before one that has to be worked out."""
    return int(not _same(figure.value * figure.sign, value))


def _states(figure: Quantity, name: str, value: FactValue) -> bool:
    return _may(figure, name) and any(_same(said, value) for said in _values(figure))


def _values(figure: Quantity) -> Iterator[Decimal]:
    """Every value that a figure could mean, whatever the fact: its sign, a month's part of a year, the number with its unit left out."""
    yield from (figure.value, -figure.value, *figure.readings)
    if figure.kind in ("money", "number"):
        yield (figure.value / 12).quantize(Decimal("0.01"))
        yield (figure.value / 12).quantize(Decimal(1))
    if figure.kind == "number":
        yield from (figure.value * 10000, figure.value * 1000, figure.value / 100, figure.value / 10)
    if figure.kind == "rate":
        yield figure.value * 12
    if figure.kind == "duration":
        yield from (figure.value * 30, figure.value.quantize(Decimal(1)))


def _same(said: Decimal, value: FactValue) -> bool:
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return False
    stated = Decimal(value)
    return abs(said - stated) <= Decimal("0.01") if abs(stated) >= 1 else said == stated
