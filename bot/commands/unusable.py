"""What a command says when it cannot run."""

from __future__ import annotations


class Unusable(RuntimeError):
    """The command cannot run; the message says in one line what to do."""
