"""The score: one value that never goes without how sure it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """One unit's score of one dimension or question, as it may be shown.

    `dimension` is a dimension's or question's id, `""` for the overall score. `n` of `N` people (in mode `team`:
    forms) are behind `value`; `coverage` is the share of the applicable questions that were answered; `low` and
    `high` are the non-response bounds; `agreement` is van der Eijk's A, `ad` the average deviation in levels, `rwg`
    r_wg of a question and r_wg(J) above, `rwg_star` Lindell's r*_wg(J), above questions only. `qualifier` is `">="` or
    `"<="` where only an end of the scale is told. `distribution` counts the answers per level, of questions only. A
    figure is None where there is none or where it is held back; `hidden` says that the whole score is.
    """

    unit: str
    kind: str
    dimension: str
    value: float | None = None
    qualifier: str = ""
    n: int | None = None
    N: int | None = None
    coverage: float | None = None
    low: float | None = None
    high: float | None = None
    agreement: float | None = None
    ad: float | None = None
    rwg: float | None = None
    rwg_star: float | None = None
    split: bool | None = None
    hidden: bool = False
    distribution: tuple[int, ...] | None = None

    @property
    def people(self) -> int:
        """How many people can be behind it: on a shared link somebody may answer twice, and counts once."""
        answers = self.n or 0
        return answers if self.N is None else min(answers, max(self.N, 1))
