"""A workshop over HTTP: the facilitator's browser, and those of everybody else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Self

from tests.web.respond.given import Place, Respondent


@dataclass(slots=True)
class Workshop:
    """A team that has opened its room."""

    place: Place
    facilitator: Respondent

    @classmethod
    def opened(cls, place: Place) -> Self:
        """Enter the team's code and open the room."""
        who = place.somebody()
        who.enter(place.codes[0])
        who.follow()
        who.get("/facilitate")
        who.post("/facilitate")
        who.follow()
        return cls(place, who)

    @property
    def code(self) -> str:
        """The room's code, as it stands on the screen."""
        codes = re.findall(r'class="room-code">([^<]+)<', self.desk())
        return unescape(codes[-1])

    def desk(self) -> str:
        """Look at the facilitator's screen."""
        return self.facilitator.get("/facilitate").text

    def press(self, what: str, **fields: str) -> int:
        """Press a button on the facilitator's screen, and give what came of it."""
        self.desk()
        found = re.search(r'name="question" value="([^"]+)">\s*<', self.desk())
        stage = re.search(r'name="stage" value="([^"]+)"', self.desk())
        given = {"question": unescape(found[1]) if found else "", "stage": stage[1] if stage else ""}
        return self.facilitator.post(f"/facilitate/{what}", given | fields).status_code

    def revealed(self) -> str:
        """Reveal the votes, and give what the screen says then."""
        assert self.press("reveal") == 303
        self.facilitator.follow()
        return self.facilitator.words

    def joined(self, number: int = 1) -> list[Respondent]:
        """Let people into the room."""
        people = [self.place.somebody() for _ in range(number)]
        for who in people:
            who.get("/vote")
            assert who.post("/vote/join", {"code": self.code}).status_code == 303
            who.follow()
        return people


def voted(people: Sequence[Respondent], question: str, words: Sequence[str]) -> None:
    """Let people vote, each for a word."""
    for who, word in zip(people, words, strict=True):
        who.get("/vote")
        answer = who.post("/vote", {"question": question, f"a-{question}": word})
        assert answer.status_code == 303, who.words
