"""What a conversion gives: the questionnaire as plain data, and everything that could not be carried over."""

from dataclasses import dataclass
from typing import Any

Plain = Any  # what stands in a questionnaire file: maps, lists and scalars


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that was not carried over: where it stands in the source, and a sentence.

    A place reads as its author would look for it: `sheet survey, row 4`, `$.pages[0].elements[2]`, `line 12`.
    """

    place: str
    sentence: str

    def line(self, file: str) -> str:
        """Give the loss as it is printed: `file: place: sentence`."""
        line = f"{file}: {self.place}: {self.sentence}"
        return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line)


@dataclass(frozen=True, slots=True)
class Conversion:
    """A questionnaire of format 1 as plain data, in the order in which a file has its keys, and the losses."""

    document: dict[str, Plain]
    losses: tuple[Loss, ...] = ()


class Unconvertible(Exception):  # noqa: N818 - the places and sentences are the message
    """A source of which nothing can be made; carries why, one entry for each place."""

    def __init__(self, *reasons: Loss) -> None:
        super().__init__("; ".join(reason.sentence for reason in reasons))
        self.reasons = reasons
