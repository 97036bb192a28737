"""A pack as plain JSON. Everything in it is worked out from the firm cut down to the fields that were ticked; see docs/referral-pack.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation.answers.paper_words import title_of
from bot.conversation.firm_file import firm_file
from bot.conversation.model import Dialogue
from bot.conversation.papers import OwnerPaper
from bot.conversation.sharing import Sharing
from bot.conversation.texts import say
from bot.conversation.world import Scene, World
from bot.desk.sharing import Part, cut
from knowledge.firm import FactType, Firm, vocabulary

VERSION = 1
_LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Terms:
    """Under what a pack is given: to whom by name, for which product, and between which days. A preview has no receipt."""

    lender: str
    lender_name: Mapping[str, str]
    product: str | None
    product_name: Mapping[str, str] | None
    fields: tuple[str, ...]
    given_on: date
    until: date
    receipt: str | None = None
    preview: bool = False

    def has(self, part: Part) -> bool:
        return part.value in self.fields


def terms_of(world: World, sharing: Sharing, given_on: date, until: date, receipt: str | None = None, *, preview: bool = False) -> Terms:
    """The terms of a choice, with names in both languages."""
    product = world.pack.get(sharing.product) if sharing.product else None
    return Terms(
        sharing.lender,
        lender_name(world, sharing.lender),
        sharing.product,
        None if product is None else {language: product.name[language] for language in _LANGUAGES},
        sharing.fields,
        given_on,
        until,
        receipt,
        preview,
    )


def lender_name(world: World, lender: str) -> Mapping[str, str]:
    """What a lender is called: by its own entry, else as its desk is; its id where neither is known any more."""
    entry = world.pack.get(lender)
    if entry is not None:
        return {language: entry.name[language] for language in _LANGUAGES}
    desk = next((bank for bank in world.banks if bank.id == lender), None)
    return dict.fromkeys(_LANGUAGES, lender) if desk is None else desk.name


def cut_scene(world: World, dialogue: Dialogue, fields: Sequence[str], today: date) -> Scene:
    """The firm as a lender may see it: nothing that was kept back is in reach of what is worked out here."""
    firm = cut(dialogue.firm, fields)
    papers = dialogue.papers if Part.FILES.value in fields else ()
    seen = Dialogue(firm=firm, language=dialogue.language, papers=tuple(_cut_paper(paper, dialogue.firm, firm) for paper in papers))
    return Scene.wordless(world, seen, today)


def pack_file(scene: Scene, terms: Terms) -> dict[str, Any]:
    """What goes to the lender, from a scene that was cut; a part that was kept back is null."""
    file = firm_file(scene, ())
    shows_matches = terms.has(Part.MATCHES)
    return {
        "version": VERSION,
        "receipt": terms.receipt,
        "lender": {"id": terms.lender, **terms.lender_name},
        "product": None if terms.product is None else {"id": terms.product, **(terms.product_name or {})},
        "purpose": {language: purpose(terms, language) for language in _LANGUAGES},
        "given_on": terms.given_on.isoformat(),
        "valid_until": terms.until.isoformat(),
        "fields": list(terms.fields),
        "as_of": file["as_of"],
        "facts": file["facts"],
        "contradictions": file["contradictions"],
        "score": file["score"] if terms.has(Part.SCORE) else None,
        "matches": file["matches"] if shows_matches else None,
        "counts": file["counts"] if shows_matches else None,
        "uploads": [_upload(paper) for paper in scene.dialogue.papers] if terms.has(Part.FILES) else None,
    }


def case_file(file: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The same beside a case, in the form that the file of any case has."""
    blanks = {name: file[name] or [] for name in ("matches", "uploads")}
    scope = {"file": True, "on": file["given_on"], "receipt": file["receipt"], "fields": file["fields"]}
    kept = {name: file[name] for name in ("version", "as_of", "facts", "contradictions", "score")}
    return {**kept, **blanks, "counts": file["counts"] or {}, "scope": scope, "language": language, "transcript": []}


def emptied_case_file(language: str) -> dict[str, Any]:
    """What is left beside a case once the pack was taken back or has ended."""
    return {"version": VERSION, "scope": {"file": False, "on": None}, "language": language}


def purpose(terms: Terms, language: str) -> str:
    if terms.product_name is None:
        return say("pack_purpose_bank", language)
    return say("pack_purpose_product", language, product=terms.product_name[language])


def _cut_paper(paper: OwnerPaper, whole: Firm, firm: Firm) -> OwnerPaper:
    """A file without its doubts, remarks and figures of facts that were kept back; without a name that gives one of them away."""
    hidden = [name for name in whole if name not in firm and vocabulary()[name].type is FactType.TEXT and whole[name]]
    tells = any(str(whole[name]) in paper.name for name in hidden)
    items = tuple(item for item in paper.items if item.fact in firm)
    return OwnerPaper(paper.id, "", "" if tells else paper.name, "", paper.document, paper.period, None, items, confirmed=paper.confirmed)


def _upload(paper: OwnerPaper) -> dict[str, Any]:
    return {
        "name": paper.name or None,
        "kind": paper.document.value,
        **{language: title_of(paper, language) for language in _LANGUAGES},
        "period": None if paper.period is None else str(paper.period),
        "confirmed": paper.confirmed,
        "facts": [item.fact for item in paper.items],
    }
