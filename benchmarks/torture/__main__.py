"""Whether acknowledged submissions survive `kill -9`, again and again, under people who answer and try again.

    python -m benchmarks.torture [--kills 200] [--plant FAULT | --faults] [--database-url URL] [--workers 2] [--seed N]

Starts `assessment serve` on SQLite in a temporary folder (or on an empty database of one's own), lets eight people at
a time enter codes, fill in forms and send them, each pressing the last button twice at once, and kills the server with
all its workers at random moments, while it starts as well. In the end every code that was taken is finished, and the
database is compared with what people were told: nothing acknowledged may be lost, nothing be there twice, no code be
spent without a form or of no use any more. Ends with 1 where anything is.

`--plant` puts a fault into the server first (`two-transactions`, `early-acknowledgement`, `no-guard`), to be found;
`--faults` runs without one and then with each, and ends with 0 only where the first finds nothing and the others do.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from benchmarks.serving import Server, application, environment, free_port, opened_round
from benchmarks.torture import verdict
from benchmarks.torture.clients import Crowd, Journal
from benchmarks.torture.verdict import Verdict

PLANT = "TORTURE_PLANT"  # read where the fault is planted
FAULTS = ("two-transactions", "early-acknowledgement", "no-guard")
KILLS = 200
KILLS_FOR_A_FAULT = 10
PEOPLE = 9
CODES_FOR_A_KILL = 60
WORKERS = 2
LONGEST_LIFE = 0.8  # seconds the server answers before it is killed
KILLED_STARTING = 0.1  # of the kills hit it before it answers


def main(arguments: Sequence[str] | None = None) -> int:
    """Torture, print, give the exit code."""
    asked = _arguments(arguments)
    if not asked.faults:
        return int(bool(_run(asked, asked.plant, asked.kills).faults))
    wrong = bool(_run(asked, None, asked.kills).faults)
    for fault in FAULTS:
        if not _run(asked, fault, KILLS_FOR_A_FAULT).faults:
            print(f"the planted fault was not found: {fault}")
            wrong = True
    return int(wrong)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))  # noqa: S311 - no secret
    parser.add_argument("--database-url", help="an empty database; SQLite in a temporary folder without it")
    parser.add_argument("--folder", type=Path, help="where the files are to be kept; thrown away without it")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--plant", choices=FAULTS)
    which.add_argument("--faults", action="store_true", help="without a fault, then with each of them")
    asked = parser.parse_args(arguments)
    if asked.faults and (asked.database_url or asked.folder):
        parser.error("--faults begins anew four times: it takes no database and no folder")
    return asked


def _run(asked: argparse.Namespace, plant: str | None, kills: int) -> Verdict:
    """Torture one server and say what was found."""
    with nullcontext(asked.folder) if asked.folder else tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port, start = free_port(), time.monotonic()
        settings = environment(folder, port, asked.database_url)
        codes = opened_round(settings, -(-max(kills, 5) * CODES_FOR_A_KILL // PEOPLE), PEOPLE)
        crowd = Crowd(port, codes, Journal(folder / "journal"))
        server = _server(port, settings, folder / "server.log", plant, asked.workers)
        _kill_again_and_again(server, crowd, kills, random.Random(asked.seed))  # noqa: S311 - no secret
        url = asked.database_url or f"sqlite:///{folder / 'instance' / 'assessment.sqlite'}"
        found = verdict.of(url, codes, crowd)
    print(
        f"{plant or 'as it is'}, seed {asked.seed}: {kills} kills in {time.monotonic() - start:.0f} s, "
        f"{crowd.broken:,} attempts met no server, {len(crowd.taken):,} codes taken, "
        f"{found.acknowledged:,} submissions acknowledged, {found.submissions:,} stored; "
        f"lost {len(found.lost)}, double {len(found.double)}, stranded {len(found.stranded)}"
    )
    for fault in found.faults:
        print(f"  found: {fault}")
    return found


def _server(port: int, settings: dict[str, str], log: Path, plant: str | None, workers: int) -> Server:
    if plant is None:
        return application(port, settings, log, workers=workers)
    arguments = ["serve", "--workers", str(workers)]
    return Server("benchmarks.torture.planted", arguments, port, settings | {PLANT: plant}, log)


def _kill_again_and_again(server: Server, crowd: Crowd, kills: int, chance: random.Random) -> None:
    """Kill the server under the crowd, let that finish, and kill the server once more: nothing is owed by then."""
    try:
        server.start().wait()
        crowd.start()
        for _ in range(kills):
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            server.kill()
            server.start()
            if chance.random() >= KILLED_STARTING:
                server.wait()
        crowd.finish()
    finally:
        crowd.finish()
        server.kill()


if __name__ == "__main__":
    raise SystemExit(main())
