"""What other systems export, at the size of a clinic that has been there for years: all of it comes in, leaves again,
and comes back the same, row by row.
"""

import pytest
import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.treatments.models import Treatment
from tests.bringing import other_systems as others
from tests.bringing.test_there_and_back import bring, files
from tests.cast import make_cast
from tests.conftest import NOW, _empty

MAIL_NAMES = {"massage": "A long hour", "hips-without-tummy": "A short hour"}
MEANT = [part for slug, name in MAIL_NAMES.items() for part in ("--treatment", f"{name}={slug}")]


def empty_clinic(app):
    _empty(app)
    with writing():
        make_cast(db.session, now=NOW)
        db.session.commit()


def everybody():
    found = db.session.execute(sa.select(Client.outside_ref, Client.name, Client.email, Client.phone))
    return sorted(map(tuple, found))


def every_visit():
    found = db.session.scalars(sa.select(Appointment)).unique()
    return sorted(
        (one.outside_uid, one.starts_at, one.minutes, one.client.name, one.treatment.name, one.therapist.name)
        for one in found
    )


@pytest.mark.parametrize(
    ("write", "count"), [(others.as_patients, 5000), (others.as_numbered_patients, 500), (others.as_customers, 500)]
)
def test_clients_of_another_system_come_in_leave_and_come_back(app, cast, new_visitor, tmp_path, write, count):
    found = others.people(count)
    said = bring(app, tmp_path, "clients", "".join(write(found)), "--duplicates", "new")
    assert f"{count} clients read: {count} brought in." in said
    wanted = sorted(one.here for one in found)
    assert [(ref, name, email.lower(), phone) for ref, name, email, phone in everybody()] == wanted
    came = everybody()
    olu = new_visitor()
    olu.sign_in("olu")
    ours = olu.get("/clients.csv").data.decode()
    empty_clinic(app)
    bring(app, tmp_path, "clients", ours, "--duplicates", "new")
    assert everybody() == came


def test_a_calendar_of_a_thousand_entries_comes_in_leaves_and_comes_back(app, cast, new_visitor, tmp_path):
    with writing():
        for slug, name in MAIL_NAMES.items():
            db.session.execute(sa.update(Treatment).where(Treatment.slug == slug).values(mail_name=name))
        db.session.commit()
    people = others.people(200)
    made = others.calendar(people)
    bring(app, tmp_path, "clients", "".join(others.as_patients(people)))
    said = bring(app, tmp_path, "appointments", made.text)
    counts = (
        f"{len(made.visits)} brought in, {made.cancelled} called off there, and left out, {made.whole_days} refused."
    )
    assert counts in said
    assert said.count("Away: It takes the whole day. A visit has a time.") == made.whole_days
    assert every_visit() == sorted(made.visits)
    clients, _table, calendar = files(new_visitor)
    empty_clinic(app)
    bring(app, tmp_path, "clients", clients)
    bring(app, tmp_path, "appointments", calendar, *MEANT)
    assert every_visit() == sorted(made.visits)
