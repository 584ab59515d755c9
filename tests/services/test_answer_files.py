"""Answers from elsewhere: a row a person, all or none; what is wrong is named by row and column."""

from pathlib import Path
from typing import Any

import pytest

from assessment.errors import Conflict, Invalid, NotFound
from assessment.services import closing, releasing, rounds
from assessment.services.answer_files import MOST_FAULTS, import_answers
from assessment.store import queries
from assessment.store.database import Database
from tests.services.given import LATER, NOW, ON_SQLITE, RATED, as_csv, codes_of, open_round, rows_of, sent

HEADING = b"team,goals,limits,batch,queue,why\n"


def submitted(database: Database) -> dict[str, int]:
    """Give how many forms each team has given."""
    return {team.team: team.submitted for team in rounds.progress(database, "PI-1", NOW).teams if team.submitted}


def test_rows_become_forms(database: Database) -> None:
    round_ = open_round(database)
    content = HEADING + b"falcon,1,na,dk,,Too much\nfalcon,5,4.0, 3 ,2,\nnewt,,,,,\n"
    with pytest.raises(Invalid, match="the answers were not imported"):  # one question offers no dk
        import_answers(database, content, "PI-1", NOW)
    assert import_answers(database, content.replace(b"dk", b"2"), "PI-1", NOW) == 3
    assert submitted(database) == {"falcon": 2, "newt": 1}
    with database.reading() as session:
        forms = [dict(form.answers) for form in queries.submissions(session, round_.id)]
    assert {"goals": 1, "limits": "na", "batch": 2, "why": {"text": "Too much"}} in forms
    assert {"goals": 5, "limits": 4, "batch": 3, "queue": 2} in forms
    assert {} in forms


def test_columns_may_be_missing_and_come_in_any_order(database: Database) -> None:
    open_round(database)
    assert import_answers(database, b"queue,team\n3,falcon\n", "PI-1", NOW) == 1


def test_a_file_without_rows_brings_nothing(database: Database) -> None:
    open_round(database)
    assert import_answers(database, HEADING, "PI-1", NOW) == 0


def test_files_and_the_web_come_together(database: Database) -> None:
    open_round(database)
    sent(database, codes_of(database)[0])
    import_answers(database, as_csv(rows_of("falcon", [3, 4])), "PI-1", NOW)
    assert submitted(database) == {"falcon": 3}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (HEADING + b"falcon,3,3,3,3,\nraven,3,3,3,3,\n", "row 3, column team: the round asks no team “raven”"),
        (HEADING + b"rail,3,3,3,3,\n", "row 2, column team: the round asks no team “rail”"),
        (HEADING + b",3,3,3,3,\n", "row 2, column team: the round asks no team “”"),
        (HEADING + b"falcon,3,6,3,3,\n", "row 2, column limits: “6” is not one of the levels (1, 2, 3, 4, 5)."),
        (HEADING + b"falcon,3,3,3,no,\n", "row 2, column queue: “no” is not one of the levels"),
        (HEADING + b"falcon,3,NA,3,3,\n", "row 2, column limits: “NA” is not one of the levels"),
        (HEADING + b"falcon,3,nan,3,3,\n", "row 2, column limits: “nan” is not one of the levels"),
        (HEADING + b"falcon,3,3,dk,3,\n", "row 2, column batch: “dk” is not one of the levels"),
        (HEADING + b"falcon,3,3,3,3," + b"x" * 4001 + b"\n", "row 2, column why: This text has 4,001 characters"),
        (HEADING + b"falcon,3,3,3,3\n", "row 2 has 5 cells, the heading has 6"),
        (b"team,goals,goals\nfalcon,3,3\n", "row 1: the column goals is there twice"),
        (b"goals\n3\n", "row 1: the column team is missing"),
        (b"team,goal\nfalcon,3\n", "row 1: “goal” is none of the columns team, goals"),
        (HEADING + b"falcon,3,3,3,3,f\xfcr\n", "line 2 is not UTF-8"),
        (HEADING + b'falcon,3,3,3,3,"never closed\n', "row 2 cannot be read"),
        (HEADING + b"falcon,3,3,3,3," + b"x" * 9000 + b"\n", "row 2, column why: more than 8,000 characters"),
        (b"", "the file is empty"),
    ],
)
@ON_SQLITE
def test_one_wrong_cell_and_nothing_is_stored(database: Database, content: bytes, fault: str) -> None:
    open_round(database)
    with pytest.raises(Invalid) as refusal:
        import_answers(database, content, "PI-1", NOW)
    told = (refusal.value.sentence, *refusal.value.faults)
    assert any(line.startswith(fault) for line in told), told
    assert submitted(database) == {}


