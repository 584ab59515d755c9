"""Drawing codes at once, and what somebody with the database finds out: which mark, but not which code."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text

from assessment.errors import Conflict, Refused
from assessment.services import closing, codes, drawing, organisation, rounds
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.writes.draws import BLOCK
from tests.services.given import LATER, NOW, QUESTIONNAIRE, SECRET, open_round
from tests.services.test_unlinkable import HIGHEST_CORRELATION, MOST_RIGHT, ON_POSTGRESQL, files, judged

THREADS = 8
TEAMS = 20
PEOPLE = 200  # of all teams together
UNITS = "kind,code,name,parent,headcount\n" + "".join(f"team,t{n},Team {n},,{PEOPLE // TEAMS}\n" for n in range(TEAMS))

Draws = Callable[[Database, str, str, str], str]


def mark_of(person: int) -> str:
    return drawing.mark_of(SECRET, "PI-1", "https://login.example.org", f"person {person}")


def at_once(task: Callable[[int], str]) -> list[str]:
    """Run a task in all threads, none before the others are ready; `""` for those that are refused."""
    barrier = threading.Barrier(THREADS)

    def run(number: int) -> str:
        barrier.wait()
        try:
            return task(number)
        except Conflict:
            return ""

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(run, range(THREADS)))


def counts(database: Database) -> tuple[int, int]:
    with database.reading() as session:
        marks, made = (session.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("draw_mark", "access_code"))  # noqa: S608
        return int(marks or 0), int(made or 0)


def test_the_same_person_eight_times_at_once_draws_one_code(database: Database) -> None:
    open_round(database)
    teams = ("falcon", "heron")
    drawn = at_once(lambda number: drawing.draw(database, "PI-1", teams[number % 2], mark_of(1), NOW).code)
    assert len([code for code in drawn if code]) == 1
    assert counts(database) == (1, 1)


def test_eight_people_at_once_draw_no_more_codes_than_the_team_has_people(database: Database) -> None:
    open_round(database)
    drawn = at_once(lambda number: drawing.draw(database, "PI-1", "newt", mark_of(number), NOW).code)
    assert len({code for code in drawn if code}) == 4
    assert counts(database) == (4, 4)  # whoever got none may draw for another team
    with database.reading() as session:
        round_ = rounds.needed(session, "PI-1")
        assert {code for code in drawn if code and queries.access(session, codes.hash_of(code))} == set(
            filter(None, drawn)
        )
        assert list(queries.code_counts(session, round_.id).values()) == [4]


def test_printed_codes_count_too_and_stay_what_they_are(database: Database) -> None:
    open_round(database)
    with database.writing() as session:
        round_ = rounds.needed(session, "PI-1")
        newt = rounds.entry_needed(session, round_, "newt")
        printed = [codes.new_code() for _ in range(3)]
        writes.add_codes(session, round_.id, [(newt.id, codes.hash_of(code), None) for code in printed])
    drawn = drawing.draw(database, "PI-1", "newt", mark_of(1), NOW).code
    with pytest.raises(Conflict, match="All codes of Newt"):
        drawing.draw(database, "PI-1", "newt", mark_of(2), NOW)
    with database.reading() as session:
        assert all(queries.access(session, codes.hash_of(code)) for code in [*printed, drawn])


def test_what_is_refused_leaves_nothing_behind(database: Database) -> None:
    open_round(database)
    for team, now in (("nobody", NOW), ("falcon", NOW - timedelta(days=1))):
        with pytest.raises(Refused):
            drawing.draw(database, "PI-1", team, mark_of(1), now)
    assert counts(database) == (0, 0)


# An attack: 200 people of 20 teams have drawn in an order that is known (whoever runs the sign-in service knows it).


def guarded(database: Database, team: str, mark: str, _code: str) -> str:
    """Draw as the application does."""
    return drawing.draw(database, "PI-1", team, mark, NOW).code


def naive(database: Database, team: str, mark: str, code: str) -> str:
    """Draw as one would who thinks of foreign keys alone."""
    with database.writing() as session:
        round_ = rounds.needed(session, "PI-1")
        entry = rounds.entry_needed(session, round_, team)
        values = {"round": round_.id, "mark": mark}
        session.execute(text("INSERT INTO draw_mark (round_id, mark) VALUES (:round, :mark)"), values)
        writes.add_codes(session, round_.id, [(entry.id, codes.hash_of(code), None)])
    return code


def everybody_draws(database: Database, draw: Draws) -> tuple[dict[str, int], dict[str, int], Sequence[int]]:
    """Let all draw in a random order; give whose mark and whose code is which, and the order."""
    organisation.import_units(database, UNITS.encode())
    rounds.open_round(database, QUESTIONNAIRE, rounds.Opening("PI-1"), SECRET, NOW)
    order = sorted(range(PEOPLE), key=lambda person: sha256(f"order {person}".encode()).digest())
    drawn = {
        codes.hash_of(draw(database, f"t{person % TEAMS}", mark_of(person), codes.new_code())): person
        for person in order
    }
    return {mark_of(person): person for person in range(PEOPLE)}, drawn, order


def joined(database: Database, marks: dict[str, int], drawn: dict[str, int]) -> tuple[int, int]:
    """Join marks and codes on the transaction that wrote them: how many pairs there are, and how many are right."""
    with database.reading() as session:
        pairs = session.execute(
            text("SELECT mark, code_hash FROM draw_mark JOIN access_code ON draw_mark.xmin = access_code.xmin")
        ).all()
    return len(pairs), sum(marks[mark] == drawn[code] for mark, code in pairs)


def lying(database: Database, marks: dict[str, int], drawn: dict[str, int]) -> dict[str, list[int]]:
    """Give people in the orders in which their marks, and their codes, lie."""
    orders = {"codes: by id": ("code_hash", "access_code", "id"), "marks: by key": ("mark", "draw_mark", "mark")}
    if not database.is_sqlite:
        orders |= {
            "codes: by place": ("code_hash", "access_code", "ctid"),
            "marks: by place": ("mark", "draw_mark", "ctid"),
        }
        orders |= {"marks: by transaction": ("mark", "draw_mark", "xmin::text::bigint, mark")}
        orders |= {"codes: by transaction": ("code_hash", "access_code", "xmin::text::bigint, code_hash")}
    people = marks | drawn
    with database.reading() as session:
        found = {
            name: [people[key] for (key,) in session.execute(text(f"SELECT {column} FROM {table} ORDER BY {by}"))]  # noqa: S608
            for name, (column, table, by) in orders.items()
        }
    if database.is_sqlite:
        content = files(database)
        for name, keys in (("codes", drawn), ("marks", marks)):
            found[f"{name}: by place"] = [
                keys[key] for key in sorted(keys, key=lambda key: content.rfind(key.encode()))
            ]
    return found


def test_the_marks_lie_in_no_order_that_tells_whose_code_is_whose(database: Database) -> None:
    marks, drawn, order = everybody_draws(database, guarded)
    found = lying(database, marks, drawn)
    attacks = {name: judged(people, order) for name, people in found.items()}
    # What was written last was drawn last: a team's codes, or a hundred marks. Within a team nothing tells.
    telling = {name for name, attack in attacks.items() if attack.right > MOST_RIGHT}
    assert not telling
    told = {name for name, attack in attacks.items() if abs(attack.correlation) > HIGHEST_CORRELATION}
    assert not {name for name in told if name.startswith("marks")}
    for team in range(TEAMS):
        of_team = [person for person in order if person % TEAMS == team]
        for name, people in found.items():
            if name.startswith("codes"):
                lie = [person for person in people if person % TEAMS == team]
                assert lie != of_team, name


@ON_POSTGRESQL
def test_a_mark_and_its_code_do_not_share_a_transaction_with_few_others(database: Database) -> None:
    marks, drawn, _order = everybody_draws(database, guarded)
    pairs, right = joined(database, marks, drawn)
    assert right <= TEAMS  # at most the last one of each team is among them …
    assert pairs > 50 * max(right, 1)  # … and so are that many others
    with database.reading() as session:
        last = session.execute(
            text("SELECT count(*) FROM draw_mark GROUP BY xmin::text ORDER BY max(xmin::text::bigint)")
        )
        assert [number for (number,) in last][-1] == BLOCK


@ON_POSTGRESQL
def test_who_drew_last_is_not_known_by_the_place_among_those_written_with_them(database: Database) -> None:
    marks, _drawn, _order = everybody_draws(database, guarded)
    known, places = set(marks), set()
    of_it = text("SELECT mark FROM draw_mark WHERE xmin = (SELECT xmin FROM draw_mark WHERE mark = :mark)")
    for late in map(mark_of, range(PEOPLE, PEOPLE + 6)):
        with database.writing() as session:
            entry = rounds.entry_needed(session, rounds.needed(session, "PI-1"), "t1")
            writes.draw_code(session, entry.round_id, entry.id, late, codes.hash_of(codes.new_code()))
        with database.reading() as session:
            together = set(session.scalars(of_it, {"mark": late}))
        assert len(together) == BLOCK
        known.add(late)
        people = sorted(known)
        here = people.index(late)
        places.add(sum(people[here - step] in together for step in range(1, BLOCK)))
    assert len(places) > 1


@ON_POSTGRESQL
def test_the_same_attack_finds_everybody_where_nothing_is_written_anew(database: Database) -> None:
    marks, drawn, order = everybody_draws(database, naive)
    assert joined(database, marks, drawn) == (PEOPLE, PEOPLE)
    attacks = {name: judged(people, order) for name, people in lying(database, marks, drawn).items()}
    assert attacks["codes: by id"].right == attacks["marks: by place"].right == PEOPLE


def test_after_the_close_no_mark_is_left_in_the_files(database: Database) -> None:
    marks, drawn, _order = everybody_draws(database, guarded)
    before = files(database)
    assert all(key.encode() in before for key in [*marks, *drawn])
    assert closing.close(database, "PI-1", LATER, secret_key=SECRET)
    after = files(database)
    assert not [key for key in [*marks, *drawn] if key.encode() in after]
