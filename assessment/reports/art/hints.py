"""How to read the report, and what stands under every page."""

from collections.abc import Iterator

from babel.dates import format_date

from assessment.reports.art.document import Footer, Hint
from assessment.reports.art.facts import Facts

_HASH_SHOWN = 12

_ITSELF = "Those asked agreed on one form and gave it openly"
_ROUNDS = {
    "codes": "Each person answered once, without a name, by a code of their own",
    "link": "People answered without a name, by a link of their team, which can be passed on",
    "team": "Each team agreed on one form and gave it openly; counts are counts of forms",
}


def hints(facts: Facts) -> tuple[Hint, ...]:
    """Give the paragraphs of how to read the report, those that apply to it."""
    return tuple(_hints(facts))


def footer(facts: Facts) -> Footer:
    """Give what stands under every page: what the bounds leave out, and the release that was read."""
    material = facts.material
    released = format_date(material.released_at.astimezone(material.timezone), "d MMMM y", locale="en_GB")
    everyone = "every team" if facts.agreed and not facts.itself else "everyone"
    return Footer(
        reading=(
            f"Lines and bands show where a score would lie had {everyone} answered, at worst and at best; they leave "
            "out chance and how people judge themselves."
        ),
        source=(
            f"{material.name} · {material.round_title} · release {material.release_number} of {released} · "
            f"{material.release_hash[:_HASH_SHOWN]}"
        ),
    )


def _hints(facts: Facts) -> Iterator[Hint]:
    equal = facts.questionnaire.scoring.unit_weighting == "equal"
    weight = "once" if equal else "by how many answered"
    how = _ROUNDS.get(facts.material.mode, "Each person answered without a name")
    if facts.itself:
        how = _ITSELF if facts.agreed else how
    counts = "In the mean everybody counts once" if facts.itself else f"In the mean each team counts {weight}"
    sums = ". Levels add up within a dimension" if facts.tree.sums else ""
    yield Hint("Scores.", f"{how}. {counts}; “does not apply” and “don’t know” never do{sums}.")
    over = "" if facts.itself else "Over the teams in both rounds; "
    if facts.previous is not None:
        yield Hint(
            "Changes.",
            f"{over}– where that would tell too much. Blue ▲ and orange ▼: more than chance, tested overall first. "
            "Grey, hollow: not known to be.",
        )
    if facts.agreed:
        return
    yield Hint(
        "Spread.",
        "“Differ by”: how far people are from their mean, on average, in levels. “Two camps”: their agreement (van "
        "der Eijk’s A) is below zero.",
    )
    yield Hint(
        "Held back.",
        f"Fewer than {facts.material.threshold} answers, and what would give them away. Under 8 only the mean is told, "
        "and ≥ or ≤ where more would tell too much. “1 of 2”: the answers to one of two questions are told.",
    )
