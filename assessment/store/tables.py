"""The tables. What must never be true of the data is a named constraint here, not a hope in code.

There are no relationships: queries join what they need and give records, so nothing loads itself.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assessment.measure.disclosure import SMALLEST_THRESHOLD
from assessment.measure.tally import Tally
from assessment.store.columns import Counts, Levels, Moment, Names, RosterPath
from assessment.store.records import MODES, ROLES, UNIT_KINDS, PathStep

DECISIONS = ("accepted", "set")
QUALIFIERS = ("", ">=", "<=")

NAMING = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

# PostgreSQL would sort by the language it was installed in; both are to sort alike.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")

# SQLite numbers the rows of an ordinary table as they come in, which would tell who answered when.
UNNUMBERED = {"sqlite_with_rowid": False}


def one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    """Constrain a column to words known beforehand."""
    words = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


def not_negative(column: str) -> CheckConstraint:
    """Constrain a column to counts."""
    return CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative")


def of_its_round() -> ForeignKeyConstraint:
    """Constrain what belongs to a team to a roster entry of the same round."""
    return ForeignKeyConstraint(["round_id", "roster_entry_id"], ["roster_entry.round_id", "roster_entry.id"])


class Base(DeclarativeBase):
    """What all tables share: the names of constraints, and which Python type is stored how."""

    metadata = MetaData(naming_convention=NAMING)
    # JSON and not JSONB: nothing searches in it, and both databases keep the order of its keys.
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: TEXT,
        bytes: LargeBinary,
        datetime: Moment,
        Mapping[str, Any]: JSON,
        Mapping[str, str]: JSON,
        Mapping[str, Mapping[str, int]]: JSON,
        Mapping[str, Tally]: Counts,
        tuple[PathStep, ...]: RosterPath,
        tuple[int, ...]: Levels,
        tuple[str, ...]: Names,
    }


class Unit(Base):
    """A node of the organisation as it is today; rosters keep how it was."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    headcount: Mapped[int | None]

    __table_args__ = (
        one_of("kind", UNIT_KINDS),
        not_negative("headcount"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
    )


class QuestionnaireVersion(Base):
    """One version of a questionnaire file, byte for byte as it was read."""

    __tablename__ = "questionnaire_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str]
    version: Mapped[str]
    content: Mapped[bytes]
    content_hash: Mapped[str]
    scoring_hash: Mapped[str]

    __table_args__ = (UniqueConstraint("questionnaire", "version"),)


class Round(Base):
    """A dated window in which one questionnaire version is asked of a roster."""

    __tablename__ = "round"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    questionnaire_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"), index=True)
    mode: Mapped[str]
    threshold: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        one_of("mode", MODES),
        CheckConstraint(f"threshold >= {SMALLEST_THRESHOLD}", name="threshold_protects"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
    )


class RosterEntry(Base):
    """One unit whose people are asked in a round, as it stood when the round opened."""

    __tablename__ = "roster_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    unit_code: Mapped[str]
    unit_name: Mapped[str]
    kind: Mapped[str]
    path: Mapped[tuple[PathStep, ...]]
    headcount: Mapped[int]

    __table_args__ = (
        UniqueConstraint("round_id", "unit_code"),
        UniqueConstraint("round_id", "id"),  # for the foreign keys of of_its_round()
        one_of("kind", UNIT_KINDS),
        not_negative("headcount"),
    )


class AccessCode(Base):
    """The hash of a code that leads to a team's form; `nonce` for the link that a team shares."""

    __tablename__ = "access_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int]
    roster_entry_id: Mapped[int]
    code_hash: Mapped[str] = mapped_column(unique=True)
    nonce: Mapped[str | None]

    __table_args__ = (of_its_round(), Index(None, "round_id", "roster_entry_id"))


class Mailing(Base):
    """How far the mails of a round's newest file are; `trouble` is why the mail server took none the last time."""

    __tablename__ = "mailing"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    asked: Mapped[int]
    sent: Mapped[int]
    trouble: Mapped[str | None]

    __table_args__ = (not_negative("asked"), not_negative("sent"))


class Invitation(Base):
    """A mail still to be sent, or one that was not taken and why: a row of the file, never an address.

    `code_hash` is there while its code is on the way. What was sent is a number of its mailing, and no row any more.
    """

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[int]
    roster_entry_id: Mapped[int]
    row: Mapped[int]
    code_hash: Mapped[str | None]
    reason: Mapped[str | None]

    __table_args__ = (of_its_round(), Index(None, "round_id", "roster_entry_id"), not_negative("row"), UNNUMBERED)


class Draft(Base):
    """A form that is not sent yet, under the hash of the key its writer holds, and sealed under that key.

    `answers` has those that were kept plain, by a version before drafts were sealed. Or the copy of one that was sent,
    until its receipt was shown: under the hash of another key, which the browser that sent it alone has.
    """

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int]
    roster_entry_id: Mapped[int]
    key_hash: Mapped[str] = mapped_column(unique=True)
    answers: Mapped[Mapping[str, Any]]
    saved_at: Mapped[datetime]
    sealed: Mapped[bytes | None]

    __table_args__ = (of_its_round(), Index(None, "round_id", "roster_entry_id"))


