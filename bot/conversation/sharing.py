"""Letting a lender see the firm's file: what is being chosen, and what a turn asks to have done. Carried out with the turn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Sharing:
    """What an owner is about to let be seen: by which lender, for which product, and which fields."""

    lender: str
    product: str | None
    fields: tuple[str, ...]

    def digest(self, on: date) -> str:
        """Tells one choice from another, and the day that decides until when: a yes under an older screen is not taken for it."""
        return hashlib.sha256(json.dumps([asdict(self), on.isoformat()]).encode()).hexdigest()[:10]


class Verb(StrEnum):
    """What is to be done."""

    GIVE = "give"
    REVOKE = "revoke"
    LIST = "list"
    LOOKS = "looks"


@dataclass(frozen=True)
class SharingChange:
    """What a turn asks for; whoever carries it out says what became of it, for only the rows tell."""

    verb: Verb
    sharing: Sharing | None = None
    receipt: str | None = None


def sharing_to_json(sharing: Sharing | None) -> dict[str, Any] | None:
    return None if sharing is None else {**asdict(sharing), "fields": list(sharing.fields)}


def sharing_from_json(plain: Mapping[str, Any] | None) -> Sharing | None:
    """The inverse of sharing_to_json."""
    return None if plain is None else Sharing(plain["lender"], plain["product"], tuple(plain["fields"]))
