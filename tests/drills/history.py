"""What ten past visits leave, made where INSTANCE and DATABASE_URL say: python -m tests.drills.history"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from clinic import create_app
from clinic.booking.models import Appointment
from clinic.booking.operations import book
from clinic.booking.programme import programme
from clinic.booking.wishes import Wish
from clinic.core import clock
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.notes import operations as notes
from clinic.notes.operations import Page
from clinic.notes.rules import Content, Treated
from tests.plans import plan_for

VISITS, DAYS_OF_PRACTICE = 10, 28
WORDS = "Front of the right hip, since long drives. Resisted flexion weak on that side, better at the end. " * 3


def past_visits(now: datetime) -> list[Appointment]:
    """One client's with Ana, on the last weekdays at eleven, each booked when it was still to come."""
    known, made = programme(db.session), []
    midday = (datetime.combine(now.date() - timedelta(days=ago), time(11), UTC) for ago in range(1, 99))
    for at in islice((at for at in midday if at.weekday() < 5), VISITS):
        client = made[0].client if made else None
        who = {"name": "Clara Teacup", "email": "clara@client.test", "client": client}
        wish = Wish(known.treatment("massage"), 60, known.therapist("ana-moreau"), at, **who)
        before = at - timedelta(days=3)
        made.append(book(db.session, wish, screening=None, key=None, now=before, by=GUEST).appointment)
    return made


def a_note(n: int) -> Content:
    """Of the visit with this number, with something in every part."""
    words = dict.fromkeys(("subjective", "objective", "assessment", "plan"), WORDS)
    pain = {"pain_on_arrival": max(2, 8 - n), "pain_at_end": max(1, 6 - n)}
    return Content(words=words, treated=(Treated("low_back/left"),), **pain)


def write_up(appointments: Iterable[Appointment]) -> None:
    """Sign a note for each."""
    for n, one in enumerate(appointments):
        assert not notes.sign(db.session, one, a_note(n), Page("", 0), now=one.ends_at, by=GUEST)


def main() -> None:
    app, now = create_app(), clock.now()
    with app.app_context(), writing():
        visits = past_visits(now)
        write_up(sorted(visits, key=lambda one: one.starts_at))
        plan_for(visits[0].client, visits[0].therapist, days=DAYS_OF_PRACTICE, now=now)
        db.session.commit()


if __name__ == "__main__":
    main()
