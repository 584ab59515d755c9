"""The command's entry: which commands there are, and how a refusal ends."""

import os
import sys
from importlib import import_module

import click

from assessment.errors import Refused, place_of
from assessment.questionnaire.finding import printable

# Commands are imported when they are called, so that `assessment check` starts without a web server.
_COMMANDS = {
    "account": "assessment.cli.accounts:account",
    "answers": "assessment.cli.answers:answers",
    "audit": "assessment.cli.audit:audit",
    "check": "assessment.cli.check:check",
    "convert": "assessment.cli.convert:convert",
    "db": "assessment.cli.database:db",
    "demo": "assessment.cli.demo:demo",
    "diff": "assessment.cli.diff:diff",
    "form": "assessment.cli.form:form",
    "report": "assessment.cli.reports:report",
    "round": "assessment.cli.rounds:round_",
    "schema": "assessment.cli.schema:schema",
    "scores": "assessment.cli.scores:scores",
    "serve": "assessment.cli.serve:serve",
    "trend": "assessment.cli.scores:trend",
    "units": "assessment.cli.units:units",
    "verify": "assessment.cli.verify:verify",
    "work": "assessment.cli.work:work",
}


class _Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Refused as error:
            _refuse(error)
        except (BrokenPipeError, KeyboardInterrupt):
            sys.exit(1)
        except UnicodeEncodeError:
            click.echo("error: something that was given is not text (UTF-8)", err=True)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            click.echo(f"error: {error.filename or 'a file'}: {error.strerror or error}", err=True)
        except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, not a traceback
            click.echo(f"error: this went wrong inside the program: {place_of(error)}", err=True)
        sys.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="assessment")
def assessment() -> None:
    """Lean-Agile maturity of Agile Release Trains: from a questionnaire file to a trend report.

    Settings come from the environment: ASSESSMENT_DATABASE_URL, ASSESSMENT_QUESTIONNAIRES, ASSESSMENT_BASE_URL,
    ASSESSMENT_SECRET_KEY, ASSESSMENT_TIMEZONE, ASSESSMENT_INSTANCE. Exit status: 0 done, 1 refused, 2 wrong usage.
    """


def main() -> None:
    """Run the command. What it makes is for its owner's eyes: databases hold answers."""
    os.umask(0o077)
    assessment(prog_name="assessment")


def _refuse(error: Refused) -> None:
    for sentence in (error.sentence, *error.faults):
        click.echo(printable(f"error: {sentence}"), err=True)
