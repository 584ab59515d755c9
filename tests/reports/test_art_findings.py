"""The sentences of the report on an ART, each against the figures it is about."""

from dataclasses import replace

import pytest

from assessment.measure.trend import FEW_SHOWN, Step
from assessment.reports.art import ArtReport, Edition, assemble
from assessment.reports.art.document import KeyFigure, Sentence
from assessment.reports.art.facts import plain
from assessment.reports.material import ArtMaterial, Reviewed
from assessment.reports.words import capitalised
from tests.reports import materials
from tests.reports.building import (
    SHIPPED,
    Round,
    Team,
    forms,
    level_forms,
    material,
    ratings,
    verdict,
    with_step,
)
from tests.reports.materials import NAMES, small

ACCEPTED, DIFFERENT = Reviewed("accepted", None, None), Reviewed("set", 2.0, "Why")
TOPS = tuple(node.id for node in SHIPPED.dimensions)
STRONG, WEAK = "team-technical-agility", "lean-portfolio-management"


def text(sentence: Sentence) -> str:
    """Give a sentence as it reads."""
    return "".join(run.text for run in sentence)


def lede(made: ArtMaterial, edition: Edition = "rte") -> list[str]:
    """Give the sentences at the top."""
    return [text(sentence) for sentence in assemble(made, edition).lede]


def at(*levels: float, title: str = "PI 26.1", people: int = 8) -> Round:
    """Give a round in which every team chose one level everywhere, a team for each level."""
    teams = (
        Team(NAMES[place].lower(), NAMES[place], people, level_forms(people, level))
        for place, level in enumerate(levels)
    )
    return Round(title, tuple(teams))


def with_levels(levels: dict[str, float], usual: float = 3) -> ArtMaterial:
    """Give a first round of three teams in which some dimensions have levels of their own."""
    answers: dict[str, object] = {question.id: usual for question in ratings(SHIPPED)}
    for node in SHIPPED.nodes:
        if node.id in levels:
            answers |= {question.id: levels[node.id] for question in node.all_questions()}
    return material([Round("PI 26.1", tuple(Team(n, n, 8, (answers,) * 8) for n in NAMES[:3]))])


def key(report: ArtReport, label: str) -> KeyFigure:
    """Give the key figure under a label."""
    return next(found for found in report.keys if found.label.startswith(label))


# The first sentence: how are we doing, and is it really different?


def test_a_first_round_has_nothing_to_be_compared_with() -> None:
    assert lede(material([at(3, 3)]))[0] == (
        "Overall maturity is 3.0 of 5, “Established”. "
        "It is the first round, so there is nothing to compare it with yet."
    )


UNTESTED = verdict(0.5, "not-comparable", 2, reason=FEW_SHOWN)


def test_a_change_that_cannot_be_tested_is_told_as_such() -> None:
    made = with_step(material([at(2, 3), at(3, 3, title="PI 26.2")]), UNTESTED)
    assert lede(made)[0] == (
        "Overall maturity is 3.0 of 5, “Established”, +0.5 since PI 26.1 in the two teams present in both rounds: "
        "too few of its teams are shown to tell a change from chance."
    )
    assert key(assemble(made, "rte"), "Change").notes[0] == capitalised(FEW_SHOWN)


def test_a_change_that_may_be_chance_has_no_colour_anywhere() -> None:
    report = assemble(material([at(2, 3), at(3, 3, title="PI 26.2")]), "rte")
    assert {run.tone for sentence in report.lede for run in sentence} == {""}
    assert {found.tone for found in report.keys} == {""}
    assert {row.tone for group in report.dimensions.groups for row in group.rows} == {""}


def test_a_tested_change_is_told_with_its_interval_and_what_could_not_have_been_seen() -> None:
    step = Step(0.3, 5, "comparable", "no-detectable-change", "", -0.11, 0.71, 0.58)
    report = assemble(with_step(material([at(2, 3), at(3, 3, title="PI 26.2")]), step), "rte")
    assert key(report, "Change").notes == ("−0.1 to +0.7, 95% sure", "Over the five teams in both rounds")
    assert report.trend.subtitle.endswith(". An overall change of less than about 0.6 could not have been seen")