def test_all_faults_are_told_but_not_without_end(database: Database) -> None:
    open_round(database)
    with pytest.raises(Invalid) as refusal:
        import_answers(database, HEADING + b"falcon,9,9,3,3,\nnobody,3,3,3,3,\n", "PI-1", NOW)
    assert [fault.partition(":")[0] for fault in refusal.value.faults] == [
        "row 2, column goals",
        "row 2, column limits",
        "row 3, column team",
    ]
    with pytest.raises(Invalid) as refusal:
        import_answers(database, HEADING + b"nobody,3,3,3,3,\n" * 500, "PI-1", NOW)
    assert len(refusal.value.faults) == MOST_FAULTS


def test_in_mode_team_each_team_gives_one_form(database: Database) -> None:
    open_round(database, mode="team")
    twice = as_csv(rows_of("falcon", [3, 4]) + rows_of("newt", [3]))
    with pytest.raises(Invalid) as refusal:
        import_answers(database, twice, "PI-1", NOW)
    assert refusal.value.faults == ("team falcon: 1 asked, 0 answered, 2 more in the file",)
    assert submitted(database) == {}
    import_answers(database, as_csv(rows_of("falcon", [3])), "PI-1", NOW)
    with pytest.raises(Invalid, match="there are more than were asked"):
        import_answers(database, as_csv(rows_of("falcon", [3]) + rows_of("newt", [3])), "PI-1", NOW)
    assert submitted(database) == {"falcon": 1}


def test_a_round_takes_answers_from_a_file_until_it_is_closed(database: Database) -> None:
    content = as_csv(rows_of("falcon", [3]))
    with pytest.raises(NotFound, match="there is no round PI-1"):
        import_answers(database, content, "PI-1", NOW)
    open_round(database, closes_at=LATER)
    import_answers(database, content, "PI-1", LATER)  # its time is over, but nobody has closed it
    closing.close(database, "PI-1", LATER)
    with pytest.raises(Conflict, match="the round PI-1 is closed and takes no more answers"):
        import_answers(database, content, "PI-1", NOW)
    releasing.release(database, "PI-1", LATER)
    with pytest.raises(Conflict, match="the round PI-1 is released and takes no more answers"):
        import_answers(database, content, "PI-1", NOW)
    assert submitted(database) == {"falcon": 1}


def test_the_columns_of_a_usual_file_are_the_rated_questions() -> None:
    assert as_csv([]).decode().strip() == ",".join(("team", *RATED))


def test_in_mode_codes_a_team_gives_no_more_forms_than_it_has_people(database: Database) -> None:
    open_round(database)
    import_answers(database, as_csv(rows_of("falcon", [3] * 5)), "PI-1", NOW)
    with pytest.raises(Invalid) as refusal:
        import_answers(database, as_csv(rows_of("falcon", [3] * 5) + rows_of("lynx", [3])), "PI-1", NOW)
    assert refusal.value.faults == ("team falcon: 8 asked, 5 answered, 5 more in the file",)
    assert submitted(database) == {"falcon": 5}


