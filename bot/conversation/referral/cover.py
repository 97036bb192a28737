"""A pack on paper: the rating report of what was shared, under a cover that says to whom, for what, until when, and how far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.answers.paper_words import title_of
from bot.conversation.answers.rating import report_of
from bot.conversation.rating.report import RatingReport
from bot.conversation.rating.sheet import Cover, Line, Paper, Sheet
from bot.conversation.rating.wording import capital, sheet_of
from bot.conversation.referral.pack import Terms, purpose
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from bot.desk.sharing import WHOLE, Part, fields_of
from knowledge.firm import Firm
from knowledge.formats import day, fact_label


def pack_sheet(scene: Scene, terms: Terms, language: str) -> Sheet:
    """The report and its cover, from a scene that was cut to the terms' fields."""
    return replace(limited_sheet(report_of(scene), terms.fields, language), cover=_cover(scene, terms, language))


def limited_sheet(report: RatingReport, fields: tuple[str, ...], language: str) -> Sheet:
    """The report of a cut firm without the parts that were kept back, which it says were not shared rather than not known."""
    words: dict[str, str] = {}
    if Part.SCORE.value not in fields:
        report = replace(report, rated=None)
        words |= {"card_grade_none": say("pack_no_score", language), "card_grade_none_why": say("pack_no_score_why", language)}
    if Part.MATCHES.value not in fields:
        report = replace(report, matches=())
        words |= {"card_no_matches": say("pack_no_matches", language)}
    sheet = sheet_of(report, language, "referral")
    counts = sheet.counts if Part.MATCHES.value in fields else ""
    of_grade = say("rating_note_score", language)
    notes = tuple(note for note in sheet.notes if Part.SCORE.value in fields or note.label != of_grade)
    return replace(sheet, words={**sheet.words, **words}, counts=counts, notes=notes)


def pack_paper(scene: Scene, terms: Terms, language: str) -> Paper:
    """The pack as a file of the owner's."""
    return Paper(pack_sheet(scene, terms, language), "pdf", f"{file_stem(terms)}-{language}.pdf")


def file_stem(terms: Terms) -> str:
    return f"loan-pack-{terms.receipt or terms.lender}-{terms.given_on.isoformat()}"


def _cover(scene: Scene, terms: Terms, language: str) -> Cover:
    return Cover(
        title=say("pack_title", language),
        stamp=say("pack_preview", language) if terms.preview else "",
        lines=tuple(_head(terms, language)),
        scope_title=say("pack_scope", language),
        scope=tuple(_scope(scene.dialogue.firm, terms, language)),
        kept=Line(say("pack_kept", language), capital(joined(kept_back(terms.fields, language), language))),
        files_title=say("pack_files", language) if terms.has(Part.FILES) else "",
        files=tuple(f"{paper.name} · {capital(title_of(paper, language))}".removeprefix(" · ") for paper in scene.dialogue.papers),
        rules_title=say("pack_rules", language),
        rules=tuple(say(f"pack_rule_{rule}", language) for rule in _rules(terms)),
    )


def _rules(terms: Terms) -> Iterator[str]:
    yield from ("scope", "purpose")
    if terms.receipt is not None:
        yield "looks"


def _head(terms: Terms, language: str) -> Iterator[Line]:
    until = day(terms.until, language)
    yield Line(say("pack_to", language), terms.lender_name[language])
    yield Line(say("pack_purpose", language), purpose(terms, language))
    yield Line(say("pack_receipt", language), terms.receipt or ("—" if terms.preview else say("pack_carried", language)))
    yield Line(say("pack_given", language), day(terms.given_on, language))
    recalled = terms.receipt is not None or terms.preview
    yield Line(say("pack_until", language), say("pack_until_note", language, until=until) if recalled else until)


def _scope(firm: Firm, terms: Terms, language: str) -> Iterator[Line]:
    """What may be seen, part by part, by the names of the facts."""
    for part in Part:
        label = say(f"shared_part_{part.value}", language)
        if part in WHOLE:
            if terms.has(part):
                yield Line(label, say(f"shared_whole_{part.value}", language))
        elif names := [name for name in fields_of(part, firm) if name in terms.fields]:
            yield Line(label, capital(joined([fact_label(name, language) for name in names], language)))


def kept_back(fields: tuple[str, ...], language: str) -> list[str]:
    """What is never part of a pack, and the parts of which nothing was ticked. Whether there would have been something is not told."""
    from_parts = [part for part in Part if not any(_part_has(part, name) for name in fields)]
    return [say("share_kept_always", language), *(_inside(say(f"shared_part_{part.value}", language)) for part in from_parts)]


def _inside(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]


def _part_has(part: Part, field: str) -> bool:
    return field in fields_of(part, (field,) if part not in WHOLE else ())
