"""New measures from a sheet or a structured feed: what a person finishes, an entry and a bulletin about it. Nothing of it counts yet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.bulletins.checks import TOPICS, is_place
from bot.bulletins.model import LANGUAGES
from bot.bulletins.timing import ZONE, next_morning
from knowledge.entries import Kind
from knowledge.regions import COUNTRY

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
    """A measure that cannot be drafted; the message says which and why in one sentence."""


@dataclass(frozen=True)
class Drafted:
    """A measure as the two files that a person finishes, and what of them is still to be written."""

    id: str
    kind: Kind
    entry: Mapping[str, Any]
    bulletin: Mapping[str, Any]
    open: tuple[str, ...]


def drafted(measures: Sequence[Mapping[str, Any]], now: datetime) -> list[Drafted]:
    """Every measure of a feed. Raises BadFeed, for the first that cannot be drafted."""
    found = [_drafted(number, _plain(number, raw), now) for number, raw in enumerate(measures, 1)]
    ids = [one.id for one in found]
    if twice := [name for name in ids if ids.count(name) > 1]:
        raise BadFeed(f"two measures have the id {twice[0]}")
    return found


def _plain(number: int, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty; texts without the blanks around them."""
    plain = {str(name).strip(): value.strip() if isinstance(value, str) else value for name, value in raw.items()}
    plain = {name: value for name, value in plain.items() if name and value not in (None, "", [])}
    if strange := sorted(plain.keys() - {*NEEDED, *BESIDE}):
        raise BadFeed(f"measure {number}: there is no {strange[0]}; known are {', '.join((*NEEDED, *BESIDE))}")
    if lacking := [name for name in NEEDED if name not in plain]:
        raise BadFeed(f"measure {number}: {lacking[0]} is missing")
    return plain


def _drafted(number: int, plain: Mapping[str, Any], now: datetime) -> Drafted:
    if plain["kind"] not in {topic.value for topic in TOPICS}:
        raise BadFeed(f"measure {number}: kind is one of {', '.join(sorted(topic.value for topic in TOPICS))}, not {plain['kind']}")
    kind, region = Kind(plain["kind"]), str(plain.get("region", COUNTRY))
    if not is_place(region):
        raise BadFeed(f"measure {number}: no region has the code {region}")
    valid = {name: _day(number, plain, f"valid_{name}") for name in ("from", "until") if f"valid_{name}" in plain}
    name = _id(number, plain, kind)
    entry: dict[str, Any] = {
        "id": name,
        "kind": kind.value,
        "status": "unconfirmed",
        "confidence": "medium",
        "name": _pair(plain, "name"),
        "summary": _pair(plain, "summary"),
        "source": _source(plain),
        "checked": now.date(),
    }
    if valid:
        entry["valid"] = valid
    if region != COUNTRY:
        entry["region"] = {"within": region}
    if (when := _condition(number, plain)) is not None:
        entry["when"] = when
    if "documents_zh" in plain:
        entry["documents"] = _documents(plain)
    if "apply_zh" in plain:
        entry["apply"] = _pair(plain, "apply")
    bulletin = _bulletin(name, region, plain, valid.get("until"), now)
    return Drafted(name, kind, entry, bulletin, tuple(_open(entry, bulletin, plain)))


def _source(plain: Mapping[str, Any]) -> dict[str, Any]:
    source: dict[str, Any] = {"issuer": _pair(plain, "issuer")}
    if "title_zh" in plain:
        source["title"] = _pair(plain, "title")
    return source | {name: str(plain[name]) for name in ("number", "date", "url") if name in plain}


def _condition(number: int, plain: Mapping[str, Any]) -> Any:
    """A rule as entries have it, or prose for a person to check."""
    if "when" in plain:
        if not isinstance(plain["when"], dict):
            raise BadFeed(f"measure {number}: when is a condition as entries have it")
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


def _id(number: int, plain: Mapping[str, Any], kind: Kind) -> str:
    """The one that was given, or one made of the name."""
    prefix = _PREFIXES[kind]
    given = str(plain.get("id", "")).removeprefix(f"{prefix}-")
    if given and not _ID.fullmatch(given):
        raise BadFeed(f"measure {number}: an id has small letters, digits and hyphens, not {given}")
    return f"{prefix}-{given or hashlib.sha256(str(plain['name_zh']).encode()).hexdigest()[:8]}"


def _day(number: int, plain: Mapping[str, Any], name: str) -> date:
    value = plain[name]
    if isinstance(value, datetime):
        return value.date()
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise BadFeed(f"measure {number}: {name} is a day such as 2026-12-31, not {value}") from None
