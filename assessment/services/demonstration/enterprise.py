"""The demonstration's organisation: value streams, ARTs and teams with made-up names."""

import random
from dataclasses import dataclass

from assessment.errors import Invalid
from assessment.store.records import UnitRecord

MOST = {"arts": 400, "teams": 20, "people": 40, "rounds": 16}
FEWEST_PEOPLE = 3
ARTS_PER_STREAM = 2
SMALL_TEAM = 4  # under the usual threshold of 5: its scores stay hidden

_STREAMS = ("Payments", "Lending", "Insurance", "Savings", "Advice", "Markets", "Claims", "Service")
_ARTS = (
    "Orion", "Vega", "Lyra", "Altair", "Rigel", "Cygnus", "Perseus", "Draco", "Aquila", "Corvus",
    "Phoenix", "Hydra", "Gemini", "Antares", "Capella", "Deneb", "Mira", "Polaris", "Sirius", "Spica",
)  # fmt: skip
_TEAMS = (
    "Badger", "Curlew", "Dolphin", "Falcon", "Gecko", "Heron", "Ibex", "Jackdaw", "Kestrel", "Lynx",
    "Marlin", "Newt", "Otter", "Puffin", "Quail", "Raven", "Stoat", "Tapir", "Urchin", "Wren",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How large the enterprise is: `teams` in each ART, `people` in a usual team, `rounds` that are over."""

    arts: int = 4
    teams: int = 5
    people: int = 9
    rounds: int = 4

    def check(self) -> None:
        """Raise `Invalid` where a number is out of range."""
        for name, most in MOST.items():
            given, fewest = getattr(self, name), FEWEST_PEOPLE if name == "people" else 1
            if not fewest <= given <= most:
                raise Invalid(f"--{name} is {given}; it can be {fewest} to {most}")


def units(size: Size, chance: random.Random) -> list[UnitRecord]:
    """Give the organisation. The last team of the second ART (or of the only one) is a small one."""
    made = [UnitRecord("enterprise", "portfolio", "Enterprise", None, None)]
    streams = -(-size.arts // ARTS_PER_STREAM)
    made += [UnitRecord(f"vs-{n + 1}", "value-stream", _named(_STREAMS, n), "enterprise", None) for n in range(streams)]
    number = 0
    for art in range(size.arts):
        code = art_code(art)
        made.append(UnitRecord(code, "art", f"{_named(_ARTS, art)} ART", f"vs-{art // ARTS_PER_STREAM + 1}", None))
        for place in range(size.teams):
            small = art == min(1, size.arts - 1) and place == size.teams - 1 and size.teams > 1
            people = SMALL_TEAM if small else max(FEWEST_PEOPLE, size.people + chance.choice((-1, 0, 0, 1, 1, 2)))
            made.append(UnitRecord(f"team-{number + 1:03}", "team", _named(_TEAMS, number), code, people))
            number += 1
    return made


def art_code(number: int) -> str:
    """Give an ART's code, counted from 0."""
    return _named(_ARTS, number).lower().replace(" ", "-")


def _named(names: tuple[str, ...], number: int) -> str:
    again, place = divmod(number, len(names))
    return names[place] if not again else f"{names[place]} {again + 1}"
