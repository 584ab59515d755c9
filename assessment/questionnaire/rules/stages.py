"""Rules about stages: under the rule `staged` everyone is at one, and every one can be reached."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessment.questionnaire.model import Questionnaire, Stage
from assessment.questionnaire.rules.places import Remark, figure
from assessment.questionnaire.rules.ranges import Range, overall_range, range_of

_STAGED = "staged"


def missing_stages(questionnaire: Questionnaire) -> Iterator[Remark]:
    """The rule `staged` needs stages."""
    if questionnaire.scoring.rule == _STAGED and not questionnaire.stages:
        yield Remark(("scoring", "rule"), "the rule `staged` needs `stages`, and there are none", questionnaire.id)


def unused_stages(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Stages that no rule looks at are read as if they counted."""
    if questionnaire.scoring.rule != _STAGED and questionnaire.stages:
        sentence = f"`stages` need the rule `staged`; the rule is `{questionnaire.scoring.rule}`"
        yield Remark(("stages",), sentence, questionnaire.id, of_key=True)


def open_stages(questionnaire: Questionnaire) -> Iterator[Remark]:
    """The last stage requires nothing, so that everyone is at one."""
    if questionnaire.stages and questionnaire.stages[-1].require is not None:
        last = len(questionnaire.stages) - 1
        name = questionnaire.stages[-1].id
        sentence = f"`{name}`, the last stage, requires something: who does not reach it is at no stage"
        yield Remark(("stages", last, "require"), sentence, name, of_key=True)


def unreachable_stage(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A stage that nobody can be at was placed wrongly, or requires too much."""
    tops = {top.id: range_of(top, questionnaire) for top in questionnaire.dimensions}
    named = {name for stage in questionnaire.stages for name in (stage.require.dimensions if stage.require else ())}
    ranges = {node.id: range_of(node, questionnaire) for node in questionnaire.nodes if node.id in named}
    reach = _Reach(overall_range(questionnaire), tops, ranges)
    earlier: list[tuple[Stage, _Least]] = []
    for index, stage in enumerate(questionnaire.stages):
        least = _least(stage, frozenset(tops))
        sentence = next(_too_high(stage, reach), None)
        if sentence is None:
            over = next((above.id for above, theirs in earlier if theirs.holds_within(least)), None)
            sentence = f"who reaches `{stage.id}` reaches `{over}` too, which stands above it" if over else None
        if sentence is not None:
            yield Remark(("stages", index), sentence, stage.id)
        earlier.append((stage, least))


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far scores reach: overall, of the dimensions at the top, and of those that stages name."""

    overall: Range | None
    tops: Mapping[str, Range | None]
    named: Mapping[str, Range | None]


@dataclass(frozen=True, slots=True)
class _Least:
    """The least scores that a stage takes: overall, and of dimensions by id."""

    overall: float | None
    dimensions: dict[str, float]

    def holds_within(self, other: "_Least") -> bool:
        """Whether scores that fulfil the other fulfil this one as well."""
        overall = self.overall is None or (other.overall is not None and other.overall >= self.overall)
        return overall and all(
            name in other.dimensions and other.dimensions[name] >= least for name, least in self.dimensions.items()
        )


def _least(stage: Stage, tops: frozenset[str]) -> _Least:
    """Give what a stage takes, spelt out; what every dimension has, their mean has too."""
    require = stage.require
    if require is None:
        return _Least(None, {})
    every = require.every_dimension
    least = {} if every is None else dict.fromkeys(tops, every)
    for name, value in require.dimensions.items():
        least[name] = max(value, least.get(name, value))
    overall = [value for value in (require.overall, every) if value is not None]
    return _Least(max(overall, default=None), least)


def _too_high(stage: Stage, reach: _Reach) -> Iterator[str]:
    """Give why a stage lies above the highest score that is possible."""
    if stage.require is None:
        return
    if stage.require.overall is not None:
        yield from _above("the overall score", stage.require.overall, reach.overall)
    if stage.require.every_dimension is not None:
        for name, known in reach.tops.items():
            if known is not None:  # one that never has a score is no obstacle
                yield from _above(f"`{name}`", stage.require.every_dimension, known)
    for name, value in stage.require.dimensions.items():
        if name in reach.named:
            yield from _above(f"`{name}`", value, reach.named[name])


def _above(what: str, least: float, reach: Range | None) -> Iterator[str]:
    if reach is None:
        yield f"{what} gets no score, so it never has {figure(least)}"
    elif least > reach.high:
        yield f"{what} can be {reach}, so it never has {figure(least)}"
