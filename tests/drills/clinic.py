"""A clinic of ten therapists and ten rooms, made where INSTANCE and DATABASE_URL say: python -m tests.drills.clinic"""

import logging

from clinic import create_app, startup
from clinic.booking.models import Resource
from clinic.core import clock
from clinic.core.audit import SYSTEM
from clinic.core.db import db, writing
from clinic.migrated import bring_up_to_date
from clinic.people.models import Client
from clinic.people.operations import make_client_account
from clinic.places.models import Room
from tests.cast import HASH, make_cast, therapist

ZONE = "Europe/London"
NAMES = ("Cem", "Dora", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jun")
SLUGS = ("ana-moreau", "ben-okafor", *(f"{name.lower()}-ten" for name in NAMES))


def make() -> None:
    """The cast of the tests, and eight more therapists with a room each. Everybody works Monday to Friday, 9 to 17."""
    app = create_app()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with app.app_context(), writing():
        bring_up_to_date()
        cast = make_cast(db.session, now=clock.now(), zone=ZONE)
        for name in NAMES:
            therapist(db.session, f"{name} Ten", cast.olu, cast.location, now=clock.now())
            room = Room(name=f"Room of {name}", location_id=cast.location.id)
            db.session.add(room)
            db.session.flush()
            db.session.add(Resource(room_id=room.id))
        _client_with_account()
        startup.keep_fingerprint()
        db.session.commit()


def _client_with_account() -> None:
    """Dora, who has an account of her own."""
    dora = Client(name="Dora Spoon", email="dora@client.test", phone="", created_at=clock.now())
    db.session.add(dora)
    db.session.flush()
    db.session.add(Resource(client_id=dora.id))
    make_client_account(db.session, dora, HASH, now=clock.now(), by=SYSTEM)


if __name__ == "__main__":
    make()
