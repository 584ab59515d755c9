"""The same report for programs, filled in from its facts."""

from assessment.measure.outline import OVERALL
from assessment.measure.score import Score
from assessment.reports.art.data import (
    ArtData,
    ChangeData,
    ResponseData,
    ReviewData,
    RoundData,
    ScoreData,
    TeamData,
)
from assessment.reports.art.facts import Facts, figure_of, is_answered
from assessment.reports.art.keys import state_of
from assessment.reports.figures import percent, signed
from assessment.reports.material import TeamPart


def art_data(facts: Facts, findings: tuple[str, ...]) -> ArtData:
    """Give the report as data; in the viewer's edition without the teams."""
    material = facts.material
    overall = facts.overall
    of_roles = [question.id for question in material.questionnaire.of_roles if question.id in material.scores]
    return ArtData(
        report="art",
        edition=facts.edition,
        unit=material.code,
        name=material.name,
        path=material.path,
        round=material.round_code,
        title=material.round_title,
        mode=material.mode,
        threshold=material.threshold,
        questionnaire=material.questionnaire.id,
        questionnaire_version=material.questionnaire.version,
        release=material.release_number,
        release_hash=material.release_hash,
        released_at=material.released_at.isoformat(),
        compared_with=facts.previous.code if facts.previous else None,
        maturity=figure_of(overall),
        level=facts.called,
        response=_response(facts),
        findings=findings,
        scores=tuple(_art_score(facts, name) for name in (*facts.tree.names(), *of_roles)),
        trend=_trend(facts),
        teams=tuple(_team(facts, team) for team in material.teams) if facts.names_teams else None,
    )


def _response(facts: Facts) -> ResponseData:
    teams = facts.material.teams
    forms = sum(part.forms for part in facts.material.asked)
    asked = sum(part.headcount for part in facts.material.asked)
    states = [state_of(team) for team in teams]
    return ResponseData(
        forms=forms,
        asked=asked,
        printed=percent(forms / asked) if asked else "",
        teams=len(teams),
        teams_reporting=len(teams) - states.count("silent"),
        teams_hidden=states.count("hidden"),
        teams_silent=states.count("silent"),
    )


def _art_score(facts: Facts, name: str) -> ScoreData:
    step, reviewed = facts.step(name), facts.material.reviews.get(name)
    change = None
    if step is not None and step.verdict != "first":
        told = signed(step.change) if step.change is not None else ""
        change = ChangeData(
            told,
            step.change,
            step.teams,
            step.basis,
            step.verdict,
            step.reason,
            step.low,
            step.high,
            step.smallest,
        )
    reading = ReviewData(reviewed.decision, reviewed.value, reviewed.reason) if reviewed else None
    score = facts.score(name) or Score(facts.material.code, "art", name)
    return _score(facts, score, change, reading)


def _score(facts: Facts, score: Score, change: ChangeData | None = None, review: ReviewData | None = None) -> ScoreData:
    return ScoreData(
        dimension=score.dimension,
        title=facts.titles.get(score.dimension, "Overall maturity"),
        question=score.dimension in facts.questionnaire.by_id,
        printed=figure_of(score),
        value=score.value,
        qualifier=score.qualifier,
        n=score.n,
        N=score.N,
        coverage=score.coverage,
        low=score.low,
        high=score.high,
        agreement=score.agreement,
        ad=score.ad,
        rwg=score.rwg,
        split=score.split,
        hidden=score.hidden,
        distribution=score.distribution,
        change=change,
        review=review,
    )


def _trend(facts: Facts) -> tuple[RoundData, ...]:
    rounds = []
    for part in facts.material.history:
        score = part.scores.get(OVERALL) or Score("", "art", OVERALL)
        rounds.append(
            RoundData(
                round=part.code,
                title=part.title,
                opened=part.opened.isoformat(),
                printed=figure_of(score) if is_answered(score) else "",
                value=score.value,
                low=score.low,
                high=score.high,
                basis=part.step.basis if part.step else None,
                verdict=part.step.verdict if part.step else None,
                reason=part.step.reason if part.step else None,
            )
        )
    return tuple(rounds)


def _team(facts: Facts, team: TeamPart) -> TeamData:
    scores = tuple(_score(facts, team.scores[name]) for name in facts.tree.names() if name in team.scores)
    return TeamData(team.code, team.name, state_of(team), team.forms, team.headcount, scores)
