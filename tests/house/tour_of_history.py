"""A health history: told by link, in an account, and with a therapist."""

import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core.db import db
from tests.accounts import with_account
from tests.histories import SORE, WELL, answer, fill_in, home_of
from tests.visitor import Visitor

HETTY = {"name": "Hetty Spoon", "email": "hetty@client.test", "at": "20260318T1400Z"}


def history_pages(app):
    """By link first: nothing comes back. Then in the account that was made, and with Ana, both of whom read it."""
    visitor, ana = Visitor(app), Visitor(app)
    with_account(app, visitor, **HETTY)
    home = home_of(HETTY["name"])
    yield from told_by_link(Visitor(app), home)
    yield "my health", visitor.get("/my/health")
    yield "a page of my health", visitor.get("/my/health/1")
    yield "a page of my health, changed", visitor.send("/my/health/1", ring_name="Otto")
    yield "my health, sent to a doctor", sent_to_a_doctor(visitor)
    client_id = db.session.scalar(sa.select(Appointment.client_id).join(Appointment.client).where(is_hers()))
    ana.sign_in("ana")
    yield "their health, read with what changed", ana.get(f"/clients/{client_id}/health")
    yield "a page of their health", ana.get(f"/clients/{client_id}/health/2")


def told_by_link(visitor, home):
    yield "tell your health", visitor.get(home)
    for number, page in enumerate(fill_in(visitor, home, **SORE)[1:], 1):
        yield f"health, after page {number}", page
    yield "health, a page that was answered", visitor.get(f"{home}/1")
    yield "health with errors", visitor.send(f"{home}/1", born="", sex="")
    visitor.get(f"{home}/2")
    yield "health, an emergency", answer(visitor, **{**WELL, "list.now": "chest_or_sudden"})
    yield "health, told", visitor.post(f"{home}/completion")
    yield "tell your health anew", visitor.get(home)


def sent_to_a_doctor(visitor):
    visitor.get("/my/health/5")
    answer(visitor, **{"list.today": "fever"})
    return visitor.post("/my/health/completion")


def is_hers():
    return sa.text("client.name = 'Hetty Spoon'")
