"""Names of other tools become ids, each once."""

import re
import unicodedata

LONGEST_ID = 80
_RESERVED = ("team", "na", "dk")  # a column of answer files, and two answers that are no option
_NO_ID = re.compile(r"[^A-Za-z0-9.-]+")


class Ids:
    """Gives ids that no other thing has; dimensions and questions share them, the options of a question do."""

    def __init__(self) -> None:
        self._taken = set(_RESERVED)
        self._last: dict[str, int] = {}

    def give(self, name: str, otherwise: str) -> str:
        """Give a name's id: the name where it is one, else what is nearest, else `otherwise`."""
        wanted = as_id(name) or otherwise
        found = wanted
        while found in self._taken:
            self._last[wanted] = self._last.get(wanted, 1) + 1
            end = f"-{self._last[wanted]}"
            found = wanted[: LONGEST_ID - len(end)] + end
        self._taken.add(found)
        return found


def as_id(name: str) -> str:
    """Give the id that is nearest to a name; empty where nothing of it can stand in an id."""
    letters = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return _NO_ID.sub("-", letters).strip("-.")[:LONGEST_ID].rstrip("-.")
