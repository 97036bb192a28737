"""What the console is made of, what one request may look at, and what a page of it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from sqlalchemy import Connection
from starlette.responses import Response

from bot.broadcasting.office import Office
from bot.casework.ports import Desk
from bot.channels.console.files import Files
from bot.channels.console.oidc import Provider
from bot.conversation.world import World
from bot.desk.model import Bank, Case, Member
from bot.desk.rights import Action, may
from bot.storage.desk.doors import Visit
from bot.storage.desk.people import every_bank


@dataclass(frozen=True)
class Console:
    """The console's parts. `providers` are the banks' own sign-ins by the bank's id.

    `address` is where browsers find it, such as https://desk.example; over https the cookies ask for it. `stars` is what one bulletin
    may cost, where the installation pays for sending faster.
    """

    desk: Desk
    world: World
    clock: Callable[[], datetime]
    address: str
    providers: Mapping[str, Provider] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    stars: int = 0

    @property
    def secure(self) -> bool:
        return self.address.startswith("https://")


@dataclass(frozen=True)
class Asked:
    """One request of somebody who is signed in, inside one transaction. `case` is set on the pages of a case.

    `partial` says that a part of the page is asked for, and not the whole.
    """

    console: Console
    connection: Connection
    visit: Visit
    now: datetime
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    partial: bool
    case: Case | None = None

    @property
    def member(self) -> Member:
        return self.visit.member

    @property
    def language(self) -> str:
        return self.member.language

    @property
    def office(self) -> Office:
        """What the use cases of bulletins work with."""
        return Office(self.console.desk.store, self.console.world.pack, self.console.stars)

    @property
    def of_case(self) -> Case:
        """The case of a page whose path names one."""
        assert self.case is not None
        return self.case

    def may(self, action: Action, case: Case | str | None = None) -> bool:
        """Whether the one who asks may do something; without a case, in their own bank."""
        return may(self.member, action, self.member.bank if case is None else case)

    def banks(self, action: Action) -> list[str]:
        """The banks in which the one who asks may do something."""
        return [bank for bank in self.every_bank if may(self.member, action, bank)]

    def read_ahead(self) -> None:
        """Read what every page shows while there is still a connection."""
        vars(self)["every_bank"] = self.every_bank

    @cached_property
    def every_bank(self) -> Mapping[str, Bank]:
        """The banks of the installation by their ids, read once for a request."""
        return {bank.id: bank for bank in every_bank(self.connection)}


@dataclass(frozen=True)
class Page:
    """A route for those who are signed in: what it takes to be let in, and what answers.

    `quiet` pages are asked for by the browser on its own, and keep no visit alive. Without an action everybody on the staff may.
    `apart` pages call use cases that are transactions themselves: the connection of the request is closed before they answer.
    """

    method: Literal["GET", "POST"]
    path: str
    answer: Callable[[Asked], Response]
    action: Action | None = None
    quiet: bool = False
    apart: bool = False


class NotHere(LookupError):
    """There is nothing under this address for the one who asks: it does not exist, or is another bank's."""


class Refused(PermissionError):
    """The one who asks may not do this."""