class Receipt(Base):
    """That a form came in under a key: the primary key is what refuses a second one."""

    __tablename__ = "receipt"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[int]
    roster_entry_id: Mapped[int]
    reference: Mapped[str]
    received_at: Mapped[datetime]

    __table_args__ = (of_its_round(), Index(None, "round_id", "roster_entry_id"))


class Workshop(Base):
    """A team that fills its one form in together: the way into its room, and where it stands.

    `question` is voted on now, the votes on those in `revealed` were shown; `stage` counts whatever changes the room.
    """

    __tablename__ = "workshop"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int]
    roster_entry_id: Mapped[int]
    code_hash: Mapped[str] = mapped_column(unique=True)
    nonce: Mapped[str]
    question: Mapped[str | None]
    revealed: Mapped[tuple[str, ...]]
    stage: Mapped[int]

    __table_args__ = (of_its_round(), UniqueConstraint("round_id", "roster_entry_id"), not_negative("stage"))


class Vote(Base):
    """What somebody in a workshop would answer; the key differs from question to question, so it follows nobody."""

    __tablename__ = "vote"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    voter_hash: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str]

    __table_args__ = (UNNUMBERED,)


class DrawMark(Base):
    """That somebody drew a code in a round: a keyed hash of who they are, and neither the code, a team nor a time.

    Nothing of it names a person: without the secret key the hash cannot be made. The primary key refuses a second draw.
    """

    __tablename__ = "draw_mark"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (UNNUMBERED,)


class Submission(Base):
    """A filled form, whole, under a random id and without a date."""

    __tablename__ = "submission"

    id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[int]
    roster_entry_id: Mapped[int]
    answers: Mapped[Mapping[str, Any]]

    __table_args__ = (of_its_round(), Index(None, "round_id", "roster_entry_id"), UNNUMBERED)


class Comment(Base):
    """A free text, torn from its submission when the round closed: of a team or, where its role asks, of a unit."""

    __tablename__ = "comment"

    id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))  # the one of its team's says nothing without a team
    roster_entry_id: Mapped[int | None]
    question: Mapped[str]
    text: Mapped[str]
    unit_code: Mapped[str | None]

    __table_args__ = (
        of_its_round(),
        CheckConstraint("(roster_entry_id IS NULL) <> (unit_code IS NULL)", name="of_a_team_or_a_unit"),
        Index(None, "round_id", "roster_entry_id"),
        UNNUMBERED,
    )


class TeamTally(Base):
    """How many of a team chose what, question by question."""

    __tablename__ = "tally"

    round_id: Mapped[int] = mapped_column(primary_key=True)
    roster_entry_id: Mapped[int] = mapped_column(primary_key=True)
    forms: Mapped[int]
    counts: Mapped[Mapping[str, Tally]]

    __table_args__ = (of_its_round(), not_negative("forms"))


class ResultLink(Base):
    """The hash of the code that leads to a team's own results; made with a nonce when its round closes."""

    __tablename__ = "result_link"

    round_id: Mapped[int] = mapped_column(primary_key=True)
    roster_entry_id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str]
    nonce: Mapped[str]

    __table_args__ = (of_its_round(), Index(None, "code_hash"))


class Initiative(Base):
    """What a team takes up after a round: up to three things, in their order."""

    __tablename__ = "initiative"

    round_id: Mapped[int] = mapped_column(primary_key=True)
    roster_entry_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]

    __table_args__ = (of_its_round(), CheckConstraint("position BETWEEN 1 AND 3", name="one_of_three"))


