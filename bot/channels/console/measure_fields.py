"""An entry as the fields of a form: read into what the file of it would say, and filled from that where the form can hold all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from bot.bulletins.feeds import PREFIXES
from bot.bulletins.model import LANGUAGES
from bot.channels.console.measure_conditions import leaf_of, row_of
from bot.channels.console.texts import say
from knowledge.authoring.faults import Found
from knowledge.authoring.sheet import cells
from knowledge.authoring.sheet.cells import CellError
from knowledge.authoring.sheet.columns import Column, Shape, columns
from knowledge.authoring.sheet.merging import put_value
from knowledge.authoring.wording import listed, tell
from knowledge.authoring.writing import entry_text
from knowledge.entries import Kind
from knowledge.pack import plain_data
from knowledge.regions import COUNTRY

#: Conditions that the form has room for.
ROWS = 6
_OFFERED = (
    *("grant.amount", "grant.per_head", "subsidy.points", "subsidy.share", "subsidy.months", "subsidy.amount_cap", "relief"),
    *("cap", "term_months", "rate.low", "rate.high", "guarantee_fee"),
)
#: Texts in both languages by where they stand in an entry.
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "summary": ("summary",),
    "issuer": ("source", "issuer"),
    "title": ("source", "title"),
    "apply": ("apply",),
}
_NEEDED = ("name", "summary", "issuer")
_SOURCE = ("number", "date", "url")
#: Of what a sum for each head is counted.
HEADS = ("new_hires_12m", "graduate_hires_12m")
_DAYS = {"valid_from": ("valid", "from"), "valid_until": ("valid", "until")}
#: Fields of which something may be unreadable, beside what they hold.
READ_FIELDS = (*(f"row_{row}" for row in range(1, ROWS + 1)), *(f"offer_{name.replace('.', '_')}" for name in _OFFERED), "date", *_DAYS)


@dataclass(frozen=True)
class FilledMeasure:
    """The form as it was sent: what stands in its fields, the entry's text, and what cannot be read, by field."""

    values: Mapping[str, str]
    text: str
    faults: Mapping[str, tuple[str, ...]]


def first_values(region: str | None, today: date) -> dict[str, str]:
    """Of a new entry: a subsidy of the office's own region."""
    return {"kind": Kind.SUBSIDY.value, "region": region or COUNTRY, "valid_from": today.isoformat(), "checked": today.isoformat()}


@cache
def figures() -> Mapping[str, Column]:
    """What an entry may give, as columns by the names of their fields."""
    found = {column.key: column for column in columns()}
    return {f"offer_{name.replace('.', '_')}": found[f"offer.{name}"] for name in _OFFERED}


@dataclass(frozen=True)
class _Reading:
    """What stands in the fields, and what of it could not be read so far."""

    values: Mapping[str, str]
    language: str
    faults: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def taken(self, name: str, reader: Callable[[str], Any]) -> Any:
        """The value of a field; None where it is empty, or cannot be read."""
        try:
            return reader(self.values[name]) if self.values.get(name) else None
        except CellError as error:
            self.faults[name] = (error.sentence(self.language),)
            return None

    def condition(self, row: int) -> dict[str, Any] | None:
        """What stands in a row; None where nothing does, or it cannot be read."""
        named, operator, value = (self.values.get(f"{part}_{row}", "") for part in ("fact", "operator", "value"))
        try:
            return leaf_of(named, operator, value, self.language) if named or value else None
        except ValueError as error:
            self.faults[f"row_{row}"] = (str(error),)
            return None

    def pair(self, name: str) -> dict[str, str]:
        return {one: self.values.get(f"{name}_{one}", "") for one in LANGUAGES}


def read(form: Mapping[str, str], today: date, language: str) -> FilledMeasure:
    """What was sent. What cannot be read is told beside its field; nothing that was typed is changed."""
    reading = _Reading({name: value.replace("\r\n", "\n").strip() for name, value in form.items()}, language)
    raw = _front(reading, today)
    _give(raw, reading)
    if documents := _documents(reading.values):
        raw["documents"] = documents
    parts = [part for row in range(1, ROWS + 1) if (part := reading.condition(row)) is not None]
    parts += [{"check": prose}] if any((prose := reading.pair("conditions")).values()) else []
    if parts:
        raw["when"] = parts[0] if len(parts) == 1 else {"all": parts}
    return FilledMeasure(reading.values, entry_text(raw), reading.faults)


def _front(reading: _Reading, today: date) -> dict[str, Any]:
    """What it is, whose, where and since when."""
    values = reading.values
    kind = values.get("kind", "") if values.get("kind") in set(PREFIXES) else Kind.SUBSIDY.value
    status, confidence = ("in_force", "high") if values.get("verified") == "yes" else ("unconfirmed", "medium")
    checked = reading.taken("checked", cells.day) or today
    raw: dict[str, Any] = {"id": _id(values, Kind(kind)), "kind": kind, "status": status, "confidence": confidence, "checked": checked}
    for name, path in _TEXTS.items():
        if name in _NEEDED or any(reading.pair(name).values()):
            put_value(raw, path, reading.pair(name))
    issued = reading.taken("date", cells.day)
    for name, value in {"number": values.get("number"), "date": issued and issued.isoformat(), "url": values.get("url")}.items():
        put_value(raw, ("source", name), value or None)
    for name, path in _DAYS.items():
        put_value(raw, path, reading.taken(name, cells.day))
    if values.get("region", COUNTRY) != COUNTRY:
        raw["region"] = {"within": values["region"]}
    return raw


