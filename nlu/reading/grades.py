"""The tax credit grade where an English message names it by its letter: the tax people rate us B, still an M on the tax list."""

from __future__ import annotations

import re

from nlu.cues import frames
from nlu.cues.patterns import scripts_of
from nlu.reading.scope import Scope

#: A letter of its own, as the owner wrote it; a small or opening "a" is an article unless words of a grade stand beside it.
_LETTER = re.compile(r"(?<![\w.&/])(?P<letter>[ABMCD])(?![\w'&/]|\.\w)(?P<behind>[- ](?:grade|rated?|rating|level|class|taxpayer)\b)?")
_GRADE_BEHIND = re.compile(
    r"[- ](?:grade|rated?|rating|level|class|taxpayer|from the|at the|with the|in tax|again|this (?:year|april)|each|since)"
)
_ARTICLE_SAFE = re.compile(r"(?:[,:;-]|\b(?:the|an|letter|grade|rating|rated|get|is|of|at|us|shows|says))\s*['\"]?$|['\"]$")
_TAX = re.compile(r"\b(?:tax(?:es|ation|man|payers?)?|e-tax|fiscal)\b|纳税|税")
_GRADING = re.compile(
    r"\b(?:rat(?:ed?|es|ing)|grad(?:ed?|ing)|credit|list(?:ed)?|letter|level|class|score|points|taxpayers?"
    r"|bureau|office|people|round|app|e-tax|taxation|tax ?man)\b"
)
#: Nothing but a grade is moved to from another, or put on a firm by a bureau.
_GRADES = re.compile(
    r"\bbureau (?:says|said|put|gave|rated|shows|lists|marked|marks|has)\b[^.;]{0,12}[abmcd]\b"
    r"|\bfrom (?:an? )?[abmcd] (?:[a-z]+ ){0,3}to (?:an? )?[abmcd]\b"
    r"|\b(?:marked|rated|graded|downgraded) us (?:(?:as|to) )?(?:an? )?[abmcd]\b|\bwere [abmcd]\b[^.;]{0,40}\b(?:it's|now|we're) [abmcd]\b"
)
#: Directly before a letter: another thing is lettered, or the grade is missed, wished for or left behind.
_ELSE = re.compile(
    r"\b(?:block|hall|building|unit|floor|plan|vitamin|drive class|licence|line|gate|zone|section|part|type|exit|series|room|stall|side"
    r"|round|hepatitis|wing|tower|point|shop|lot|option|appendix|form|group)['\" ]*$"
    r"|\b(?:short of|miss(?:ed|ing)?|not|no|need|needs|needed|want|aim(?:ing)? (?:for|at)|hop(?:e|ing) (?:for|to get)|wish(?:ed)? for"
    r"|instead of|below|above"
    r"|than|back to|reach|at least|become|towards?|next|for)(?: an?| the)? ['\"]?$"
    r"|\bfrom(?: an?| the)? ['\"]?$"
)
_ONCE = re.compile(r"\b(?:were|was|used to be|years? ago|before|until|till|formerly|once|last year|at first|had)\b[^.;,]{0,24}$")
#: Behind a letter: it is a threshold or the past.
_BAR = re.compile(
    r"['\"]? (?:or|and) (?:above|better|higher|up|below|worse)|['\"]?,? (?:before|until|in the beginning|at first|back then)\b"
)
_ANOTHER = re.compile(r"\b(?:friend|neighbou?r|competitor|customer|buyer|supplier|cousin|brother|leaflet|flyer|ad)\b")
#: In a question about what a grade is: the owner's own is told.
_IN_PASSING = re.compile(r"\b(?:our|mine|we're|we are|we have)\b")
_OURS = re.compile(r"\b(?:with top|we|we're|we've|our|ours|us|i|i'm|i've|my|mine|me)\b")
_HOW = re.compile(r"\b(?:how (?:do|can|could|to|long)|what (?:is|does|are)|what's|means?|meaning|improve|difference|should|would)\b")


def told_grade(text: str, scope: Scope) -> tuple[str, re.Match[str]] | None:
    """The grade that a capital letter beside words of tax names, the latest of several; None where none stands."""
    of_tax = (_TAX.search(scope.norm) and _GRADING.search(scope.norm)) or _GRADES.search(scope.norm)
    if not scripts_of(scope.norm)[1] or not of_tax:
        return None
    found = [match for match in _LETTER.finditer(text) if _graded(scope, match)]
    return (found[-1]["letter"], found[-1]) if found else None


def _graded(scope: Scope, match: re.Match[str]) -> bool:
    norm, start = scope.norm, match.start()
    low, high = _sentence(norm, start)
    lead = norm[low:start]
    if match["letter"] == "A" and not _no_article(norm, lead, start + 1):
        return False
    if _ELSE.search(lead) or past_or_bar(norm, match.end("letter")) or _ONCE.search(lead):
        return False
    if frames.SUPPOSE.search(lead) or _ANOTHER.search(lead) or not scope.states(*match.span()):
        return False
    asked = "?" in norm[start:high]
    return not asked or (_OURS.search(norm) is not None and not (_HOW.search(lead) and not _IN_PASSING.search(norm)))


def past_or_bar(norm: str, end: int) -> bool:
    """Whether the words behind a grade make it a threshold (B or above) or what was once."""
    return _BAR.match(norm, end) is not None


def _no_article(norm: str, lead: str, end: int) -> bool:
    """Whether a capital A is the grade: words of a grade stand beside it, or it ends what is said."""
    if _GRADE_BEHIND.match(norm, end):
        return True
    return not re.match(r" [a-z]{3,}", norm[end:]) and (not lead.strip() or _ARTICLE_SAFE.search(lead) is not None)


def _sentence(norm: str, place: int) -> tuple[int, int]:
    stops = [stop.end() for stop in frames.SENTENCE.finditer(norm)]
    low = max((stop for stop in stops if stop <= place), default=0)
    return low, min((stop for stop in stops if stop > place), default=len(norm))
