"""What an owner wants a loan to stand on that nothing here is told of. Pure."""

from __future__ import annotations

from datetime import date

from knowledge.search import SearchIndex, named_things
from nlu.mentions import extract_facts

#: A pledge of no kind that the rules ask for.
_OTHER = frozenset({"other", "none"})


def unknown_security(index: SearchIndex, text: str, today: date) -> str | None:
    """The thing in its asker's words; None where none is named, or it is of a kind that banks are known to take."""
    things = named_things(text)
    if not things or _pledges(text, today):
        return None
    return next((thing for thing in things if not _is_taken(index, thing, today)), None)


def _is_taken(index: SearchIndex, thing: str, today: date) -> bool:
    if index.not_told(thing) is not None:
        return False
    return _pledges(f"i pledge my {thing}" if thing.isascii() else f"拿{thing}去抵押", today) or index.pledged(thing)


def _pledges(statement: str, today: date) -> bool:
    """Whether a statement is read as a pledge of a kind that the rules ask for."""
    kinds = extract_facts(statement, today=today).facts.get("collateral")
    return isinstance(kinds, tuple) and not _OTHER.issuperset(kinds)
