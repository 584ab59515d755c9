"""Whole questionnaires, each valid, in which everything that format 1 knows can stand."""

from typing import Any

from hypothesis import strategies as st

Plain = Any  # maps, lists and scalars

LANGUAGES = ["en", "de", "pt-BR", "zh-Hant-TW"]
ROLES = ["team-member", "rte", "x.1"]
AUDIENCES = ["team", "art", "value-stream", "portfolio", "community", "lace"]
SENTENCES = [
    *(
        "Work flows.",
        "The team limits its work in progress and sees how old each item is.",
        "No",
        "12",
        "Why?",
        "* - [ ]",
    ),
    *(
        "two\nlines\n",
        "`code` <b>no HTML</b> {{ 7*7 }} %s {0}",
        "ä\u0301ø 😀",
        "\u202eright to left",
        "a: b # c",
        "x" * 4000,
    ),
    *("'single' and \"double\"", "=SUM(A1)", "\\", "null", "2026-02-30", "1e5", "~", "\tafter a tab"),
]
# The ends of every scale are the same, so that bands can be said without working anything out.
LOW, HIGH = 0, 4
LEVELS: list[list[float]] = [[0, 4], [0, 1, 2, 3, 4], [0, 0.5, 4], [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 4]]
BANDS: list[list[float]] = [[0], [0, 2], [0, 0.1, 3.999999]]
SCALES = ["s", "0", "steps.of-4", "A1"]
TYPES = ["rating", "choice", "multiple", "yes-no", "number", "text"]

_sentences = st.sampled_from(SENTENCES)
_weights = st.sampled_from([1, 1, 1, 2, 0.001, 0.3, 1000])
_flags = st.booleans()
_seldom = st.sampled_from([False, False, False, True])


@st.composite
def wholes(draw: st.DrawFn) -> dict[str, Plain]:
    """Give a questionnaire as plain data."""
    return _Author(draw).questionnaire()


