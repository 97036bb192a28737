"""New measures from a sheet or a structured feed: what a person finishes, an entry and a bulletin about it. Nothing of it counts yet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from bot.bulletins.feed_values import day_of, kind_of, place_of
from bot.bulletins.model import LANGUAGES
from bot.bulletins.timing import ZONE, next_morning
from knowledge.entries import Kind
from knowledge.regions import COUNTRY

T = TypeVar("T")

#: The columns of a sheet, or the keys of an object; those in the first line cannot be left out.
NEEDED = ("kind", "name_zh", "summary_zh", "issuer_zh")
BESIDE = (
    "id", "name_en", "summary_en", "issuer_en", "title_zh", "title_en", "number", "date", "url", "region", "valid_from", "valid_until",
    "conditions_zh", "conditions_en", "when", "documents_zh", "documents_en", "apply_zh", "apply_en", "bulletin_title_zh",
    "bulletin_title_en", "bulletin_body_zh", "bulletin_body_en",
)  # fmt: skip
_PREFIXES = {Kind.PRODUCT: "prd", Kind.GUARANTEE: "gua", Kind.SUBSIDY: "sub", Kind.TAX: "tax", Kind.PROGRAMME: "prg"}
_ID = re.compile(r"[a-z0-9-]+")
#: So long a bulletin may take to leave where the measure does not end sooner.
_LASTS = timedelta(days=30)


class BadFeed(ValueError):
    """Measures that cannot be drafted; the message says of each which, where and why, one a line."""


class _Fault(ValueError):
    """What is wrong with one measure, and in which column."""

    def __init__(self, why: str, column: str = "") -> None:
        super().__init__(why)
        self.column = column


@dataclass(frozen=True)
class Measure:
    """One measure of a feed: its columns, what it is called when something is wrong, and where each column stands, if in a sheet."""

    columns: Mapping[str, Any]
    name: str
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drafted:
    """A measure as the two files that a person finishes, and what of them is still to be written."""

    id: str
    kind: Kind
    entry: Mapping[str, Any]
    bulletin: Mapping[str, Any]
    open: tuple[str, ...]


def drafted(measures: Sequence[Measure], now: datetime) -> list[Drafted]:
    """Every measure of a feed. Raises BadFeed, for all that cannot be drafted."""
    found: list[Drafted] = []
    faults: list[str] = []
    first: dict[str, str] = {}
    for measure in measures:
        try:
            one = _drafted(_plain(measure.columns), now)
            if one.id in first:
                raise _Fault(f"two measures have the id {one.id}: {first[one.id]}, too", "id")
        except _Fault as fault:
            faults.append(f"{measure.places.get(fault.column, measure.name)}: {fault}")
            continue
        first[one.id] = measure.name
        found.append(one)
    if faults:
        raise BadFeed("\n".join(faults))
    return found


def _plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty; texts without the blanks around them."""
    plain = {str(name).strip(): value.strip() if isinstance(value, str) else value for name, value in raw.items()}
    plain = {name: value for name, value in plain.items() if name and value not in (None, "", [])}
    if strange := sorted(plain.keys() - {*NEEDED, *BESIDE}):
        raise _Fault(f"there is no {strange[0]}; known are {', '.join((*NEEDED, *BESIDE))}")
    if lacking := [name for name in NEEDED if name not in plain]:
        raise _Fault(f"{lacking[0]} is missing", lacking[0])
    return plain


