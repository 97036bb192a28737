"""What owners are told about a statement, from sentences.yaml."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib import resources

import yaml

from nlu.uploads.document import Sentence


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every sentence by its key, in both languages."""
    raw: dict[str, dict[str, str]] = yaml.safe_load(resources.files("nlu.uploads.statements").joinpath("sentences.yaml").read_text("utf-8"))
    return raw


def tell(key: str, **values: str | Decimal | Sentence) -> Sentence:
    """A sentence with its values; an amount is written as owners read it, a sentence in the language of the whole."""
    texts = sentences()[key]
    return Sentence(
        *(texts[language].format(**{name: _as_text(value, language) for name, value in values.items()}) for language in ("zh", "en"))
    )


def _as_text(value: str | Decimal | Sentence, language: str) -> str:
    if isinstance(value, Sentence):
        return value.say(language)
    return money(value) if isinstance(value, Decimal) else value


def money(amount: Decimal) -> str:
    """An amount as owners read it: 1,234,567 or 1,234.50."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
