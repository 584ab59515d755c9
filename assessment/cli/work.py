"""`assessment work`: does what waits in the background."""

import os

import click

from assessment.cli import opening

NICE = 5  # who answers comes first


@click.command()
@click.option("--under", type=int, hidden=True, help="End when the process of this number is not the parent any more.")
def work(under: int | None) -> None:
    """Do what waits in the background: mail codes. `assessment serve` starts one by itself.

    One worker works at a time, others stand by. It stops on SIGTERM when the job in hand is done.
    """
    from assessment.jobs.working import work as work_on  # noqa: PLC0415 - it imports Huey

    if under is not None:
        os.nice(NICE)
    work_on(opening.settings(), opening.database(), under)
