"""The rating report put into words: who the firm is, its figures and its grade, what fits, and how the report may be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from bot.conversation.decision import Decision
from bot.conversation.rating.analysis import (
    check_lines,
    flow_bars,
    flow_note,
    month_bars,
    months_note,
    open_checks,
    open_ratios,
    passed_checks,
    ratio_line,
    ratio_note,
)
from bot.conversation.rating.report import Figure, Rated, RatingReport
from bot.conversation.rating.sheet import GradeBox, Line, MatchLine, ReasonLine, Sheet
from bot.conversation.render import chance_percent, default_band, needs
from bot.conversation.sources import document_named, validity
from bot.conversation.terms import money_parts
from bot.conversation.texts import joined, say
from bot.conversation.weak_points import weak_figures
from bot.matching.match import Match
from bot.matching.next_way import marred
from knowledge.derived import SIZE_LABELS
from knowledge.eligibility import Status
from knowledge.firm import Fact, FactType, Firm, groups, spec_of, vocabulary
from knowledge.formats import day, fact_label, fact_value, percent

#: Who holds the report: the owner, staff of a bank who entered the figures, or a lender that its owner lets see it.
Holder = Literal["owner", "staff", "referral"]

#: Shown of every firm, known or not; and shown where known, as many as there is room for.
_IDENTITY = ("industry", "region", "legal_form", "age_months", "employees")
_MORE_IDENTITY = ("uscc", "new_hires_12m", "social_insurance_paid", "high_tech", "specialised_level", "patents", "platform")
_NEED = ("amount_sought", "purpose", "term_months", "collateral", "tax_grade", "overdue_12m")
_MORE_NEED = (
    "max_rate", "collateral_value", "guarantor", "blacklisted", "tax_arrears", "in_litigation", "vat_taxpayer",
    "credit_inquiries_6m", "loan_matures_in_days",
)  # fmt: skip
_MORE_AT_MOST = 3
_TERMS = 3
_ADVICE_AT_MOST = 2

_WORDS = (
    "rating_heading", "rating_portrait", "rating_need", "rating_score", "rating_reasons", "rating_figures", "rating_flows",
    "rating_ratios", "rating_checks", "rating_matches", "rating_notes", "rating_in", "rating_out", "rating_column_figure",
    "rating_column_value", "rating_column_source", "rating_column_on", "rating_column_ratio", "rating_column_bound",
    "rating_column_basis", "rating_column_match", "rating_column_terms", "rating_column_valid", "rating_sound", "rating_weak",
    "rating_no_reasons", "card_grade_none", "card_grade_none_why", "card_no_matches", "rating_terms_none",
    "card_best_end", "card_worst_end",
)  # fmt: skip
_GRADES = {"A": "card_grade_a", "B": "card_grade_b", "C": "card_grade_c", "D": "card_grade_d", "E": "card_grade_e"}


def sheet_of(report: RatingReport, language: str, holder: Holder = "owner") -> Sheet:
    """The report for a reader of `language`, with the consent that goes with who holds it."""
    title, subtitle = _titles(report.firm, language)
    words = {key.removeprefix("rating_"): say(key, language) for key in _WORDS}
    words["ratio_note"] = ratio_note(report, language)
    words["page"] = say("rating_page", language, page="{page}", of="{of}")
    words["number"] = say("rating_number", language, number=report.number)
    words["decides"] = say("card_decides", language)
    return Sheet(
        language=language,
        number=report.number,
        title=title,
        subtitle=subtitle,
        date=day(report.on, language),
        words=words,
        portrait=tuple(_portrait(report, language)),
        need=tuple(_lines(_NEED, _MORE_NEED, report.firm, language)),
        grade=_grade(report.rated, report.firm, language) if report.rated else None,
        grades=report.grades,
        reasons=tuple(_reasons(report.rated, language)) if report.rated else (),
        figures=tuple(_figure(figure, language) for figure in report.figures),
        flows=flow_bars(report, language),
        flow_note=flow_note(report, language),
        ratios=tuple(ratio_line(ratio, language) for ratio in report.ratios),
        ratios_open=open_ratios(report, language),
        checks=check_lines(report, language),
        checks_passed=passed_checks(report, language),
        checks_open=open_checks(report, language),
        matches=tuple(_match(match, report, language) for match in report.matches),
        counts=_counts(report, language),
        notes=tuple(_notes(report, language, holder)),
        months=month_bars(report, language),
        months_note=months_note(report, language),
    )


def capital(text: str) -> str:
    """A text as the beginning of a line."""
    return text[:1].upper() + text[1:]


def _titles(firm: Firm, language: str) -> tuple[str, str]:
    """The firm's name over its trade and place; without a name these are the title."""
    known = [capital(fact_value(name, firm[name], language)) for name in ("industry", "region") if name in firm]
    trade = (" · " if language == "zh" else ", ").join(known)
    name = str(firm["firm_name"]).strip() if "firm_name" in firm else ""
    return (name, trade) if name else (trade or say("card_untitled", language), "")


# -- who the firm is ---------------------------------------------------------------------------------------------------------


def _portrait(report: RatingReport, language: str) -> Iterator[Line]:
    firm = report.firm
    yield _line("firm_name", firm.fact("firm_name"), language, label=say("rating_name", language))
    sizes = joined([SIZE_LABELS[size][language] for size in report.sizes], language)
    size_label = say("rating_size", language)
    if len(report.sizes) == 1:
        yield Line(size_label, capital(sizes))
    elif "industry" in firm and len(report.sizes) < len(SIZE_LABELS):
        yield Line(size_label, capital(say("rating_sizes_or", language, sizes=sizes)))
    else:
        yield Line(size_label, say("rating_missing", language), known=False)
    yield from _lines(_IDENTITY, _MORE_IDENTITY, firm, language)
    owner = list(_owner(firm, language))
    if owner:
        yield Line(say("rating_owner", language), capital(joined(owner, language)))


