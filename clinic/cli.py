"""Commands. Each is short and calls a capability; each trouble is one line and exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click
from flask import Flask, current_app

from clinic import clinics, demo, server, startup
from clinic.backups import BackupError, contents, rotation
from clinic.backups import keys as recovery
from clinic.backups import make as making
from clinic.backups import restore as restoring
from clinic.bringing.commands import bring
from clinic.core import clock, trail
from clinic.core.audit import SYSTEM
from clinic.core.crypto import KeyTroubleError, keyring
from clinic.core.db import db, writing
from clinic.migrated import bring_up_to_date
from clinic.notes import proof as signed_notes
from clinic.people.mail import invitation_address
from clinic.people.operations import second_factor
from clinic.people.rules import LEAST, MOST, password_refusal
from clinic.places.models import Clinic
from config import SettingError


def add_commands(app: Flask) -> None:
    for command in (start, set_up, worker, audit, backup, restore, keys, bring, *OF_OWNERS):
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
    click.echo(
        "The clinic is set up. Print its recovery sheet now, with flask keys export: without its keys nobody can"
    )
    click.echo("read the health data again, you included. Then start it as docs/running.md says.")


@contextmanager
def _answered() -> Iterator[None]:
    """One transaction over what was answered, and its troubles as commands tell them."""
    with writing():
        try:
            yield
        except clinics.AnswerError as error:
            raise click.ClickException(str(error)) from error
        db.session.commit()


@click.command()
@click.option("--name", prompt="Name of the owner")
@click.option("--email", prompt="Email of the owner")
def invite_owner(name: str, email: str) -> None:
    """Invite another owner, or once more one who has not come. Every other role is given by an owner, in the clinic."""
    with _answered():
        address = invitation_address(clinics.invite_owner(db.session, name, email, now=clock.now()))
    click.echo(
        f"An invitation is on its way to {email}. Should no mail come, this opens it too, for seven days and once:"
    )
    click.echo(address)


@click.command()
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """For whoever lost phone and recovery codes, an owner above all: they set up another when they sign in next."""
    with _answered():
        account = clinics.account_at(db.session, email)
        second_factor.reset_second_factor(db.session, account, now=clock.now(), by=SYSTEM)
    click.echo("The second factor is reset, and their sessions are at their end.")


@click.command()
@click.argument("email")
def close_account(email: str) -> None:
    """Close somebody's account, an owner's too. What they wrote stays."""
    with _answered():
        clinics.close_account(db.session, email, now=clock.now())
    click.echo("The account is closed, and its sessions are at their end.")


OF_OWNERS = (invite_owner, reset_second_factor, close_account)


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
    """Say whether the audit trail and the signed notes are whole and, where not, what is wrong with which."""
    try:
        startup.check_fingerprints()
        walk = trail.check(db.session, keyring(), current_app.extensions["clinic.settings"].instance)
    except KeyTroubleError as error:
        raise click.ClickException(str(error)) from error
    findings, summary = [*walk.findings, *signed_notes.findings(db.session)], walk.summary(clock.now())
    for sentence in findings[:20]:
        click.echo(sentence)
    if len(findings) > 20:
        click.echo(f"… and {len(findings) - 20} more.")
    if findings:
        raise click.ClickException(f"Trail and signed notes are not whole (findings: {len(findings)}). {summary}")
    click.echo(f"Trail and signed notes are whole: {summary}")


@contextmanager
def _in_one_line() -> Iterator[None]:
    """A backup's troubles, as commands tell them."""
    try:
        yield
    except (BackupError, KeyTroubleError) as error:
        raise click.ClickException(str(error)) from error


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write every record into FILE, sealed with a passphrase, and check it. The clinic may go on meanwhile."""
    with _in_one_line():
        head, rows = making.make(file, _passphrase(new=True), now=clock.now())
    click.echo(f"Backed up {rows} rows of {head.clinic} to {file}, and checked the file from start to end.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--keys-file", type=click.File(encoding="ascii"), help="Holds the keys of the recovery sheet.")
def restore(file: Path, keys_file: TextIO | None) -> None:
    """Put the backup in FILE into an empty database."""
    with _in_one_line():
        restoring.check_place()
        passphrase = _passphrase(new=False)
        head, rows = contents.check(file, passphrase)
        restoring.check_version(head)
        if not recovery.fit(keyring(), head.keys):
            _put_keys_back(head.keys, keys_file)
        restoring.load(file, passphrase, head, now=clock.now())
    click.echo(f"Restored {rows} rows of {head.clinic}, as they were on {head.day}.")


def _put_keys_back(fingerprints: dict[str, str], keys_file: TextIO | None) -> None:
    settings = current_app.extensions["clinic.settings"]
    if settings.clinic_keys:
        raise click.ClickException("CLINIC_KEYS are not the keys of this backup. Set those of its recovery sheet.")
    click.echo("The keys here are not those of this backup.")
    line = keys_file.read() if keys_file else click.prompt("Keys line of the recovery sheet", hide_input=True)
    kept = recovery.put_back(line, fingerprints, settings.instance / "keys", now=clock.now())
    click.echo(f"The keys are put back. The file that was there is now {kept}: delete it if no clinic needs it.")


def _passphrase(*, new: bool) -> str:
    """BACKUP_PASSPHRASE, else what is typed."""
    given: str = current_app.extensions["clinic.settings"].backup_passphrase or click.prompt(
        "Passphrase of the backup",
        hide_input=True,
        confirmation_prompt=new,
    )
    if new and password_refusal(given, email=""):
        raise click.ClickException(f"Choose a passphrase of {LEAST} to {MOST} characters that is hard to guess.")
    return given


@click.group()
def keys() -> None:
    """The keys that seal health data."""


@keys.command()
def export() -> None:
    """Print the recovery sheet: the keys, to keep on paper."""
    with _in_one_line(), writing():
        click.echo(recovery.export(db.session, now=clock.now()))


@keys.command()
def rotate() -> None:
    """Make a new key the current one, and seal everything anew with it. The clinic may go on meanwhile."""
    settings = current_app.extensions["clinic.settings"]
    if settings.clinic_keys:
        raise click.ClickException(
            "The keys are in CLINIC_KEYS: put a new one in front there, start every process anew, then run "
            "flask keys reseal.",
        )
    with _in_one_line():
        kept = rotation.add_key(settings.instance / "keys", now=clock.now())
    click.echo(
        f"A new key seals from now on. The key file of before is {kept}: delete it once the new sheet is printed."
    )
    _reseal()
    click.echo("Start the server anew: everybody signs in again. Print a new recovery sheet: flask keys export")


@keys.command()
def reseal() -> None:
    """Seal with the current key whatever an earlier one still seals. Interrupted, it goes on where it was."""
    _reseal()


def _reseal() -> None:
    with _in_one_line():
        startup.check_fingerprints()
        count = rotation.reseal(db.session, now=clock.now())
    click.echo(f"Sealed anew: {count}.")
