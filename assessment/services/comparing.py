"""One round compared with an earlier one: the steps of all units, from what both released and people's own scores.

Imported when a round is released: the tests of changes need numpy, which the application does not load at its start.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from sqlalchemy.orm import Session

from assessment.measure.anchoring import Asked, Common, rescored
from assessment.measure.carrying import carried, common_outline, rows_of_people
from assessment.measure.change_tests import Shuffles
from assessment.measure.judging import Measured, Own, Rounds, above, measured_change, of_people, told_of, verdicts
from assessment.measure.outline import OVERALL, Outline, outline
from assessment.measure.score import Score
from assessment.measure.scoring import TeamAnswers
from assessment.measure.trend import (
    HIDDEN,
    NO_SCORE,
    OVERALL_ALONE,
    Standing,
    Step,
    none_in_common,
    not_comparable,
    step,
    with_basis,
    would_show,
)
from assessment.questionnaire.diff import Difference, difference
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.services.rounds import AGREED, asked
from assessment.services.told_units import ART, TEAM
from assessment.store import queries
from assessment.store.records import ReleaseRecord, RoundRecord, ScoreRecord

_NOBODY = np.empty(0)

Earlier = tuple[RoundRecord, ReleaseRecord]
Newer = tuple[RoundRecord, Questionnaire, Sequence[ScoreRecord]]


def compared(
    session: Session, earlier: Earlier, newer: Newer, names: Mapping[str, Sequence[str]]
) -> list[tuple[str, str, Step]]:
    """Give the steps of some units from an earlier round to a newer one, in the order of their codes.

    `names` has, of each unit, the dimensions whose steps are told.
    """
    before_round, made = earlier
    now_round, questionnaire, rows = newer
    asked_before = questionnaires.asked_in(session, before_round)
    versions = difference(asked_before, questionnaire)
    anchored = versions.step == "anchored"
    before = _Round(before_round, asked_before, _released(queries.scores(session, made.id, questions=anchored)))
    now = _Round(now_round, questionnaire, _released(rows))
    comparison = _comparison(session, before, now, versions)
    return [(unit, name, told) for unit in sorted(names) for name, told in comparison.steps(unit, names[unit]).items()]


@dataclass(frozen=True, slots=True)
class _Released:
    """What a release says: scores by unit and name, every unit's kind, and the units directly below each."""

    scores: Mapping[str, Mapping[str, Score]]
    kinds: Mapping[str, str]
    below: Mapping[str, Sequence[str]]

    def teams(self, unit: str) -> list[str]:
        """Give the teams below a unit that answered; none where there are units of other kinds among them."""
        below = self.below.get(unit, ())
        if any(self.kinds[code] != TEAM for code in below):
            return []
        return [code for code in below if _answered(self.scores[code])]

    def units(self, unit: str) -> set[str]:
        """Give the units other than teams directly below a unit."""
        return {code for code in self.below.get(unit, ()) if self.kinds[code] != TEAM}


@dataclass(frozen=True, slots=True)
class _Round:
    round: RoundRecord
    questionnaire: Questionnaire
    released: _Released


@dataclass(frozen=True, slots=True)
class _Side:
    """One round as it is compared: the standings of the units above teams, other units' own scores, people's scores."""

    standings: Mapping[str, Standing]
    units: Mapping[str, Mapping[str, Score]]
    own: Own


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two rounds side by side; `tree` has the questions in common."""

    rounds: tuple[_Round, _Round]
    sides: tuple[_Side, _Side]
    tree: Outline
    versions: Difference
    shuffles: Shuffles
    _measured: dict[tuple[str, str], Measured] = field(default_factory=dict)

    def steps(self, unit: str, names: Sequence[str]) -> dict[str, Step]:
        """Give a unit's steps, the overall one first."""
        if self.versions.step == "broken":
            return {name: self._broken(unit, name) for name in names}
        kind = self.rounds[1].released.kinds[unit]
        with_teams = any(unit in side.standings for side in self.sides)
        if with_teams or self._is_above(unit):
            known = [name for name in names if name in self.tree.children]
            found = {name: self._of(unit, name) for name in known}
            told = verdicts(self.tree, found, self.versions, with_parts=with_teams and kind == ART)
        else:
            told = {name: self._of_itself(unit, name) for name in names if name in self.tree.children}
        return {name: told.get(name) or none_in_common(self.versions) for name in names}

    def _is_above(self, unit: str) -> bool:
        return any(round_.released.below.get(unit) for round_ in self.rounds)

    def _broken(self, unit: str, name: str) -> Step:
        before, now = (_standing(round_, unit, {}) for round_ in self.rounds)
        return step(name, before, now, self.versions)

    def _of(self, unit: str, name: str) -> Measured:
        """Give the measured change of a unit above teams; of one above ARTs from what is below it."""
        if (unit, name) not in self._measured:
            self._measured[unit, name] = self._of_teams(unit, name) or self._above(unit, name)
        return self._measured[unit, name]

    def _of_teams(self, unit: str, name: str) -> Measured | None:
        if not any(unit in side.standings for side in self.sides):
            return None
        before, now = (side.standings.get(unit, Standing({}, {})) for side in self.sides)
        if self.versions.step == "anchored":
            if self._why_untold(unit, name) == HIDDEN:
                return Measured(not_comparable(HIDDEN, self.versions))
            if not (before.scores and now.scores):
                return Measured(would_show(self.versions))
        older, newer = self.sides
        return measured_change(self.tree, name, Rounds(before, now, older.own, newer.own, self.versions))

    def _above(self, unit: str, name: str) -> Measured:
        if reason := self._why_untold(unit, name):
            return Measured(not_comparable(reason, self.versions))
        before, now = (round_.released.units(unit) for round_ in self.rounds)
        common = sorted(before & now)
        scores = self.rounds[1].released.scores
        by_people = self.rounds[1].questionnaire.scoring.unit_weighting == "respondents"
        weights = [float(scores[code][name].n or 0) if by_people else 1.0 for code in common]
        return above([self._of(code, name) for code in common], weights, self.versions)

    def _why_untold(self, unit: str, name: str) -> str:
        """Say why a unit above ARTs has no change, `""` where it has both scores."""
        looked_at = OVERALL if self.versions.step == "anchored" else name  # the older version may not have had it
        scores = [round_.released.scores.get(unit, {}).get(looked_at) for round_ in self.rounds]
        if any(score is not None and score.hidden for score in scores):
            return HIDDEN
        return "" if all(score is not None and score.value is not None for score in scores) else NO_SCORE

    def _of_itself(self, unit: str, name: str) -> Step:
        """Give the step of a team, or of a unit that was asked itself; a dimension's is not tested."""
        before, now = (side.units.get(unit, {}) for side in self.sides)
        found = step(name, Standing(before, {}), Standing(now, {}), self.versions)
        if name != OVERALL:
            reason = with_basis(OVERALL_ALONE, self.versions)
            return found if found.change is None else replace(found, reason=reason)
        own = [side.own.get(unit, {}).get(name, _NOBODY) for side in self.sides]
        agreed = any(round_.round.mode == AGREED for round_ in self.rounds)
        told = told_of(self.tree, (before.get(name), now.get(name)), self.shuffles, agreed=agreed)
        return of_people(found, (own[0], own[1]), told, self.versions)