def test_a_sure_change_under_a_tenth_is_not_told_as_none() -> None:
    made = with_step(material([at(2, 3), at(3, 3, title="PI 26.2")]), verdict(0.04, "improved"))
    assert "▲ up less than 0.1 since PI 26.1" in lede(made)[0]


def test_a_change_under_a_tenth_is_told_in_words() -> None:
    made = material([at(3, 3), at(3, 3, title="PI 26.2")])
    made = with_step(made, verdict(0.0, "not-comparable", 2, reason=FEW_SHOWN))
    assert lede(made)[0].startswith(
        "Overall maturity is 3.0 of 5, “Established”, unchanged to one decimal since PI 26.1 in the two teams"
    )


def test_one_team_is_counted_as_one() -> None:
    assert "in the one team present in both rounds" in lede(material([at(2), at(3, title="PI 26.2")]))[0]


@pytest.mark.parametrize(
    ("step", "told", "tone"),
    [
        (
            verdict(0.3, "improved"),
            "▲ up 0.3 since PI 26.1 in the five teams present in both rounds: more than chance.",
            "up",
        ),
        (
            verdict(-0.4, "worsened", 1),
            "▼ down 0.4 since PI 26.1 in the one team present in both rounds: more than chance.",
            "down",
        ),
        (
            verdict(0.1, "no-detectable-change", 2),
            "no clear change since PI 26.1 (+0.1) in the two teams present in both rounds.",
            "",
        ),
    ],
)
def test_a_stored_verdict_decides_what_is_said_of_a_change(step: Step, told: str, tone: str) -> None:
    report = assemble(with_step(material([at(2, 3), at(3, 3, title="PI 26.2")]), step), "rte")
    assert text(report.lede[0]).endswith(told)
    assert key(report, "Change").tone == tone
    assert any(run.strong and run.tone == tone and run.text in told for run in report.lede[0])


@pytest.mark.parametrize(
    ("step", "title", "finding"),
    [
        (verdict(0.3, "improved"), "Up 0.3 since PI 26.1, more than chance", "Up: more than chance"),
        (verdict(-0.3, "worsened"), "Down 0.3 since PI 26.1, more than chance", "Down: more than chance"),
        (verdict(0.1, "no-detectable-change"), "No clear change since PI 26.1", "No clear change"),
    ],
)
def test_the_trend_and_the_key_figure_say_the_verdict_too(step: Step, title: str, finding: str) -> None:
    report = assemble(with_step(material([at(2, 3), at(3, 3, title="PI 26.2")]), step), "rte")
    assert report.trend.title == title
    assert key(report, "Change").finding == finding


def test_what_moved_for_sure_is_told_by_competency() -> None:
    steps = {STRONG: verdict(0.4, "improved"), WEAK: verdict(-0.5, "worsened")}
    report = assemble(material([at(2, 3), at(3, 3, title="PI 26.2")], steps=steps), "viewer")
    assert text(report.lede[1]) == "▲ Team and technical agility is up 0.4 and ▼ Lean portfolio management is down 0.5."
    rows = {row.name: row for group in report.dimensions.groups for row in group.rows}
    assert (rows["Team and technical agility"].change, rows["Team and technical agility"].tone) == ("▲ +0.4", "up")
    assert (rows["Lean portfolio management"].change, rows["Lean portfolio management"].tone) == ("▼ −0.5", "down")


def test_changed_questions_are_the_reason_why_nothing_is_compared() -> None:
    teams = at(3, 3).teams
    made = material([Round("PI 26.1", teams), Round("PI 26.2", teams, materials.reworded(0.5))])
    assert lede(made)[0].endswith(
        ". It cannot be compared with PI 26.1: the questions changed: only 50% of the weight is in common, under 60%."
    )
    report = assemble(made, "rte")
    assert report.trend.title == "A new line from PI 26.2 on: the questions changed"
    assert report.trend.notes == (
        "The line is broken before PI 26.2: the questions changed: only 50% of the weight is in common, under 60%",
    )
    assert "Dashed" not in (report.picture.subtitle if report.picture else "")