class _Author:
    """Writes one questionnaire; conditions rest on the questions written before."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._languages = LANGUAGES[: draw(st.integers(1, len(LANGUAGES)))]
        self._roles = ROLES[: draw(st.integers(0, len(ROLES)))]
        self._scales = SCALES[: draw(st.integers(1, len(SCALES)))]
        self._rule = draw(st.sampled_from(["mean", "mean", "sum-of-levels", "staged"]))
        self._written: list[dict[str, Plain]] = []
        self._nodes = 0

    def questionnaire(self) -> dict[str, Plain]:
        """Give all of it."""
        draw = self._draw
        tops = [self._dimension(2) for _ in range(draw(st.integers(1, 2)))]
        # Of one question at least the scores are known, whatever the others are.
        tops.append(self._leaf([self._question("rating", open_to_all=True)]))
        whole: dict[str, Plain] = {
            "format": 1,
            "id": draw(st.sampled_from(["q", "a.b-c", "0", "x" * 80])),
            "version": draw(st.sampled_from(["1", "2026.2+b_1-x", "v" * 40])),
            "title": self._text(),
            "languages": self._languages,
            "audience": draw(st.sampled_from(AUDIENCES)),
            "roles": [role if draw(_flags) else {"id": role, "label": self._text()} for role in self._roles],
            "scales": {name: self._scale() for name in self._scales},
            "scoring": self._scoring(),
            "dimensions": tops,
        }
        if self._rule == "staged":
            whole["stages"] = self._stages(tops)
        if draw(_flags):
            whole |= {"introduction": self._text(), "note": draw(_sentences), "changes": self._changes()}
            whole["silenced"] = [{"rule": "single-question", "at": tops[-1]["id"], "reason": draw(_sentences)}]
        return whole

    def _text(self) -> Plain:
        if self._draw(_flags):
            return self._draw(_sentences)
        return {language: self._draw(_sentences) for language in self._languages}

    def _scale(self) -> Plain:
        values = self._draw(st.sampled_from(LEVELS))
        label = self._text()
        return {"levels": [{"value": value, "label": label} for value in values]}

    def _scoring(self) -> Plain:
        draw = self._draw
        scoring: dict[str, Plain] = {"rule": self._rule}
        if draw(_flags):
            scoring |= {"minimum-answered": draw(st.sampled_from([0, 0.5, 1])), "smallest-change": draw(_weights)}
            scoring["unit-weighting"] = draw(st.sampled_from(["equal", "respondents"]))
        if self._rule != "sum-of-levels" and draw(_flags):
            starts: list[float] = draw(st.sampled_from(BANDS))
            ends = [*starts[1:], HIGH]
            scoring["bands"] = [
                {"from": start, "label": self._text()} | ({"to": end} if draw(_flags) else {})
                for start, end in zip(starts, ends, strict=True)
            ]
        return scoring

    def _stages(self, tops: list[Plain]) -> list[Plain]:
        requirements = [{"overall": 3, "dimensions": {tops[-1]["id"]: 1}}, {"overall": 2}]
        first = {"id": "s1", "label": self._text(), "require": self._draw(st.sampled_from(requirements))}
        return [first, {"id": "s0", "label": self._text()}]

    def _changes(self) -> Plain:
        new = [question["id"] for question in self._written]
        return {"from": "0.9", "renamed": {"old": new[-1]}, "retired": ["gone", "team"], "editorial": new[:-1][:1]}

    def _dimension(self, deeper: int) -> Plain:
        if deeper and self._draw(_seldom):
            node = self._leaf([])
            del node["questions"]
            return node | {"dimensions": [self._dimension(deeper - 1) for _ in range(self._draw(st.integers(1, 2)))]}
        kinds = self._draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4))
        return self._leaf([self._question(kind) for kind in kinds])

    def _leaf(self, questions: list[Plain]) -> dict[str, Plain]:
        self._nodes += 1
        node: dict[str, Plain] = {"id": f"d{self._nodes}", "title": self._draw(_sentences), "questions": questions}
        if self._draw(_seldom):
            node |= {"help": self._text(), "note": self._draw(_sentences), "weight": self._draw(_weights)}
        return node

    def _question(self, kind: str, *, open_to_all: bool = False) -> dict[str, Plain]:
        draw = self._draw
        question: dict[str, Plain] = {
            "id": f"q-{len(self._written)}",
            "type": kind,
            "text": self._text(),
            **self._own(kind),
        }
        if draw(_seldom):
            question |= {"help": self._text(), "note": draw(_sentences), "required": draw(_flags)}
            question["evidence"] = draw(
                st.sampled_from([{"links": 3}, {"comment": True}, {"links": 10, "comment": True}])
            )
        if draw(_seldom):
            question["not-applicable"] = draw(
                st.sampled_from([True, False, {"reason": "required"}, {"reason": "optional"}])
            )
            question["dont-know"] = draw(_flags)
        if self._roles and not open_to_all and draw(_seldom):
            question["roles"] = draw(st.sampled_from([self._roles, self._roles[:1]]))
        if self._written and not open_to_all and draw(_flags):
            question["show-if"] = self._condition(3)
        self._written.append(question)
        return question

    def _own(self, kind: str) -> dict[str, Plain]:
        draw = self._draw
        match kind:
            case "rating":
                scale = draw(st.sampled_from(self._scales)) if draw(_flags) else self._scale()
                anchors = {LOW: self._text(), HIGH: self._text()} if draw(_flags) else {}
                return {"scale": scale, "anchors": anchors, "weight": draw(_weights), "reverse": draw(_seldom)}
            case "choice":
                scores = draw(st.sampled_from([None, [0, 1, 4], [4, 2, 0], [0, 0, 4]]))
                options = self._options(3)
                for option, score in zip(options, scores or [], strict=False):
                    option["score"] = score
                return {"options": options, "weight": draw(_weights)}
            case "multiple":
                return {
                    "options": self._options(draw(st.integers(2, 5))),
                    "at-least": draw(st.integers(0, 1)),
                    "at-most": 2,
                }
            case "yes-no":
                counted = draw(st.sampled_from([None, {"yes": HIGH, "no": LOW}, {"yes": LOW, "no": HIGH}]))
                return {"scores": counted, "weight": draw(_weights)} if counted else {}
            case "number":
                return draw(
                    st.sampled_from(
                        [{}, {"minimum": 0, "maximum": 0.5}, {"whole": True, "unit": "days", "minimum": -1e6}]
                    )
                )
        return {}

    def _options(self, many: int) -> list[dict[str, Plain]]:
        return [{"id": f"o{number}", "label": self._text()} for number in range(many)]

    def _condition(self, deeper: int) -> Plain:
        draw = self._draw
        if deeper and draw(_seldom):
            kind = "all" if draw(_flags) else "any"
            return {kind: [self._condition(deeper - 1) for _ in range(draw(st.integers(1, 3)))]}
        earlier = draw(st.sampled_from(self._written))
        answered = {"op": "answered", "value": draw(_flags)}
        fitting: dict[str, Plain] = {
            "rating": {"op": draw(st.sampled_from(["=", "!=", "<", ">="])), "value": HIGH},
            "choice": {"op": draw(st.sampled_from(["=", "!="])), "value": "o1"},
            "multiple": {"op": "includes", "value": "o1"},
            "yes-no": {"op": draw(st.sampled_from(["=", "!="])), "value": draw(st.sampled_from(["yes", "no"]))},
            "number": {"op": draw(st.sampled_from(["=", "<=", ">"])), "value": 0},
            "text": answered,
        }
        return {"question": earlier["id"]} | (answered if draw(_seldom) else fitting[earlier["type"]])
