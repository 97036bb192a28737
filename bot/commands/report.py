"""`advisor report`: the rating report of one firm, from a file of facts, for staff of a bank."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from bot.conversation.answers.rating import report_of
from bot.conversation.model import Dialogue
from bot.conversation.rating.sheet import sheet_to_json
from bot.conversation.rating.wording import sheet_of
from bot.conversation.world import Scene, World
from bot.pictures.rating import rating_drawn
from knowledge.firm import Fact, FactError, Firm, Provenance, spec_of

_KEYS = frozenset({"value", "source", "as_of", "approximate"})
_FORMS: Mapping[str, Literal["pdf", "png"]] = {".pdf": "pdf", ".png": "png"}


class ReportError(ValueError):
    """The report cannot be made; the message says in one sentence what to change."""


def write_report(world: World, facts: Path, out: Path, language: str, today: date) -> str:
    """Draw the report of the facts in a JSON file into `out` (PDF, or PNG for a phone) and give its number. Raises ReportError."""
    form = _FORMS.get(out.suffix.lower())
    if form is None:
        raise ReportError(f"--out {out.name}: the name ends in .pdf or .png")
    firm = _read(facts, today)
    scene = Scene.wordless(world, Dialogue(firm=firm, language=language), today)
    report = report_of(scene)
    content = rating_drawn(sheet_to_json(sheet_of(report, language, "staff")), form)
    try:
        out.touch(mode=0o600)  # what is known of a firm is nobody else's business
        out.write_bytes(content)
    except OSError as error:
        raise ReportError(f"--out {out}: cannot be written: {error.strerror}") from error
    return report.number


def _read(path: Path, today: date) -> Firm:
    try:
        raw = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ReportError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ReportError(f"{path}: not JSON") from error
    given = raw["facts"] if isinstance(raw, dict) and isinstance(raw.get("facts"), dict) else raw
    if not isinstance(given, dict):
        raise ReportError(f"{path}: expected an object of fact names and values")
    return Firm({name: _fact(name, value, today) for name, value in given.items() if value is not None})


def _fact(name: str, raw: Any, today: date) -> Fact:
    """A fact as a plain value, which staff enter today, or as an object that says where it is from and of when."""
    told = raw if isinstance(raw, dict) else {"value": raw}
    strange = [key for key in told if key not in _KEYS]
    if strange or "value" not in told:
        raise ReportError(f"{name}: an object has value, and if known source, as_of and approximate")
    try:
        as_of = date.fromisoformat(told["as_of"]) if "as_of" in told else today
        source = Provenance(told.get("source", Provenance.STAFF))
        return Fact(name, spec_of(name).parse(told["value"]), source, as_of, approximate=told.get("approximate") is True)
    except FactError as error:
        raise ReportError(str(error)) from error
    except (ValueError, TypeError) as error:
        raise ReportError(f"{name}: source is said, file or staff, and as_of a date such as 2026-11-21") from error