def test_a_few_changed_questions_are_told_without_breaking_the_line() -> None:
    teams = at(3, 3).teams
    report = assemble(material([Round("PI 26.1", teams), Round("PI 26.2", teams, materials.reworded(0.1))]), "rte")
    assert report.trend.title == "No clear change since PI 26.1"
    assert report.trend.notes[0].startswith("Before PI 26.2: the questions changed: ")
    assert report.trend.notes[0].endswith("; compared on the questions in common")


def test_after_a_break_the_trend_speaks_of_the_new_line_alone() -> None:
    made = with_step(materials.changed(), UNTESTED)
    assert assemble(made, "rte").trend.title.endswith(" since the questions changed")


def test_teams_that_differ_are_a_reason_too() -> None:
    made = material([at(3, 3), at(3, 3, title="PI 26.2")])
    gone = Step(None, 1, "comparable", "not-comparable", "the teams differ, and a hidden one among them would show")
    assert lede(with_step(made, gone))[0].endswith(
        ". It cannot be compared with PI 26.1: the teams differ, and a hidden one among them would show."
    )


def test_without_a_common_team_nothing_is_compared() -> None:
    other = Round("PI 26.2", (Team("x", "Osprey", 8, level_forms(8, 3)),))
    assert lede(material([at(3), other]))[0].endswith("with PI 26.1: no team was in both rounds.")


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (at(3, people=3), "the score in PI 26.1 is hidden"),
        (at(5, people=5), "of the score in PI 26.1 only an end of the scale is told"),
    ],
)
def test_a_score_that_is_not_told_in_full_is_compared_with_nothing(before: Round, reason: str) -> None:
    made = material([before, at(3, title="PI 26.2")])
    assert lede(made)[0].endswith(f". It cannot be compared with PI 26.1: {reason}.")
    assert key(assemble(made, "rte"), "Change").notes == (reason[0].upper() + reason[1:],)


def test_a_round_without_the_art_is_passed_over() -> None:
    made = material([at(2, 3), Round("PI 26.2"), at(3, 3, title="PI 26.3")])
    assert "since PI 26.1 (+0.5)" in lede(made)[0]
    made = with_step(made, UNTESTED)
    assert assemble(made, "rte").trend.title == "From 2.5 in PI 26.1 to 3.0 in PI 26.3"


def test_a_hidden_overall_score_says_why() -> None:
    made = material([at(3, people=3)])
    assert lede(made) == [
        "The overall maturity in PI 26.1 is hidden: fewer than 5 answers, or needed to protect such a team."
    ]
    assert key(assemble(made, "rte"), "Overall").figure == "hidden"


def test_nobody_answered_is_said_plainly() -> None:
    made = material([at(3), Round("PI 26.2", (Team("falcon", "Falcon", 8),))])
    assert lede(made) == ["Nobody of Orion ART answered in PI 26.2, so there is no score."]
    report = assemble(made, "rte")
    assert report.trend.title == "No score in PI 26.2, 3.0 in PI 26.1"
    assert key(report, "Overall").notes == ("Nobody answered",)
    assert key(report, "Change").notes == ("There is no score in PI 26.2",)
    assert report.picture is None
    assert report.dimensions.groups == ()


def test_too_few_answered_questions_give_no_overall_score() -> None:
    unsure = ({question.id: "dk" for question in ratings(SHIPPED)} | {"go-and-see": 3},) * 8
    made = material([Round("PI 26.1", (Team("falcon", "Falcon", 8, unsure),))])
    assert lede(made) == ["There is no overall maturity for PI 26.1: too few of the questions were answered."]


def test_a_score_at_the_end_of_the_scale_is_told_as_such() -> None:
    assert lede(material([at(5, people=6)]))[0].startswith("Overall maturity is at least 4.5 of 5, “Thriving”")
    assert lede(material([at(1, people=6)]))[0].startswith("Overall maturity is at most 1.5 of 5, “Beginning”")


# Strongest and weakest


def test_one_is_strongest_and_one_weakest() -> None:
    made = with_levels({STRONG: 4, WEAK: 2})
    assert lede(made)[1] == "Strongest is Team and technical agility (4.0), weakest is Lean portfolio management (2.0)."
    report = assemble(made, "rte")
    assert report.picture is not None
    assert report.picture.title == "Strongest in Team and technical agility, weakest in Lean portfolio management"


