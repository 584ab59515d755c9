"""How a stored verdict shows: by a mark and a colour; without one nothing is said."""

from typing import Literal

from assessment.reports.charts.palette import BLUE, ORANGE

Verdict = Literal["improved", "worsened"]

MARKS: dict[Verdict, str] = {
    "improved": "\N{BLACK UP-POINTING TRIANGLE}",
    "worsened": "\N{BLACK DOWN-POINTING TRIANGLE}",
}
COLOURS: dict[Verdict, str] = {"improved": BLUE, "worsened": ORANGE}
