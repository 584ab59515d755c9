"""Of which scores more care is to be taken than `hiding` does, because the audit finds that they say too much.

The rules there look at one mean at a time, and several together may leave less of the scale than each of them. So what
they let through is audited before it is told.
"""

from collections.abc import Iterator, Mapping

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
    above = outline.above()
    yield from outline.tree(above.get(name, name))
    while name in above:
        name = above[name]
        yield name


def _units(organisation: Organisation, unit: str) -> Iterator[str]:
    """Give the units above teams that a unit is in, itself and those in it."""
    above = organisation.above()
    yield from (one for one in organisation.tree(unit) if one in organisation.below)
    while unit in above:
        unit = above[unit]
        yield unit