def test_two_that_tie_are_both_named_and_more_are_counted() -> None:
    made = with_levels({STRONG: 4, "organizational-agility": 4, WEAK: 2})
    assert lede(made)[1] == (
        "Strongest are Team and technical agility and Organizational agility (4.0), "
        "weakest is Lean portfolio management (2.0)."
    )
    made = with_levels({WEAK: 2})
    assert lede(made)[1] == "Strongest are six competencies at 3.0, weakest is Lean portfolio management (2.0)."
    report = assemble(made, "rte")
    assert report.picture is not None
    assert report.picture.title == "Strongest in six of 7, weakest in Lean portfolio management"


def test_all_alike_have_neither_strongest_nor_weakest() -> None:
    report = assemble(materials.equal(), "rte")
    assert text(report.lede[1]) == "All seven scores are at 3.0."
    assert report.picture is not None
    assert report.picture.title == "All seven scores are at 3.0"
    assert report.dimensions.title == "All 21 scores are at 3.0"
    assert report.extremes is None


def test_where_only_an_end_is_told_nothing_is_ranked_beyond_it() -> None:
    made = material([at(5, people=6)])
    scores = {**made.scores}
    scores[STRONG] = replace(scores[STRONG], value=4.7, qualifier="")
    assert (
        lede(replace(made, scores=scores))[1]
        == "All seven scores lie too close to the end of the scale to tell them apart."
    )


def test_two_dimensions_are_both() -> None:
    questionnaire = small(2, 5, dimensions=2)
    alike = Round("PI 26.1", (Team("a", "A", 8, level_forms(8, 3, questionnaire)),), questionnaire)
    assert lede(material([alike]))[1] == "Both scores are at 3.0."


def test_a_single_dimension_is_not_ranked() -> None:
    assert len(lede(materials.single())) == 1
    report = assemble(materials.single(), "rte")
    assert report.picture is not None
    assert report.picture.title.startswith("Eleven questions lie between ")
    assert report.dimensions.title == report.picture.title
    assert report.extremes is None
    assert not report.dimensions.with_rounds


def test_the_strongest_and_weakest_dimensions_are_listed_by_the_figures_in_print() -> None:
    report = assemble(with_levels({"agile-teams": 5, "one-train": 4, "customer-focus": 2, "release-path": 1}), "rte")
    assert report.extremes is not None
    strongest, weakest = report.extremes.strongest, report.extremes.weakest
    assert [(row.name, row.figure) for row in strongest.rows[:2]] == [
        ("Agile teams", "5.0"),
        ("Many teams, one train", "4.0"),
    ]
    assert strongest.more == "and 16 more at 3.0"
    assert [row.figure for row in weakest.rows] == ["1.0", "2.0", "3.0"]


# Titles of the figures


def test_the_trend_of_a_first_round_says_so() -> None:
    assert assemble(material([at(3)]), "rte").trend.title == "First round: 3.0 in PI 26.1"


def test_two_rounds_are_told_from_one_to_the_other() -> None:
    assert (
        assemble(material([at(2), at(3, title="PI 26.2")]), "rte").trend.title
        == "From 2.0 in PI 26.1 to 3.0 in PI 26.2"
    )


def test_many_rounds_are_told_by_their_range() -> None:
    rounds = [at(2 + place % 3, 3, title=f"PI {place}") for place in range(12)]
    made = with_step(material(rounds), UNTESTED)
    assert assemble(made, "rte").trend.title == "Between 2.5 and 3.5 over twelve rounds, now 3.5"


def test_equal_rounds_are_told_as_equal() -> None:
    assert (
        assemble(material([at(3, title=f"PI {place}") for place in range(3)]), "rte").trend.title
        == "3.0 in each of three rounds"
    )


def test_no_round_with_a_score_leaves_only_that_to_say() -> None:
    assert assemble(material([at(3, people=3)]), "rte").trend.title == "No round has a score that can be shown"


def test_the_only_score_of_several_rounds_is_not_called_a_first_round() -> None:
    made = material([at(3, people=3), at(3, title="PI 26.2")])
    assert assemble(made, "rte").trend.title == "3.0 in PI 26.2"


