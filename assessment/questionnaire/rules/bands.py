"""Rules about bands: every overall score has a name, and one only."""

from collections.abc import Iterator
from itertools import pairwise

from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.reader import Path
from assessment.questionnaire.rules.places import Remark, figure
from assessment.questionnaire.rules.ranges import overall_range

A_LITTLE = 1e-9  # sums of weights are rounded; no author means a billionth

_BANDS: Path = ("scoring", "bands")


def band_gap(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A score between two bands would have no name."""
    for index, (lower, upper) in enumerate(pairwise(questionnaire.scoring.bands)):
        end = lower.to
        if end is not None and lower.start < end < upper.start - A_LITTLE:
            sentence = f"scores from {figure(end)} to {figure(upper.start)} have no band"
            yield Remark((*_BANDS, index, "to"), sentence, questionnaire.id)


def band_overlap(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A score in two bands would have two names; bands stand in order, and each holds something."""
    for index, band in enumerate(questionnaire.scoring.bands):
        end = band.to
        if end is not None and end <= band.start:
            sentence = f"the band ends at {figure(end)}, but begins at {figure(band.start)}"
            yield Remark((*_BANDS, index, "to"), sentence, questionnaire.id)
    for index, (lower, upper) in enumerate(pairwise(questionnaire.scoring.bands), start=1):
        end = lower.to
        here = (*_BANDS, index, "from")
        if upper.start <= lower.start:
            sentence = f"the band begins at {figure(upper.start)}, the one before it at {figure(lower.start)}"
            yield Remark(here, sentence, questionnaire.id)
        elif end is not None and end > upper.start + A_LITTLE:
            sentence = f"scores from {figure(upper.start)} to {figure(end)} have two bands"
            yield Remark(here, sentence, questionnaire.id)


def band_range(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Bands reach from the lowest to the highest score that is possible, and no further."""
    bands = questionnaire.scoring.bands
    if not bands:
        return
    reach = overall_range(questionnaire)
    if reach is None:
        yield Remark(_BANDS, "nothing is scored, so there is nothing to name", questionnaire.id, of_key=True)
        return
    if abs(bands[0].start - reach.low) > A_LITTLE:
        sentence = f"the bands begin at {figure(bands[0].start)}; the overall score can be {reach}"
        yield Remark((*_BANDS, 0, "from"), sentence, questionnaire.id)
    last = len(bands) - 1
    end = bands[last].to
    if end is not None and abs(end - reach.high) > A_LITTLE:
        sentence = f"the bands end at {figure(end)}; the overall score can be {reach}"
        yield Remark((*_BANDS, last, "to"), sentence, questionnaire.id)
    for index, band in enumerate(bands):
        if index and band.start >= reach.high:
            sentence = f"the band begins at {figure(band.start)}; the overall score can be {reach}"
            yield Remark((*_BANDS, index, "from"), sentence, questionnaire.id)
