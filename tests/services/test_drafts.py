"""A draft opens for whoever holds its code, and for nobody who has the database."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from assessment.questionnaire.versions import Turn
from assessment.services import codes, drafts
from assessment.services.answering import Given, open_form, save_page, ticket_of
from assessment.services.drafts import Draft
from assessment.store import tables
from assessment.store.database import Database
from tests.services.given import NOW, codes_of, open_round

CODE = "0123-4567-89AB-CDEF"
HASH = codes.hash_of(CODE)
ANSWERS = {"goals": 4, "why": "Zu viel – 🎉 \u202e", "skills": ["a", "b"], "later": None, "off": "na"}
DRAFT = Draft(ANSWERS, {"goals": Turn("k3", 7)})

words = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3))


@given(st.dictionaries(st.text(), words, max_size=5))
def test_a_form_comes_back_as_it_was(answers: dict[str, Any]) -> None:
    assert drafts.unseal(CODE, HASH, drafts.seal(CODE, HASH, Draft(answers))) == Draft(answers)


@pytest.mark.parametrize("answers", [{}, {"goals": 4}, {"goals": 4, "why": "So."}])
def test_a_form_that_was_sealed_before_turns_were_counted_opens(answers: dict[str, Any]) -> None:
    nonce = bytes(12)
    sealed = nonce + drafts._cipher(CODE).encrypt(nonce, json.dumps(answers).encode(), HASH.encode())  # noqa: SLF001
    assert drafts.unseal(CODE, HASH, sealed) == Draft(answers)


def test_a_code_opens_its_draft_however_it_was_typed() -> None:
    assert drafts.unseal("o123 4567 89ab cdef", HASH, drafts.seal(CODE, HASH, DRAFT)) == DRAFT


def test_the_same_form_is_sealed_differently_every_time() -> None:
    assert drafts.seal(CODE, HASH, DRAFT) != drafts.seal(CODE, HASH, DRAFT)


@pytest.mark.parametrize(
    "sealed",
    [
        b"",
        b"short",
        drafts.seal("0123-4567-89AB-CDEG", HASH, DRAFT),  # another code's
        drafts.seal(CODE, codes.hash_of("another"), DRAFT),  # moved to another key
        drafts.seal(CODE, HASH, DRAFT)[:-1] + b"?",
    ],
)
def test_what_was_not_sealed_under_this_code_is_nobodys_form(sealed: bytes) -> None:
    assert drafts.unseal(CODE, HASH, sealed) == Draft()


def test_the_database_has_nothing_of_a_saved_answer_and_what_was_moved_there_does_not_open(
    database: Database,
) -> None:
    open_round(database)
    first, second = (ticket_of(code, None) for code in codes_of(database)[:2])
    for ticket in (first, second):
        save_page(database, ticket, Given(2, {"why": "a canary in a coal mine"}), NOW)
    with database.reading() as session:
        rows = session.execute(select(tables.Draft.answers, tables.Draft.sealed)).all()
    assert [answers for answers, _ in rows] == [{}, {}]
    assert not any(b"canary" in (sealed or b"") for _, sealed in rows)
    assert open_form(database, first, NOW).answers["why"] == {"text": "a canary in a coal mine"}
    with database.writing() as session:
        of_first = select(tables.Draft.sealed).where(tables.Draft.key_hash == first.key_hash).scalar_subquery()
        session.execute(update(tables.Draft).where(tables.Draft.key_hash == second.key_hash).values(sealed=of_first))
    assert open_form(database, second, NOW).answers == {}


def test_a_draft_that_was_kept_plain_before_is_still_there_and_sealed_at_the_next_save(database: Database) -> None:
    open_round(database)
    ticket = ticket_of(codes_of(database)[0], None)
    save_page(database, ticket, Given(2, {"why": "sealed"}), NOW)
    with database.writing() as session:
        session.execute(update(tables.Draft).values(sealed=None, answers={"why": "as before"}))
    assert open_form(database, ticket, NOW).answers == {"why": "as before"}
    save_page(database, ticket, Given(2, {"why": "sealed again"}), NOW)
    with database.reading() as session:
        assert session.scalars(select(tables.Draft.answers)).one() == {}
    assert open_form(database, ticket, NOW).answers["why"] == {"text": "sealed again"}


def test_of_answers_that_are_saved_at_the_same_moment_none_is_lost(database: Database) -> None:
    open_round(database)
    ticket = ticket_of(codes_of(database)[0], None)
    given = {"goals": "3", "limits": "2", "batch": "4", "queue": "1", "why": "all of them"}
    page_of = {question: 1 if question in {"goals", "limits"} else 2 for question in given}

    def save(question: str) -> None:
        given_one = Given(page_of[question], {question: given[question]}, seen="", only=question)
        save_page(database, ticket, given_one, NOW)

    for _ in range(5):
        with ThreadPoolExecutor(len(given)) as pool:
            list(pool.map(save, given))
        assert open_form(database, ticket, NOW).answers.keys() == given.keys()
        with database.writing() as session:
            session.execute(delete(tables.Draft))
