"""Of which scores more care is to be taken than `hiding` does, because the audit finds that they say too much.

The rules there look at one mean at a time, and several together may leave less of the scale than each of them. So what
they let through is audited before it is told.
"""

from collections.abc import Iterable, Iterator, Mapping

from assessment.measure.audit import Released, audit
from assessment.measure.hiding import Cell
from assessment.measure.organisation import Organisation
from assessment.measure.outline import Outline
from assessment.measure.scoring import Scores


def too_telling(
    outline: Outline, organisation: Organisation, scores: Mapping[str, Scores], shown: Mapping[str, Scores]
) -> frozenset[Cell]:
    """Give, for each hidden score that could be worked out or narrowed down, the scores around it.

    They are those of the units above and below its own, of it and of the dimensions it is in, of what is beside and
    below it.
    """
    found = audit(outline, organisation, [Released(scores, shown)]).findings
    hidden = {(finding.unit, finding.dimension) for finding in found}
    return frozenset(cell for unit, name in hidden for cell in _around(outline, organisation, unit, name))


def _around(outline: Outline, organisation: Organisation, unit: str, name: str) -> Iterator[Cell]:
    names = set(_names(outline, name))
    for one in _units(organisation, unit):
        yield from ((one, other) for other in names)


def _names(outline: Outline, name: str) -> Iterator[str]:
    above = {branch.name: parent for parent, branches in outline.children.items() for branch in branches}
    yield name
    yield from _below(outline, above.get(name, name))
    while name in above:
        name = above[name]
        yield name


def _below(outline: Outline, name: str) -> Iterator[str]:
    for branch in outline.children.get(name, ()):
        yield branch.name
        yield from _below(outline, branch.name)


def _units(organisation: Organisation, unit: str) -> Iterable[str]:
    """Give the units above teams that a unit is in, itself and those in it."""
    above = organisation.above()
    found = [unit] if unit in organisation.below else []
    for one in found:
        found += [child for child in organisation.below[one] if child in organisation.below]
    while unit in above:
        unit = above[unit]
        found.append(unit)
    return found
