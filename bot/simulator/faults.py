"""Trouble to order: refusals, silence, cut connections, slowness, and updates twice or in the wrong order; once, or at random."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.simulator.refusals import Refusal, forbidden, migrated, too_many


class Kind(StrEnum):
    """What happens to a call that meets the fault."""

    REFUSE = "refuse"  # not done; the refusal is the answer
    SILENCE = "silence"  # done, but the answer never comes
    DROP = "drop"  # not done; the connection is cut
    DROP_AFTER = "drop_after"  # done; the connection is cut
    MIGRATE = "migrate"  # the plain group it is about becomes a supergroup just before
    ASTRAY = "astray"  # done, but what is sent into a deleted topic lands in General


@dataclass
class Fault:
    """Trouble for the next `times` calls of a method (any, if None) about a chat (any, if None)."""

    kind: Kind
    times: int = 1
    method: str | None = None
    chat_id: int | None = None
    refusal: Refusal | None = None

    def fits(self, method: str, chat_id: int | None) -> bool:
        named = self.method is None or self.method.lower() == method.lower()
        return self.times > 0 and named and self.chat_id in (None, chat_id)


#: What can come at random to a call, as ordered for one: the 429 asks for 1 to 5 seconds.
_RANDOM_CALLS: dict[str, Callable[[random.Random], Fault]] = {
    "flood": lambda dice: Fault(Kind.REFUSE, refusal=too_many(dice.randint(1, 5))),
    "forbid": lambda _: Fault(Kind.REFUSE, refusal=forbidden(_BLOCKED)),
    "fail": lambda _: Fault(Kind.REFUSE, refusal=Refusal(502, "Bad Gateway")),
    "migrate": lambda _: Fault(Kind.MIGRATE),
    "silence": lambda _: Fault(Kind.SILENCE),
    "drop": lambda _: Fault(Kind.DROP),
    "drop_after": lambda _: Fault(Kind.DROP_AFTER),
}
_RANDOM_UPDATES = ("duplicate", "disorder")
_BLOCKED = "bot was blocked by the user"


@dataclass
class Faults:
    """All the trouble that is in store. Without a method named, calls about updates and the bot itself are spared."""

    latency: float = 0.0  #: seconds of the simulator's clock before each call is looked at
    duplicates: int = 0  #: so many confirmed updates are delivered once more
    disorder: int = 0  #: so many deliveries of several updates come in reverse
    waiting: list[Fault] = field(default_factory=list)
    straying: bool = False  #: the call under way met ASTRAY
    _rates: dict[str, float] = field(default_factory=dict)
    _dice: dict[str, random.Random] = field(default_factory=dict)

    def flood(self, retry_after: int, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """429 with retry_after, in seconds."""
        self.waiting.append(Fault(Kind.REFUSE, times, method, chat_id, too_many(retry_after)))

    def forbid(self, reason: str = _BLOCKED, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """403 for the reason."""
        self.waiting.append(Fault(Kind.REFUSE, times, method, chat_id, forbidden(reason)))

    def fail(self, code: int, description: str, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """Any refusal, worded in full: 500 "Internal Server Error", 502 "Bad Gateway"."""
        self.waiting.append(Fault(Kind.REFUSE, times, method, chat_id, Refusal(code, description)))

    def migrate(self, to_chat_id: int | None = None, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """400 "group chat was upgraded to a supergroup chat" that names the new id; with none given, the plain group really moves."""
        kind = Kind.MIGRATE if to_chat_id is None else Kind.REFUSE
        self.waiting.append(Fault(kind, times, method, chat_id, None if to_chat_id is None else migrated(to_chat_id)))

    def silence(self, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """The call is done, but the client waits for the answer until it gives up."""
        self.waiting.append(Fault(Kind.SILENCE, times, method, chat_id))

    def drop(self, times: int = 1, method: str | None = None, chat_id: int | None = None, after: bool = False) -> None:
        """The connection is cut, before or after the call is done."""
        self.waiting.append(Fault(Kind.DROP_AFTER if after else Kind.DROP, times, method, chat_id))

    def astray(self, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """What is sent into a deleted topic lands in General, without an error."""
        self.waiting.append(Fault(Kind.ASTRAY, times, method, chat_id))

    def at_random(self, seed: int, rates: Mapping[str, float]) -> None:
        """From now on each call meets a fault with these probabilities, the same ones for the same seed and the same calls.

        For calls: flood, forbid, fail, migrate, silence, drop, drop_after; for each confirmed update: duplicate; for each delivery:
        disorder. Raises ValueError for another name and for rates that are no probabilities.
        """
        unknown = rates.keys() - _RANDOM_CALLS.keys() - set(_RANDOM_UPDATES)
        if unknown:
            raise ValueError(f"no fault comes at random under the name {', '.join(sorted(unknown))}")
        of_calls = sum(rate for name, rate in rates.items() if name in _RANDOM_CALLS)
        if of_calls > 1 or not all(0 <= rate <= 1 for rate in rates.values()):
            raise ValueError("rates are probabilities, and those of calls exclude each other")
        self._rates = dict(rates)
        # Dice of their own, so that how often a bot polls does not change which calls fail.
        names = ("call", *_RANDOM_UPDATES)
        self._dice = {name: random.Random(f"{seed}/{name}") for name in names}  # noqa: S311 - it guards nothing

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The first fault that fits the call, used up by one; else one that comes at random."""
        spared = chat_id is None and method.lower() in _ABOUT_THE_BOT
        for fault in self.waiting:
            if fault.fits(method, chat_id) and not (spared and fault.method is None):
                fault.times -= 1
                self.waiting = [one for one in self.waiting if one.times > 0]
                return fault
        return self._by_chance() if self._rates and not spared else None

    def wants_disorder(self) -> bool:
        return self.disorder > 0 or self._falls("disorder")

    def disordered(self) -> None:
        """Updates were delivered in another order, as wanted."""
        self.disorder = max(0, self.disorder - 1)

    def doubles(self) -> bool:
        """Whether the update just confirmed is delivered once more."""
        if self.duplicates > 0:
            self.duplicates -= 1
            return True
        return self._falls("duplicate")

    def clear(self) -> None:
        """No trouble any more, neither ordered nor at random."""
        self.waiting.clear()
        self._rates.clear()
        self.latency, self.duplicates, self.disorder = 0.0, 0, 0

    def _by_chance(self) -> Fault | None:
        dice = self._dice["call"]
        fallen = dice.random()
        for name, make in _RANDOM_CALLS.items():
            fallen -= self._rates.get(name, 0.0)
            if fallen < 0:
                return make(dice)
        return None

    def _falls(self, name: str) -> bool:
        return name in self._rates and self._dice[name].random() < self._rates[name]


_ABOUT_THE_BOT = {"getme", "getupdates", "setwebhook", "deletewebhook", "getwebhookinfo"}