def _owner(firm: Firm, language: str) -> Iterator[str]:
    """Age, share and group of the person behind the firm, as far as known."""
    if "owner_age" in firm:
        yield say("rating_owner_age", language, age=firm["owner_age"])
    if "owner_share" in firm:
        yield say("rating_owner_share", language, share=fact_value("owner_share", firm["owner_share"], language))
    if "owner_group" in firm:
        yield fact_value("owner_group", firm["owner_group"], language)


def _lines(always: Sequence[str], more: Sequence[str], firm: Firm, language: str) -> Iterator[Line]:
    for name in (*always, *[name for name in more if name in firm][:_MORE_AT_MOST]):
        yield _line(name, firm.fact(name), language)


def _line(name: str, fact: Fact | None, language: str, label: str = "") -> Line:
    label = label or capital(fact_label(name, language))
    if fact is None:
        return Line(label, say("rating_missing", language), known=False)
    return Line(label, _value(fact, language))


def _value(fact: Fact, language: str) -> str:
    if spec_of(fact.name).type is FactType.FLAG:
        return capital(say("rating_yes" if fact.value else "rating_no", language))
    value = fact_value(fact.name, fact.value, language)
    return capital(say("noted_about", language, value=value) if fact.approximate else value)


def _figure(figure: Figure, language: str) -> Line:
    line = _line(figure.name, figure.fact, language)
    if figure.fact is None:
        return line
    source = say(f"rating_source_{figure.fact.source.value}", language)
    return Line(line.label, line.value, source=source, on=figure.fact.as_of.isoformat())


# -- its grade ---------------------------------------------------------------------------------------------------------------


def _grade(rated: Rated, firm: Firm, language: str) -> GradeBox:
    score = rated.score
    weak = list(weak_figures(firm, language))
    band = say("rating_band", language) if rated.decision is None else say("rating_band_card", language)
    return GradeBox(
        grade=rated.grade,
        best=rated.best,
        worst=rated.worst,
        name=say(_GRADES[rated.grade], language),
        lines=(
            *_decided(rated.decision, language),
            Line(say("rating_pd", language), say(f"rating_pd_{score.end or 'about'}", language, pd=chance_percent(score.pd))),
            Line(say("rating_range", language), _range(rated, language)),
            Line(band, default_band(score.band, language)),
            Line(say("rating_points", language), str(score.points)),
            Line(say("rating_coverage", language), percent(score.coverage, 0)),
            *((Line(say("rating_seen_first", language), joined(weak, language)),) if weak else ()),
        ),
    )


def _range(rated: Rated, language: str) -> str:
    """Between what ends the probability lies; an end where the data stop is open."""
    low, high = map(chance_percent, rated.score.interval)
    below, above = rated.score.open_ends
    key = ("whole" if below else "above") if above else "below" if below else "value"
    return say(f"rating_range_{key}", language, low=low, high=high, confidence=percent(rated.confidence, 0))


def _decided(decision: Decision | None, language: str) -> Iterator[Line]:
    if decision is not None:
        told = say("rating_decided_by", language, by=decision.by, on=day(decision.on, language), card=decision.card_grade)
        yield Line(say("rating_decided", language), told)


def _reasons(rated: Rated, language: str) -> Iterator[ReasonLine]:
    advised = 0
    for reason in rated.score.reasons:
        advice = reason.advice(language) or ""
        advice, advised = (advice, advised + 1) if advice and advised < _ADVICE_AT_MOST else ("", advised)
        points = say("rating_reason_points", language, points=f"{reason.points:+g}")
        yield ReasonLine(reason.text(language), points, reason.points > 0, advice)


# -- what fits, and how the report may be used -------------------------------------------------------------------------------


def _counts(report: RatingReport, language: str) -> str:
    counts = {status.value: report.counts[status] for status in Status}
    return say("rating_counts", language, all=sum(counts.values()), **counts)


def _match(match: Match, report: RatingReport, language: str) -> MatchLine:
    entry, judgement = match.entry, match.judgement
    open_ = match.status is Status.UNKNOWN
    return MatchLine(
        name=entry.name[language],
        lender=entry.provider.name[language] if entry.provider else "",
        status=match.status.value,
        status_word=say(f"status_{match.status.value}", language),
        terms=tuple(money_parts(match, language)[:_TERMS]),
        source=document_named(entry, language),
        validity=validity(entry, language, report.on),
        needs=capital(needs(judgement.missing[:3], judgement.findings, language)) if open_ else "",
    )


def _notes(report: RatingReport, language: str, holder: Holder) -> Iterator[Line]:
    yield Line(say("rating_note_decides", language), say("rating_note_decides_text", language))
    told = {spec.group for name, spec in vocabulary().items() if name in report.firm}
    listed = joined([label[language].lower() for group, label in groups().items() if group in told], language)
    yield Line(say("rating_note_consent", language), say(f"rating_note_consent_{holder}", language, groups=listed))
    yield Line(say("rating_note_figures", language), say("rating_note_figures_text", language))
    scored = say("rating_note_score_text", language, version=report.card_version)
    marred_text = ("" if language == "zh" else " ") + say("rating_note_marred", language) if marred(report.firm) else ""
    yield Line(say("rating_note_score", language), scored + marred_text)
    yield Line(say("rating_note_number", language), say("rating_note_number_text", language))
