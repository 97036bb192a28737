"""Entries as small as an entry can be, for tests that are about one of its keys."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge.entries import Entry

CHECKED = date(2026, 11, 21)


def made_entry(entry_id: str = "sub-example", kind: str = "subsidy", zh: str = "示例", en: str = "Example", **changes: Any) -> Entry:
    """An entry in force with a name, a source and nothing else but `changes`, keys as in the files; a product has its bank."""
    provider = {"provider": {"id": "bank", "name": {"zh": "银行", "en": "Bank"}}} if kind == "product" else {}
    plain = {
        "id": entry_id,
        "kind": kind,
        "status": "in_force",
        "confidence": "high",
        "name": {"zh": zh, "en": en},
        "summary": {"zh": f"{zh}的说明。", "en": f"About {en}."},
        "source": {"issuer": {"zh": "财政部", "en": "Ministry of Finance"}},
        "checked": CHECKED,
    }
    return Entry.model_validate(plain | provider | changes)
