"""What clients told, and what was put aside, without the pages on which that is done."""

import json

from clinic.core.db import db, writing
from clinic.intake.models import Clearance, HealthHistory, Screening
from clinic.people.models import Client, Resource
from tests.conftest import NOW


def known_client(name="Clara Teacup"):
    """Somebody whom the clinic knows; the id."""
    with writing():
        client = Client(name=name, email="clara@client.test", phone="0117 496 0001", created_at=NOW)
        db.session.add(client)
        db.session.flush()
        db.session.add(Resource(client_id=client.id))
        client_id = client.id
        db.session.commit()
    return client_id


def tell(client_id, *facts, at=NOW):
    """A finished health history in which these rows of the safety list are ticked."""
    with writing():
        told = {"client_id": client_id, "told_by": "guest", "begun_at": at, "saved_at": at, "finished_at": at}
        db.session.add(HealthHistory(**told, answers=json.dumps({"list.told": list(facts)})))
        db.session.commit()


def clear(client_id, account_id, reason, way="call", *, at=NOW, note="We spoke.", **more):
    """A clearance; its id."""
    with writing():
        content = json.dumps({"reason": reason, "note": note})
        given = {"client_id": client_id, "way": way, "given_at": at, "given_by_id": account_id}
        made = Clearance(**given, content=content, **more)
        db.session.add(made)
        clearance_id = made.id
        db.session.commit()
    return clearance_id


def answers(*ticks, at=NOW):
    """The safety page as somebody answers it now, not yet part of a booking."""
    return Screening(answers=json.dumps(sorted(ticks)), created_at=at)
