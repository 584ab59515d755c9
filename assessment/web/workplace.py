"""What every view works with: the database, the settings, the clock."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import Flask, current_app

from assessment.config import Settings
from assessment.jobs.desk import Desk
from assessment.reports.pdf import Printer
from assessment.store.database import Database

_NAME = "assessment"


@dataclass(frozen=True, slots=True)
class Workplace:
    """The parts that the application joined for its views."""

    settings: Settings
    database: Database
    printer: Printer
    jobs: Desk

    def now(self) -> datetime:
        """Give the time, in UTC."""
        return datetime.now(UTC)


def furnish(app: Flask, workplace: Workplace) -> None:
    """Hand a workplace to the application's views."""
    app.extensions[_NAME] = workplace


def workplace() -> Workplace:
    """Give the workplace of the application that serves this request."""
    return cast("Workplace", current_app.extensions[_NAME])
