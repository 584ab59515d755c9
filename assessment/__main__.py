"""Run the command as `python -m assessment`."""

from assessment.cli import main

main()
