"""What was recognised in a picture is used only where sums vouch for it; the owner confirms the rest."""

from __future__ import annotations

from dataclasses import replace

from nlu.uploads.document import Check, Findings, Sentence, UnreadableError
from nlu.uploads.grid import Opened

#: The check of a figure that no sum vouches for.
NOT_CONFIRMED = "not_confirmed"
#: The share of the figures of a poor picture that sums must vouch for; less shows that it was misread here and there.
_NEARLY_ALL = 0.75
#: Lines that are named to the owner.
_NAMED = 4


def confirmed(findings: Findings, opened: Opened) -> Findings:
    """The findings, in which figures out of a picture that no sum vouches for are doubted. Raises UnreadableError for a poor picture."""
    if not opened.views:
        return findings
    if opened.poor is not None:
        proved = sum(figure.fact in findings.vouched for figure in findings.figures)
        if not findings.figures or proved < _NEARLY_ALL * len(findings.figures):
            raise UnreadableError(opened.poor)
    open_facts = tuple(figure.fact for figure in findings.figures if figure.fact in findings.facts and figure.fact not in findings.vouched)
    if not open_facts:
        return findings
    labels = list(dict.fromkeys(figure.label for figure in findings.figures if figure.fact in open_facts))
    return replace(findings, checks=(*findings.checks, Check(NOT_CONFIRMED, False, _ask(labels), open_facts)))


def _ask(labels: list[str]) -> Sentence:
    named, more = labels[:_NAMED], len(labels) > _NAMED
    zh = "、".join(f"“{label}”" for label in named) + ("等" if more else "")
    en = ", ".join(f"“{label}”" for label in named) + (" and others" if more else "")
    return Sentence(
        f"{zh}是从图片上认出来的，没有合计可以核对，可能看错了，请您确认一下。",
        f"{en}: read from a picture without a sum to check against, so a digit may be wrong. Please confirm.",
    )
