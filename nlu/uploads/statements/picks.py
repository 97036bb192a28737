"""Lines picked by their names, such as loans and bank accounts in English lists: whether one misread letter could have changed the pick."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nlu.uploads.statements.equations import held_by
from nlu.uploads.statements.picking import Column

#: Words that make a line a loan, and a bank account.
LOANS = ("loan", "mortgage", "overdraft", "credit", "notes", "bonds", "debenture", "debt", "borrowing", "portion")
ACCOUNTS = ("cash", "bank", "petty", "checking", "chequing", "savings", "deposit", "money")
#: From this length on two letters may be misread.
_LONG = 7


def is_all_of(read: Column, totals: Sequence[str], picked: Collection[int], words: Sequence[str]) -> bool:
    """Whether picked lines stand under one of the totals, and none that stands there with them is named nearly like them."""
    found = [held_by(read.equations, at) for at in read.named(*totals)]
    held = next((lines for lines in found if lines >= set(picked)), None)
    if held is None:
        return False
    # A total is never picked, however its name was read.
    labels = [read.entries[line].line.label for line in held - set(picked)]
    others = {word for label in labels if not label.total for name in label.names for word in name.split()}
    return not any(is_nearly(word, words) for word in others)


def is_nearly(word: str, words: Sequence[str]) -> bool:
    """Whether a word is one of others but for a letter or two; one that is the same is not nearly it."""
    stems = {word, word.removesuffix("s")}
    near = [min(_distance(stem, other) for stem in stems) for other in words]
    far = [2 if len(other) >= _LONG else 1 for other in words]
    return 0 not in near and any(distance <= most for distance, most in zip(near, far, strict=True))


def _distance(first: str, second: str) -> int:
    """Letters to be changed, added or left out to make one word of the other."""
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        before, row[0] = row[0], place
        for at, other in enumerate(second, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != other))
    return row[-1]
