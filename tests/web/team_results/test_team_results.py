"""A team's own results: by its link alone, from enough answers up, with what it takes up."""

import pytest

from assessment.errors import Conflict
from assessment.services import answer_files, closing, links, team_results
from assessment.services.answering import submit, ticket_of
from assessment.store.database import Database
from tests import served
from tests.services.given import BASE, LATER, NOW, ON_SQLITE, SECRET, answered, as_csv, codes_of, open_round, rows_of
from tests.web.conftest import SignsIn
from tests.web.respond.given import Respondent

FIVES = [1, 1, 1, 5, 5, 5, 5, 1]


def closed(database: Database, secret_key: str = SECRET) -> dict[str, str]:
    """Fill and close a round; give the code of each team's results link."""
    open_round(database)
    rows = [*rows_of("falcon", FIVES), *rows_of("heron", [3] * 4)]
    answer_files.import_answers(database, as_csv(rows), "PI-1", NOW)
    closing.close(database, "PI-1", LATER, secret_key=secret_key)
    made = team_results.links_of(database, "PI-1", BASE, secret_key)
    return {link.team: link.url.partition("#")[2] for link in made}


def test_nobody_sees_results_before_the_close(database: Database) -> None:
    open_round(database)
    assert team_results.links_of(database, "PI-1", BASE, SECRET) == []
    with pytest.raises(Conflict, match="nobody sees results before it closes"):
        team_results.of_team(database, "PI-1", "falcon")


def test_a_link_leads_to_the_teams_own_distributions(database: Database, somebody_new: Respondent) -> None:
    code = closed(database)["falcon"]
    somebody_new.get("/results")
    assert somebody_new.post("/results", {"code": code.lower()}).location == "/results/team"
    page = somebody_new.get("/results/team")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Two questions to talk about" in somebody_new.words
    assert "Where you are of two minds" in somebody_new.words
    assert "people differ by about 2.0 levels; two camps" in somebody_new.words
    assert code not in page.text


def test_of_too_few_nothing_is_shown_not_even_to_the_team(database: Database, somebody_new: Respondent) -> None:
    code = closed(database)["heron"]
    somebody_new.get("/results")
    somebody_new.post("/results", {"code": code})
    somebody_new.get("/results/team")
    assert "Too few of you answered: from 5 answers up a question is shown" in somebody_new.words
    assert "<progress" not in somebody_new.seen.text if somebody_new.seen else False


@ON_SQLITE
def test_a_dimension_does_not_tell_a_question_that_too_few_answered(database: Database) -> None:
    open_round(database)
    rows = [dict(row) for row in rows_of("falcon", [2] * 6)]
    for row in rows[:3]:
        row["goals"] = ""
    answer_files.import_answers(database, as_csv(rows), "PI-1", NOW)
    closing.close(database, "PI-1", LATER, secret_key=SECRET)
    results = team_results.of_team(database, "PI-1", "falcon")
    hidden = {name for name, score in results.scores.items() if score.hidden}
    assert "goals" in hidden
    assert "" in hidden
    parents = [name for name, below in results.outline.children.items() if any(b.name in hidden for b in below)]
    assert set(parents) <= hidden
    assert results.told


@ON_SQLITE
@pytest.mark.parametrize(("code", "status"), [("", 400), ("nonsense", 404), ("0000-0000-0000-0000", 404)])
def test_an_unknown_link_is_a_sentence(database: Database, somebody_new: Respondent, code: str, status: int) -> None:
    closed(database)
    somebody_new.get("/results")
    answer = somebody_new.post("/results", {"code": code.encode("utf-8", "replace").decode()})
    assert answer.status_code == status
    assert ("This link is not known" in somebody_new.words) is (status == 404)
    assert somebody_new.get("/results/team").location == "/results"


@ON_SQLITE
def test_a_code_of_the_form_opens_no_results_and_the_other_way_round(
    database: Database, somebody_new: Respondent
) -> None:
    results = closed(database)["falcon"]
    open_round(database, "PI-2")
    form = codes_of(database, code="PI-2")[0]
    somebody_new.get("/results")
    assert somebody_new.post("/results", {"code": form}).status_code == 404
    assert somebody_new.enter(results).status_code == 404


def test_a_team_takes_up_to_three_things(database: Database, somebody_new: Respondent) -> None:
    code = closed(database)["falcon"]
    somebody_new.get("/results")
    somebody_new.post("/results", {"code": code})
    somebody_new.get("/results/team")
    given = {"initiative-1": "  Fewer   meetings <b> ", "initiative-3": "Ship weekly"}
    assert somebody_new.post("/results/team", given).status_code == 303
    page = somebody_new.get("/results/team")
    assert 'value="Fewer meetings &lt;b&gt;"' in page.text
    assert 'value="Ship weekly"' in page.text
    long = somebody_new.post("/results/team", {"initiative-1": "x" * 201})
    assert long.status_code == 422
    assert "number 1 has 201" in somebody_new.words
    somebody_new.get("/results/team")
    assert somebody_new.post("/results/team", {}).status_code == 303
    assert dict(team_results.by_link(database, code).initiatives) == {}
    somebody_new.get("/results/team")
    assert somebody_new.post("/results/leave").location == "/results"
    assert somebody_new.get("/results/team").location == "/results"


@ON_SQLITE
def test_only_its_facilitator_among_the_staff_sees_a_teams_page(database: Database, signs_in: SignsIn) -> None:
    closed(database)
    person = signs_in("facilitator", "falcon")
    person.get("/rounds/PI-1/teams/falcon")
    assert "Two questions to talk about" in person.words
    assert "Nothing yet." in person.words
    assert person.get("/rounds/PI-1/teams/heron").status_code == 403
    assert person.get("/rounds/PI-1/teams/nobody").status_code == 404


@ON_SQLITE
@pytest.mark.parametrize("role", ["admin", "lace", "rte"])
def test_other_staff_does_not(database: Database, signs_in: SignsIn, role: str) -> None:
    closed(database)
    assert signs_in(role).get("/rounds/PI-1/teams/falcon").status_code == 403


@ON_SQLITE
def test_the_rounds_page_has_the_links_for_the_teams_own_facilitator(database: Database, signs_in: SignsIn) -> None:
    made = closed(database, served.SECRET)
    page = signs_in("facilitator", "falcon").get("/rounds/PI-1").text
    assert f"/results#{made['falcon']}" in page
    assert made["heron"] not in page


@ON_SQLITE
@pytest.mark.parametrize("role", ["admin", "lace", "rte", "facilitator"])
def test_nobody_else_of_the_staff_has_them(database: Database, signs_in: SignsIn, role: str) -> None:
    made = closed(database, served.SECRET)
    page = signs_in(role).get("/rounds/PI-1").text
    assert "/results#" not in page
    assert not any(code in page for code in made.values())


@ON_SQLITE
def test_an_agreed_form_is_seen_as_soon_as_it_is_given(database: Database) -> None:
    open_round(database, mode="team")
    link = next(link for link in links.of_round(database, "PI-1", BASE, SECRET) if link.team == "falcon")
    ticket = ticket_of(link.codes[0], None)
    assert not team_results.of_team(database, "PI-1", "falcon").told
    answered(database, ticket)
    submit(database, ticket, NOW)
    results = team_results.of_team(database, "PI-1", "falcon")
    assert results.told
    assert results.agreed
    assert not any(score.hidden for score in results.scores.values())
