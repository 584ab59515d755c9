"""What a conversion gives: the questionnaire as plain data, and everything that could not be carried over."""

from dataclasses import dataclass
from typing import Any

from assessment.questionnaire.finding import printable

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
        return printable(f"{file}: {self.place}: {self.sentence}")


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


def decoded(content: bytes) -> str:
    """Give a source's text, which is UTF-8; raises `Unconvertible` with the line of the first byte that is not."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise Unconvertible(Loss(f"line {line}", sentence)) from error
