"""Reminding clients of their practice, and therapists of whom nothing was heard. The caller commits, unless it says
otherwise.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from clinic.aftercare.models import PracticeReminder, StretchPlan
from clinic.aftercare.operations.telling import due, mail_about
from clinic.aftercare.queries.reminders import Quiet, mail_reminders, quiet_plans, reminder_of
from clinic.booking.operations.looking import Look
from clinic.booking.programme import Programme
from clinic.booking.queries import today_at
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession, writing
from clinic.core.times import instant_of, local, wall_minute
from clinic.messages.operations import Due, not_yet_queued, queue_all, unqueue
from clinic.work.models import WorkItem

OCCASION = "practice_reminder"
QUIET = "ask_about_practice"
LOOKED_BACK = timedelta(days=21)  # whoever fell silent earlier is not asked about when the clinic begins to ask
_look = Look()


@dataclass(frozen=True)
class Times:
    """When a client means to practise: days of the week (0 is Monday), the clock on the wall, and whether by mail."""

    weekdays: Collection[int]
    at: time
    by_mail: bool


def choose_times(session: AnySession, plan_id: UUID, times: Times, *, zone: str, now: datetime, by: Actor) -> None:
    """Keep them in place of those before; a mail that is wanted goes out from the next such time on."""
    session.get_one(StretchPlan, plan_id, with_for_update=True)  # two taps at once are one after the other
    found = reminder_of(session, plan_id) or PracticeReminder(plan_id=plan_id)
    found.weekdays, found.at_minutes = sorted(set(times.weekdays)), times.at.hour * 60 + times.at.minute
    found.by_mail, found.chosen_at = times.by_mail, now
    session.add(found)
    unqueue(session, OCCASION, plan_id)
    if times.by_mail:
        mails = [one for one in _of_the_day([found], local(now, zone).date(), zone) if one.due_at > now]
        queue_all(session, not_yet_queued(session, mails))
    audit.record(session, "reminders.chosen", f"plan:{plan_id}", by=by, now=now)
    session.flush()


def stop_reminders(session: AnySession, plan_id: UUID, *, now: datetime, by: Actor) -> None:
    """No more mails, not even one that waits. Twice is once."""
    found = reminder_of(session, plan_id)
    if found and found.by_mail:
        found.by_mail = False
        unqueue(session, OCCASION, plan_id)
        audit.record(session, "reminders.stopped", f"plan:{plan_id}", by=by, now=now)
        session.flush()


def remind_of_practice(session: AnySession, *, now: datetime) -> int:
    """Queue the reminders of the day, and ask therapists about the plans of which nothing was heard for as long as the
    clinic set; how many of both. The worker's task; commits. It looks once a day.
    """
    known = _look.due(session, now)
    if known is None:
        return 0
    mails, quiet = _mails(session, known, now), _quiet(session, known, now)
    session.rollback()
    if mails or quiet:
        with writing():
            queue_all(session, _mails(session, known, now))
            for one in quiet:
                _ask(session, one, now)
            session.commit()
    _look.done(session)
    return len(mails) + len(quiet)


def _mails(session: AnySession, known: Programme, now: datetime) -> list[Due]:
    """Those of today whose time is still to come: what is late reminds nobody."""
    found = _of_the_day(mail_reminders(session), today_at(known, now), known.location.zone)
    return not_yet_queued(session, [one for one in found if one.due_at > now - timedelta(hours=1)])


def _of_the_day(reminders: Collection[PracticeReminder], today: date, zone: str) -> list[Due]:
    return [
        Due(OCCASION, one.plan_id, _at(one, today, zone), once=f"{one.plan_id}/{today}")
        for one in reminders
        if today.weekday() in one.weekdays
    ]


def _at(reminder: PracticeReminder, day: date, zone: str) -> datetime:
    hour, minute = divmod(reminder.at_minutes, 60)
    return instant_of(wall_minute(day, time(hour, minute), zone))


def _quiet(session: AnySession, known: Programme, now: datetime) -> list[Quiet]:
    days = known.clinic.plan_silence_days
    if not days:
        return []
    until = now - timedelta(days=days)
    return quiet_plans(session, since=until - LOOKED_BACK, until=until)


def _ask(session: AnySession, quiet: Quiet, now: datetime) -> None:
    """Once for each silence: on the work list, and by a mail that says no more than to look there."""
    once = f"quiet/{quiet.plan_id}/{quiet.since.isoformat()}"
    item = WorkItem(task=QUIET, owner_id=quiet.account_id, subject=f"client:{quiet.client_id}", once=once)
    item.due_at = due(QUIET, now)
    with suppress(IntegrityError), session.begin_nested():
        session.add(item)
        session.flush()
        mail_about(session, item, now=now)