def test_over_a_link_nobody_can_tell_people_apart_and_more_are_taken(database: Database) -> None:
    open_round(database, mode="link")
    import_answers(database, as_csv(rows_of("falcon", [3] * 9)), "PI-1", NOW)
    assert submitted(database) == {"falcon": 9}


def everything(database: Database, mode: str = "codes") -> None:
    """Open a round whose questionnaire has every type of question, conditions, roles and evidence."""
    content = (Path(__file__).parents[1] / "questionnaires" / "valid" / "everything.yaml").read_bytes()
    open_round(database, content=content, mode=mode)


def in_everything(database: Database, cells: dict[str, str]) -> dict[str, Any]:
    """Import one row and give what was stored."""
    file = as_csv([{"team": "falcon", **cells}], ("team", *cells))
    assert import_answers(database, file, "PI-1", NOW) == 1
    with database.reading() as session:
        round_ = queries.round_by_code(session, "PI-1")
        assert round_ is not None
        (form,) = queries.submissions(session, round_.id)
    return dict(form.answers)


@ON_SQLITE
def test_every_type_has_a_column_and_so_has_what_is_beside_an_answer(database: Database) -> None:
    everything(database)
    assert in_everything(
        database,
        {
            "shared": "na",
            "shared:reason": "We have none.",
            "shared:links": "https://example.org/a https://example.org/b",
            "waiting": "2.5",
            "place": "room",
            "tools": " list  board",
            "members": "7",
            "days": "na",
            "hinders": "Meetings",
            "hinders:links": "https://example.org/c",
            "releases": "no",
            "value": "3",
            "tests": "yes",
            "night": "Red lights",
            "room-words": "Light",
        },
    ) == {
        "shared": "na",
        "shared:reason": "We have none.",
        "shared:links": ["https://example.org/a", "https://example.org/b"],
        "waiting": 2.5,
        "place": "room",
        "tools": ["board", "list"],
        "members": {"number": 7},
        "days": "na",
        "hinders": {"text": "Meetings"},
        "hinders:links": ["https://example.org/c"],
        "releases": "no",
        "value": 3,
        "tests": "yes",
        "night": {"text": "Red lights"},
        "room-words": {"text": "Light"},
    }


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"releases": "no", "often": "3"}, "row 2, column often: this question is not asked"),
        ({"often": "3"}, "row 2, column often: this question is not asked"),
        ({"releases": "yes", "often": "3", "failures": "0", "lesson": "x"}, "row 2, column lesson: this question is"),
        ({"releases": "no", "lesson:comment": "x"}, "row 2, column lesson:comment: this question is not asked"),
        ({"tests": "no", "night": "x"}, "row 2, column night: this question is not asked"),
        ({"shared": "3", "shared:reason": "x"}, "row 2, column shared:reason: a reason is given with the answer na"),
        ({"shared:links": "here"}, "row 2, column shared:links: “here” is not a link"),
        ({"tools": "board moon"}, "row 2, column tools: “moon” is not one of the answers"),
        ({"tools": "board chart list"}, "row 2, column tools: 3 answers are chosen; choose at most 2."),
        ({"members": "many"}, "row 2, column members: “many” is not a number"),
        ({"waiting:comment": "x"}, "row 1: “waiting:comment” is none of the columns"),
        ({"role": "tester"}, "row 1: “role” is none of the columns"),
    ],
)
@ON_SQLITE
def test_what_a_row_s_own_answers_leave_no_place_for_is_a_fault(
    database: Database, cells: dict[str, str], fault: str
) -> None:
    everything(database)
    with pytest.raises(Invalid) as refusal:
        import_answers(database, as_csv([{"team": "falcon", **cells}], ("team", *cells)), "PI-1", NOW)
    assert [line for line in refusal.value.faults if line.startswith(fault)], refusal.value.faults
    assert len(refusal.value.faults) == 1
    assert submitted(database) == {}
