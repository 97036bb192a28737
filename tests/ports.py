"""Ports for servers that must be told theirs."""

from __future__ import annotations

import contextlib
import random
import socket

# Below the ports that systems hand out by themselves, so that nothing else gets this one before its server has started.
_FIRST, _LAST = 15_000, 32_000


def free_port() -> int:
    """A port of the loopback on which nobody listens."""
    while True:
        port = random.SystemRandom().randint(_FIRST, _LAST)  # whatever seed a test has set
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
