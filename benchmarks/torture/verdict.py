"""What the database holds in the end, against what people were told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from assessment.services import codes as hashing
from assessment.store import tables
from assessment.store.database import Database
from benchmarks.torture.clients import Crowd, number_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """The numbers of the codes, by what became of them; all but the first two should be empty."""

    acknowledged: int
    submissions: int
    lost: tuple[int, ...]  # people were told that their form came in, and it is not there
    double: tuple[int, ...]
    stranded: tuple[int, ...]  # spent without a form, a form without being spent, gone, or of no use any more
    false: tuple[int, ...]  # the reference on the receipt is not the one that is stored
    foreign: int  # submissions that nobody made

    @property
    def faults(self) -> list[str]:
        """What is wrong, in sentences."""
        found = [
            f"{what} {len(numbers)}: codes {', '.join(map(str, numbers[:10]))}"
            for what, numbers in (
                ("acknowledged submissions lost", self.lost),
                ("submissions double", self.double),
                ("codes stranded", self.stranded),
                ("receipts with another reference than the stored one", self.false),
            )
            if numbers
        ]
        return found + ([f"submissions of nobody {self.foreign}"] if self.foreign else [])


def of(database_url: str, codes: Sequence[str], crowd: Crowd) -> Verdict:
    """Compare."""
    database = Database(database_url)
    with database.reading() as session:
        forms = Counter(number_of(dict(answers)) for answers in session.scalars(select(tables.Submission.answers)))
        rows = session.execute(select(tables.Receipt.key_hash, tables.Receipt.reference))
        references = {key: reference for key, reference in rows}  # noqa: C416 - rows are no pairs to the type checker
        known = set(session.scalars(select(tables.AccessCode.code_hash)))
    database.dispose()
    keys = {number: hashing.hash_of(code) for number, code in enumerate(codes)}
    numbers = range(len(codes))
    told = crowd.journal.acknowledged
    return Verdict(
        acknowledged=len(told),
        submissions=forms.total(),
        lost=tuple(number for number in sorted(told) if not forms[number]),
        double=tuple(number for number in numbers if forms[number] > 1),
        stranded=tuple(
            number
            for number in numbers
            if bool(forms[number]) != (keys[number] in references)
            or keys[number] not in known
            or number in crowd.given_up
        ),
        false=tuple(
            number
            for number, reference in sorted(crowd.journal.references.items())
            if references.get(keys[number], reference) != reference
        ),
        foreign=sum(count for number, count in forms.items() if number not in numbers),
    )
