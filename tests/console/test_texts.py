"""The console's words: everything has some, in both languages, with the same placeholders."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from string import Formatter

import pytest

from bot.bulletins.entries import EntryStatus
from bot.bulletins.model import Doubt, Ending, Status
from bot.channels import console
from bot.channels.console.bulletin_fields import FIELDS
from bot.channels.console.moments import Moments
from bot.channels.console.pages.timeline import timeline
from bot.channels.console.texts import catalogue
from bot.desk.model import Event, Reason, Role
from bot.storage.bulletins.groups import By
from knowledge.firm import vocabulary
from tests.console.staged import NOW

FOLDER = Path(console.__file__).parent
#: Where an entry of an officer may stand.
STANDS = (*(status for status in EntryStatus if status is not EntryStatus.APPROVED), "used", "followed")


def test_every_text_stands_in_both_languages_with_the_same_placeholders() -> None:
    for key, texts in catalogue().items():
        assert set(texts) == {"zh", "en"}, key
        # Months are written by number in Chinese and by name in English.
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} - {"month", "name"} for text in texts.values()]
        assert key == "moment_day" or names[0] == names[1], key


def test_chinese_has_full_width_punctuation() -> None:
    for key, texts in catalogue().items():
        assert not re.search(r"[一-鿿][,;:?!()]|[,;:?!()][一-鿿]", texts["zh"]), key


@pytest.mark.parametrize(
    "key",
    [f"reason_{reason}" for reason in Reason]
    + [f"role_{role}" for role in Role]
    + [f"event_{event}" for event in Event]
    + [f"status_{status}" for status in Status]
    + [f"ending_{ending}" for ending in Ending]
    + [f"doubt_{doubt}" for doubt in Doubt]
    + [f"audience_{word}_{by}" for word in ("by", "group") for by in By]
    + [f"report_by_{by}" for by in By]
    + [f"field_{name}" for name in FIELDS]
    + [f"measure_{stands}" for stands in STANDS]
    + [f"fact_{spec.type}" for spec in vocabulary().values() if not spec.choices],
)
def test_every_value_of_the_desk_has_a_name(key: str) -> None:
    assert key in catalogue()


def test_every_text_is_used_and_every_used_one_is_there() -> None:
    sources = [path.read_text("utf-8") for path in FOLDER.rglob("*") if path.suffix in (".py", ".html")]
    named = set(re.findall(r"""\b(?:t|say|trouble)\(\s*["']([a-z_0-9]+)["']\s*[,)]""", "\n".join(sources)))
    named |= set(re.findall(r""""((?:nav|key|trouble|span|stats|clock|short)_[a-z_]+)\"""", "\n".join(sources)))
    assert named - catalogue().keys() == set()
    made = ("reason_", "role_", "event_", "view_", "told_", "status_", "language_", "do_", "span_", "upload_", "filter_", "trouble_pack_")
    made += ("pack_", "kind_", "why_", "source_", "match_", "learn_lacks_")
    made += (
        "field_",
        "sort_",
        "doubt_",
        "ending_",
        "happened_",
        "audience_by_",
        "audience_group_",
        "bulletin_text_",
        "report_by_",
    )
    made += (
        "bulletin_correction_of",
        "bulletin_withdrawal_of",
        "fact_",
        "column_",
        "mf_",
        "sheet_feed_",
        *(f"measure_{stands}" for stands in STANDS),
    )
    assert [key for key in catalogue() if key not in named and not key.startswith(made)] == []


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "1分钟", "1 min"),
        (1, "1分钟", "1 min"),
        (59, "59分钟", "59 min"),
        (60, "1小时", "1 hour"),
        (61, "1小时1分", "1 h 1 min"),
        (239, "3小时59分", "3 h 59 min"),
        (240, "4小时", "4 hours"),
        (299, "4小时", "4 hours"),
        (1439, "23小时", "23 hours"),
        (1440, "1天", "1 day"),
        (2880, "2天", "2 days"),
    ],
)
def test_lengths_of_time(minutes: int, zh: str, en: str) -> None:
    assert Moments("zh", NOW).span(timedelta(minutes=minutes)) == zh
    assert Moments("en", NOW).span(timedelta(minutes=minutes)) == en


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        ("2026-11-26T06:05:00+00:00", "14:05", "14:05"),
        ("2026-11-25T16:00:00+00:00", "00:00", "00:00"),
        ("2026-11-25T15:59:00+00:00", "11月25日 23:59", "25 Nov, 23:59"),
        ("2025-12-31T15:59:00+00:00", "2025-12-31 23:59", "2025-12-31 23:59"),
    ],
)
def test_moments_are_those_of_the_bank(moment: str, zh: str, en: str) -> None:
    assert Moments("zh", NOW).at(datetime.fromisoformat(moment)) == zh
    assert Moments("en", NOW).at(datetime.fromisoformat(moment)) == en


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("who", [None, 1, 99])
def test_every_event_is_a_sentence_whoever_brought_it_about(event: Event, who: int | None) -> None:
    row = {"at": NOW.isoformat(), "event": event.value, "staff": who, "detail": {"assignee_id": 2}}
    for language in ("zh", "en"):
        (item,) = timeline([], [row], {1: "李经理", 2: "周经理"}, language)
        assert item.text.strip() == item.text
        assert not item.text.startswith(("claimed", "assigned", "认领", "转给"))
