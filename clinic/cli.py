"""Commands. Each is short and calls a capability; each trouble is one line and exit code 1."""

import click
from flask import Flask, current_app

from clinic import clinics, demo, server, startup
from clinic.core import clock, trail
from clinic.core.crypto import KeyTroubleError, keyring
from clinic.core.db import db, writing
from clinic.migrated import bring_up_to_date
from clinic.places.models import Clinic
from config import SettingError


def add_commands(app: Flask) -> None:
    for command in (start, set_up, worker, audit):
        app.cli.add_command(command)


@click.command()
def start() -> None:
    """Migrate, make a demo clinic where there is none, and serve it with its worker."""
    bring_up_to_date()
    if db.session.get(Clinic, 1) is None:
        try:
            startup.allow_demo(current_app.extensions["clinic.settings"])
        except SettingError as error:
            raise click.ClickException(str(error)) from error
        click.echo("First run: making a demo clinic …")
        with writing():
            demo.make(db.session, now=clock.now())
            startup.keep_fingerprint()
            db.session.commit()
    server.serve(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001


@click.command("setup")
@click.option("--name", prompt="Name of the clinic")
@click.option("--location", prompt="Name of its location (such as the town)")
@click.option("--zone", prompt="Time zone (such as Europe/London)")
@click.option("--currency", prompt="Currency (such as GBP)")
@click.option("--country", prompt="Country (such as GB)")
@click.option("--owner", prompt="Name of the owner")
@click.option("--email", prompt="Email of the owner")
@click.password_option(prompt="Password of the owner (12 characters or more)")
def set_up(**answers: str) -> None:
    """Make a real, empty clinic with its first owner."""
    bring_up_to_date()
    with writing():
        try:
            clinics.set_up(db.session, clinics.FirstAnswers(**answers), now=clock.now())
        except clinics.AnswerError as error:
            raise click.ClickException(str(error)) from error
        startup.keep_fingerprint()
        db.session.commit()
    click.echo("The clinic is set up. Start it as docs/running.md says, and keep INSTANCE/keys safe and apart.")


@click.command()
@click.option("--once", is_flag=True, help="Send what is due now, then stop.")
@click.option("--beside", type=int, help="Stop when this process, which started it, is gone.")
def worker(*, once: bool, beside: int | None) -> None:
    """Send due mail, seal the audit trail and forget what is too old, until stopped. As many as wanted may run."""
    server.work(current_app._get_current_object(), once=once, beside=beside)  # type: ignore[attr-defined]  # noqa: SLF001


@click.group()
def audit() -> None:
    """The audit trail: who did or saw what."""


@audit.command("verify")
def verify_audit() -> None:
    """Say whether the audit trail is whole and, where it is not, what is wrong with which line."""
    try:
        startup.check_fingerprints()
        walk = trail.check(db.session, keyring(), current_app.extensions["clinic.settings"].instance)
    except KeyTroubleError as error:
        raise click.ClickException(str(error)) from error
    findings, summary = walk.findings, walk.summary(clock.now())
    for sentence in findings[:20]:
        click.echo(sentence)
    if len(findings) > 20:
        click.echo(f"… and {len(findings) - 20} more.")
    if findings:
        raise click.ClickException(f"The trail is not whole (findings: {len(findings)}). {summary}")
    click.echo(f"The trail is whole: {summary}")
