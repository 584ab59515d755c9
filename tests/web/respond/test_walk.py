"""Any questionnaire can be walked through over HTTP, and what was answered is what is stored."""

from assessment.questionnaire.answers import beside, fields_beside, word_of
from assessment.questionnaire.asking import asked
from assessment.questionnaire.check import load
from tests.walker import LINK, Walker, by_chance, does_not_apply, highest, lowest
from tests.web.respond.conftest import Opens
from tests.web.respond.given import EVERYTHING

EVERY_ONE = load(EVERYTHING.encode())
MADE_UP = {"tools": "chart board", "members": "7", "releases": "yes", "often": "2", "failures": "3", "board-use": "2"}


def test_whoever_walks_is_asked_what_the_answers_ask_for_and_that_is_stored(opens: Opens) -> None:
    place = opens(EVERYTHING)
    choices = [lowest, highest, does_not_apply, *(by_chance(seed) for seed in range(4))]
    for code, choose in zip(place.codes, choices, strict=True):
        walker = Walker(place.app.test_client(), choose)
        assert len(walker.walk(code)) == 9
        given = {name: word for name, word in walker.answers.items() if word} | walker.beside
        (stored,) = [one for one in place.submitted() if {key: word_of(value) for key, value in one.items()} == given]
        assert {one.id for one in asked(EVERY_ONE, stored, walker.role)} == walker.answers.keys()


def test_words_that_were_made_up_beforehand_are_given(opens: Opens) -> None:
    place = opens(EVERYTHING)
    walker = Walker(place.app.test_client(), highest, given=MADE_UP, role="tester")
    walker.walk(place.codes[0])
    assert MADE_UP.items() <= walker.answers.items()
    (stored,) = place.submitted()
    assert (stored["tools"], stored["members"], stored["failures"]) == (
        ["board", "chart"],
        {"number": 7},
        {"number": 3},
    )
    assert stored["shared:links"] == [LINK]
    assert {"lesson", "board-limits"} <= stored.keys()


def test_a_team_that_agrees_walks_through_every_role_s_questions(opens: Opens) -> None:
    place = opens(EVERYTHING, mode="team")
    walker = Walker(place.app.test_client(), highest)
    walker.walk(place.codes[0])
    assert {"value", "tests"} <= walker.answers.keys()
    assert walker.role is None
    known = {question.id: question for question in EVERY_ONE.questions}
    keys = {beside(name, one) for name, question in known.items() for one in fields_beside(question)}
    (stored,) = place.submitted()
    assert stored.keys() <= known.keys() | keys
