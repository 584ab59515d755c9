"""Scales of a conversion: questions with the same levels share one."""

import json
from typing import Any

from assessment.questionnaire.importers.naming import Ids
from assessment.questionnaire.importers.wording import Text
from assessment.questionnaire.model import MOST_SCALES

Plain = dict[str, Any]


class Scales:
    """The shared scales so far; `shared` is what the file gets."""

    def __init__(self) -> None:
        self._ids = Ids()
        self._names: dict[str, str] = {}
        self.shared: dict[str, Plain] = {}

    def named(self, levels: list[tuple[float, Text]]) -> str | Plain:
        """Give the name of the scale with these levels, lowest first; the scale itself once there are too many."""
        scale: Plain = {"levels": [{"value": value, "label": label} for value, label in levels]}
        key = json.dumps(scale, sort_keys=True)
        if key not in self._names:
            if len(self.shared) == MOST_SCALES:
                return scale
            name = self._ids.give(f"{levels[0][0]:g}-to-{levels[-1][0]:g}", "scale")
            self._names[key] = name
            self.shared[name] = scale
        return self._names[key]
