"""How long the worst files take to examine, and how much memory: each in a process of its own.

    python -m benchmarks.questionnaire_limits            all of them
    python -m benchmarks.questionnaire_limits FILE …     these files

A file must be examined within a second and its process stay under 200 MB, the application's own code counted; what is
asked of a questionnaire later (hashes, a comparison, who is asked what) must keep to the same. Prints a table, and ends
with 1 where something does not. Seconds are those of the processor: what else the machine does is not in them.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from assessment.measure.outline import outline
from assessment.questionnaire.asking import asked
from assessment.questionnaire.check import examine
from assessment.questionnaire.diff import difference
from assessment.questionnaire.hashing import scoring_hash
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.reader import LARGEST_FILE

MOST_SECONDS = 1.0
MOST_MEMORY = 200  # MB
_PATIENCE = 60  # seconds until a process is given up
_RESERVED = 4 * 1024**3  # bytes of address space, so that a file that takes all memory takes only its own process down

_HEAD = "format: 1\nid: q\nversion: '1'\ntitle: T\n"
_SCALE = "scales: {s: {levels: [{value: 1, label: Low}, {value: 2, label: High}]}}\n"
_FIRST = "dimensions:\n- id: d\n  title: D\n  questions:\n"
_RATING = "  - {id: r, type: rating, scale: s, text: Work flows}\n"

Maker = Callable[[], str]


def main(names: list[str]) -> int:
    """Measure and print; gives the exit code."""
    if names[:1] == ["--one"]:
        print(json.dumps(_measured(Path(names[1]))))
        return 0
    print(f"{'file':<34}{'KiB':>6}{'examined':>10}{'used':>8}{'memory':>8}  outcome")
    with tempfile.TemporaryDirectory() as folder:
        results = [_told(path) for path in (map(Path, names) if names else _written(Path(folder)))]
    return 0 if all(results) else 1


@dataclass(frozen=True, slots=True)
class _Figures:
    """What a file took: processor seconds to examine and to use it, MB at the peak, and how it ended."""

    examined: float
    used: float
    memory: float
    outcome: str


def _told(path: Path) -> bool:
    """Measure a file in a new process and print its line; gives whether it keeps to the limits."""
    size = path.stat().st_size / 1024
    start = f"{path.stem:<34}{size:>6.0f}"
    command = [sys.executable, "-m", "benchmarks.questionnaire_limits", "--one", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        print(f"{start}  TOO SLOW: given up after {_PATIENCE} s", flush=True)
        return False
    if done.returncode:
        print(f"{start}  FAILED: {(done.stderr.strip().splitlines() or ['killed'])[-1]}", flush=True)
        return False
    figures = _Figures(**json.loads(done.stdout))
    faults = ["TOO SLOW"] if max(figures.examined, figures.used) > MOST_SECONDS else []
    faults += ["TOO LARGE"] if figures.memory > MOST_MEMORY else []
    words = ", ".join([*faults, figures.outcome])
    line = f"{start}{figures.examined:>8.2f} s{figures.used:>6.2f} s{figures.memory:>5.0f} MB  {words}"
    print(line, flush=True)
    return not faults


def _measured(path: Path) -> dict[str, float | str]:
    resource.setrlimit(resource.RLIMIT_AS, (_RESERVED, _RESERVED))
    content = path.read_bytes()
    start = time.process_time()
    questionnaire, findings = examine(content)
    examined = time.process_time()
    if questionnaire is not None:
        _use(questionnaire)
    used = time.process_time()
    outcome = f"{'a questionnaire' if questionnaire else 'refused'}, {len(findings):,} findings"
    if findings:
        outcome += f", the first by {findings[0].rule}"
    return {"examined": examined - start, "used": used - examined, "memory": _peak(), "outcome": outcome}


def _use(questionnaire: Questionnaire) -> None:
    scoring_hash(questionnaire)
    difference(questionnaire, questionnaire)
    outline(questionnaire)
    asked(questionnaire, {question.id: "yes" for question in questionnaire.questions})


def _peak() -> float:
    """Give the most memory that this process had at once, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux: what `getrusage` says there includes the process that this one was started from
        (kilobytes,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(kilobytes) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def _written(folder: Path) -> Iterator[Path]:
    for number, (name, make) in enumerate(WORST.items(), start=1):
        path = folder / f"{number:02} {name}.yaml"
        path.write_bytes(make().encode()[:LARGEST_FILE])
        yield path


def _full(item: Callable[[int], str], start: str = "", end: str = "", most: int | None = None) -> str:
    """Give a text with as many items as a file may hold, or at most so many."""
    room = LARGEST_FILE - len((start + end).encode())
    items: list[str] = []
    for number in count():
        piece = item(number)
        room -= len(piece.encode())
        if room < 0 or number == most:
            return start + "".join(items) + end
        items.append(piece)
    raise AssertionError  # `count` has no end


def _questions(item: Callable[[int], str], head: str = "", most: int | None = None) -> str:
    """Give a questionnaire with one dimension full of questions."""
    return _full(item, f"{_HEAD}{_SCALE}{head}{_FIRST}{_RATING}", most=most)


def _conditions() -> str:
    """Give questions with conditions as deep as files may be nested, in as many ways as there is room for."""

    def nested(depth: int, number: int) -> str:
        if depth == 0:
            return f"{{question: q{number % 40}, op: '=', value: 'yes'}}"
        kind = "any" if depth % 2 else "all"
        return f"{{{kind}: [{nested(depth - 1, 3 * number + 1)}, {nested(depth - 1, 5 * number + 2)}]}}"

    earlier = "".join(f"  - {{id: q{number}, type: yes-no, text: T{number}}}\n" for number in range(40))
    return _full(
        lambda number: f"  - {{id: c{number}, type: text, text: T, show-if: {nested(6, number)}}}\n",
        _HEAD + _FIRST + earlier,
    )


def _impossible_conditions() -> str:
    """Give conditions that no answers fulfil, which a search finds out only after trying every way."""
    earlier = "".join(f"  - {{id: q{number}, type: yes-no, text: T{number}}}\n" for number in range(30))
    ways = ", ".join(
        f"{{any: [{{question: q{number}, op: '=', value: 'yes'}}, {{question: q{number}, op: '=', value: 'no'}}]}}"
        for number in range(30)
    )
    never = "{question: q0, op: '=', value: 'yes'}, {question: q0, op: '=', value: 'no'}"
    return _full(
        lambda number: f"  - {{id: c{number}, type: text, text: T, show-if: {{all: [{ways}, {never}]}}}}\n",
        _HEAD + _FIRST + earlier,
    )


def _chain() -> str:
    """Give questions each of which rests on the one before."""
    return _full(
        lambda number: (
            f"  - {{id: q{number}, type: yes-no, text: T, show-if: "
            f"{{question: q{max(0, number - 1)}, op: '=', value: 'yes'}}}}\n"
        ),
        f"{_HEAD}{_FIRST}  - {{id: q, type: text, text: T}}\n",
    )


def _languages() -> str:
    codes = [f"{first}{second}" for first in "abcd" for second in "abcdefghij"]
    text = "{" + ", ".join(f"{code}: words" for code in codes) + "}"
    return _questions(
        lambda number: f"  - {{id: q{number}, type: rating, scale: s, text: {text}}}\n",
        f"languages: [{', '.join(codes)}]\n",
    )


def _nearly_alike(number: int) -> str:
    words = f"the team looks at its work in progress every day and removes what stands in the way of item {number}"
    return f"  - {{id: q{number}, type: rating, scale: s, text: {words}}}\n"


def _many_words(number: int) -> str:
    words = " ".join(f"w{(number * 7 + step * step) % 300}" for step in range(30))
    return f"  - {{id: q{number}, type: rating, scale: s, text: {words}}}\n"


def _alike_and_long(number: int) -> str:
    text = ("ab" * 150 + " ") * 12 + f"x{number}"
    return f"  - {{id: q{number}, type: rating, scale: s, text: {text}}}\n"


def _hostile(number: int) -> str:
    pieces = ["and or ", "a" * 40 + "!", "not ", "n't ", "<" * 30, "[](", "и-a", "' ", "é" * 20, " ,", "1.", "- "]
    text = (pieces[number % len(pieces)] * 4000)[:3900].strip() or "x"
    return (
        f"  - {{id: q{number}, type: rating, scale: s, reverse: true, text: {json.dumps(text, ensure_ascii=False)}}}\n"
    )


def _trees() -> str:
    """Give dimensions nine deep, each with a question."""
    leaf = "questions: [{id: q%d, type: yes-no, text: T, scores: {'yes': 1, 'no': 0}}]"

    def node(number: int) -> str:
        text = leaf % number
        for depth in range(7):
            text = f"dimensions: [{{id: d{number}-{depth}, title: T, {text}}}]"
        return f"- {{id: t{number}, title: T, {text}}}\n"

    return _full(node, f"{_HEAD}dimensions:\n")


def _stages() -> str:
    stages = "".join(f"- {{id: s{n}, label: L, require: {{overall: {n}, every-dimension: {n}}}}}\n" for n in range(19))
    head = f"{_HEAD}scoring: {{rule: staged}}\nstages:\n{stages}- {{id: s, label: L}}\ndimensions:\n"
    question = "{id: q%d, type: yes-no, text: T, scores: {'yes': 18, 'no': 0}}"
    return _full(lambda number: f"- {{id: d{number}, title: T, questions: [{question % number}]}}\n", head)


def _roles() -> str:
    roles = ", ".join(f"r{number}" for number in range(50))
    return _questions(
        lambda number: f"  - {{id: q{number}, type: yes-no, text: T, roles: [{roles}]}}\n", f"roles: [{roles}]\n"
    )


WORST: dict[str, Maker] = {
    # What never becomes data.
    "one sequence nested": lambda: "[" * LARGEST_FILE,
    "one map nested": lambda: "{a: " * (LARGEST_FILE // 4),
    "lists in lines nested": lambda: "- " * (LARGEST_FILE // 2),
    "aliases": lambda: _full(lambda number: f"a{number}: *b\n"),
    "one text in quotes": lambda: "a: '" + "x " * (LARGEST_FILE // 2 - 3) + "'",
    "one text never ended": lambda: "a: '" + "x\n" * (LARGEST_FILE // 2),
    "one number": lambda: "a: " + "9" * (LARGEST_FILE - 3),
    "one word nearly a number": lambda: "a: " + "9" * (LARGEST_FILE - 4) + "x",
    "one key": lambda: "x" * (LARGEST_FILE - 3) + ": 1",
    "empty lines": lambda: "\n" * LARGEST_FILE,
    "comments": lambda: "#\n" * (LARGEST_FILE // 2),
    "the last letter forbidden": lambda: "a\n" * (LARGEST_FILE // 2 - 1) + "\x07",
    # What is data, but no questionnaire.
    "a list of nothing": lambda: "[" + "," * 0 + "~," * (LARGEST_FILE // 2 - 1) + "]",
    "a map with 20,000 keys": lambda: _full(lambda number: f"k{number}: 0\n"),
    "long unknown keys": lambda: _full(lambda number: f"{number}{'dimension-questions-' * 4}: 0\n", _HEAD),
    "one key again and again": lambda: _full(lambda _: "a: 0\n"),
    "unknown keys in a question": lambda: _full(
        lambda number: f"reqired{number}: 1, ", f"{_HEAD}{_FIRST}  - {{id: q, type: text, text: T, ", "}"
    ),
    "unknown keys in questions": lambda: _questions(
        lambda number: f"  - {{id: q{number}, type: text, text: T, k{number}: 1, l{number}: 1}}\n"
    ),
    "nothing where questions belong": lambda: _full(lambda _: "  - ~\n", _HEAD + _FIRST),
    "questions of unknown types": lambda: _full(lambda number: f"  - {{type: x{number}}}\n", _HEAD + _FIRST),
    "11,000 levels": lambda: _full(
        lambda number: f"{{value: {number}, label: L}}, ", f"{_HEAD}{_FIRST}{_RATING}scales: {{s: {{levels: [", "]}}"
    ),
    "20,000 levels that are none": lambda: _full(
        lambda _: "{}, ", f"{_HEAD}{_FIRST}{_RATING}scales: {{s: {{levels: [", "]}}"
    ),
    "conditions without end": lambda: _full(
        lambda _: "{}, ", f"{_HEAD}{_FIRST}  - {{id: q, type: text, text: T, show-if: {{any: [", "]}}"
    ),
    "texts of 100 KB": lambda: _HEAD + f"introduction: {'x ' * 50_000}\nnote: {'y' * 100_000}\n" + _FIRST + _RATING,
    "a text in 10,000 languages": lambda: _full(
        lambda number: f"l{number}: words, ", f"{_HEAD}{_FIRST}{_RATING}introduction: {{", "}"
    ),
    # What is a questionnaire, or nearly one.
    "3,000 texts": lambda: _questions(lambda number: f"  - {{id: q{number}, type: text, text: Why is that so}}\n"),
    "ratings of one scale": lambda: _questions(
        lambda number: f"  - {{id: q{number}, type: rating, scale: s, text: T{number}}}\n"
    ),
    "ratings of their own scales": lambda: _questions(
        lambda number: (
            f"  - {{id: q{number}, type: rating, text: T, scale: {{levels: "
            f"[{{value: {number}, label: A}}, {{value: {number + 1}, label: B}}]}}}}\n"
        )
    ),
    "one id for all": lambda: _questions(lambda _: "  - {id: r, type: text, text: T}\n"),
    "scales that are not there": lambda: _questions(
        lambda number: f"  - {{id: q{number}, type: rating, scale: s{number}, text: T}}\n"
    ),
    "anchors": lambda: _full(
        lambda number: f"{number}: T, ", f"{_HEAD}{_SCALE}{_FIRST}{_RATING[:-2]}, anchors: {{", "}}\n"
    ),
    "200 options each": lambda: _questions(
        lambda number: (
            f"  - {{id: q{number}, type: choice, text: T, options: ["
            + ", ".join(f"{{id: o, label: T, score: {score % 3}}}" for score in range(200))
            + "]}\n"
        )
    ),
    "conditions as deep as files": _conditions,
    "conditions that cannot hold": _impossible_conditions,
    "conditions in a chain": _chain,
    "conditions on what is not there": lambda: _questions(
        lambda number: (
            f"  - {{id: q{number}, type: text, text: T, show-if: {{question: question-{number}, op: '=', value: 1}}}}\n"
        )
    ),
    "conditions on numbers": lambda: _full(
        lambda number: (
            f"  - {{id: q{number}, type: text, text: T, show-if: {{question: n, op: '>', value: {number}}}}}\n"
        ),
        f"{_HEAD}{_FIRST}  - {{id: n, type: number, text: T}}\n",
    ),
    "5,000 silenced": lambda: _full(
        lambda number: f"- {{rule: long-statement, at: q{number}, reason: R}}\n",
        f"{_HEAD}{_SCALE}{_FIRST}{_RATING}silenced:\n",
    ),
    "changes": lambda: _full(
        lambda number: f"old{number}: new{number}, ",
        f"{_HEAD}{_SCALE}{_FIRST}{_RATING}changes: {{from: '0', renamed: {{",
        "}}",
    ),
    "retired": lambda: _full(
        lambda number: f"o{number}, ", f"{_HEAD}{_SCALE}{_FIRST}{_RATING}changes: {{from: '0', retired: [", "]}"
    ),
    "40 languages": _languages,
    "40 languages without texts": lambda: _questions(
        lambda number: f"  - {{id: q{number}, type: text, text: T}}\n",
        f"languages: [en, {', '.join(f'{a}{b}' for a in 'abc' for b in 'abcdefghijklm')}]\n",
    ),
    "statements nearly alike": lambda: _questions(_nearly_alike),
    "statements of few words": lambda: _questions(_many_words),
    "statements alike and long": lambda: _questions(_alike_and_long),
    "statements hostile to searching": lambda: _questions(_hostile),
    "trees nine deep": _trees,
    "stages of many dimensions": _stages,
    "50 roles each": _roles,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
