"""What the application is compared with, on the same server with the same settings.

    python -m benchmarks.answering.others bare|plain --port PORT [--workers 1]

`bare` is one view that returns a short string: all that Flask and the server cost. `plain` is the form as one would
write it first: Flask-WTF, a RadioField for each question, rendered by WTForms, a row for each answer.
"""

import argparse
import os
from collections.abc import Callable

from flask import Flask, redirect, render_template_string
from flask_wtf import FlaskForm
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from assessment.cli.serve import _Server
from benchmarks.browser import HOST
from benchmarks.serving import LEVELS, QUESTIONS

DATABASE = "BENCHMARK_PLAIN_DATABASE"
OFFERED = [*((str(level), f"Level {level}") for level in range(1, LEVELS + 1)), ("na", "N/A"), ("dk", "Don't know")]

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Large</title></head><body><h1>Large</h1>
<form method="post">{{ form.hidden_tag() }}
{% for field in form if field.name != "csrf_token" %}<fieldset><legend>{{ field.label.text }}</legend>
{% for error in field.errors %}<p>{{ error }}</p>{% endfor %}{{ field() }}</fieldset>
{% endfor %}<button>Send</button></form></body></html>
"""


class _Base(DeclarativeBase):
    """The plain form's tables."""


class _Answer(_Base):
    """One answer."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(index=True)
    question: Mapped[str]
    level: Mapped[str]


def bare() -> Flask:
    """Give an application with one short page."""
    app = Flask(__name__)
    app.add_url_rule("/livez", "page", lambda: "Hello.")
    return app


def plain() -> Flask:
    """Give the plain form; each person has an address of their own."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "the same in every worker"  # noqa: S105 - it guards nothing
    engine = create_engine(os.environ[DATABASE])
    _Base.metadata.create_all(engine)
    form_of = _form()
    app.add_url_rule("/livez", "live", lambda: "Hello.")

    @app.route("/form/<int:person>", methods=["GET", "POST"])
    def form(person: int) -> Response | str:
        with Session(engine) as session:
            rows = session.scalars(select(_Answer).where(_Answer.person == person))
            shown = form_of(data={row.question: row.level for row in rows})
            if not shown.validate_on_submit():
                return render_template_string(_PAGE, form=shown)
            given = {name: level for name, level in shown.data.items() if name != "csrf_token"}
            session.add_all(_Answer(person=person, question=name, level=level) for name, level in given.items())
            session.commit()
            return redirect("/livez", 303)

    @app.post("/half/<int:person>")
    def half(person: int) -> str:
        with Session(engine) as session:
            session.add_all(_Answer(person=person, question=f"q{n}", level="3") for n in range(QUESTIONS // 2))
            session.commit()
        return "Half filled."

    return app


def _form() -> type[FlaskForm]:
    fields = {
        f"q{number}": RadioField(f"Statement {number}.", choices=OFFERED, validators=[InputRequired()])
        for number in range(QUESTIONS)
    }
    return type("PlainForm", (FlaskForm,), fields)


class _Other(_Server):
    """The application's own server around another application."""

    def __init__(self, make: Callable[[], Flask], port: int, workers: int) -> None:
        self._make = make
        super().__init__(HOST, port, workers)

    def load(self) -> Flask:
        """Give the application, made in the worker."""
        return self._make()


def main() -> None:
    """Serve one of the two."""
    parser = argparse.ArgumentParser()
    parser.add_argument("which", choices=["bare", "plain"])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    _Other({"bare": bare, "plain": plain}[asked.which], asked.port, asked.workers).run()


if __name__ == "__main__":
    main()
