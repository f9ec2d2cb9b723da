"""The served clinic goes by the real clock, so what is to be over has to be put into the past."""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clinic.booking.models import Appointment, Claim
from clinic.core.db import engine_options, listen, writing

BEFORE_DAWN = time(3, tzinfo=UTC)  # nobody is booked


def let_pass(database: str, ref: str, *, days: int = 1) -> None:
    """This appointment, and the time it claims, were so many days ago before dawn. The database's guard looks on."""
    engine = sa.create_engine(database, **engine_options(database))
    listen(engine)
    with writing(), Session(engine) as session:
        appointment = session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).one()
        claims = session.scalars(sa.select(Claim).where(Claim.appointment_id == appointment.id)).all()
        day = datetime.now(UTC).date() - timedelta(days=days)
        back = appointment.starts_at - datetime.combine(day, BEFORE_DAWN)
        for moved in (appointment, *claims):
            moved.starts_at, moved.ends_at = moved.starts_at - back, moved.ends_at - back
        session.commit()
    engine.dispose()
