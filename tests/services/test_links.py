"""How a team gets to its form: codes that are printed once, links that are the same each time."""

import pytest
from sqlalchemy import select

from assessment.errors import Conflict, NotFound
from assessment.services import closing, links, rounds
from assessment.services.answering import Given, open_form, save_page, submit, ticket_of
from assessment.services.codes import hash_of, normalised
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.tables import AccessCode
from tests.services.given import BASE, FIRST, LATER, NOW, SECRET, TEAMS, answered, codes_of, open_round, sent
from tests.store.given import counted

OTHER_SECRET = "another secret, which is long enough too"


def test_every_person_gets_a_code_of_their_own_once(database: Database) -> None:
    round_ = open_round(database)
    found = links.of_round(database, "PI-1", BASE, SECRET)
    assert [link.team for link in found] == list(TEAMS)
    assert {link.url for link in found} == {f"{BASE}/"}
    printed = [code for link in found for code in link.codes]
    assert len(set(printed)) == len(printed) == 8 + 8 + 9 + 8 + 4 + 8
    assert all(len(normalised(code)) == 16 for code in printed)  # of 32 letters: 80 bits
    with database.reading() as session:
        stored = set(session.scalars(select(AccessCode.code_hash)))
        assert sum(queries.code_counts(session, round_.id).values()) == len(printed)
    assert stored == {hash_of(code) for code in printed}
    with pytest.raises(Conflict, match="were printed already and are stored nowhere"):
        links.of_round(database, "PI-1", BASE, SECRET)


def test_reissuing_voids_what_a_team_has_not_used_and_no_other_code(database: Database) -> None:
    open_round(database)
    found = {link.team: link.codes for link in links.of_round(database, "PI-1", BASE, SECRET)}
    receipt = sent(database, found["falcon"][0])
    save_page(database, ticket_of(found["falcon"][1], None), Given(1, FIRST), NOW)
    again = links.of_round(database, "PI-1", BASE, SECRET, reissue="falcon")
    assert [link.team for link in again] == ["falcon"]
    assert len(again[0].codes) == 7
    assert open_form(database, ticket_of(found["falcon"][0], None), NOW).receipt == receipt
    for code in found["falcon"][1:]:
        with pytest.raises(NotFound):
            open_form(database, ticket_of(code, None), NOW)
    assert open_form(database, ticket_of(again[0].codes[0], None), NOW).answers == {}
    assert open_form(database, ticket_of(found["heron"][0], None), NOW).entry.unit == "heron"


@pytest.mark.parametrize("mode", ["link", "team"])
def test_a_shared_link_is_the_same_each_time(database: Database, mode: str) -> None:
    open_round(database, mode=mode)
    first, second = (links.of_round(database, "PI-1", BASE, SECRET) for _ in range(2))
    assert first == second
    assert len({link.codes for link in first}) == len(TEAMS)
    for link in first:
        (code,) = link.codes
        assert link.url == f"{BASE}/#{code}"  # what stands behind # is not sent to a server, nor logged there
        assert open_form(database, ticket_of(code, None), NOW).entry.unit == link.team


@pytest.mark.parametrize(("mode", "statements"), [("codes", 5), ("link", 2), ("team", 2)])
def test_links_take_as_many_statements_however_many_teams_there_are(
    database: Database, mode: str, statements: int
) -> None:
    open_round(database, mode=mode)
    open_round(database, "PI-2", mode=mode, units=("newt",))
    for code in ("PI-1", "PI-2"):
        with counted() as found:
            links.of_round(database, code, BASE, SECRET)
        assert len(found) == statements, found


def test_shared_links_are_printed_while_somebody_writes(database: Database) -> None:
    open_round(database, mode="link")
    with database.writing():
        assert len(links.of_round(database, "PI-1", BASE, SECRET)) == len(TEAMS)


def test_another_secret_key_cannot_print_the_links_but_make_a_new_one(database: Database) -> None:
    open_round(database, mode="link")
    old = links.of_round(database, "PI-1", BASE, SECRET)
    with pytest.raises(Conflict, match="another secret key; --reissue falcon makes a new one"):
        links.of_round(database, "PI-1", BASE, OTHER_SECRET)
    (made,) = links.of_round(database, "PI-1", BASE, OTHER_SECRET, reissue="falcon")
    assert open_form(database, ticket_of(made.codes[0], None), NOW).entry.unit == "falcon"
    with pytest.raises(NotFound):
        open_form(database, ticket_of(old[0].codes[0], None), NOW)


def test_a_team_that_has_given_its_one_form_gets_no_link_to_a_second(database: Database) -> None:
    open_round(database, mode="team")
    sent(database, codes_of(database)[0])
    with pytest.raises(Conflict, match="the team falcon has given its form already"):
        links.of_round(database, "PI-1", BASE, SECRET, reissue="falcon")
    assert len(links.of_round(database, "PI-1", BASE, SECRET)) == len(TEAMS)


def test_a_link_that_many_have_used_is_reissued(database: Database) -> None:
    open_round(database, mode="link")
    old = codes_of(database)[0]
    answered(database, ticket_of(old, "mine"))
    submit(database, ticket_of(old, "mine"), NOW)
    (made,) = links.of_round(database, "PI-1", BASE, SECRET, reissue="falcon")
    assert made.codes != (old,)
    with pytest.raises(NotFound):
        open_form(database, ticket_of(old, "yours"), NOW)
    assert rounds.progress(database, "PI-1", NOW).teams[0].submitted == 1


def test_people_behind_one_link_have_forms_of_their_own(database: Database) -> None:
    open_round(database, mode="link")
    code = codes_of(database)[0]
    mine, yours = ticket_of(code, "token of mine"), ticket_of(code, "token of yours")
    answered(database, mine)
    assert open_form(database, mine, NOW).shared
    assert open_form(database, yours, NOW).answers == {}
    answered(database, yours)
    assert submit(database, mine, NOW).reference != submit(database, yours, NOW).reference


def test_unknown_teams_rounds_and_closed_rounds(database: Database) -> None:
    open_round(database)
    with pytest.raises(NotFound, match="there is no round PI-9"):
        links.of_round(database, "PI-9", BASE, SECRET)
    with pytest.raises(NotFound, match="asks no team rail"):
        links.of_round(database, "PI-1", BASE, SECRET, reissue="rail")
    closing.close(database, "PI-1", LATER)
    with pytest.raises(Conflict, match="is closed; its codes are gone"):
        links.of_round(database, "PI-1", BASE, SECRET)
