"""The words of an English crew, from lexicon/crew.yaml, and the numbers in them."""

from __future__ import annotations

import re

from nlu.cues import people
from nlu.cues.load import expression
from nlu.numbers.english_words import DIGITS, ONES, TENS

_SMALL = "|".join(word for word, value in ONES.items() if value)
#: A count of people, in digits or words.
NUMBER = (
    rf"(?<!hundred and )(?<!thousand and )(?:\d{{1,4}}|(?:{'|'.join(TENS)})(?:[ -](?:{DIGITS}))?|{_SMALL})"
    r"(?![\w%.,/]*\d)(?!-?(?:year|month|yr)| (?:dozen|hundred|thousand))"
)


def _words(entry: str) -> re.Pattern[str]:
    return expression(
        "crew",
        entry,
        number=NUMBER,
        crew_role=people.CREW_ROLE,
        crew_kin=people.CREW_KIN,
        crew_kins=people.CREW_KINS,
        crew_before=people.CREW_BEFORE,
        crew_place=people.CREW_PLACE,
        crew_job=people.CREW_JOB,
        crew_works=people.CREW_WORKS,
    )


#: One part of a crew, and what joins it to the next.
PART, JOIN = _words("part"), _words("join")
#: How many they are in all, in so many words; after some left or came; in an answer that counts again; in words about something else.
WHOLE, MOVED, PUT, ALL = _words("whole"), _words("moved"), _words("put"), _words("all")
#: The owner and those told with him; nobody but the owner.
WITH_ME, ALONE = _words("with_me"), _words("alone")
#: Behind a chain: somebody else, who is not counted. In its clause: these are not the staff.
GOES_ON, NOT_STAFF = _words("goes_on"), _words("not_staff")
#: How far around a chain they may stand.
REACH = 36
LARGEST = 3000