class UnitTally(Base):
    """How often each answer was given to what some roles alone are asked, by a whole unit: never by a team."""

    __tablename__ = "unit_tally"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    unit_code: Mapped[str] = mapped_column(primary_key=True)
    counts: Mapped[Mapping[str, Mapping[str, int]]]


class Release(Base):
    """A round's scores, frozen; number 0 are the preliminary ones made by closing."""

    __tablename__ = "release"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    made_at: Mapped[datetime]
    method: Mapped[str]
    hash: Mapped[str]
    reason: Mapped[str | None]
    libraries: Mapped[Mapping[str, str]]
    seal: Mapped[str | None]

    __table_args__ = (UniqueConstraint("round_id", "number"), not_negative("number"))


class Score(Base):
    """One score of a release, in the order it is to be shown.

    The figures have no ranges: they are computed, and a 1.0000000000000002 must not stop a close.
    """

    __tablename__ = "score"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    dimension: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    kind: Mapped[str]
    unit_name: Mapped[str]
    parent: Mapped[str | None]
    is_question: Mapped[bool]
    value: Mapped[float | None]
    qualifier: Mapped[str]
    n: Mapped[int | None]
    N: Mapped[int | None] = mapped_column("n_of")  # SQL does not tell n from N
    coverage: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    agreement: Mapped[float | None]
    ad: Mapped[float | None]
    rwg: Mapped[float | None]
    split: Mapped[bool | None]
    hidden: Mapped[bool]
    distribution: Mapped[tuple[int, ...] | None]
    review: Mapped[str | None]
    reviewed_value: Mapped[float | None]
    review_reason: Mapped[str | None]
    rwg_star: Mapped[float | None]

    __table_args__ = (
        one_of("kind", UNIT_KINDS),
        one_of("qualifier", QUALIFIERS),
        one_of("review", DECISIONS),
        not_negative("n"),
        not_negative("n_of"),
        CheckConstraint(
            "NOT hidden OR (value IS NULL AND low IS NULL AND high IS NULL"
            " AND agreement IS NULL AND ad IS NULL AND rwg IS NULL AND split IS NULL"
            " AND distribution IS NULL)",
            name="hidden_holds_no_figure",
        ),
        Index(None, "release_id", "kind", "dimension"),
        Index(None, "release_id", "parent"),
    )


class Step(Base):
    """The change of one score against the round before, judged when the release was made."""

    __tablename__ = "step"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    dimension: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    previous_round: Mapped[str | None]
    change: Mapped[float | None]
    teams: Mapped[int | None]
    basis: Mapped[str]
    verdict: Mapped[str]
    reason: Mapped[str]
    low: Mapped[float | None]
    high: Mapped[float | None]
    smallest: Mapped[float | None]
    effect: Mapped[float | None]

    __table_args__ = (not_negative("teams"),)


class QuestionHealth(Base):
    """How a round's questions fared, for whoever decides which to keep: one row, written at the close."""

    __tablename__ = "question_health"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    figures: Mapped[Mapping[str, Any]]


class Review(Base):
    """The LACE's reading of one score of a closed round, until a release takes it up."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    unit: Mapped[str]
    dimension: Mapped[str]
    decision: Mapped[str]
    value: Mapped[float | None]
    reason: Mapped[str | None]
    reviewer: Mapped[str]
    reviewed_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("round_id", "unit", "dimension"),
        one_of("decision", DECISIONS),
        CheckConstraint(
            "(decision = 'accepted' AND value IS NULL)"
            " OR (decision = 'set' AND value IS NOT NULL AND reason IS NOT NULL)",
            name="set_to_a_value_for_a_reason",
        ),
    )


class Account(Base):
    """A member of staff who signs in."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    active: Mapped[bool]
    created_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower_case"),)


class Role(Base):
    """What an account may do; without a unit: everywhere."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str]
    unit_code: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("account_id", "role", "unit_code"),
        one_of("role", ROLES),
    )


# To a database two NULLs differ: the constraint above does not see a second role for everywhere.
Index(
    "uq_role_everywhere",
    Role.account_id,
    Role.role,
    unique=True,
    sqlite_where=Role.unit_code.is_(None),
    postgresql_where=Role.unit_code.is_(None),
)


class LoginSession(Base):
    """A sign-in, under the hash of the token that the browser holds."""

    __tablename__ = "login_session"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class AuditEvent(Base):
    """Who did what, and when."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
