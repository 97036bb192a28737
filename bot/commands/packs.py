"""`advisor desk pack`: a referral pack as a file for somebody of the bank's staff, who is noted as having looked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.unusable import Unusable

if TYPE_CHECKING:
    from bot.storage.store import Store

_FORMS: Mapping[str, Literal["pdf", "json"]] = {".pdf": "pdf", ".json": "json"}
_WHY = {
    "unknown": "there is no pack {receipt}; check the number, its last sign tells a slip",
    "not_yours": "pack {receipt} is not for {who}",
    "revoked": "its owner took pack {receipt} back",
    "expired": "pack {receipt} has expired",
}


def add_pack_command(app: typer.Typer, do: Callable[[Callable[[Store], None]], None]) -> None:
    """Give `app` the command; `do` runs something with the store."""

    @app.command()
    def pack(
        receipt: Annotated[str, typer.Argument(help="Number on the owner's receipt, such as RF-7K3Q-9XM2C.")],
        out: Annotated[Path, typer.Option(help="Where it goes: a name that ends in .pdf or .json.")],
        by: Annotated[int, typer.Option("--by", help="Your number among the staff: see advisor desk staff list.")],
        language: Annotated[str, typer.Option("--lang", help="Of the PDF, zh or en; yours unless given.")] = "",
    ) -> None:
        """What an owner lets your bank see, as a file. The owner can see that you looked."""
        do(lambda store: print(write_pack(store, receipt, out, by, language, datetime.now(UTC))))


def write_pack(store: Store, receipt: str, out: Path, by: int, language: str, now: datetime) -> str:
    """Write a pack into `out`, PDF or JSON by its ending. Gives who looked. Raises Unusable where it cannot be seen or written.

    The look commits only with the file written: nobody is told of one that did not happen, and none happens untold.
    """
    from bot.casework.referring import open_pack
    from bot.desk.sharing import Refused
    from bot.storage.desk.people import member_of

    form = _FORMS.get(out.suffix.lower())
    if form is None:
        raise Unusable(f"--out {out.name}: the name ends in .pdf or .json")
    with store.begin() as connection:
        member = member_of(connection, by)
        if member is None:
            raise Unusable(f"nobody of the staff has the number {by}: see advisor desk staff list")
        try:
            opened = open_pack(connection, receipt, member, form, now)
        except Refused as refused:
            raise Unusable(_WHY[refused.reason].format(receipt=receipt, who=member.name)) from None
        _write(out, _content(opened.file, opened.sheets, form, language or member.language))
    return f"{opened.referral.receipt}  {member.name}"


def _content(file: Mapping[str, object], sheets: Mapping[str, Mapping[str, object]], form: str, language: str) -> bytes:
    from bot.pictures.rating import rating_drawn

    if form == "json":
        return json.dumps(file, ensure_ascii=False, indent=2).encode()
    if language not in sheets:
        raise Unusable(f"--lang {language}: zh or en")
    return rating_drawn(sheets[language], "pdf")


def _write(out: Path, content: bytes) -> None:
    try:
        out.touch(mode=0o600)  # what an owner lets one bank see is nobody else's business
        out.write_bytes(content)
    except OSError as error:
        raise Unusable(f"--out {out}: cannot be written: {error.strerror}") from error
