"""Somebody had a release, and is asked how they are."""

import re
from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select

from clinic.aftercare.models import CheckIn
from clinic.aftercare.operations.check_ins import ask_how_they_are
from clinic.aftercare.queries.check_ins import how_they_are
from clinic.core.db import db
from clinic.work.models import WorkItem
from tests.letterbox import Letterbox, text_of
from tests.steps import book, screen

ENDS = datetime(2026, 3, 12, 11, tzinfo=UTC)  # a release on Thursday at 10 in Bristol
DUE = ENDS + timedelta(hours=48)
MINUTE = timedelta(minutes=1)


def release(visitor, **choice):
    """Booked by Clara, or whoever is named."""
    screen(visitor)
    assert book(visitor, "psoas-release", **choice).status_code == 200


def ask(at=DUE):
    """One round of the worker; how many were asked."""
    with time_machine.travel(at, tick=False):
        return ask_how_they_are(db.session, now=at)


def mails(app, at=DUE):
    """Those that ask how somebody is, of what is due by then."""
    box = Letterbox()
    with time_machine.travel(at, tick=False):
        while box.round(app, at):
            pass
    return [mail for mail in box.mails if "How are you?" in mail["subject"]]


def asked_link(app, at=DUE):
    """Asked and mailed: where the mail leads."""
    assert ask(at) == 1
    (mail,) = mails(app, at)
    return re.search(r"/check-ins/\S+", text_of(mail))[0]


def answers():
    """What is kept, the first first."""
    found = db.session.scalars(select(CheckIn).where(CheckIn.answered_at.is_not(None)).order_by(CheckIn.due_at))
    kept = [(one.kind, how_they_are(one)) for one in found]
    db.session.rollback()
    return kept


def calls():
    """The tasks that wait, and whose they are."""
    found = select(WorkItem.task, WorkItem.owner_id).where(WorkItem.done_at.is_(None)).order_by(WorkItem.id)
    kept = [tuple(one) for one in db.session.execute(found)]
    db.session.rollback()
    return kept