@pytest.mark.parametrize(
    ("rounds", "note"),
    [
        ([at(3)], "Band: had everyone answered. Thin lines: teams. Axis cut at 2 and 4"),
        ([at(1, 5)], "Band: had everyone answered. Thin lines: teams. Full scale 1 to 5"),
    ],
)
def test_a_cut_axis_is_told(rounds: list[Round], note: str) -> None:
    assert assemble(material(rounds), "rte").trend.subtitle == note


@pytest.mark.parametrize(("value", "told"), [(5.0, "5"), (0.5, "0.5"), (-3.0, "−3"), (33.0042, "33")])
def test_the_ends_of_a_scale_are_told_plainly(value: float, told: str) -> None:
    assert plain(value) == told


def teams_title(made: ArtMaterial) -> str:
    """Give the title of the heatmap."""
    band = assemble(made, "rte").teams
    assert band is not None
    return band.title


def test_the_heatmap_names_the_competency_on_which_teams_differ_most_and_no_team() -> None:
    made = material(
        [
            Round(
                "PI 26.1",
                (
                    Team("a", "A", 8, level_forms(8, 3)),
                    Team("b", "B", 8, tuple({**form, "go-and-see": 5} for form in level_forms(8, 3))),
                ),
            )
        ]
    )
    assert teams_title(made) == "Teams differ most in Lean-Agile leadership: between 3.0 and 3.3"


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (material([at(3, people=3)]), "No team’s scores can be shown by competency"),
        (material([at(3)]), "One team’s scores can be shown by competency"),
        (material([at(3, 3)]), "To one decimal, the teams do not differ"),
        (material([at(2, 4)]), "Teams differ alike in every competency, by 2.0"),
        (materials.single(), "Teams lie between 2.9 and 3.3"),
    ],
)
def test_the_heatmap_says_how_teams_differ(made: ArtMaterial, title: str) -> None:
    assert teams_title(made) == title


def test_several_competencies_can_divide_teams_most() -> None:
    ask = {q.id: 5 for top in SHIPPED.dimensions[:2] for q in top.all_questions()}
    other = tuple({**form, **ask} for form in level_forms(8, 3))
    made = material([Round("PI", (Team("a", "A", 8, level_forms(8, 3)), Team("b", "B", 8, other)))])
    assert teams_title(made) == "Teams differ most, by 2.0, in Lean-Agile leadership and Team and technical agility"
    ask = {q.id: 5 for top in SHIPPED.dimensions[:3] for q in top.all_questions()}
    other = tuple({**form, **ask} for form in level_forms(8, 3))
    made = material([Round("PI", (Team("a", "A", 8, level_forms(8, 3)), Team("b", "B", 8, other)))])
    assert teams_title(made) == "Teams differ most, by 2.0, in three competencies"


def test_what_silence_could_change_is_told() -> None:
    half = Round("PI 26.1", (Team("a", "A", 20, level_forms(10, 3)),))
    report = assemble(material([half]), "viewer")
    assert report.evidence[0].title == "Those who did not answer could move a competency by no more than 1.0"
    assert (
        assemble(material([at(3)]), "viewer").evidence[0].title == "Everyone answered: nothing could move a competency"
    )
    few = assemble(material([at(3, people=6)]), "viewer")
    assert few.evidence[0].title == "How far silence could move a competency is not told"


@pytest.mark.parametrize(
    ("steps", "title"),
    [
        ({}, "No clear change overall, so none is looked for by competency"),
        (dict.fromkeys(TOPS, UNTESTED), "Competencies moved by +0.5, not told from chance"),
        (
            dict.fromkeys(TOPS, UNTESTED) | {STRONG: verdict(0.0, "not-comparable")},
            "Competencies moved by 0.0 to +0.5, not told from chance",
        ),
        (
            dict.fromkeys(TOPS, verdict(0.1, "no-detectable-change")),
            "No clear change in any competency since PI 26.1",
        ),
        ({STRONG: verdict(0.5, "improved")}, "Up: Team and technical agility"),
        (
            {STRONG: verdict(0.5, "improved"), WEAK: verdict(-0.5, "worsened")},
            "Up: Team and technical agility. Down: Lean portfolio management",
        ),
    ],
)
def test_the_changes_are_told_as_far_as_they_were_tested(steps: dict[str, Step], title: str) -> None:
    made = material([at(2, 3), at(3, 3, title="PI 26.2")], steps=steps)
    assert assemble(made, "viewer").evidence[1].title == title


