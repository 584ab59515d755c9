"""Scores worked out a second time, from a questionnaire's YAML and words, by nothing of the application."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Words = Mapping[str, str]
Figures = dict[str, Any]


def scores_of(asked: Mapping[str, Any], teams: Mapping[str, tuple[int, Sequence[Words]]]) -> dict[str, Figures]:
    """Give every team's figures by name, and the ART's under `""`; `teams` are how many were asked, and their forms.

    For usual files: every question is a rating, a team counts once, half of the questions are enough.
    """
    found: dict[str, Figures] = {
        team: _node({"id": "", "dimensions": asked["dimensions"]}, asked["scales"], people, forms)
        for team, (people, forms) in teams.items()
    }
    names = next(iter(found.values()))
    return found | {"": {name: _mean([(1, of_team[name]) for of_team in found.values()]) for name in names}}


def _node(node: Mapping[str, Any], scales: Mapping[str, Any], people: int, forms: Sequence[Words]) -> Figures:
    if "scale" in node:
        levels = [level["value"] for level in scales[node["scale"]]["levels"]]
        said = [form.get(node["id"], "") for form in forms]
        chosen = [float(word) for word in said if word not in {"", "na", "dk"}]
        applies = people - said.count("na")
        ends = [(sum(chosen) + (applies - len(chosen)) * end) / applies for end in (levels[0], levels[-1]) if applies]
        answered = len(chosen) / (len(said) - said.count("na")) if len(said) > said.count("na") else None
        figures = {"value": np.mean(chosen) if chosen else None, "coverage": answered, "n": len(chosen), "N": applies}
        return {node["id"]: figures | {"low": ends[0] if ends else None, "high": ends[1] if ends else None}}
    found: Figures = {}
    parts = []
    for below in node.get("dimensions") or node["questions"]:
        found |= _node(below, scales, people, forms)
        parts.append((below.get("weight", 1), found[below["id"]]))
    here = _mean(parts)
    if here["coverage"] is None or here["coverage"] < 0.5:
        here["value"] = None
    return found | {node["id"]: here | {name: max(part[name] for _, part in parts) for name in ("n", "N")}}


def _mean(parts: Sequence[tuple[float, Figures]]) -> Figures:
    found: Figures = {name: sum(part[name] for _, part in parts) for name in ("n", "N")}
    for name in ("value", "coverage", "low", "high"):
        there = [(weight, part[name]) for weight, part in parts if part[name] is not None]
        found[name] = np.average([figure for _, figure in there], weights=[w for w, _ in there]) if there else None
    if found["value"] is not None and found["low"] is not None:
        found["low"], found["high"] = min(found["low"], found["value"]), max(found["high"], found["value"])
    return found
