"""Settings from the environment. The only module that reads it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Where things are kept and how to reach the outside. Secrets are left out of the repr."""

    home: Path
    database_url: str
    nlu_python: Path
    project: Path = PROJECT
    knowledge: Path = PROJECT / "knowledge" / "entries"
    telegram_token: str | None = None
    telegram_api: str = "https://api.telegram.org"
    webhook_url: str | None = None
    webhook_listen: str = "127.0.0.1:8443"
    paid_stars: int = 0
    console_url: str | None = None
    console_oidc: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_database(self) -> bool:
        """Whether there may be something in it already: an SQLite file is made by the first command that keeps something."""
        path = self.database_url.removeprefix("sqlite:///")
        return path == self.database_url or Path(path).is_file()

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r})"


def read_settings() -> Settings:
    """ADVISOR_HOME, ADVISOR_KNOWLEDGE, ADVISOR_NLU_PYTHON, DATABASE_URL, and those that begin with TELEGRAM_ or CONSOLE_.

    Everything has a default but the token; without a webhook's address Telegram is polled. CONSOLE_OIDC is a JSON object: by a bank's
    id, its sign-in as {"issuer", "client", "secret"}. Raises ValueError when it is none.
    """
    home = Path(os.environ.get("ADVISOR_HOME") or PROJECT / ".advisor").expanduser()
    return Settings(
        home=home,
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{home / 'advisor.db'}",
        nlu_python=Path(os.environ.get("ADVISOR_NLU_PYTHON") or PROJECT / ".venv-nlu" / "bin" / "python"),
        knowledge=Path(os.environ.get("ADVISOR_KNOWLEDGE") or PROJECT / "knowledge" / "entries").expanduser(),
        telegram_token=os.environ.get("TELEGRAM_BOT_TOKEN") or None,
        telegram_api=(os.environ.get("TELEGRAM_API_URL") or "https://api.telegram.org").rstrip("/"),
        webhook_url=os.environ.get("TELEGRAM_WEBHOOK_URL") or None,
        webhook_listen=os.environ.get("TELEGRAM_WEBHOOK_LISTEN") or "127.0.0.1:8443",
        paid_stars=_count("TELEGRAM_PAID_STARS"),
        console_url=(os.environ.get("CONSOLE_URL") or "").rstrip("/") or None,
        console_oidc=_object("CONSOLE_OIDC"),
    )


def _count(name: str) -> int:
    """A setting that is a whole number; 0 where it is not set. Raises ValueError."""
    told = os.environ.get(name) or "0"
    if not (told.isascii() and told.isdigit()):
        raise ValueError(f"{name} is a whole number, such as 5000")
    return int(told)


def _object(name: str) -> Mapping[str, Any]:
    """A setting that is a JSON object. What it holds is a secret, so no error repeats it."""
    try:
        told = json.loads(os.environ.get(name) or "{}")
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise ValueError(f"{name} is not a JSON object")
    return told


def preferred_language() -> str:
    """zh where the locale is Chinese, else en."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"
