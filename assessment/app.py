"""The application, joined from its parts. The only place where things are joined."""

from datetime import timedelta

from flask import Flask
from jinja2 import StrictUndefined

from assessment import resources
from assessment.config import Settings, from_environment
from assessment.jobs.desk import Desk
from assessment.reports.pdf import Printer
from assessment.services import installation
from assessment.store.database import Database
from assessment.web import (
    access,
    assets,
    compression,
    draw,
    errors,
    facilitate,
    gate,
    headers,
    health,
    lace,
    oidc,
    respond,
    sign_in,
    team_results,
    words,
)
from assessment.web.forms import csrf
from assessment.web.respond import language
from assessment.web.workplace import Workplace, furnish

LARGEST_REQUEST = 1024 * 1024


def create_app(settings: Settings | None = None, database: Database | None = None) -> Flask:
    """Give the application; raises `Refused` with a sentence where a setting is wrong."""
    chosen = settings or from_environment()
    app = Flask(
        "assessment",
        root_path=str(resources.static_folder().parent),
        template_folder=str(resources.folder("templates")),
        instance_path=str(chosen.instance),
    )
    app.config.from_mapping(
        SECRET_KEY=chosen.secret_key,
        SESSION_COOKIE_NAME="assessment",
        SESSION_COOKIE_SECURE=chosen.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        MAX_FORM_PARTS=2_000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=chosen.secure,
    )
    app.jinja_env.undefined = StrictUndefined
    base = database or installation.ready(chosen.database_url)
    furnish(app, Workplace(chosen, base, Printer(), Desk(base, chosen.instance)))
    language.install(app)
    gate.install(app)
    csrf.init_app(app)
    oidc.install(app, chosen)
    for part in (compression, access, assets, headers, errors, words):
        part.install(app)
    respondents = (respond.blueprint, draw.blueprint, facilitate.desk_blueprint, facilitate.room_blueprint)
    staff = (sign_in.blueprint, lace.blueprint)
    for blueprint in (*respondents, *staff, team_results.blueprint, health.blueprint):
        app.register_blueprint(blueprint)
    return app
