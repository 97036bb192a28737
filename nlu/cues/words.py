"""Words that say a flag, a choice or a figure, from the lexicon: choices, trades, purposes, flags, sayings, told, nought, worded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from nlu.cues.load import frame, pattern, table
from nlu.cues.patterns import Pattern


def _trades(fact: str, value: str) -> Iterator[Mapping[str, Any]]:
    """What lexicon/trades.yaml adds to an industry."""
    if fact == "industry" and value in table("trades")["roles"]:
        yield table("trades")["roles"][value]


#: (value, words); where two values claim the same place the earlier one stands.
Words = tuple[tuple[str, Pattern], ...]

CHOICES: Mapping[str, Words] = {
    fact: tuple((value, pattern(entry, *_trades(fact, value))) for value, entry in values.items())
    for fact, values in table("choices").items()
}

#: General ways of saying a trade, for goods and services that no table knows.
WAYS: Words = tuple((value, pattern(entry)) for value, entry in table("trades")["ways"].items())

#: What the money may buy or pay, and the wish for money near which these words say what it is for.
PURPOSE_OBJECTS: Words = tuple((value, pattern(entry)) for value, entry in table("purposes")["objects"].items())
PURPOSE_WISH = pattern(table("purposes")["wish"])

#: What says no is tried before what says yes: 没有官司 holds 官司.
FLAGS: Mapping[str, tuple[tuple[bool, Pattern], ...]] = {
    fact: tuple((said == "yes", pattern(entry)) for said, entry in values.items() if said in ("yes", "no"))
    for fact, values in table("flags").items()
}

#: Whole clauses that say a flag (yes, no) or a choice; the first value that is said stands.
SAYINGS: Mapping[str, Words] = {
    fact: tuple((value, pattern(entry)) for value, entry in values.items()) for fact, values in table("sayings").items()
}

#: What a flag is about: words that say yes by being named, words that need an affirming one beside them, words that only a denial makes
#: a statement.
TOPICS: Mapping[str, tuple[tuple[str, Pattern], ...]] = {
    fact: tuple((kind, pattern(entry)) for kind, entry in values.items() if kind in ("named", "about", "denied"))
    for fact, values in table("flags").items()
}

#: Figures that are nought when the words say so.
NOUGHT: Mapping[str, Pattern] = {fact: pattern(entry) for fact, entry in table("nought").items()}

#: Figures said in words: fact, value, words.
WORDED: tuple[tuple[str, Decimal, Pattern], ...] = tuple(
    (fact, Decimal(value), pattern(entry)) for fact, values in table("worded").items() for value, entry in values.items()
)

#: English sentences that say a flag or a choice as a whole; within a fact the first that stands holds.
TOLD: Mapping[str, Words] = {
    fact: tuple((str(value), pattern({"en": said})) for value, said in values.items()) for fact, values in table("told").items()
}

#: Things whose denial makes their figure nought: no overdue, 专利一个没有.
DENIABLE: Mapping[str, Pattern] = {fact: pattern(entry["denied"]) for fact, entry in table("nought").items() if "denied" in entry}


def _grade(grade: str) -> Pattern:
    low = grade.lower()
    rank = r"(?:等级|评级|评定|级别|信用级别|信用)"
    alone = r"(?:^|[,;] ?)" if low == "a" else r"\b"  # an article is no grade
    said = r"(?:去年|今年|现在)?(?:是|为|评(?:了|为|的|上)?|拿(?:了|到)|有|掉到?|降(?:到|为|成)|升(?:到|为|成)|变成)?(?:了)?(?:个|的是)?"
    return Pattern(
        rf"纳税[^，。,;；?？a-z]{{0,8}}(?<![a-z]){low}(?![a-z])"
        rf"|(?:税务|税|信用){rank}?(?:等级)?[^，。,;；\w]{{0,3}}{said}\s?{low}(?:级|类)?(?![a-z])"
        rf"|(?<![a-z])(?<!资质)(?<!资质是)(?<!安全){low} ?级(?:纳税)?(?!别)(?!供应商)(?!景区)"
        rf"|\btax (?:credit )?(?:grade|rating|class|level|credit)(?: is| of|:| =|是|为)?(?: an?)? ?{low}\b"
        rf"|\b(?:grade|class|level) {low}\b(?: tax\w*)?"
        rf"|\btax {low}\b(?= (?:cuz|cos|because|since|as|after)\b|[,;)]|\.(?!\w)|$)"
        rf"|\btax\b[^.;]{{0,60}}\brated {low}\b|\bgrade ?(?:应该?)?是 ?{low}(?![a-z])"
        rf"|\bgrade\b[^.;]{{0,30}}\b(?:ours|mine) is (?:an? )?{low}\b"
        rf"|\b(?:rated|graded) {low}\b(?=[.,;!]|$| by| (?:for|in|this|last))"
        rf"|(?<![a-z]){low}[- ](?:grade|rated?|level|class)(?!-\w| (?:one|two|three|four|\d|[abcdm]\b|school))(?: tax\w*)?"
        rf"|\btax\b[^.;]{{0,24}}\b(?:grade|rating|level)\b[^.;]{{0,12}}\b(?:to|out|remains|is|fell to|stays) {low}(?=$"
        rf"|[.,;!?]| (?:because|as|since|due|this|for|after|and)\b)"
        rf"|\b(?:credit )?(?:grade|rating) (?:is|dropped to|fell to|went to|remains|came out|:) {low}(?=$|[.,;!?]"
        rf"| (?:because|as|since|due|this|for|after|and)\b)"
        rf"|\btax (?:bureau|office)\b[^.;?]{{0,8}}\b(?:gave|gives|put)\b[a-z ]{{0,16}}\b(?:an? |at |on )?{low}(?=[.,;!]|$"
        rf"| (?:this|last|for|rating|grade))"
        rf"|\bat {low} for tax\b|\btax {low} level\b|\bgeneral, {low}\b|\brating {low}(?=[.,;!]|$)"
        rf"|{alone}{low} rating(?=[,.;]|$| at the tax| from the tax)"
        rf"|(?:credit )?rating是 ?{low}(?![a-z])|等级 ?{low}(?![a-z])|(?:评级|信用)[从由] ?[abmcd]级? ?(?:降|掉|升|变)(?:到"
        rf"|成|为) ?{low}(?![a-z])"
    )


TAX_GRADE: Words = tuple((grade, _grade(grade)) for grade in "ABMCD")

#: Stands directly before a word that names somebody else's business: 给饭店送菜, sell to restaurants.
FOR_OTHERS = frame("for_others")
#: A platform counts when the owner sells there.
PLATFORM_VERB = frame("platform_verb")
COLLATERAL_NONE = frame("collateral_none")
COLLATERAL_FRAME = frame("collateral_frame")
#: Owning a house in so many words counts even where nobody speaks of pledging.
OWNS_HOUSE = frame("owns_house")
