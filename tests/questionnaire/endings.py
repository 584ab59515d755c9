"""How every file must end, whatever stands in it: in a questionnaire that all of the code can use, or in sentences.

Nothing here needs the test tools, so that the fuzzer can ask it too.
"""

import random
import re
from collections.abc import Sequence

from assessment.measure.outline import OVERALL, outline
from assessment.questionnaire.answers import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Answers,
    incomplete,
    read_answers,
    unanswered,
    word_of,
    written_texts,
)
from assessment.questionnaire.asking import BESIDE, asked, only_asked
from assessment.questionnaire.check import examine
from assessment.questionnaire.diff import difference
from assessment.questionnaire.finding import Finding
from assessment.questionnaire.hashing import question_hashes, scoring_hash
from assessment.questionnaire.model import (
    NO,
    YES,
    AnyQuestion,
    Choice,
    Multiple,
    Questionnaire,
    Rating,
)

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"f:\d+:\d+: (error|warning): .+ \[[a-z-]+\]")
_ODD_WORDS = ("", "na", "dk", "yes", "12", "1e400", "-0", "٣", "\x00", "https://a.example/b", "http://[", "x" * 5000)


def ends_well(content: bytes) -> Questionnaire | None:
    """Examine a file and look whether the outcome holds together; gives the questionnaire where it is one."""
    questionnaire, findings = examine(content)
    assert (questionnaire is None) == any(finding.severity == "error" for finding in findings)
    _lie_inside(content, findings)
    for finding in findings:
        line = finding.line("f")
        assert _LINE.fullmatch(line), line
        assert line.isprintable()
    if questionnaire is not None:
        is_of_use(questionnaire)
    return questionnaire


def is_of_use(questionnaire: Questionnaire) -> None:
    """Work out all that a questionnaire's readers ask of it, with answers by chance that are always the same ones."""
    assert re.fullmatch("[0-9a-f]{64}", scoring_hash(questionnaire))
    assert question_hashes(questionnaire).keys() == questionnaire.by_id.keys()
    same = difference(questionnaire, questionnaire)
    assert same.step == "comparable", same
    assert {change.verdict for change in same.questions} == {"kept"}
    tree = outline(questionnaire)
    low, high = tree.ends(OVERALL)
    assert low <= high
    assert {question.id for question in questionnaire.scored} <= set(tree.names())
    for question in (*questionnaire.scored, *questionnaire.of_roles):
        scores = [level.score for level in questionnaire.levels_of(question)]
        assert scores == sorted(set(scores))
    _can_be_answered(questionnaire, random.Random(questionnaire.id))  # noqa: S311 - to try much, not to keep a secret


def _lie_inside(content: bytes, findings: Sequence[Finding]) -> None:
    """Look whether every finding's place is one of the file; the end of a line, or of the file, is a place too."""
    lines = _LINE_END.split(content.decode("utf-8-sig", "replace"))
    for finding in findings:
        line, column = finding.position.line, finding.position.column
        assert 1 <= line <= len(lines), finding
        assert 1 <= column <= len(lines[line - 1]) + 1, finding


def _can_be_answered(questionnaire: Questionnaire, chance: random.Random) -> None:
    given = {}
    for question in questionnaire.questions:
        given[question.id] = chance.choice(_words(question, questionnaire))
        for name in ("comment", "links", "reason"):
            given[f"{question.id}{BESIDE}{name}"] = chance.choice(_ODD_WORDS)
    reading = read_answers(questionnaire.questions, given, questionnaire, complete=True)
    answers = reading.answers
    _read_back(questionnaire, answers)
    for role in (None, *(role.id for role in questionnaire.roles)):
        questions = asked(questionnaire, answers, role)
        shown = {question.id for question in questions}
        assert shown <= questionnaire.by_id.keys()
        kept = only_asked(questions, answers)
        assert {key.partition(BESIDE)[0] for key in kept} <= shown
        assert {question.id for question in (*unanswered(questions, kept), *incomplete(questions, kept))} <= shown


def _read_back(questionnaire: Questionnaire, answers: Answers) -> None:
    """Look whether answers written as words read as the same answers."""
    words = {key: word_of(answer) for key, answer in answers.items()}
    assert read_answers(questionnaire.questions, words, questionnaire).answers == answers
    assert all(text.strip() for _, text in written_texts(answers))


def _words(question: AnyQuestion, questionnaire: Questionnaire) -> list[str]:
    """Give words that may be typed or chosen for a question: most of them fit, some never do."""
    words = [*_ODD_WORDS, NOT_APPLICABLE, DONT_KNOW]
    match question:
        case Rating():
            words += [f"{value:g}" for value in questionnaire.scale_of(question).values] * 5
        case Choice() | Multiple():
            words += [option.id for option in question.options] * 5
            words.append(" ".join(option.id for option in question.options))
        case _:
            words += [YES, NO, "3", "0.5", "-7", "Because."] * 4
    return words
