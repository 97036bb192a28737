"""Sentences with places for figures, from lexicon/slots.yaml and slots_zh.yaml: what would <amount_sought> cost me, 开口<amount_sought>.

The sentences are matched over the message with every figure put down as one sign of its kind, so that a sentence says where its
figures stand and nothing has to be said of how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.firm import FactType, vocabulary
from nlu.cues.figures import Cue, cue_of
from nlu.cues.load import nouns, table
from nlu.cues.patterns import scripts_of
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

#: One private sign for each kind of figure.
_SIGNS = {"money": "\ue000", "number": "\ue001", "rate": "\ue002", "count": "\ue003", "duration": "\ue004", "year": "\ue005"}
_ANY = "[\ue000-\ue005]"
_KINDS = {
    FactType.MONEY: ("money", "number"),
    FactType.RATE: ("rate", "number"),
    FactType.COUNT: ("count", "number"),
    FactType.MONTHS: ("duration",),
}
_PLAIN = {"sum": ("money", "number"), "rate": ("rate",), "count": ("count", "number"), "span": ("duration",)}
#: What may stand before a figure without changing what it is.
_HEDGE = (
    r"(?:(?:about|around|roughly|maybe|perhaps|probably|some|say|like|approx\.?|approximately|nearly|almost|just|only|over|under"
    r"|up to|at least|an?|another|close to|more or less|well|now|currently|still|rmb|cny|¥|~) ?){0,3}"
)
#: The same before a Chinese figure.
_HEDGE_ZH = (
    r"(?:大概齐?|大约|差不多|约莫?|估摸着?|也?就|才|只|是|有|为|个|近|将近|快|不到"
    r"|总共|一共|[拢统共]共|合计|加起来|刚|刚好|成|¥|[:：]){0,3}"
)
#: What may stand between a Chinese figure and the end of its clause.
_END_ZH = r"(?=(?:左右|上下|出头|的样子|这样|样子|光景|顶天|整|多|块|元|了|吧|呢|哈|啊|呀|嘛|咧|㗎|哩)*(?:$|[，。！？；,;!?、 ]))"
_A_YEAR = re.compile("20[0-4][0-9]")
_SLOT = re.compile(r"<(?P<name>[a-z_0-9]+)(?::(?P<kind>[a-z0-9]+))?>")
#: How far a gap without a length of its own may reach.
_GAP = "40"
_NO_FACT = Cue("", cue_of("employees").words, ())
#: A bare number can be a yearly rate in hundredths or a small count; what lies outside is something else.
_LOWEST_RATE, _HIGHEST_RATE, _LARGEST_COUNT = 2, 24, 5000
_LEAST_BARE_SUM = 20
#: Shares that only a sentence which says so takes from a bare number of hundredths.
_SHARES = frozenset(("owner_share", "largest_customer_share"))
#: What counts people or years of life, never things.
_OF_PEOPLE = frozenset(("new_hires_12m", "graduate_hires_12m", "owner_age"))
#: A message with more figures than this is a table: no sentence says where they belong.
_FIGURES_AT_MOST = 32


@dataclass(frozen=True)
class Slots:
    """One sentence. `instead`: what it says stands before figures that other words gave for the same fact."""

    words: re.Pattern[str]
    instead: bool


def _signs(names: tuple[str, ...]) -> str:
    return f"[{''.join(_SIGNS[name] for name in names)}]"


def _place(match: re.Match[str], hedge: str) -> str:
    """A slot as a pattern: a figure for a fact, a plain figure, words between figures, or a kind of noun."""
    name, kind = match["name"], match["kind"]
    if name == "end":
        return _END_ZH
    if name == "gap":
        return rf"[^.;!?。！？；\ue000-\ue005]{{0,{kind or _GAP}}}?"
    if name == "nouns":
        return nouns(str(kind))
    if name == "year":
        return f"(?:{_SIGNS['year']}|{_A_YEAR.pattern})"
    if name in _PLAIN:
        return _hedged(match, hedge, _signs(_PLAIN[name]))
    if name == "nothing":
        return _hedged(match, hedge, f"(?P<nothing>{_ANY if kind is None else _signs(_PLAIN[kind])})")
    kinds = _KINDS[vocabulary()[name].type] if name not in _SHARES or kind == "bare" else ("rate",)
    return _hedged(match, hedge, f"(?P<{name}>{_signs(kinds)})")


def _hedged(match: re.Match[str], hedge: str, figure: str) -> str:
    return figure if match.start() == 0 else hedge + figure


def _sentences(name: str, hedge: str) -> tuple[Slots, ...]:
    """In the order of the table: what beats other words first."""
    listed = table(name)
    return tuple(
        Slots(re.compile(_SLOT.sub(lambda match: _place(match, hedge), words)), kind == "instead")
        for kind in ("instead", "else")
        for words in listed[kind]
    )


#: Compiled with the module, so that the first message does not wait for them.
_CHINESE, _ENGLISH = _sentences("slots_zh", _HEDGE_ZH), _sentences("slots", _HEDGE)


def _masked(norm: str, found: tuple[Quantity, ...]) -> tuple[str, dict[int, int]]:
    """The message with its figures as signs, and which figure stands at which place of it."""
    pieces: list[str] = []
    places: dict[int, int] = {}
    end = length = 0
    for index, quantity in enumerate(found):
        if quantity.start < end or quantity.kind not in _SIGNS or (quantity.kind == "count" and quantity.value == 1):
            continue  # one customer stays in words
        pieces.append(norm[end : quantity.start])
        length += quantity.start - end
        places[length] = index
        pieces.append(_SIGNS["year" if _A_YEAR.fullmatch(quantity.text) else quantity.kind])
        length += 1
        end = quantity.end
    return "".join([*pieces, norm[end:]]), places


def slotted(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Gives figures the facts that the sentences around them give; the first sentence that names a figure's fact stands."""
    if not 0 < len(found) <= _FIGURES_AT_MOST:
        return
    han, latin = scripts_of(scope.norm)
    masked, places = _masked(scope.norm, found)
    taken: dict[int, str] = {}
    for sentence in (*(_CHINESE if han else ()), *(_ENGLISH if latin else ())):
        for match in sentence.words.finditer(masked):
            for name, index in _named(match, places):
                fact = "" if name == "nothing" else name
                named = index in chosen and bool(chosen[index].cue.fact)
                agreed = named and chosen[index].cue.fact == fact
                if index in taken or (named and not agreed and not sentence.instead) or not _may_be(fact, found[index], found):
                    continue
                others = [at for at, hit in chosen.items() if hit.cue.fact == fact and at != index and at not in taken]
                if agreed and not others and fact not in taken.values():
                    taken[index] = fact
                    chosen[index] = replace(chosen[index], start=found[index].start, end=found[index].start, sentence=True)
                    continue
                if fact in taken.values() or (fact and others and not sentence.instead):
                    continue
                for at in others if fact else ():
                    if fact != "annual_revenue" or found[at].kind != "money":  # several years' sales are told apart later
                        del chosen[at]
                taken[index] = fact
                start = found[index].start
                chosen[index] = Hit(cue_of(fact) if fact else _NO_FACT, start, start, "", sentence=True)


