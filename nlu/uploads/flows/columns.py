"""What a header cell is the name of: the vocabulary of `columns.yaml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib import resources

import yaml

#: A cell longer than this is a sentence, not the name of a column.
_LONGEST_NAME = 48
_UNIT = re.compile(
    r"\((?:单位:?)?[+-]?(?:人民币)?(?:元|万元|千元|万|人民币|美元|港[币元]|欧元|英镑|日元|rmb|cny|usd|hkd|eur|gbp|us\$|¥|\$|[+-]|%)?[+-]?(?:/[^)]*)?\)"
    r"|(?<=[a-z]) in (?:rmb|cny|usd)$"
)
_NOT_HAN = re.compile(r"[^一-鿿]+")
_NOT_LATIN = re.compile(r"[^a-z&]+")


class Vocabulary:
    """Roles by the names of columns. `special` knows names that are no words, such as 31-60."""

    def __init__(self, roles: Mapping[str, str], special: Callable[[str], str | None] | None = None) -> None:
        self._names = [(role, re.compile(name)) for role, names in roles.items() for name in names.split()]
        self._special = special
        self.role = lru_cache(maxsize=16384)(self._role)

    def _role(self, words: str) -> tuple[str, int] | None:
        """The role of a header cell and how well its name is known (0 best)."""
        low = _UNIT.sub("", words.lower())
        if not low or len(words) > _LONGEST_NAME:
            return None
        if self._special and (role := self._special(low)):
            return role, 0
        for key in (_NOT_HAN.sub("", low), _NOT_LATIN.sub("_", low).strip("_")):
            found = next(((role, rank) for rank, (role, name) in enumerate(self._names) if name.fullmatch(key)), None) if key else None
            if found:
                return found
        return None


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    names: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        resources.files("nlu.uploads.flows").joinpath("columns.yaml").read_text("utf-8")
    )
    return names


def vocabulary(kind: str, special: Callable[[str], str | None] | None = None) -> Vocabulary:
    """The vocabulary of a kind of list. Raises KeyError for a kind that `columns.yaml` does not have."""
    return Vocabulary(_names()[kind], special)
