"""`python -m bot.simulator --port N`: a local Telegram to try the bot in."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys

from bot.simulator.clock import SystemClock
from bot.simulator.server import running
from bot.simulator.world import World


async def _serve(port: int, token: str | None, factor: float) -> None:
    clock = SystemClock(factor)
    world = World(token, clock) if token else World(clock=clock)
    async with running(world, port) as address:
        print(f"a local Telegram at {address} with the bot token {world.token}; people and faults at {address}/control", flush=True)
        done = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, done.set)
        await done.wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bot.simulator", description="A local Telegram: Bot API server, people and faults.")
    parser.add_argument("--port", type=int, default=8081, help="port on loopback; 0 takes a free one (default: 8081)")
    parser.add_argument("--token", help="the bot's token; otherwise one that is printed")
    parser.add_argument("--faster", type=float, default=1.0, metavar="N", help="let the simulator's time run N times as fast")
    options = parser.parse_args()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(options.port, options.token, options.faster))
    except OSError as error:
        print(f"cannot listen on port {options.port}: {error.strerror or error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
