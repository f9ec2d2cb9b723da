"""The same again, step by step."""

import re

from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.db import db

FRIDAY_TWO = "20260313T1400Z"
TAPPED = "2pm on Friday 13 March with Ana"


def choose(visitor, path, at=FRIDAY_TWO, therapist="ana-moreau"):
    return visitor.get(f"{path}?slot={at}.{therapist}")


def near(visitor):
    """The times offered instead."""
    return re.findall(r'name="slot" value="([^"]+)"', visitor.page.text)


def appointments():
    return db.session.scalars(select(Appointment).order_by(Appointment.booked_at, Appointment.starts_at)).all()
