"""New measures from a sheet or a structured feed: what a person finishes, an entry and a bulletin about it. Nothing of it counts yet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from bot.bulletins.checks import Problem
from bot.bulletins.feed_columns import BESIDE, NEEDED, called, listed
from bot.bulletins.feed_faults import BadFeed, BadValue, Fault, Place
from bot.bulletins.feed_values import day_of, kind_of, place_of
from bot.bulletins.model import LANGUAGES
from bot.bulletins.timing import ZONE, next_morning
from knowledge.entries import Kind
from knowledge.regions import COUNTRY

T = TypeVar("T")
#: What is wrong with a measure, and in which column.
Wrong = list[tuple[str, Problem]]

#: How the ids of each kind begin.
PREFIXES = {Kind.PRODUCT: "prd", Kind.GUARANTEE: "gua", Kind.SUBSIDY: "sub", Kind.TAX: "tax", Kind.PROGRAMME: "prg"}
_ID = re.compile(r"[a-z0-9-]+")
#: So long a bulletin may take to leave where the measure does not end sooner.
_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Measure:
    """One measure of a feed: its columns, and where it stands."""

    columns: Mapping[str, Any]
    place: Place


@dataclass(frozen=True)
class Drafted:
    """A measure as the two files that a person finishes, and what of them is still to be written."""

    id: str
    kind: Kind
    entry: Mapping[str, Any]
    bulletin: Mapping[str, Any]
    open: tuple[Problem, ...]


@dataclass(frozen=True)
class _Values:
    """What was read of a measure besides its texts."""

    id: str
    kind: Kind
    region: str
    days: Mapping[str, date]


def drafted(measures: Sequence[Measure], now: datetime, there: frozenset[str] = frozenset()) -> list[Drafted]:
    """Every measure of a feed. Raises BadFeed with everything that is wrong; also where an id is among those that are `there` already."""
    found: list[Drafted] = []
    faults: list[Fault] = []
    first: dict[str, Place] = {}
    for measure in measures:
        wrong: Wrong = []
        plain = _plain(measure.columns, wrong)
        values = _values(plain, wrong)
        if values is not None and values.id in first:
            wrong.append(("id", Problem("feed_same_id", {"id": values.id, "place": _both(first[values.id])})))
        elif values is not None and values.id in there:
            wrong.append(("id", Problem("feed_there", {"id": values.id})))
        faults += [Fault(problem, measure.place, column) for column, problem in wrong]
        if values is not None:
            first.setdefault(values.id, measure.place)
            if not wrong:
                found.append(_drafted(plain, values, now))
    if faults:
        raise BadFeed(*faults)
    return found


def _both(place: Place) -> dict[str, str]:
    return {language: place.words(language) for language in LANGUAGES}


def _plain(raw: Mapping[str, Any], wrong: Wrong) -> dict[str, Any]:
    """Without what is empty or not known; texts without the blanks around them."""
    plain = {str(name).strip(): value.strip() if isinstance(value, str) else value for name, value in raw.items()}
    plain = {name: value for name, value in plain.items() if name and value not in (None, "", [])}
    known = (*NEEDED, *BESIDE)
    wrong += [("", Problem("feed_unknown", {"column": name, "known": ", ".join(known)})) for name in sorted(plain.keys() - set(known))]
    wrong += [(name, Problem("feed_missing", {"column": called(name)})) for name in NEEDED if name not in plain]
    return {name: value for name, value in plain.items() if name in known}


def _read(plain: Mapping[str, Any], name: str, read: Callable[[Any], T], wrong: Wrong) -> T | None:
    """The value of a column; None where it is missing, or wrong."""
    try:
        return read(plain[name]) if name in plain else None
    except BadValue as error:
        wrong.append((name, error.problem))
        return None


def _values(plain: Mapping[str, Any], wrong: Wrong) -> _Values | None:
    """None where the measure can have no id, for want of its kind or its name."""
    kind = _read(plain, "kind", kind_of, wrong)
    region = _read(plain, "region", place_of, wrong)
    days = {name: _read(plain, name, partial(day_of, name=name), wrong) for name in ("valid_from", "valid_until", "date")}
    begins, until = days["valid_from"], days["valid_until"]
    if begins is not None and until is not None and until < begins:
        wrong.append(("valid_until", Problem("feed_days", {"until": until.isoformat(), "from_": begins.isoformat()})))
    if not isinstance(plain.get("when", {}), dict):
        wrong.append(("when", Problem("feed_when")))
    if kind is None or "name_zh" not in plain:
        return None
    name = _id(plain, kind, wrong)
    return _Values(name, kind, region or COUNTRY, {name: day for name, day in days.items() if day is not None})


def _drafted(plain: Mapping[str, Any], values: _Values, now: datetime) -> Drafted:
    entry: dict[str, Any] = {
        "id": values.id,
        "kind": values.kind.value,
        "status": "unconfirmed",
        "confidence": "medium",
        "name": _pair(plain, "name"),
        "summary": _pair(plain, "summary"),
        "source": _source(plain, values.days.get("date")),
        "checked": now.date(),
    }
    if valid := {name.removeprefix("valid_"): day for name, day in values.days.items() if name != "date"}:
        entry["valid"] = valid
    if values.region != COUNTRY:
        entry["region"] = {"within": values.region}
    if "when" in plain:
        entry["when"] = plain["when"]
    elif "conditions_zh" in plain:
        entry["when"] = {"check": _pair(plain, "conditions")}  # prose, for a person to check
    if "documents_zh" in plain:
        entry["documents"] = _documents(plain)
    if "apply_zh" in plain:
        entry["apply"] = _pair(plain, "apply")
    bulletin = _bulletin(values.id, values.region, plain, values.days.get("valid_until"), now)
    return Drafted(values.id, values.kind, entry, bulletin, tuple(_open(entry, bulletin, plain)))


def _source(plain: Mapping[str, Any], issued: date | None) -> dict[str, Any]:
    source: dict[str, Any] = {"issuer": _pair(plain, "issuer")}
    if "title_zh" in plain:
        source["title"] = _pair(plain, "title")
    source |= {name: str(plain[name]) for name in ("number", "url") if name in plain}
    return source if issued is None else source | {"date": issued.isoformat()}


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


def _open(entry: Mapping[str, Any], bulletin: Mapping[str, Any], plain: Mapping[str, Any]) -> Iterator[Problem]:
    yield Problem("feed_open_status")
    english = [f"{part}_en" for part in ("name", "summary", "apply") if part in entry and not entry[part]["en"]]
    english += ["issuer_en"] if not entry["source"]["issuer"]["en"] else []
    english += ["documents_en"] if any(not one["en"] for one in entry.get("documents", ())) else []
    if english:
        yield Problem("feed_open_english", {"columns": listed(*english)})
    if "when" not in plain:
        yield Problem("feed_open_rule" if "conditions_zh" in plain else "feed_open_conditions")
    yield Problem("feed_open_offer")
    if not all((*bulletin["title"].values(), *bulletin["body"].values())):
        yield Problem("feed_open_bulletin")


def _pair(plain: Mapping[str, Any], name: str) -> dict[str, str]:
    return {language: str(plain.get(f"{name}_{language}", "")) for language in LANGUAGES}


def _id(plain: Mapping[str, Any], kind: Kind, wrong: Wrong) -> str:
    """The one that was given, or one made of the name."""
    prefix = PREFIXES[kind]
    given = str(plain.get("id", "")).removeprefix(f"{prefix}-")
    if given and not _ID.fullmatch(given):
        wrong.append(("id", Problem("feed_id", {"found": given})))
    return f"{prefix}-{given or hashlib.sha256(str(plain['name_zh']).encode()).hexdigest()[:8]}"
