"""The two ways in: a web server's, and the command line's."""

import sys

import click
from flask import Flask
from sqlalchemy.exc import OperationalError

from clinic import create_app, startup
from clinic.booking.guard import GuardMissingError
from clinic.core.crypto import KeyTroubleError
from clinic.migrated import allow_migrations
from config import SettingError

TROUBLES = (SettingError, KeyTroubleError, GuardMissingError, OperationalError)


def sentence(error: Exception) -> str:
    """What is wrong, on one line. A database's own message names hosts and users, so ours stands for it."""
    if isinstance(error, OperationalError):
        return "The database cannot be reached. Check DATABASE_URL, and that the server is running."
    return str(error)


def application() -> Flask:
    """For a web server: gunicorn "clinic.wsgi:application()". Stops with one sentence where something is wrong."""
    try:
        app = create_app()
        startup.check(app)
    except TROUBLES as error:
        sys.exit(sentence(error))
    return app


def for_commands() -> Flask:
    """For `flask …`: troubles become one line and exit code 1."""
    try:
        app = create_app()
        allow_migrations(app)
        startup.reach_database(app)
    except TROUBLES as error:
        raise click.ClickException(sentence(error)) from error
    return app
