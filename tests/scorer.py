"""Scores worked out a second time, from a questionnaire's YAML and words, by nothing of the application."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Words = Mapping[str, str]  # what each question that was asked was answered with; "" for nothing
Figures = dict[str, Any]


def scores_of(asked: Mapping[str, Any], teams: Mapping[str, tuple[int, Sequence[Words]]]) -> dict[str, Figures]:
    """Give every team's figures by name, and the ART's under `""`; `teams` are how many were asked, and their forms.

    For files in which a team counts once.
    """
    top = {"id": "", "dimensions": asked["dimensions"]}
    found: dict[str, Figures] = {team: _node(top, asked, people, forms) for team, (people, forms) in teams.items()}
    names = next(iter(found.values()))
    return found | {"": {name: _mean([(1, of_team[name]) for of_team in found.values()]) for name in names}}


def counted(question: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, float]:
    """Give what every word that is an answer to a question counts; nothing where it is not scored."""
    if question["type"] == "rating":
        scale = question["scale"] if isinstance(question["scale"], dict) else asked["scales"][question["scale"]]
        values = [level["value"] for level in scale["levels"]]
        turned = [min(values) + max(values) - value for value in values] if question.get("reverse") else values
        return dict(zip([f"{value:.10g}" for value in values], turned, strict=True))
    if question["type"] == "choice":
        return {option["id"]: option["score"] for option in question["options"] if "score" in option}
    return dict(question.get("scores", {}))


def _node(node: Mapping[str, Any], asked: Mapping[str, Any], people: int, forms: Sequence[Words]) -> Figures:
    if "type" in node:
        return _question(node, counted(node, asked), people, forms)
    found: Figures = {}
    parts = []
    for below in node.get("dimensions") or node["questions"]:
        if more := _node(below, asked, people, forms):
            found |= more
            parts.append((below.get("weight", 1), more[below["id"]]))
    if not parts:
        return {}
    rules = asked.get("scoring", {})
    here = _mean(parts)
    if here["coverage"] is None or here["coverage"] < rules.get("minimum-answered", 0.5) - 1e-12:
        here["value"] = None
    if rules.get("rule") == "sum-of-levels" and "questions" in node:
        total = sum(weight for weight, _ in parts)
        here |= {key: here[key] * total for key in ("value", "low", "high") if here[key] is not None}
    return found | {node["id"]: here | {name: max(part[name] for _, part in parts) for name in ("n", "N")}}


def _question(node: Mapping[str, Any], levels: Mapping[str, float], people: int, forms: Sequence[Words]) -> Figures:
    if not levels or node.get("roles"):
        return {}
    said = [form[node["id"]] for form in forms if node["id"] in form]
    chosen = [levels[word] for word in said if word in levels]
    applies = people - said.count("na") - (len(forms) - len(said))
    ends = (min(levels.values()), max(levels.values()))
    low, high = [(sum(chosen) + (applies - len(chosen)) * end) / applies if applies else None for end in ends]
    taken = len(said) - said.count("na")
    value, coverage = np.mean(chosen) if chosen else None, len(chosen) / taken if taken else None
    return {
        node["id"]: {"value": value, "coverage": coverage, "n": len(chosen), "N": applies, "low": low, "high": high}
    }


def _mean(parts: Sequence[tuple[float, Figures]]) -> Figures:
    found: Figures = {name: sum(part[name] for _, part in parts) for name in ("n", "N")}
    for name in ("value", "coverage", "low", "high"):
        there = [(weight, part[name]) for weight, part in parts if part[name] is not None]
        found[name] = np.average([figure for _, figure in there], weights=[w for w, _ in there]) if there else None
    if found["value"] is not None and found["low"] is not None:
        found["low"], found["high"] = min(found["low"], found["value"]), max(found["high"], found["value"])
    return found