def _shared_out(found: tuple[Quantity, ...]) -> bool:
    """Whether two or three figures in a row make up a whole hundred: 70/30, me 55 my brother 45."""
    parts = [quantity.value * (100 if quantity.kind == "rate" else 1) for quantity in found if quantity.kind in ("number", "rate")]
    return any(sum(parts[at : at + size]) == 100 for size in (2, 3) for at in range(len(parts) - size + 1))


def _named(match: re.Match[str], places: dict[int, int]) -> Iterator[tuple[str, int]]:
    return ((name, places[match.start(name)]) for name, said in match.groupdict().items() if said is not None)


def _may_be(fact: str, quantity: Quantity, found: tuple[Quantity, ...]) -> bool:
    """Whether a figure of its kind can be of that fact: a small number is a sum only beside another sum."""
    if fact == "max_rate" and quantity.kind == "rate":
        return quantity.value * 100 <= _HIGHEST_RATE
    if quantity.kind == "count" and fact in _OF_PEOPLE and quantity.unit == "thing":
        return False
    if not fact or quantity.kind != "number":
        return True
    if fact == "amount_sought" and quantity.value < _LEAST_BARE_SUM and all(other.kind != "money" for other in found):
        return False
    kind = vocabulary()[fact].type
    if kind is FactType.RATE:
        if fact in _SHARES:
            return _shared_out(found)
        if fact == "monthly_inflow_cv":
            return 0 < quantity.value < 2 and quantity.value != 1
        return fact == "max_rate" and _LOWEST_RATE <= quantity.value <= _HIGHEST_RATE
    if kind is FactType.COUNT:
        return quantity.value == quantity.value.to_integral_value() and 0 < quantity.value < _LARGEST_COUNT
    return True
