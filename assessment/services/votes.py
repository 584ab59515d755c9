"""Votes: how a room voted on what it was asked, from the reveal on and never of a few."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.questionnaire.model import AnyQuestion
from assessment.store import queries
from assessment.store.records import Room, VoteCount

REVEALED_FROM = 3  # under this a distribution tells whose vote is whose


@dataclass(frozen=True, slots=True)
class Distribution:
    """The revealed votes on a question: how often each word was given, and how many gave any."""

    question: AnyQuestion
    counts: Mapping[str, int]
    voters: int


def revealed(session: Session, room: Room, questions: Sequence[AnyQuestion]) -> Iterator[Distribution]:
    """Give how a room voted on those of some questions whose votes it revealed."""
    shown = [question for question in questions if question.id in room.workshop.revealed]
    counts = queries.votes(session, room.workshop.id) if shown else []
    found = (_distribution(question, counts) for question in shown)
    return (one for one in found if one.voters >= REVEALED_FROM)


def _distribution(question: AnyQuestion, counts: Sequence[VoteCount]) -> Distribution:
    """Count what was voted on a question: of several choices each by itself."""
    found: Counter[str] = Counter()
    of_question = [count for count in counts if count.question == question.id]
    for count in of_question:
        for word in count.word.split():
            found[word] += count.number
    return Distribution(question, dict(found), sum(count.number for count in of_question))