def _comparison(session: Session, before: _Round, now: _Round, versions: Difference) -> _Comparison:
    seed = Shuffles(f"{before.round.code} {now.round.code}")
    tree = outline(now.questionnaire)
    if versions.step == "broken":
        nothing = _Side({}, {}, {})
        return _Comparison((before, now), (nothing, nothing), tree, versions, seed)
    if versions.step == "anchored":
        tree = common_outline(tree, versions.common)
    older = Common(tree, now.questionnaire.scoring, {name: versions.common[name] for name in tree.levels})
    newer = Common(tree, now.questionnaire.scoring, {name: name for name in tree.levels})
    side = _anchored_side if versions.step == "anchored" else _side
    sides = side(session, before, older), side(session, now, newer)
    return _Comparison((before, now), sides, tree, versions, seed)


def _side(session: Session, round_: _Round, common: Common) -> _Side:
    """Give a round as it was released."""
    released = round_.released
    roster = queries.roster(session, round_.round.id)
    counts = queries.submitted_counts(session, round_.round.id)
    forms = {entry.unit: counts.get(entry.id, 0) for entry in roster}
    arts = [unit for unit in released.below if released.teams(unit)]
    return _Side(
        {unit: _standing(round_, unit, forms) for unit in arts}, released.scores, _own(session, round_, common)
    )


def _anchored_side(session: Session, round_: _Round, common: Common) -> _Side:
    """Give a round scored anew on the questions in common."""
    released = round_.released
    answers = [
        TeamAnswers(team.entry.unit, team.entry.kind, asked(team.entry, round_.round), team.tallies, team.forms)
        for team in queries.tallies(session, round_.round.id)
    ]
    hidden = {
        (unit, name) for unit, scores in released.scores.items() for name, score in scores.items() if score.hidden
    }
    of_round = Asked(answers, frozenset(hidden), round_.round.mode == AGREED)
    arts = {unit: teams for unit in released.below if (teams := released.teams(unit))}
    anew = rescored(common, of_round, arts)
    return _Side(anew.above, anew.units, _own(session, round_, common))


def _own(session: Session, round_: _Round, common: Common) -> Own:
    """Give people's own scores, the lowest first; none where each team agreed on one form.

    Forms lie in random order since the close: sums over them must not depend on it, to the last digit.
    """
    if round_.round.mode == AGREED:
        return {}
    units = {entry.id: entry.unit for entry in queries.roster(session, round_.round.id)}
    forms = queries.submissions(session, round_.round.id)
    rows = rows_of_people(common.outline, round_.questionnaire, [form.answers for form in forms], common.names)
    values = carried(common.outline, common.scoring.minimum_answered, rows)
    places: dict[str, list[int]] = defaultdict(list)
    for place, form in enumerate(forms):
        places[units[form.entry_id]].append(place)
    return {unit: {name: np.sort(found[of_unit]) for name, found in values.items()} for unit, of_unit in places.items()}


def _standing(round_: _Round, unit: str, forms: Mapping[str, int]) -> Standing:
    released = round_.released
    by_respondents = round_.questionnaire.scoring.unit_weighting == "respondents"
    below = {team: released.scores[team] for team in released.teams(unit)}
    return Standing(released.scores.get(unit, {}), below, by_respondents, forms)


def _released(rows: Iterable[ScoreRecord]) -> _Released:
    scores: dict[str, dict[str, Score]] = {}
    kinds: dict[str, str] = {}
    below: dict[str, list[str]] = {}
    for row in rows:
        scores.setdefault(row.unit, {})[row.dimension] = row.score()
        kinds[row.unit] = row.kind
        if row.parent is not None and row.dimension == OVERALL:
            below.setdefault(row.parent, []).append(row.unit)
    return _Released(scores, kinds, below)


def _answered(scores: Mapping[str, Score]) -> bool:
    overall = scores[OVERALL]
    return overall.hidden or bool(overall.n)
