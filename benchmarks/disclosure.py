"""Whether anything hidden can be worked out, over thousands of made-up organisations.

    python -m benchmarks.disclosure --organisations 20000

Each is scored, held back and audited: every team's page, every hidden score. Every fifth is released a second time with
more answers, every fifth asks the same teams in a second round; every twentieth is looked at with the threshold as the
only rule, to see that the audit finds what that gives away. It uses all cores.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Pool

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy is imported: processes share the cores already

from assessment.measure.audit import Audited, audit
from tests.measure.enterprises import Enterprise, corrected, enterprise, next_round, released_again

_AT_A_TIME = 20
_FIFTH, _TWENTIETH = 5, 20


@dataclass(frozen=True, slots=True)
class _Seen:
    """What came of one organisation; `narrowest` is the least share of its room that a hidden score was left."""

    seed: int
    audits: int
    checked: int
    shown: int
    findings: int
    narrowest: float
    bare: bool | None


def main(arguments: Sequence[str]) -> int:
    """Look at organisations and print what was found; 1 where something was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    given = parser.parse_args(arguments)
    start = time.perf_counter()
    with Pool() as pool:
        seeds = range(given.first, given.first + given.organisations)
        seen = []
        for one in pool.imap_unordered(_look, seeds, chunksize=_AT_A_TIME):
            seen.append(one)
            if one.findings:
                print(f"organisation {one.seed}: {one.findings} hidden scores can be worked out", flush=True)
    _tell(seen, time.perf_counter() - start)
    return int(any(one.findings for one in seen))


def _tell(seen: Sequence[_Seen], seconds: float) -> None:
    bare = [one.bare for one in seen if one.bare is not None]
    print(f"organisations            {len(seen):>12,}")
    print(f"audits                   {sum(one.audits for one in seen):>12,}")
    print(f"hidden scores checked    {sum(one.checked for one in seen):>12,}")
    print(f"scores shown             {sum(one.shown for one in seen):>12,}")
    print(f"organisations with leaks {sum(one.findings > 0 for one in seen):>12,}")
    print(f"narrowest share of room  {min((one.narrowest for one in seen), default=1):>12.3f}")
    print(f"with the bare threshold  {sum(bare):>12,} of {len(bare):,} leak")
    print(f"minutes                  {seconds / 60:>12.1f}")


def _look(seed: int) -> _Seen:
    made = enterprise(seed)
    released = made.released()
    audits = [audit(made.tree, made.organisation, [released])]
    if seed % _FIFTH == 1:
        again = released_again(made, corrected(made, seed))
        audits.append(audit(made.tree, made.organisation, [released, again]))
    if seed % _FIFTH == 2:  # noqa: PLR2004 - another fifth
        audits.append(_audited(next_round(made, seed)))
    bare = None
    if seed % _TWENTIETH == 0:
        bare = bool(audit(made.tree, made.organisation, [made.released_barely()]).findings)
    return _Seen(
        seed,
        len(audits),
        sum(one.checked for one in audits),
        sum(not score.hidden for of_unit in released.shown.values() for score in of_unit.values()),
        sum(len(one.findings) for one in audits),
        min(one.narrowest for one in audits),
        bare,
    )


def _audited(made: Enterprise) -> Audited:
    return audit(made.tree, made.organisation, [made.released()])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
