"""`versions` and `replay`: which knowledge there has been, and an entry or an answer as it stood."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from bot.commands.knowledge.shell import Shell, Unusable, entry_text, print_json, when_text
from bot.storage.moments import utc
from bot.storage.packs import NoVersion, Packs, Version
from knowledge.authoring.faults import nearest
from knowledge.authoring.rule_words import rule_lines
from knowledge.pack import Pack


def list_versions(shell: Shell, as_json: bool) -> int:
    """List every version, newest first."""
    with shell.packs() as packs:
        found = packs.versions()
    for version, entries in found:
        if as_json:
            print_json({**_json(version), "entries": entries})
        else:
            who = shell.tell("by_author", author=version.author, note=version.note or "–") if version.author else ""
            event = shell.tell(f"event_{version.event}")
            print(
                shell.tell("version", digest=version.digest[:12], at=when_text(version.at), event=event, entries=entries, who=who).rstrip()
            )
    if not found and not as_json:
        print(shell.tell("no_versions"))
    return 0


def replay_entry(shell: Shell, entry_id: str, on: date, as_json: bool) -> int:
    """An entry as answers had it at the end of a day."""
    evening = datetime.combine(on, time.max).astimezone().astimezone(UTC)
    with shell.packs() as packs:
        version = packs.answering_at(evening)
        if version is None:
            raise Unusable(shell.tell("no_version_on", day=on))
        pack = packs.pack(version.digest)
    _tell_entry(shell, pack, entry_id, version.digest, on, as_json, version)
    return 0


def replay_turn(shell: Shell, number: int, entry_id: str | None, as_json: bool) -> int:
    """What was said in a stored turn, and the entries it drew on as they stood."""
    with shell.packs() as packs:
        turn = packs.turn(number)
        if turn is None:
            raise Unusable(shell.tell("no_turn", number=number))
        pack = _kept(packs, turn.digest)
    day = _local(turn.at)
    if as_json:
        entries = {source: pack.kept[source].text for source in turn.sources if source in pack.kept}
        print_json(
            {"turn": number, "at": turn.at.isoformat(), "heard": turn.heard, "said": turn.said, "digest": turn.digest, "entries": entries}
        )
        return 0
    print(shell.tell("turn", number=number, at=when_text(turn.at), digest=turn.digest[:12]))
    print(f"< {turn.heard.get('text') or turn.heard.get('press') or turn.heard.get('file') or '–'}")
    for reply in turn.said:
        print("\n".join(f"> {line}" for line in str(reply.get("text", "")).splitlines()))
    for source in (entry_id,) if entry_id else turn.sources:
        if source in pack.kept or entry_id:
            print()
            _tell_entry(shell, pack, source, turn.digest, day, False, None)
    if turn.sources and not pack.kept:
        print(shell.tell("version_not_kept", digest=turn.digest[:12]))
    return 0


def _tell_entry(shell: Shell, pack: Pack, entry_id: str, digest: str, on: date, as_json: bool, version: Version | None) -> None:
    if entry_id not in pack.kept:
        near = nearest(entry_id, pack.kept)
        raise Unusable(shell.tell("entry_unknown", id=entry_id, hint=shell.tell("meant", near=near) if near else ""))
    kept, entry = pack.kept[entry_id], pack.get(entry_id)
    if as_json:
        print_json({"entry": entry_id, "on": on.isoformat(), "digest": digest, "file": kept.file, "text": kept.text})
        return
    author = shell.tell("by_author", author=version.author, note=version.note or "–") if version and version.author else ""
    print(shell.tell("replayed", id=entry_id, digest=digest[:12], day=on, author=author).rstrip())
    if entry is not None:
        print(entry_text(entry, pack, on, shell.language))
        print("\n".join(rule_lines(entry.rule, shell.language)))
    print(f"--- {kept.file}\n{kept.text.rstrip()}")


def _kept(packs: Packs, digest: str) -> Pack:
    try:
        return packs.pack(digest)
    except NoVersion:
        return Pack({}, digest)


def _local(moment: datetime) -> date:
    return utc(moment).astimezone().date()


def _json(version: Version) -> dict[str, Any]:
    return {"digest": version.digest, "at": version.at.isoformat(), "event": version.event, "author": version.author, "note": version.note}
