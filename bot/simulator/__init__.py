"""A local Telegram: a Bot API server with people in it, for tests and for trying the bot without a network.

`World` is everything there is; `world.person(...)` and `world.group(...)` put people into it, `running(world)` serves it on
loopback. What the server takes and returns follows the Bot API described in bot-api.json; refusals use Telegram's words.

Where it is not Telegram: parameters of a wrong type are always refused, while Telegram takes many for their defaults; files are
not fetched from addresses; addresses, tags and phone numbers in a text are found by simple patterns (phone numbers not at all);
a webhook may be plain http, and a chat's updates reach it strictly one after the other, while Telegram lets a press overtake a
message (`World(apart=True)`); updates wait without end, not for a day; a pressed button can be answered once and for 60 seconds;
topics are those of groups, not of private chats (where a message lands is told in `forum`).
Channels, inline mode, business accounts and the old Markdown are missing.
"""

from bot.simulator.clock import ManualClock, SystemClock
from bot.simulator.people import Person, Seen
from bot.simulator.server import running
from bot.simulator.world import World

__all__ = ["ManualClock", "Person", "Seen", "SystemClock", "World", "running"]
