"""Coverage-guided fuzzing: documents grow, byte by byte, towards lines of the code that none has reached yet.

    python -m tests.fuzz.questionnaires questionnaires 600    for so many seconds
    python -m tests.fuzz.questionnaires conversions 600       the converters' readers instead
    python -m tests.fuzz.questionnaires questionnaires FILE   one document, to see again how it ended

Ends with 0 after that time, and with another code as soon as something escapes: an exception, an outcome that does not
hold together, a document that takes more than a second or 200 MB. That document is kept in build/fuzz/.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["assessment"]):
    from assessment.questionnaire import model
    from assessment.questionnaire.importers.conversion import Conversion, Unconvertible
    from assessment.questionnaire.importers.limesurvey import from_limesurvey
    from assessment.questionnaire.importers.surveyjs import from_surveyjs
    from assessment.questionnaire.importers.template import from_template
    from assessment.questionnaire.importers.xlsform import from_xlsform
    from assessment.questionnaire.rules import RULES, name_of
    from tests.questionnaire.endings import ends_well
    from tests.questionnaire.importers.workbooks import xlsx

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "fuzz"
SEEDS = Path(__file__).parent / "seeds"

# What is seen here is seen with the fuzzer's own bookkeeping: it only decides what is measured again without.
_SECONDS = 1.0
_GROWTH = 30 * 1024  # KiB
_SECONDS_OF_A_CONVERSION = 3.0

_SIGNS = [
    "\n  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "|\n",
    ">-\n",
    "#",
    "&a ",
    "*a",
    "!!str ",
    "? ",
    "---\n",
    "\t",
]
_SIGNS += [
    "1e400",
    "0x1F",
    ".inf",
    "~",
    "true",
    "2026-02-30",
    "\ufeff",
    "\u2028",
    "${a} > 1",
    "select_one a",
    '{"',
    "\x00",
]

Reader = Callable[[str, bytes], Conversion]
READERS: list[tuple[str, Reader]] = [
    ("f.csv", from_template),
    ("f.csv", from_xlsform),
    ("f.json", from_surveyjs),
    ("f.tsv", from_limesurvey),
    ("f.xlsx", from_xlsform),
]
# Seeds begin with A to E, by which `conversion` takes these readers one after the other.
WORKBOOK = b"E" + xlsx({"survey": [["type", "name", "label"], ["text", "why", "Why?"]]})


def main(target: str, word: str) -> None:
    """Fuzz a target for so many seconds, or try one file."""
    test = {"questionnaires": questionnaire, "conversions": conversion}[target]
    found = FOLDER / target
    found.mkdir(parents=True, exist_ok=True)
    dictionary = FOLDER / "dictionary"
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in _words()), "ascii")
    options = ["-timeout=20", "-rss_limit_mb=2048", f"-artifact_prefix={FOLDER}/{target}-"]
    if word.isdigit():
        seeds = [SEEDS] if target == "conversions" else [ROOT / "tests" / "questionnaires"]
        if target == "conversions":
            (found / "workbook").write_bytes(WORKBOOK)
        options += [f"-max_total_time={word}", f"-dict={dictionary}", "-max_len=8192", str(found), *map(str, seeds)]
    else:
        options.append(word)
    atheris.Setup([sys.argv[0], *options], test)
    atheris.Fuzz()


def questionnaire(content: bytes) -> None:
    """Examine a document; a slow or large one again in a process of its own."""
    memory, start = _peak(), time.process_time()
    ends_well(content)
    if time.process_time() - start > _SECONDS or _peak() - memory > _GROWTH:
        _keeps_to_limits(content)


def conversion(content: bytes) -> None:
    """Read the rest of a document by the reader that its first byte names."""
    name, read = READERS[content[0] % len(READERS) if content else 0]
    start = time.process_time()
    try:
        lines = [loss.line("f") for loss in read(name, content[1:]).losses]
    except Unconvertible as refused:
        lines = [reason.line("f") for reason in refused.reasons]
        assert lines
    assert all(line.isprintable() for line in lines)
    assert time.process_time() - start < _SECONDS_OF_A_CONVERSION


def _keeps_to_limits(content: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-m", "benchmarks.questionnaire_limits", file.name]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def _peak() -> int:
    """Give the most memory that this process had at once, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _words() -> list[str]:
    """Give what stands in questionnaires: every key of the model, the names of rules, signs."""
    parts = [part for name in model.__all__ if isinstance(part := getattr(model, name), type)]
    fields = [part.model_fields for part in parts if issubclass(part, model.Part)]
    keys = {field.alias or name for of_part in fields for name, field in of_part.items()}
    return [*sorted(f"{key}: " for key in keys), *map(name_of, RULES), *_SIGNS]


def _escaped(word: str) -> str:
    """Give a word as the fuzzer's dictionaries have it."""
    plain = (
        chr(byte) if 0x20 <= byte < 0x7F and chr(byte) not in '"\\' else f"\\x{byte:02x}" for byte in word.encode()
    )
    return "".join(plain)


if __name__ == "__main__":
    main(*sys.argv[1:])
