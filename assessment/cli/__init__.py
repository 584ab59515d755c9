"""The `assessment` command."""

from assessment.cli.main import main

__all__ = ["main"]
