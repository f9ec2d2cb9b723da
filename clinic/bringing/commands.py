"""`flask import`: bring in a file at the command line. One line says what is wrong, one each what was left out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from clinic.booking.programme import programme
from clinic.bringing import appointments, clients, wording
from clinic.bringing.report import EVERY, Report
from clinic.bringing.tables import UnreadableError, text_of
from clinic.core import clock
from clinic.core.audit import SYSTEM
from clinic.core.db import db, writing

MOST_SHOWN = 1000
dry_run = click.option("--dry-run", is_flag=True, help="Show what would happen, and write nothing.")
file = click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
columns = click.option(
    "--column", "chosen", multiple=True, metavar="FIELD=COLUMN", help="Which column holds what; as often as needed."
)


@click.group("import")
def bring() -> None:
    """Bring in clients, then appointments, from the files of another system."""


@bring.command("clients")
@file
@dry_run
@columns
@click.option("--duplicates", type=click.Choice(clients.DUPLICATES), default="skip", show_default=True)
def bring_clients(file: Path, *, dry_run: bool, chosen: tuple[str, ...], duplicates: str) -> None:
    """Bring in the clients of FILE, a CSV table with a heading. FIELD is name, first_name, last_name, email, phone or
    number (theirs in the other system).

    Who seems to be known is skipped, brought as new, or joined where name and email or phone agree.
    """

    def work(text: str) -> Report:
        picked = _pairs(chosen, "--column phone=Mobile")
        more = {"chosen": picked, "duplicates": duplicates, "told": _progress}
        return clients.bring(db.session, text, now=clock.now(), by=SYSTEM, **more)  # type: ignore[arg-type]

    _run(file, work, dry_run=dry_run, of=("client", "clients"))


@bring.command("appointments")
@file
@dry_run
@columns
@click.option("--treatment", "treatments", multiple=True, metavar="THEIRS=OURS", help="What a name in the file means.")
@click.option("--therapist", "therapists", multiple=True, metavar="THEIRS=OURS", help="Who a name in the file is.")
@click.option("--remind", is_flag=True, help="Let reminders go out for those to come.")
def bring_appointments(
    file: Path,
    *,
    dry_run: bool,
    chosen: tuple[str, ...],
    treatments: tuple[str, ...],
    therapists: tuple[str, ...],
    remind: bool,
) -> None:
    """Bring in the appointments of FILE: a CSV table with a heading, or a calendar (.ics). Their clients come first.

    FIELD is number, email, name, first_name or last_name of the client; start, or day and time; end or minutes;
    treatment, therapist, room, status, uid; second_treatment, and second_minutes of the whole, where a visit has two.
    OURS is a name or the last word of its address. An empty THEIRS, as in "=massage", is for rows that name none. A
    series is unrolled as far as a year ahead. No mail goes out.
    """
    choices = appointments.Choices(
        _pairs(chosen, "--column start=When"),
        _pairs(treatments, '--treatment "Deep tissue=massage"'),
        _pairs(therapists, '--therapist "Annie=ana-moreau"'),
        reminds=remind,
    )

    def work(text: str) -> Report:
        return appointments.bring(db.session, text, now=clock.now(), by=SYSTEM, choices=choices, told=_progress)

    _run(file, work, dry_run=dry_run, of=("appointment", "appointments"))


def _run(path: Path, work: Callable[[str], Report], *, dry_run: bool, of: tuple[str, str]) -> None:
    """All of it in one transaction, which a dry run, a trouble and a killed process leave undone."""
    with _in_one_line():
        text = text_of(path.read_bytes())
        if programme(db.session) is None:  # read, and remembered, before others have to wait
            raise UnreadableError("no_clinic")
        db.session.rollback()
        with writing():
            report = work(text)
            if dry_run:
                db.session.rollback()
            else:
                db.session.commit()
        _tell(report, dry_run=dry_run, of=of)


def _tell(report: Report, *, dry_run: bool, of: tuple[str, str]) -> None:
    for what, column in report.columns.items():
        click.echo(f"{what}: column “{column}”")
    for left in report.left[:MOST_SHOWN]:
        click.echo(f"Line {left.line}, {left.what or 'without a name'}: {wording.sentence(left.why)}")
    if len(report.left) > MOST_SHOWN:
        click.echo(f"… and {len(report.left) - MOST_SHOWN} more.")
    for kind, names in report.unknown.items():
        for name in names:
            click.echo(f'No {kind} is called “{name}”. Say which: --{kind} "{name}=…"')
    click.echo(_summary(report, dry_run=dry_run, of=of))
    if report.refused and not (report.made or report.joined or report.there):
        raise click.ClickException("Nothing of this file could be brought in. The lines above say why.")


def _summary(report: Report, *, dry_run: bool, of: tuple[str, str]) -> str:
    counts = {
        "brought in": report.made,
        "joined with who was known": report.joined,
        "here already": report.there,
        "called off there, and left out": report.cancelled,
        "skipped as known": len(report.alike),
        "refused": len(report.refused),
    }
    told = ", ".join(f"{count} {words}" for words, count in counts.items() if count or words == "brought in")
    said = f"{report.read} {of[report.read != 1]} read: {told}."
    return f"Dry run, nothing was written. {said}" if dry_run else said


def _progress(done: int, of: int) -> None:
    if done % EVERY == 0 or done == of:
        click.echo(f"{done} of {of}", err=True)


def _pairs(given: tuple[str, ...], example: str) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    if wrong := next((name for name, sign, _ in pairs if not sign), None):
        raise click.ClickException(f"“{wrong}” should have a = in it, as in {example}.")
    return {name.strip(): value.strip() for name, _, value in pairs}


@contextmanager
def _in_one_line() -> Iterator[None]:
    try:
        yield
    except UnreadableError as error:
        db.session.rollback()
        raise click.ClickException(wording.sentence(error.refusal)) from error