def _give(raw: dict[str, Any], reading: _Reading) -> None:
    """What it gives, in figures."""
    for name, column in figures().items():
        put_value(raw, column.path, reading.taken(name, column.read))
    if "per_head" in raw.get("offer", {}).get("grant", {}):
        raw["offer"]["grant"]["heads"] = reading.values.get("heads") or HEADS[0]


def values_in(text: str, language: str) -> dict[str, str] | None:
    """The fields of a text; None where the form cannot hold all that it says, to the letter."""
    try:
        raw = plain_data(text)
        values = _values(raw, language)
        same = read(values, date.min, language).text == text
    except (
        ValueError,
        yaml.YAMLError,
        RecursionError,
        KeyError,
        TypeError,
        AttributeError,
    ):  # whatever a text that the form did not write may hold
        return None
    return values if same else None


def field_of(found: Found) -> str:
    """The field that a fault of the entry belongs to; "" for none of them."""
    path = tuple(str(part) for part in found.fault.path)
    for name, place in _TEXTS.items():
        if path[: len(place)] == place:
            return f"{name}_{path[len(place)] if len(path) > len(place) else 'zh'}"
    for name, place in {**_DAYS, **{name: column.path for name, column in figures().items()}}.items():
        if path[: len(place)] == place:
            return name
    beside = {
        "when": "conditions_zh",
        "documents": "documents_en" if path[-1:] == ("en",) else "documents_zh",
        "region": "region",
        "valid": "valid_until",
    }
    return path[1] if path[:1] == ("source",) and path[1:2] in [(one,) for one in _SOURCE] else beside.get(path[0] if path else "", "")


def sentence_of(found: Found, language: str) -> str:
    """A fault as it is told beside a field, where nobody sees the names of the text."""
    fault = found.fault
    if fault.code == "figure_by_hand":
        if not fault.allowed:
            return say("measure_figure", language, found=fault.values["found"])
        return say("measure_figure_given", language, found=fault.values["found"], names=listed(fault.allowed, language))
    return fault.sentence(language)


def label_of(found: Found, language: str) -> str:
    """The name of the field that a fault belongs to; "" for none of them."""
    name = field_of(found)
    return figures()[name].label(language) if name in figures() else say(f"mf_{name}", language) if name else ""


def _id(values: Mapping[str, str], kind: Kind) -> str:
    """The one that it has, by its kind, or one made of the name."""
    _, _, rest = values.get("id", "").partition("-")
    made = hashlib.sha256(f"{values.get('name_zh', '')}{values.get('region', '')}".encode()).hexdigest()[:8]
    return f"{PREFIXES[kind]}-{rest or made}"


def _documents(values: Mapping[str, str]) -> list[dict[str, str]]:
    """One a line, in both languages."""
    lists = [[line.strip() for line in values.get(f"documents_{one}", "").split("\n") if line.strip()] for one in LANGUAGES]
    count = max(map(len, lists))
    return [{one: dict(enumerate(lines)).get(at, "") for one, lines in zip(LANGUAGES, lists, strict=True)} for at in range(count)]


def _values(raw: Mapping[str, Any], language: str) -> dict[str, str]:
    verified = raw["status"] == "in_force"
    values = {"id": str(raw["id"]), "kind": str(raw["kind"]), "checked": str(raw["checked"]), "verified": "yes" if verified else ""}
    values["region"] = str(raw.get("region", {}).get("within", COUNTRY))
    for name, path in _TEXTS.items():
        values |= {f"{name}_{one}": str((_at(raw, path) or {}).get(one, "")) for one in LANGUAGES}
    values |= {name: str(_at(raw, ("source", name)) or "") for name in _SOURCE}
    values |= {name: str(_at(raw, path) or "") for name, path in _DAYS.items()}
    for name, column in figures().items():
        given = _at(raw, column.path)
        percent = given is not None and column.shape is Shape.RATE
        values[name] = f"{cells.plain(Decimal(str(given)) * 100)}%" if percent else "" if given is None else str(given)
    values["heads"] = str(_at(raw, ("offer", "grant", "heads")) or "")
    values |= {f"documents_{one}": "\n".join(str(item[one]) for item in raw.get("documents", ())) for one in LANGUAGES}
    when = raw.get("when")
    parts = when["all"] if isinstance(when, dict) and set(when) == {"all"} else [] if when is None else [when]
    leaves = [part for part in parts if "check" not in part]
    for row, leaf in enumerate(leaves, 1):
        values |= dict(zip((f"fact_{row}", f"operator_{row}", f"value_{row}"), row_of(leaf, language), strict=True))
    prose: Mapping[str, Any] = next((part["check"] for part in parts if "check" in part), {})
    return values | {f"conditions_{one}": str(prose.get(one, "")) for one in LANGUAGES}


def _at(raw: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    for name in path:
        raw = raw.get(name, {})
    return raw or None


def kind_labels(language: str) -> list[tuple[str, str]]:
    return [(kind.value, tell(f"choice_kind_{kind.value}", language)) for kind in PREFIXES]
