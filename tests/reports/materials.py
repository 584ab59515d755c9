"""The materials that several tests look at: a typical ART, and those at the edges."""

from functools import cache

from assessment.questionnaire.check import load
from assessment.questionnaire.model import Questionnaire
from assessment.reports.material import ArtMaterial, Reviewed
from tests.reports.building import CONTENT, SHIPPED, Habits, Round, Team, forms, level_forms, material, ratings

NAMES = (
    "Falcon", "Kestrel", "Marlin", "Lynx", "Heron", "Badger", "Raven", "Puffin", "Otter", "Tapir", "Osprey", "Wren",
)  # fmt: skip
LEANING = {
    "team-technical-agility": 0.5,
    "agile-teams": 0.3,
    "lean-portfolio-management": -0.7,
    "light-steering": -0.3,
    "continuous-learning-culture": 0.2,
    "enterprise-solution-delivery": -0.35,
}


@cache
def typical() -> ArtMaterial:
    """Five teams over four rounds: one team split on two questions, one hidden, one silent in the last round."""
    return material(
        [_round(place, ("Falcon", "Kestrel", "Marlin", "Lynx", "Heron"), place == 3) for place in range(4)],
        reviews={
            "": Reviewed("accepted", None, None),
            "agile-product-delivery": Reviewed(
                "set",
                2.0,
                "The demo of the whole solution was skipped twice this PI; the teams could not know that customers "
                "had asked for it.",
            ),
            "team-technical-agility": Reviewed("accepted", None, None),
        },
    )


@cache
def large() -> ArtMaterial:
    """Twelve teams over twelve rounds, with a gap."""
    rounds = [_round(place, NAMES, place == 11) for place in range(12)]
    rounds[5] = Round(rounds[5].title)
    return material(rounds)


@cache
def first() -> ArtMaterial:
    """A first round of six teams."""
    return material([_round(3, NAMES[:6], newest=False)])


@cache
def lone() -> ArtMaterial:
    """One team over two rounds."""
    return material([_round(place, ("Falcon",), newest=False) for place in range(2)])


@cache
def agreed() -> ArtMaterial:
    """Six teams that each agreed on one form."""
    rounds = [
        Round(
            f"PI 26.{number + 1}",
            tuple(
                Team(name.lower(), name, 1, () if number and name == "Heron" else forms(1, 2.8, place * 7 + number))
                for place, name in enumerate(NAMES[:6])
            ),
        )
        for number in range(2)
    ]
    return material(rounds, mode="team")


@cache
def long_names() -> ArtMaterial:
    """Names as long as organisations really give them."""
    teams = tuple(
        Team(f"t{place}", name, 9, forms(9 - place % 2, 2.9, 40 + place, Habits(LEANING)))
        for place, name in enumerate(
            (
                "Customer identity and access management platform team (Hamburg and Pune)",
                "Fahrzeugdatenkommunikationsschnittstellen",
                "Ökosystem & Partner-Integration / Zahlungsverkehr",
                "Команда платформы",
                "Team 5",
            ),
        )
    )
    title = "Program Increment 2026.4 with Innovation and Planning"
    return material(
        [Round("PI 26.3", teams), Round(title, teams)],
        name="Digital vehicle services, connected mobility and aftermarket solutions train",
    )


@cache
def single() -> ArtMaterial:
    """A questionnaire of one dimension with eleven questions."""
    questionnaire = small(11, 5)
    return material([Round(f"PI 26.{place + 1}", _three(questionnaire, place), questionnaire) for place in range(3)])


@cache
def two_levels() -> ArtMaterial:
    """A questionnaire of two dimensions with a scale of two levels."""
    questionnaire = small(4, 2, dimensions=2)
    return material([Round(f"PI 26.{place + 1}", _three(questionnaire, place), questionnaire) for place in range(2)])