def _read(plain: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> T:
    """The value of a column."""
    try:
        return read(plain[name])
    except ValueError as error:
        raise _Fault(str(error), name) from None


def _drafted(plain: Mapping[str, Any], now: datetime) -> Drafted:
    kind = _read(plain, "kind", kind_of)
    region = _read(plain, "region", place_of) if "region" in plain else COUNTRY
    days = {name: _read(plain, name, partial(day_of, name=name)) for name in ("valid_from", "valid_until", "date") if name in plain}
    valid = {name.removeprefix("valid_"): days[name] for name in ("valid_from", "valid_until") if name in days}
    if valid.get("until", date.max) < valid.get("from", date.min):
        raise _Fault(f"valid_until {valid['until']} is before valid_from {valid['from']}", "valid_until")
    name = _id(plain, kind)
    entry: dict[str, Any] = {
        "id": name,
        "kind": kind.value,
        "status": "unconfirmed",
        "confidence": "medium",
        "name": _pair(plain, "name"),
        "summary": _pair(plain, "summary"),
        "source": _source(plain, days.get("date")),
        "checked": now.date(),
    }
    if valid:
        entry["valid"] = valid
    if region != COUNTRY:
        entry["region"] = {"within": region}
    if (when := _condition(plain)) is not None:
        entry["when"] = when
    if "documents_zh" in plain:
        entry["documents"] = _documents(plain)
    if "apply_zh" in plain:
        entry["apply"] = _pair(plain, "apply")
    bulletin = _bulletin(name, region, plain, valid.get("until"), now)
    return Drafted(name, kind, entry, bulletin, tuple(_open(entry, bulletin, plain)))


def _source(plain: Mapping[str, Any], issued: date | None) -> dict[str, Any]:
    source: dict[str, Any] = {"issuer": _pair(plain, "issuer")}
    if "title_zh" in plain:
        source["title"] = _pair(plain, "title")
    source |= {name: str(plain[name]) for name in ("number", "url") if name in plain}
    return source if issued is None else source | {"date": issued.isoformat()}


def _condition(plain: Mapping[str, Any]) -> Any:
    """A rule as entries have it, or prose for a person to check."""
    if "when" in plain:
        if not isinstance(plain["when"], dict):
            raise _Fault("when is a condition as entries have it", "when")
        return plain["when"]
    return {"check": _pair(plain, "conditions")} if "conditions_zh" in plain else None


def _documents(plain: Mapping[str, Any]) -> list[dict[str, str]]:
    """One a line, in both languages."""
    lists = {language: _lines(plain.get(f"documents_{language}", "")) for language in LANGUAGES}
    return [{"zh": one, "en": lists["en"][at] if at < len(lists["en"]) else ""} for at, one in enumerate(lists["zh"])]


def _lines(value: Any) -> list[str]:
    return [str(one).strip() for one in (value if isinstance(value, list) else re.split(r"[\n；;]", str(value))) if str(one).strip()]


def _bulletin(name: str, region: str, plain: Mapping[str, Any], until: date | None, now: datetime) -> dict[str, Any]:
    begins = next_morning(now).astimezone(ZONE)
    last = begins.date() + _LASTS
    return {
        "title": {language: str(plain.get(f"bulletin_title_{language}") or plain.get(f"name_{language}", "")) for language in LANGUAGES},
        "body": {language: str(plain.get(f"bulletin_body_{language}") or plain.get(f"summary_{language}", "")) for language in LANGUAGES},
        "entry": name,
        "region": region,
        "send_at": begins.isoformat(),
        "expires": min(last, until) if until is not None else last,
    }


def _open(entry: Mapping[str, Any], bulletin: Mapping[str, Any], plain: Mapping[str, Any]) -> Iterator[str]:
    yield "status: say in_force once somebody has read the document"
    for part in ("name", "summary", "apply"):
        if part in entry and not entry[part]["en"]:
            yield f"{part}: the English text"
    if not entry["source"]["issuer"]["en"]:
        yield "source.issuer: the English name"
    if "when" not in plain:
        yield "when: the conditions as a rule, so that firms can be tried" if "conditions_zh" in plain else "when: who can get it"
    if any(not one["en"] for one in entry.get("documents", ())):
        yield "documents: the English names"
    yield "offer: what it gives, and cases that show each outcome"
    if not all((*bulletin["title"].values(), *bulletin["body"].values())):
        yield "bulletin: the English text"


def _pair(plain: Mapping[str, Any], name: str) -> dict[str, str]:
    return {language: str(plain.get(f"{name}_{language}", "")) for language in LANGUAGES}


def _id(plain: Mapping[str, Any], kind: Kind) -> str:
    """The one that was given, or one made of the name."""
    prefix = _PREFIXES[kind]
    given = str(plain.get("id", "")).removeprefix(f"{prefix}-")
    if given and not _ID.fullmatch(given):
        raise _Fault(f"an id has small letters, digits and hyphens, not {given}", "id")
    return f"{prefix}-{given or hashlib.sha256(str(plain['name_zh']).encode()).hexdigest()[:8]}"
