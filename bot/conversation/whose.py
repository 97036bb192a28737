"""Whose firm a message tells of: the owner's own, that of somebody for whom the owner asks, or one beside the owner's. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.conversation.common import asks_for_other
from bot.conversation.model import Dialogue


class Whose(StrEnum):
    """OTHER is taken as the firm of the talk; what is told of one APART is noted nowhere, for the owner's own is known."""

    OWN = "own"
    OTHER = "other"
    APART = "apart"


_KIN = (
    "爸爸?|妈妈?|老爸|老妈|父亲|母亲|爸妈|父母|老公|老婆|媳妇|爱人|男朋友|女朋友|表?[哥姐弟妹]"
    "|叔叔?|舅舅?|姑[父妈]?|姨[父妈]?|岳[父母]|公公|婆婆"
)
#: 我爸开的厂; my husband runs a café.
_FIRM_OF_KIN = re.compile(
    rf"我(?:{_KIN})(?:[他她]们?)?(?:自己)?(?:也|就)?(?:在[^，。,.]{{1,8}})?(?:开|办|搞|经营|承包|包了|种|养|做(?!饭))(?!车|会|心)"
    r"|\bmy (?:father|mother|dad|mum|mom|husband|wife|brother|sister|uncle|aunt|parents)(?:,? (?:he|she|they))? "
    r"(?:runs?|owns?|has|have|started|opened) (?:an? |the |their |his |her )?",
    re.IGNORECASE,
)
#: Who writes for the boss speaks of the boss's firm.
_FOR_BOSS = re.compile(
    r"[帮替代给](?:我们?|咱们?)?(?:老板|领导|东家)(?:来)?(?:问|咨询|打听|了解|看)|\b(?:for|on behalf of) (?:my|our|the) boss\b",
    re.IGNORECASE,
)
#: The owner speaks of a firm that is the owner's own.
_MINE = re.compile(r"我(?:自己|本人|这边|这儿|也)|我们|咱|俺|(?<!\w)我(?=[想要有开做在是])|\b(?:i|my own|we|our)\b", re.IGNORECASE)
#: Of that person again: 他想借20万. What he says to the owner, or wants of the owner, is not of his firm.
_HE = re.compile(
    r"^\W*(?:那么?|可是|但是?|不过|还有|对了|然后|而且|因为)?[他她](?!们?(?:说|讲|告诉|让|叫|问|骗|催|收|给|找|要(?:我|收)))"
    r"|^\W*(?:and |so |but |well,? )*(?:he|she)\b(?! (?:said|says|told|asked|wants? (?:me|us)))",
    re.IGNORECASE,
)


def whose(text: str, dialogue: Dialogue) -> Whose:
    """Whose firm a message tells of, by its words and by the talk so far."""
    if dialogue.of_other:
        return Whose.OTHER
    asks = asks_for_other(text)
    if not dialogue.firm.facts:
        of_kin = _FIRM_OF_KIN.search(text) is not None and not _MINE.search(_FIRM_OF_KIN.sub("", text))
        return Whose.OTHER if asks or of_kin or _FOR_BOSS.search(text) else Whose.OWN
    again = dialogue.apart and _HE.match(text) is not None and not _MINE.search(text)
    return Whose.APART if asks or again else Whose.OWN
