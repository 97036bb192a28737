"""One call of the Bot API from its parameters to its outcome: faults, checks, limits, and then the method itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.simulator import delivery, schema
from bot.simulator.faults import Fault, Kind
from bot.simulator.groups import Group
from bot.simulator.methods import METHODS, Method
from bot.simulator.methods.common import find_chat
from bot.simulator.refusals import Refusal, plain, too_many
from bot.simulator.state import Json
from bot.simulator.wire import Params, check
from bot.simulator.world import World

_ALL: dict[str, Method] = {
    **METHODS,
    "setWebhook": delivery.set_webhook,
    "deleteWebhook": delivery.delete_webhook,
    "getWebhookInfo": delivery.get_webhook_info,
}
#: The methods that are answered; any other is not found.
IMPLEMENTED = (*_ALL, "getUpdates")
_NAMES = {name.lower(): name for name in IMPLEMENTED}
#: What counts against the limits.
_SENDING = {
    "sendMessage", "sendDocument", "sendPhoto", "sendMediaGroup", "copyMessage", "forwardMessage",
    "editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """The HTTP answer of a call, and whether it reaches the client at all."""

    status: int
    body: Json
    fate: Kind | None = None


class Api:
    """The Bot API of one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._polling = delivery.Polling(world)

    async def handle(self, called: str, params: Params) -> Outcome:
        """Do what is asked, or say why not; method names are taken in any case."""
        world = self.world
        if world.faults.latency > 0:
            await world.clock.sleep(world.faults.latency)
        name = _NAMES.get(called.lower())
        if name is None:
            return _refused(plain(404))
        fault = world.faults.take(name, _number(params.values.get("chat_id")))
        if fault is not None and fault.kind in (Kind.REFUSE, Kind.DROP):
            return _spoilt(fault)
        if fault is not None and fault.kind is Kind.MIGRATE:
            self._migrate(_number(params.values.get("chat_id")))
        world.faults.straying = fault is not None and fault.kind is Kind.ASTRAY
        try:
            outcome = Outcome(200, {"ok": True, "result": await self._do(name, params)})
        except Refusal as refusal:
            outcome = _refused(refusal)
        finally:
            world.faults.straying = False
        return Outcome(outcome.status, outcome.body, fault.kind) if fault else outcome

    async def call(self, method: str, values: Json) -> Outcome:
        """A call that did not come over HTTP: the answer of a webhook."""
        return await self.handle(method, Params(values))

    async def _do(self, name: str, params: Params) -> Any:
        values = check(name, params)
        world = self.world
        world.calls.append((name, values))
        world.ignored += [(name, given) for given in params.values if given not in schema.parameters(name)]
        if name == "getUpdates":
            return await self._polling.get_updates(values)
        return self._within_limits(name, values) if name in _SENDING and "chat_id" in values else _ALL[name](world, values)

    def _within_limits(self, name: str, values: Json) -> Any:
        """Refused is what goes beyond the limits; what is refused for another reason does not count."""
        world = self.world
        chat, messages = find_chat(world, values["chat_id"]), len(values.get("media", "1"))
        paid = bool(values.get("allow_paid_broadcast"))
        wait = world.limits.admit(world.clock.now(), chat.id, chat.is_group, messages, paid)
        if wait:
            raise too_many(wait)
        try:
            return _ALL[name](world, values)
        except Refusal:
            world.limits.take_back(chat.id, chat.is_group, messages, paid)
            raise

    def _migrate(self, chat_id: int | None) -> None:
        """A plain group becomes a supergroup; any other chat stays what it is."""
        chat = self.world.chats.get(chat_id or 0)
        if chat is not None and chat.type == "group" and chat.migrated_to is None:
            Group(self.world, chat).migrate()


def _refused(refusal: Refusal) -> Outcome:
    return Outcome(refusal.code, refusal.answer())


def _spoilt(fault: Fault) -> Outcome:
    if fault.kind is Kind.DROP or fault.refusal is None:
        return Outcome(200, {}, Kind.DROP)
    return _refused(fault.refusal)


def _number(chat_id: Any) -> int | None:
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return None
