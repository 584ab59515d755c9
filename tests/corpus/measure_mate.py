"""Models of measure-mate (its Django fixtures) as questionnaires."""

import json
from pathlib import Path
from typing import Any

import yaml

NOT_A_LEVEL = "N/A"


def as_questionnaire(path: Path) -> bytes:
    """Give a model as a questionnaire file: each attribute a dimension with one question, each rating an anchor.

    Ranks are kept as they are. Some models begin at -1 and leave 0 out: that is how far apart their authors put the
    levels. A rating called N/A is no level but what its name says.
    """
    entries = json.loads(path.read_text("utf-8"))
    (template,) = [entry["fields"] for entry in entries if entry["model"] == "measure_mate.template"]
    attributes = sorted(
        (entry for entry in entries if entry["model"] == "measure_mate.attribute"),
        key=lambda one: one["fields"]["rank"],
    )
    ratings = [entry["fields"] for entry in entries if entry["model"] == "measure_mate.rating"]
    levels = {rating["rank"]: rating["name"] for rating in ratings if rating["name"] != NOT_A_LEVEL}
    made = {
        "format": 1,
        "id": path.stem.replace("_", "-"),
        "version": "1",
        "title": template["name"],
        "scales": {"ranks": {"levels": [{"value": rank, "label": levels[rank]} for rank in sorted(levels)]}},
        "dimensions": [_dimension(entry, ratings, set(levels)) for entry in attributes],
    }
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False).encode()


def _dimension(attribute: dict[str, Any], ratings: list[dict[str, Any]], levels: set[int]) -> dict[str, Any]:
    of_this = {rating["rank"]: rating for rating in ratings if rating["attribute"] == attribute["pk"]}
    question = {
        "id": f"q{attribute['pk']}",
        "type": "rating",
        "scale": "ranks",
        "text": _words(attribute["fields"]["desc"]) or attribute["fields"]["name"].strip(),
        "anchors": {rank: _words(rating["desc"]) for rank, rating in of_this.items() if rank in levels},
        "required": True,
    }
    name = attribute["fields"]["name"].strip()
    return {"id": f"a{attribute['pk']}", "title": name, "questions": [question]}


def _words(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
