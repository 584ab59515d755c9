"""A role chooses what is asked; it is in the signed cookie and nowhere else."""

import logging
import re
from pathlib import Path

import pytest

from tests.web.respond.conftest import Opens
from tests.web.respond.given import CHAIN, EVERYTHING, TYPES, Place, Respondent, title


@pytest.fixture
def place(opens: Opens) -> Place:
    """A round whose questionnaire asks some questions of some roles."""
    return opens(EVERYTHING)


@pytest.fixture
def newcomer(place: Place) -> Respondent:
    """Somebody who has entered a code and not said their role."""
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    return who


def test_the_first_page_asks_for_the_role_and_says_what_for(newcomer: Respondent) -> None:
    assert "In which role do you answer?" in newcomer.words
    assert "It is not stored." in newcomer.words
    assert "Product Owner Tester Night watch None of these" in newcomer.words
    assert newcomer.seen is not None
    assert not re.search(r'name="role"[^>]* checked', newcomer.seen.text)
    assert "minutes left" not in newcomer.words


def test_the_label_of_a_role_is_in_the_questionnaire_s_language(opens: Opens) -> None:
    place = opens(EVERYTHING.replace("languages: [en, de]", "languages: [de, en]"))
    who = place.somebody()
    who.enter(place.codes[0])
    assert "<span>Testende</span>" in who.follow().text


@pytest.mark.parametrize("address", ["/form/1", "/form/4", "/form/check"])
def test_it_is_asked_before_the_first_part(newcomer: Respondent, address: str) -> None:
    assert newcomer.get(address).location == "/form"


def test_without_it_nothing_is_sent_and_nothing_typed_is_lost(newcomer: Respondent) -> None:
    assert newcomer.post("/form/1", TYPES).location == "/form"
    assert newcomer.post("/form/check").status_code == 409
    assert "Say first in which role you answer" in newcomer.words
    newcomer.get("/form")
    newcomer.post("/form/role", {"role": ""})
    newcomer.get("/form/1")
    assert "a-shared:3" in newcomer.chosen()


@pytest.mark.parametrize("given", [{}, {"role": "emperor"}, {"role": "Tester"}, {"role": "team-member"}])
def test_a_role_that_is_not_offered_is_refused(newcomer: Respondent, given: dict[str, str]) -> None:
    page = newcomer.post("/form/role", given)
    assert page.status_code == 400
    assert title(page).startswith("Error: ")
    assert newcomer.words.count("Choose a role, or “None of these”.") == 2
    assert '<a href="#role:product-owner">' in page.text


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("", ["together"]),
        ("product-owner", ["together", "value"]),
        ("tester", ["together", "tests"]),
        ("night.watch", ["together", "tests"]),
    ],
)
def test_it_chooses_the_questions(newcomer: Respondent, role: str, asked: list[str]) -> None:
    assert newcomer.post("/form/role", {"role": role}).location == "/form"
    page = newcomer.get("/form/4")
    assert newcomer.asked() == asked
    assert f"0 of {len(asked)} answered" in newcomer.words
    assert " hidden data-never>" in page.text
    newcomer.get("/form/check")
    assert ("I know the value" in newcomer.words) is (role == "product-owner")


def test_it_can_be_changed_on_the_start_page(newcomer: Respondent) -> None:
    newcomer.post("/form/role", {"role": "tester"})
    newcomer.post("/form/1", TYPES)
    newcomer.post("/form/4", {"a-together": "1", "a-tests": "yes", "a-night": "Red lights", "live": "1"})
    newcomer.get("/form")
    assert "You answer as: Tester . Change it" in newcomer.words
    newcomer.post("/form/role", {"role": "product-owner"})
    newcomer.get("/form")
    assert "You answer as: Product Owner. Change it" in newcomer.words
    newcomer.get("/form/4")
    assert newcomer.asked() == ["together", "value"]
    newcomer.get("/form/check")
    assert "Red lights" not in newcomer.words
    newcomer.post("/form/role", {"role": "tester"})
    newcomer.get("/form/check")
    assert "Red lights" in newcomer.words, "changing it back loses nothing"


def test_a_team_that_agrees_is_asked_every_role_s_questions(opens: Opens) -> None:
    place = opens(EVERYTHING, mode="team")
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    assert "role" not in who.words
    who.get("/form/4")
    assert who.asked() == ["together", "value", "tests"]


def test_where_no_question_is_of_a_role_none_is_asked_for(somebody: Respondent) -> None:
    assert "role" not in somebody.words
    assert somebody.post("/form/role", {"role": "tester"}).location == "/form"
    assert somebody.get("/form/1").status_code == 200


def test_it_is_nowhere_but_in_the_cookie(
    place: Place, newcomer: Respondent, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [newcomer.post("/form/role", {"role": "night.watch"})]
    answers += [newcomer.post("/form/1", TYPES), newcomer.post("/form/2", CHAIN | {"live": "1"})]
    answers += [newcomer.post("/form/4", {"a-together": "1", "a-tests": "no", "live": "1"})]
    drafted = place.contents()
    answers += [newcomer.post("/form/check")]
    assert answers[-1].location == "/form/receipt"
    assert '"tests"' not in drafted  # it is sealed
    assert '"tests"' in place.contents()
    for held in (drafted, place.contents()):
        assert "night.watch" not in held.replace(EVERYTHING, "")
    assert not any("night" in answer.location for answer in answers)
    assert "night.watch" not in caplog.text
    assert not any("night.watch" in file.read_text("utf-8", "replace") for file in tmp_path.glob("*.log"))


def test_whoever_comes_next_is_asked_again(place: Place, newcomer: Respondent) -> None:
    newcomer.post("/form/role", {"role": "tester"})
    newcomer.post("/form/leave")
    newcomer.enter(place.codes[1])
    newcomer.follow()
    assert "In which role do you answer?" in newcomer.words
