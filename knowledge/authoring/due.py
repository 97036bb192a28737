"""What a person must look at again: terms that end or have ended, what was checked long ago, what is uncertain or left to people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from knowledge.authoring.wording import listed, tell
from knowledge.conditions import All, AnyOf, Check, Condition, Not
from knowledge.entries import Entry, Standing

#: Days after a check until the next, for what is certain and for what is not.
REVIEW_DAYS, UNCERTAIN_REVIEW_DAYS = 180, 90


@dataclass(frozen=True)
class Due:
    """An entry to look at by a day, and why."""

    entry: Entry
    day: date
    reasons: tuple[str, ...]

    def line(self, language: str, on: date) -> str:
        """2026-12-31  sub-x  name: why; source."""
        why = listed((self._reason(reason, language, on) for reason in self.reasons), language)
        values = {"day": self.day, "id": self.entry.id, "name": self.entry.name[language], "source": self.source(language)}
        return tell("due_line", language, why=why, **values)

    def source(self, language: str) -> str:
        """Issuer and document number, else title."""
        source = self.entry.source
        document = source.number or (source.title[language] if source.title else None)
        return " ".join(filter(None, (source.issuer[language], document)))

    def as_json(self, language: str) -> dict[str, Any]:
        """For other programs."""
        valid = self.entry.valid
        return {
            "entry": self.entry.id,
            "name": self.entry.name[language],
            "due": self.day.isoformat(),
            "reasons": list(self.reasons),
            "valid_until": valid.until.isoformat() if valid.until else None,
            "checked": self.entry.checked.isoformat(),
            "source": self.source(language),
            "url": self.entry.source.url,
        }

    def _reason(self, reason: str, language: str, on: date) -> str:
        until = self.entry.valid.until or on
        values = {"days": abs((until - on).days), "checked": self.entry.checked, "count": by_hand(self.entry.when)}
        return tell(f"due_{reason}", language, **values)


def due(entries: Iterable[Entry], on: date, within: int) -> tuple[Due, ...]:
    """What to look at on a day or within so many days of it, the most pressing first."""
    found = (_due(entry, on, on + timedelta(days=within)) for entry in entries if entry.status in ("in_force", "unconfirmed"))
    return tuple(sorted((item for item in found if item is not None), key=lambda item: (item.day, item.entry.id)))


def by_hand(condition: Condition | None) -> int:
    """How many points of a rule only a person can check."""
    match condition:
        case Check():
            return 1
        case Not(part):
            return by_hand(part)
        case All(parts) | AnyOf(parts):
            return sum(by_hand(part) for part in parts)
    return 0


def _due(entry: Entry, on: date, horizon: date) -> Due | None:
    if entry.replaced_by is not None and entry.standing(on) is Standing.ENDED:
        return None
    until = entry.valid.until
    uncertain = entry.confidence == "medium" or entry.status == "unconfirmed"
    hands = by_hand(entry.when) > 0
    review = entry.checked + timedelta(days=UNCERTAIN_REVIEW_DAYS if uncertain or hands else REVIEW_DAYS)
    reasons = {
        "ended": until is not None and until < on,
        "ending": until is not None and on <= until <= horizon,
        "unchecked": review <= horizon,
        "uncertain": uncertain,
        "by_hand": hands,
    }
    told = tuple(reason for reason, holds in reasons.items() if holds)
    if not told:
        return None
    day = min(until, review) if until is not None and until <= horizon else review
    return Due(entry, day, told)
