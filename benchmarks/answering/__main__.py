"""How fast people are served who answer a form of 60 questions on one page.

    python -m benchmarks.answering [--quick] [--only rates|mass] [--cycles 7] [--teams 3000] [--limit 300]

Starts `assessment serve` on SQLite in a temporary folder, with full sync as it is shipped; beside it, on the same
server, a bare Flask page and a plain Flask-WTF form with a row for each answer. Then everybody of 3,000 teams of nine
opens the form and submits it, on two workers. Prints a table for docs/performance.md, and ends with 1 where a goal is
missed. What is measured as the POST is the one that submits: it checks code and token, spends the code, stores the
form and its receipt, and is on the disk before it is answered.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.answering import mass, rates
from benchmarks.answering.mass import Mass, percentile
from benchmarks.answering.rates import GET_EMPTY, GET_HALF, SUBMIT, Rates, Size

GOALS = {GET_EMPTY: (0.50, 30), GET_HALF: (0.35, 30), SUBMIT: (0.30, 7)}  # of the bare page, times the plain form
MOST_SECONDS = 100
MOST_MILLISECONDS = 250
WHOLE = Size(cycles=7, seconds=2, people=100, plain_people=40)
QUICK = Size(cycles=2, seconds=0.5, people=20, plain_people=10)


def main() -> int:
    """Measure, print, give the exit code."""
    asked = _arguments()
    size = QUICK if asked.quick else Size(asked.cycles, WHOLE.seconds, WHOLE.people, WHOLE.plain_people)
    missed: list[str] = []
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}\n")
    if asked.only != "mass":
        with tempfile.TemporaryDirectory() as name:
            missed += _print_rates(rates.measure(Path(name), size))
    if asked.only != "rates":
        with tempfile.TemporaryDirectory() as name:
            teams, limit = (20, 60) if asked.quick else (asked.teams, asked.limit)
            missed += _print_mass(mass.measure(Path(name), teams, asked.people, limit))
    for goal in missed:
        print(f"missed: {goal}")
    return int(bool(missed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a small run, to see that it works")
    parser.add_argument("--only", choices=["rates", "mass"])
    parser.add_argument("--limit", type=float, default=3 * MOST_SECONDS, help="seconds after which the mass gives up")
    for name, usual in (("cycles", WHOLE.cycles), ("teams", 3000), ("people", 9)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    return parser.parse_args()


def _print_rates(found: Rates) -> list[str]:
    missed = []
    print("| request | bare page/s | here/s | plain form/s | of the bare page | goal | times the plain form | goal |")
    print("|---|---|---|---|---|---|---|---|")
    for name, runs in found.runs.items():
        bare, plain = GOALS.get(name, (None, None))
        speeds = " | ".join(f"{statistics.median(speed):.0f}" for speed in (runs.bare, runs.ours, runs.plain))
        of_bare, of_plain = runs.of_bare(), runs.of_plain()
        print(
            f"| {name} | {speeds} | {_spread(of_bare)} | {bare or ''} | {_spread(of_plain)} | {plain or ''} |",
            flush=True,
        )
        for ratios, goal, of in ((of_bare, bare, "of the bare page"), (of_plain, plain, "times the plain form")):
            if goal is not None and statistics.median(ratios) < goal:
                missed.append(f"{name}: {statistics.median(ratios):.3g} {of}, the goal is {goal}")
    print(f"\nThe client took at most {found.client:.0%} of a processor; ", end="")
    print(f"SQLite alone commits {found.commits:.0f} rows a second here with full sync.\n")
    return missed


def _spread(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.3g} ({min(ratios):.3g} to {max(ratios):.3g})"


def _print_mass(found: Mass) -> list[str]:
    p99 = percentile(found.posts, 99)
    print("| people | done | seconds | errors | POST p50 ms | POST p99 ms | of those that submit, p50 | p99 |")
    print("|---|---|---|---|---|---|---|---|")
    times = [percentile(found.posts, 50), p99, percentile(found.submits, 50), percentile(found.submits, 99)]
    cells = [f"{found.people:,}", f"{found.done:,}", f"{found.seconds:.0f}", str(found.errors)]
    print("| " + " | ".join([*cells, *(f"{one:.0f}" for one in times)]) + " |\n", flush=True)
    missed = []
    if found.seconds > MOST_SECONDS or found.done + found.errors < found.people:
        missed.append(f"{found.done:,} of {found.people:,} people in {found.seconds:.0f} s, the goal is {MOST_SECONDS}")
    if found.errors:
        missed.append(f"{found.errors} people met an error")
    if p99 > MOST_MILLISECONDS:
        missed.append(f"POST p99 {p99:.0f} ms, the goal is {MOST_MILLISECONDS}")
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
