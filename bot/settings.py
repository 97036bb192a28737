"""Settings from the environment. The only module that reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

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

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r})"


def read_settings() -> Settings:
    """ADVISOR_HOME, ADVISOR_KNOWLEDGE, ADVISOR_NLU_PYTHON, DATABASE_URL, and those that begin with TELEGRAM_.

    Everything has a default but the token; without a webhook's address Telegram is polled.
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
    )


def preferred_language() -> str:
    """zh where the locale is Chinese, else en."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"
