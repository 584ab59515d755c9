"""What stands on the sheets: a slip for every single-use code, or one poster for every shared link."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assessment.reports.codes.qr import qr_code
from assessment.wording import gettext as _
from assessment.wording import speaking


@dataclass(frozen=True, slots=True)
class TeamCodes:
    """A team's codes as they are handed out: `address` is where to enter them, without a code in it."""

    name: str
    address: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """One code: in print, and as a QR code that opens the form with it."""

    code: str
    address: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class TeamSlips:
    """A team's slips."""

    team: str
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """What a team hangs on its wall: one link for all of it."""

    team: str
    slip: Slip


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """A document of slips or of posters; `promise` says who sees what, `until` when the round ends."""

    language: str
    round_title: str
    questionnaire: str
    promise: str
    until: str
    teams: tuple[TeamSlips, ...]
    posters: tuple[Poster, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the codes are for: the round, its mode, the questionnaire's title, and until when in words."""

    language: str
    round_title: str
    questionnaire: str
    mode: str
    until: str = ""


def code_sheet(occasion: Occasion, teams: Sequence[TeamCodes]) -> CodeSheet:
    """Give the sheets of a round's codes: in mode `codes` slips to cut apart, else a poster a team."""
    with speaking(occasion.language):
        single = occasion.mode == "codes"
        slips = {team: tuple(_slip(team, code) for code in team.codes) for team in teams}
        return CodeSheet(
            language=occasion.language,
            round_title=occasion.round_title,
            questionnaire=occasion.questionnaire,
            promise=_promise(occasion.mode),
            until=occasion.until,
            teams=tuple(TeamSlips(team.name, of_team) for team, of_team in slips.items() if of_team) if single else (),
            posters=()
            if single
            else tuple(Poster(team.name, of_team[0]) for team, of_team in slips.items() if of_team),
        )


def _promise(mode: str) -> str:
    match mode:
        case "codes":
            return _("Use it once. Your answers are stored without it.")
        case "link":
            return _("One link for the whole team. Your answers are anonymous; please answer once.")
    return _("One form for the whole team, answered openly. Agree on one answer to each question.")


def _slip(team: TeamCodes, code: str) -> Slip:
    address = team.address.split("#", maxsplit=1)[0]
    return Slip(code, address, qr_code(f"{address}#{code}", _("Opens the form of %(team)s", team=team.name)))
