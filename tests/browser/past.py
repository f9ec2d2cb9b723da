"""The served clinic goes by the real clock and by its demo's rules: what a page needs otherwise is written underneath."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clinic.booking.models import Appointment, Claim
from clinic.core.db import engine_options, listen, writing
from clinic.treatments.models import Treatment

BEFORE_DAWN = time(3, tzinfo=UTC)  # nobody is booked


@contextmanager
def written_to(database: str) -> Iterator[Session]:
    """The database's guard looks on."""
    engine = sa.create_engine(database, **engine_options(database))
    listen(engine)
    with writing(), Session(engine) as session:
        yield session
        session.commit()
    engine.dispose()


def let_pass(database: str, ref: str, *, days: int = 1, at: time = BEFORE_DAWN) -> None:
    """This appointment, and the time it claims, were so many days ago before dawn."""
    with written_to(database) as session:
        appointment = session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).one()
        claims = session.scalars(sa.select(Claim).where(Claim.appointment_id == appointment.id)).all()
        day = datetime.now(UTC).date() - timedelta(days=days)
        back = appointment.starts_at - datetime.combine(day, at)
        for moved in (appointment, *claims):
            moved.starts_at, moved.ends_at = moved.starts_at - back, moved.ends_at - back


@contextmanager
def ruled(database: str, slug: str, **rules: object) -> Iterator[None]:
    """The treatment has these rules for a while."""
    with written_to(database) as session:
        treatment = session.scalars(sa.select(Treatment).where(Treatment.slug == slug)).one()
        before = {name: getattr(treatment, name) for name in rules}
        for name, value in rules.items():
            setattr(treatment, name, value)
    try:
        yield
    finally:
        with written_to(database) as session:
            session.execute(sa.update(Treatment).where(Treatment.slug == slug).values(**before))


def treatment_id(database: str, slug: str) -> int:
    with written_to(database) as session:
        return session.scalars(sa.select(Treatment.id).where(Treatment.slug == slug)).one()
