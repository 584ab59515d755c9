"""The built wheel, in an empty environment and an empty folder, away from the checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """Run a command and give what it printed; it must succeed."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("ASSESSMENT_", "PYTHON", "VIRTUAL"))
    }
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=clean | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has the wheel, what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist", folder=ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    uv, python = Path(sys.executable).with_name("uv"), folder / "venv" / "bin" / "python"
    run(uv, "venv", "--python", sys.executable, folder / "venv", folder=folder)
    requirements = ROOT / "requirements" / "use.txt"
    run(uv, "pip", "install", "--python", python, "--require-hashes", "-r", requirements, folder=folder)
    run(uv, "pip", "install", "--python", python, "--no-deps", wheel, folder=folder)
    return python.with_name("assessment")


def test_the_wheel_goes_from_a_questionnaire_to_a_report(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("kind,code,name,parent,headcount\nart,a,Art,,\nteam,t,Team,a,9\n", "utf-8")
    answers = ["team,go-and-see,bad-news", *["t,3,4"] * 8]
    (tmp_path / "answers.csv").write_text("\n".join(answers), "utf-8")

    def assessment(*arguments: str) -> str:
        return run(installed, *arguments, folder=tmp_path, ASSESSMENT_INSTANCE=str(tmp_path / "instance"))

    assessment("units", "import", "units.csv")
    assessment("round", "open", "lean-agile-maturity", "--code", "R1")
    assessment("answers", "import", "answers.csv", "--round", "R1")
    assessment("round", "close", "R1")
    assessment("round", "release", "R1")
    assessment("report", "art", "a", "--round", "R1", "-o", "art.pdf")
    assert (tmp_path / "art.pdf").read_bytes().startswith(b"%PDF-")


def test_the_wheel_holds_what_it_serves_and_nothing_of_the_checkout(installed: Path) -> None:
    listing = run(installed.with_name("python"), "-c", _LISTING, folder=installed.parent)
    files = set(listing.splitlines())
    assert {"templates/base.html", "questionnaires/lean-agile-maturity.yaml", "static/site.css", "py.typed"} <= files
    assert "static/fonts/OFL.txt" in files
    assert not any(name.startswith(("tests", "docs", "benchmarks")) for name in files)


_LISTING = """
import assessment, pathlib
root = pathlib.Path(assessment.__file__).parent
print("\\n".join(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()))
"""
