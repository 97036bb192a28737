"""An owner's papers as they are kept, exported and erased with the dialogue: plain JSON and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.conversation.papers import Doubt, Held, Item, OwnerPaper
from knowledge.firm import spec_of, to_json, vocabulary
from nlu.uploads.document import Document, Period, Sentence
from nlu.uploads.flows import series_json
from nlu.uploads.wire import sum_from_json, sum_to_json


def owner_paper_to_json(paper: OwnerPaper) -> dict[str, Any]:
    return {
        "id": paper.id,
        "batch": paper.batch,
        "name": paper.name,
        "digest": paper.digest,
        "document": paper.document.value,
        "period": _period_to_json(paper.period),
        "holder": paper.holder,
        "items": [_item_to_json(item) for item in paper.items],
        "remarks": [_said(remark) for remark in paper.remarks],
        "series": series_json.to_json(paper.series) if paper.series else None,
        "confirmed": paper.confirmed,
        "accepted": list(paper.accepted),
        "sums": [[name, sum_to_json(one)] for name, one in paper.sums],
        "joined": list(paper.joined),
        "alone": [_item_to_json(item) for item in paper.alone],
    }


def owner_paper_from_json(plain: Mapping[str, Any]) -> OwnerPaper:
    """The inverse of owner_paper_to_json; figures that the vocabulary no longer knows are ignored."""
    return OwnerPaper(
        id=plain["id"],
        batch=plain["batch"],
        name=plain["name"],
        digest=plain["digest"],
        document=Document(plain["document"]),
        period=_period_from_json(plain["period"]),
        holder=plain["holder"],
        items=tuple(_item_from_json(item) for item in plain["items"] if item["fact"] in vocabulary()),
        remarks=tuple(Sentence(*said) for said in plain["remarks"]),
        series=series_json.from_json(plain["series"]) if plain["series"] else None,
        confirmed=plain["confirmed"],
        accepted=tuple(plain["accepted"]),
        sums=tuple((name, sum_from_json(one)) for name, one in plain.get("sums", ())),
        joined=tuple(plain.get("joined", ())),
        alone=tuple(_item_from_json(item) for item in plain.get("alone", ()) if item["fact"] in vocabulary()),
    )


def _item_to_json(item: Item) -> dict[str, Any]:
    return {
        "fact": item.fact,
        "value": to_json(item.value),
        "where": _said(item.where),
        "as_of": item.as_of.isoformat(),
        "period": _period_to_json(item.period),
        "unit": item.unit,
        "doubts": [[doubt.check, *_said(doubt.why), doubt.sum] for doubt in item.doubts],
        "held": item.held.value if item.held else None,
        "read": _item_to_json(item.read) if item.read else None,
    }


def _item_from_json(plain: Mapping[str, Any]) -> Item:
    return Item(
        plain["fact"],
        spec_of(plain["fact"]).parse(plain["value"]),
        Sentence(*plain["where"]),
        date.fromisoformat(plain["as_of"]),
        _period_from_json(plain["period"]),
        plain["unit"],
        tuple(Doubt(check, Sentence(zh, en), *place) for check, zh, en, *place in plain["doubts"]),
        Held(plain["held"]) if plain["held"] else None,
        _item_from_json(plain["read"]) if plain.get("read") else None,
    )


def _period_to_json(period: Period | None) -> list[str] | None:
    return [period.first.isoformat(), period.last.isoformat()] if period else None


def _period_from_json(plain: Sequence[str] | None) -> Period | None:
    return Period(date.fromisoformat(plain[0]), date.fromisoformat(plain[1])) if plain else None


def _said(sentence: Sentence) -> list[str]:
    return [sentence.zh, sentence.en]
