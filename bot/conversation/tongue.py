"""A message that goes back to a language and says more behind it: "back to English please, which papers?". Pure."""

from __future__ import annotations

import re

#: A trade may begin like this, too: "English, maths and piano lessons". So something besides its name says that the language is meant.
_SWITCH = re.compile(
    r"\W*(?:(?:ok(?:ay)?|so|and|now|please|sorry|let'?s|can we|could we)[, ]+)*"
    r"(?:(?:(?:switch|go|change|move|get|talk|speak|back|to|in) )+english(?: again| please| now| then)*"
    r"|english(?: again| please| now| then)+)"
    r"\W*[,.;!:?\n]\s*(?=\w+\W+\w)",
    re.IGNORECASE,
)
_SWITCH_ZH = re.compile(
    r"\W*(?:(?:好的?|那|嗯|还是|我们|咱们?)[，, ]*)*(?:(?:换回?|改回?|用|说|讲|回到?)+(?:中文|汉语|普通话)(?:吧|说|聊|讲|问|来|了)*"
    r"|(?:中文|汉语|普通话)(?:吧|了))[，,。！; ]+(?=\S{3})"
)


def switched_to(text: str) -> str | None:
    """The language that a message goes over to before it says something else; None where it does not."""
    if _SWITCH.match(text):
        return "en"
    return "zh" if _SWITCH_ZH.match(text) else None


def without_switch(text: str) -> str:
    """What such a message says behind it."""
    found = _SWITCH.match(text) or _SWITCH_ZH.match(text)
    return text[found.end() :] if found else text
