"""The firm's file beside a case: what its owner let the bank see, in the words of whoever reads it."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Any

from bot.conversation.answers.rating import report_of
from bot.conversation.model import Dialogue
from bot.conversation.rating.sheet import Sheet
from bot.conversation.rating.wording import sheet_of
from bot.conversation.referral.cover import limited_sheet
from bot.conversation.world import Scene, World
from knowledge.firm import Firm, fact_from_json, vocabulary

#: Sheets that are kept at the most, those looked at last.
_KEPT = 256


class Files:
    """Works out the sheets of cases' files, and keeps the latest: the page of a case is opened again and again."""

    def __init__(self) -> None:
        self._sheets: OrderedDict[tuple[str, str, date], Sheet] = OrderedDict()
        self._lock = Lock()

    def sheet(self, world: World, pack: Mapping[str, Any], language: str, on: date) -> Sheet | None:
        """The rating report of the firm as it stood when the case was opened; None where no figure was let through.

        Of a referral it shows the parts that the owner ticked: a grade that was kept back is not worked out here either.
        """
        told = [fact for fact in pack.get("facts", ()) if fact["name"] in vocabulary()]
        if not told:
            return None
        fields = pack.get("scope", {}).get("fields")
        key = (json.dumps([told, fields], sort_keys=True), language, on)
        with self._lock:
            if key in self._sheets:
                self._sheets.move_to_end(key)
                return self._sheets[key]
        firm = Firm({fact["name"]: fact_from_json(fact) for fact in told})
        scene = Scene.wordless(world, Dialogue(firm=firm, language=language), on)
        report = report_of(scene)
        sheet = sheet_of(report, language, "staff") if fields is None else limited_sheet(report, tuple(fields), language)
        with self._lock:
            self._sheets[key] = sheet
            while len(self._sheets) > _KEPT:
                self._sheets.popitem(last=False)
        return sheet
