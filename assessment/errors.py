"""What the application refuses, as sentences: each becomes an exit code or an HTTP status."""

from http import HTTPStatus


class Refused(Exception):  # noqa: N818 - it is a refusal told to a user, not a fault
    """Something that is not done, and why, in a sentence for whoever asked."""

    status = HTTPStatus.BAD_REQUEST
    faults: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What to tell the user."""
        return str(self)


class NotFound(Refused):
    """What was named does not exist."""

    status = HTTPStatus.NOT_FOUND


class Conflict(Refused):
    """What exists already, or the state things are in, forbids it."""

    status = HTTPStatus.CONFLICT


class Forbidden(Refused):
    """Whoever asks may not."""

    status = HTTPStatus.FORBIDDEN


class Invalid(Refused):
    """What was given is not what is needed; every single fault is listed.

    `faults` are whole sentences, each with its place (row and column, or line).
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, sentence: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.faults = faults


def place_of(error: BaseException) -> str:
    """Give a fault's kind and place for a log, never its text, which may hold an answer."""
    trace = error.__traceback__
    places: list[str] = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' > '.join(places[-6:])}"