def small(questions: int, levels: int, dimensions: int = 1, title: str = "Working together {}") -> Questionnaire:
    """Give a small questionnaire."""
    words = ("Nearly never", "Now and then", "About half of the time", "Mostly", "Nearly always")
    chosen = words if levels == len(words) else (words[0], words[-1])
    lines = ["format: 1", "id: small", 'version: "1"', "title: How we work together", "scales:", "  scale:"]
    lines += ["    levels:"] + [f"      - {{value: {n + 1}, label: {word}}}" for n, word in enumerate(chosen)]
    lines.append("dimensions:")
    for dimension in range(dimensions):
        lines += [f"  - id: d{dimension}", f"    title: {title.format(dimension + 1)}", "    questions:"]
        for number in range(questions):
            text = f"We can tell the others plainly what we think of subject {number + 1} and are heard by them."
            lines += [f"      - {{id: q{dimension}.{number}, type: rating, scale: scale, text: '{text}'}}"]
    return load("\n".join(lines).encode())


@cache
def equal() -> ArtMaterial:
    """Everybody chose the same level everywhere, in two rounds."""
    rounds = [
        Round(f"PI 26.{place + 1}", tuple(Team(n.lower(), n, 8, level_forms(8, 3)) for n in NAMES[:3]))
        for place in range(2)
    ]
    return material(rounds)


@cache
def changed() -> ArtMaterial:
    """Four rounds, the third with another version of the questionnaire that has little in common with the first."""
    before = [_round(place, NAMES[:6], newest=False) for place in range(2)]
    after = [_round(place, NAMES[:6], newest=False) for place in (2, 3)]
    other = reworded(0.5)
    return material([*before, *(Round(r.title, r.teams, other) for r in after)])


@cache
def hostile() -> ArtMaterial:
    """Names that would do harm if anything took them for more than text."""
    names = ("<script>alert(1)</script>", "file:///etc/passwd", "{{ 7*7 }}", "<img src=x onerror=y>")
    teams = tuple(Team(f"t{place}", name, 10, forms(9, 3, place, Habits(LEANING))) for place, name in enumerate(names))
    return material([Round("PI <b>26.1</b>", teams)], name='"><svg onload=x>')


@cache
def full() -> ArtMaterial:
    """All that the two pages must hold: ten teams, four rounds, camps, and a review with reasons."""
    reason = (
        "The demo of the whole solution was skipped twice this PI; the teams could not know that customers had asked."
    )
    differing = ("lean-agile-leadership", "team-technical-agility", "agile-product-delivery")
    reviews = {name: Reviewed("set", 2.0, reason) for name in differing}
    reviews |= {"": Reviewed("accepted", None, None), "organizational-agility": Reviewed("accepted", None, None)}
    return material([_round(place, NAMES[:10], newest=False) for place in range(4)], reviews=reviews)


def reworded(share: float) -> Questionnaire:
    """Give the shipped questionnaire with so large a share of its statements asking something else."""
    content = CONTENT.decode().replace('version: "2026.1"', 'version: "2027.1"')
    chosen = ratings(SHIPPED)[: round(len(ratings(SHIPPED)) * share)]
    for statement in (SHIPPED.says(question.text) for question in chosen):
        content = content.replace(f"en: {statement}", f"en: Today {statement[0].lower()}{statement[1:]}")
    return load(content.encode())


def _three(questionnaire: Questionnaire, place: int) -> tuple[Team, ...]:
    level = max(scale.high for scale in questionnaire.scales.values()) * 0.6
    return tuple(
        Team(name.lower(), name, 10, forms(9, level, number + 10 * place, Habits(), questionnaire))
        for number, name in enumerate(NAMES[:3])
    )


def _round(place: int, names: tuple[str, ...], newest: bool) -> Round:  # noqa: FBT001 - a recipe's switch
    teams = []
    for number, name in enumerate(names):
        asked = 8 + number % 4
        people = asked - (number + place) % 3
        if newest and number == len(names) - 1:
            people = 0
        if newest and name in {"Lynx", "Badger", "Tapir"}:
            people = 3
        if newest and len(names) < 6 and name in {"Lynx", "Marlin", "Heron"}:
            people = {"Lynx": 4, "Marlin": 7, "Heron": 0}[name]
        level = 2.55 + 0.08 * place + 0.25 * ((number * 7) % 5 - 2)
        camps = ("test-automation", "user-contact") if name == "Kestrel" else ()
        teams.append(
            Team(name.lower(), name, asked, forms(people, level, 100 * place + number, Habits(LEANING, camps)))
        )
    return Round(f"PI 26.{place + 1}" if place < 4 else f"PI 2{5 + place // 4}.{place % 4 + 1}", tuple(teams))
