"""`advisor knowledge`: the tools of those who write entries."""

from __future__ import annotations

from bot.commands.knowledge.options import group

__all__ = ["group"]
