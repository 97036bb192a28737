"""Trouble to order: refusals, silence, cut connections, slowness, and updates twice or in the wrong order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.simulator.refusals import Refusal, forbidden, too_many


class Kind(StrEnum):
    """What happens to a call that meets the fault."""

    REFUSE = "refuse"  # not done; the refusal is the answer
    SILENCE = "silence"  # done, but the answer never comes
    DROP = "drop"  # not done; the connection is cut
    DROP_AFTER = "drop_after"  # done; the connection is cut


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


@dataclass
class Faults:
    """All the trouble that is in store. Without a method named, calls about updates and the bot itself are spared."""

    latency: float = 0.0  #: seconds of the simulator's clock before each call is looked at
    duplicates: int = 0  #: so many confirmed updates are delivered once more
    disorder: int = 0  #: so many deliveries of several updates come in reverse
    waiting: list[Fault] = field(default_factory=list)

    def flood(self, retry_after: int, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """429 with retry_after, in seconds."""
        self.waiting.append(Fault(Kind.REFUSE, times, method, chat_id, too_many(retry_after)))

    def forbid(
        self, reason: str = "bot was blocked by the user", times: int = 1, method: str | None = None, chat_id: int | None = None
    ) -> None:
        """403 for the reason."""
        self.waiting.append(Fault(Kind.REFUSE, times, method, chat_id, forbidden(reason)))

    def fail(self, code: int, description: str, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """Any refusal, worded in full: 500 "Internal Server Error", 502 "Bad Gateway"."""
        self.waiting.append(Fault(Kind.REFUSE, times, method, chat_id, Refusal(code, description)))

    def silence(self, times: int = 1, method: str | None = None, chat_id: int | None = None) -> None:
        """The call is done, but the client waits for the answer until it gives up."""
        self.waiting.append(Fault(Kind.SILENCE, times, method, chat_id))

    def drop(self, times: int = 1, method: str | None = None, chat_id: int | None = None, after: bool = False) -> None:
        """The connection is cut, before or after the call is done."""
        self.waiting.append(Fault(Kind.DROP_AFTER if after else Kind.DROP, times, method, chat_id))

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The first fault that fits the call, used up by one."""
        spared = chat_id is None and method.lower() in _ABOUT_THE_BOT
        for fault in self.waiting:
            if fault.fits(method, chat_id) and not (spared and fault.method is None):
                fault.times -= 1
                self.waiting = [one for one in self.waiting if one.times > 0]
                return fault
        return None

    def clear(self) -> None:
        self.waiting.clear()
        self.latency, self.duplicates, self.disorder = 0.0, 0, 0


_ABOUT_THE_BOT = {"getme", "getupdates", "setwebhook", "deletewebhook", "getwebhookinfo"}