# Key figures


def test_the_overall_figure_carries_its_bounds_its_level_and_the_round_before() -> None:
    half = Round("PI 26.2", (Team("falcon", "Falcon", 20, level_forms(10, 3)),))
    found = key(assemble(material([at(2), half]), "rte"), "Overall")
    assert (found.figure, found.unit, found.finding) == ("3.0", "of 5", "“Established”")
    assert found.notes == ("2.0 to 4.0 had everyone answered", "Line: PI 26.1, 2.0")


@pytest.mark.parametrize(
    ("made", "note"),
    [
        (material([at(3)]), "Still 3.0 had everyone answered"),
        (material([at(3, people=6)]), "No bounds told: fewer than 8 answers"),
        (
            material([Round("PI", (Team("a", "A", 8, level_forms(9, 3)),))], mode="link"),
            "No bounds: more answers than people asked",
        ),
    ],
)
def test_bounds_are_told_or_why_there_are_none(made: ArtMaterial, note: str) -> None:
    assert key(assemble(made, "rte"), "Overall").notes == (note,)


def test_the_lace_s_reading_stands_beside_the_overall_figure() -> None:
    reviews = {"": Reviewed("set", 2.0, "Seen otherwise.")}
    found = key(assemble(material([at(3)], reviews=reviews), "rte"), "Overall")
    assert found.figure == "3.0"
    assert found.notes[-1] == "The LACE reads 2, Taking shape"
    accepted = material([at(3)], reviews={"": ACCEPTED})
    assert key(assemble(accepted, "rte"), "Overall").notes[-1] == "Accepted by the LACE"


def test_the_response_counts_people_and_forms_where_a_team_gives_one() -> None:
    found = key(assemble(materials.typical(), "rte"), "Response rate")
    assert (found.figure, found.unit, found.notes) == ("59", "%", ("27 of 46 people answered",))
    found = key(assemble(materials.agreed(), "rte"), "Teams’ forms given")
    assert (found.figure, found.notes) == (
        "83",
        ("5 of 6 teams gave their form", "One form a team, agreed on together"),
    )


def test_a_link_may_bring_more_than_were_asked() -> None:
    made = material([Round("PI", (Team("a", "A", 8, level_forms(10, 3)),))], mode="link")
    found = key(assemble(made, "rte"), "Response rate")
    assert found.figure == "125"
    assert found.notes[-1] == "A link can be passed on, so more may answer than were asked"


def test_absent_teams_are_named_or_only_counted() -> None:
    named = key(assemble(materials.typical(), "rte"), "Teams reporting")
    assert (named.figure, named.unit) == ("4", "of 5")
    assert named.notes == ("Scores hidden: Falcon, Lynx and Marlin", "No answers: Heron")
    counted = key(assemble(materials.typical(), "viewer"), "Teams reporting")
    assert counted.notes == ("Scores hidden: 3 teams", "No answers: 1 team")
    whole = key(assemble(material([at(3, 3)]), "rte"), "Teams reporting")
    assert whole.notes == ("Every team answered, none is hidden",)


# Where people disagree


def divided(*camps: str, people: int = 8, teams: int = 2) -> ArtMaterial:
    """Give a round in which every team falls into two camps on some questions."""
    answers = [{**level_forms(1, 3)[0], **dict.fromkeys(camps, 1 if place % 2 else 5)} for place in range(people)]
    return material([Round("PI", tuple(Team(n, n, people, tuple(answers)) for n in NAMES[:teams]))])


def test_two_camps_are_told_in_words_with_their_numbers() -> None:
    shown = assemble(divided("go-and-see"), "viewer").divisions
    assert shown.title == "Two camps on one question over the whole train"
    assert [(row.where, row.question, row.words, row.split) for row in shown.rows[:1]] == [
        ("", "Leaders see for themselves how our work is going.", "People differ by about 2.0 levels; two camps", True)
    ]
    assert "8, 0, 0, 0 and 8 answers" in str(shown.rows[0].chart)


