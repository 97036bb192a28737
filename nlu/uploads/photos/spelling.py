"""Labels of which a letter or a blank was misread, brought back to the one name that statements have for such a line.

Only where a single name is that near, and in Chinese only where the wrong character is one that no line of a statement has: 收 and 付
are one stroke of the eye apart and mean opposite things.
"""

from __future__ import annotations

import re
from functools import cache

from nlu.uploads.statements.labels import Label, label_of
from nlu.uploads.statements.taxonomy import taxonomy

#: Shorter names differ from one another too little, in Chinese and in English.
_SHORTEST_CHINESE, _SHORTEST_ENGLISH = 4, 8
_LONGEST = 60
#: A blank between letters, and a Chinese numeral that was read as another sign: E、利润总额.
_BLANK = re.compile(r"(?<=[A-Za-z]) (?=[A-Za-z])")
_NUMERAL = re.compile(r"[^\u3400-\u9fff\d(（]{1,2}[、，]\s*")
#: What is read for the first letter of the one word that says that a line adds up others.
_TOTAL = re.compile(r"^[lI1|!i]otal\b")
_HAN = re.compile(r"[^\u3400-\u9fff]")
_SIGNS = {-1: "减：", 1: "加："}


def spelled(text: str) -> str:
    """A label as statements have it where it is one of theirs but for a slip, and any other text as it is."""
    if not 3 < len(text) < _LONGEST:
        return text
    text = _TOTAL.sub("Total", text)
    label = label_of(text)
    terms = taxonomy()
    if not terms.knows(label) and (mixed := _mixed_up().get(_letters(_HAN.sub("", text)))) is not None:
        return mixed
    if not label.names or terms.knows(label) or terms.section(label) is not None or label.names[0] in _names().values():
        return text
    meant = next((name for said in label.names if (name := _meant(said)) is not None), None)
    return _reparted(text) if meant is None else _written(meant, label)


def _reparted(text: str) -> str:
    """A label without the blank inside a word, or without the numeral that was misread; as it is where that makes no known label."""
    without = {text[: blank.start()] + text[blank.end() :] for blank in _BLANK.finditer(text)}
    if (misread := _NUMERAL.match(text)) is not None:
        without.add(text[misread.end() :])
    known = [other for other in without if taxonomy().knows(label_of(other))]
    return known[0] if len(known) == 1 else text


def _written(name: str, label: Label) -> str:
    if name.isascii():
        return name.capitalize()
    return ("其中：" if label.within else "") + _SIGNS.get(label.sign, "") + name


def _meant(said: str) -> str | None:
    bare = said.replace(" ", "")
    names = _names()
    if bare in names:
        return names[bare]
    if len(bare) < (_SHORTEST_ENGLISH if said.isascii() else _SHORTEST_CHINESE):
        return None
    near = {name for key, name in names.items() if _is_slip(bare, key)}
    return near.pop() if len(near) == 1 else None


@cache
def _names() -> dict[str, str]:
    """Every name of a line or a section by its letters without blanks."""
    terms = taxonomy()
    lines = [name for form in terms.forms for names in form.lines.values() for name in names]
    return {name.replace(" ", ""): name for name in (*(name for _, name in terms.names), *terms.sections, *lines)}


def _letters(name: str) -> str:
    return "".join(sorted(name))


@cache
def _mixed_up() -> dict[str, str]:
    """Long labels of two lines by their characters in any order: such lines were read one into the other."""
    return {
        _letters(f"{head}权益{other}权益{end}"): f"{head}权益{end}"
        for head, end in (("所有者", "合计"), ("负债和所有者", "总计"))
        for other in ("或股东", "")
    }


@cache
def _characters() -> frozenset[str]:
    """Every character of those names."""
    return frozenset("".join(_names()))


def _is_slip(said: str, name: str) -> bool:
    """Whether one letter more, less or other makes the name of what was read; in Chinese, one that no name has."""
    if abs(len(said) - len(name)) > 1 or said.isascii() != name.isascii():
        return False
    same = next((place for place, (one, other) in enumerate(zip(said, name, strict=False)) if one != other), min(len(said), len(name)))
    if said.isascii():
        rests = {(said[same + 1 :], name[same + 1 :]), (said[same:], name[same + 1 :]), (said[same + 1 :], name[same:])}
        return same > 0 and any(one == other for one, other in rests)
    return len(said) == len(name) and said[same + 1 :] == name[same + 1 :] and said[same] not in _characters()