def test_the_rte_sees_in_which_teams_the_camps_are() -> None:
    shown = assemble(divided("go-and-see", "bad-news"), "rte").divisions
    assert shown.title == "Two camps on two questions over the whole train and four questions within teams"
    assert [row.where for row in shown.rows] == ["", "", "Falcon", "Falcon"]
    assert shown.note == "Two more are split in the same way."


def test_counts_that_are_held_back_stay_so() -> None:
    shown = assemble(divided("go-and-see", people=6, teams=1), "rte").divisions
    assert [(row.where, row.chart, row.words) for row in shown.rows] == [
        ("", None, "Two camps; counts held back"),
        ("Falcon", None, "Two camps; counts held back"),
    ]


def test_without_camps_the_widest_spread_is_shown() -> None:
    teams = tuple(Team(n, n, 10, forms(10, 3, place)) for place, n in enumerate(NAMES[:3]))
    shown = assemble(material([Round("PI", teams)]), "rte").divisions
    assert shown.title == "No question parts the train into two camps"
    assert len(shown.rows) == 4
    assert all(row.words.startswith("People differ by about ") for row in shown.rows)


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (materials.equal(), "Everybody chose the same level on every question"),
        (materials.agreed(), "Each team agreed on one form"),
        (material([at(3, people=3)]), "How far people agree cannot be told"),
        (material([at(3, people=6)]), "No question parts the train into two camps"),
    ],
)
def test_where_there_is_no_spread_to_show_the_title_says_why(made: ArtMaterial, title: str) -> None:
    shown = assemble(made, "rte").divisions
    assert shown.title == title
    assert shown.subtitle
    assert shown.rows == ()


# The LACE's review


@pytest.mark.parametrize(
    ("reviews", "title"),
    [
        ({}, "The LACE did not review this round"),
        ({"": ACCEPTED}, "The LACE accepted the score it reviewed"),
        (dict.fromkeys(("", STRONG), ACCEPTED), "The LACE accepted both scores it reviewed"),
        ({"": DIFFERENT}, "The LACE reads the score it reviewed differently"),
        (dict.fromkeys(("", STRONG), DIFFERENT), "The LACE reads both scores it reviewed differently"),
        (
            {"": DIFFERENT, STRONG: ACCEPTED, WEAK: ACCEPTED},
            "The LACE reads one of the three scores it reviewed differently",
        ),
    ],
)
def test_the_review_s_title_says_how_far_it_differs(reviews: dict[str, Reviewed], title: str) -> None:
    assert assemble(material([at(3)], reviews=reviews), "rte").review.title == title


def test_the_review_stands_beside_the_score_with_its_reason() -> None:
    reviews = {
        WEAK: Reviewed("set", 2.0, "  Budgets are\nyearly.  "),
        "": Reviewed("set", 4.0, "All in all."),
        STRONG: ACCEPTED,
    }
    shown = assemble(material([at(3)], reviews=reviews), "viewer").review
    assert [(row.name, row.own, row.reading, row.reason) for row in shown.rows] == [
        ("Overall maturity", "3.0, Established", "4, Dependable", "All in all."),
        ("Lean portfolio management", "3.0", "2, Taking shape", "Budgets are yearly."),
    ]
    assert shown.accepted == "Accepted as they are: Team and technical agility (3.0)."


# How to read it


@pytest.mark.parametrize(
    ("made", "told", "untold"),
    [
        (materials.typical(), {"Scores.", "Changes.", "Spread.", "Held back."}, set()),
        (materials.first(), {"Scores.", "Spread.", "Held back."}, {"Changes."}),
        (materials.agreed(), {"Scores.", "Changes."}, {"Spread.", "Held back."}),
    ],
)
def test_only_what_applies_is_explained(made: ArtMaterial, told: set[str], untold: set[str]) -> None:
    heads = {hint.head for hint in assemble(made, "rte").hints}
    assert told <= heads
    assert not untold & heads


def test_the_footer_names_the_release_and_what_the_bounds_leave_out() -> None:
    foot = assemble(materials.typical(), "rte").footer
    assert foot.source == "Orion ART · PI 26.4 · release 1 of 22 November 2026 · 3f9a1c07be52"
    assert "they leave out chance" in foot.reading
    assert "had every team answered" in assemble(materials.agreed(), "rte").footer.reading
