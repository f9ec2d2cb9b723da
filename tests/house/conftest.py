"""A clinic with something to hide: two clients with two therapists, links in every state, staff of every kind."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.booking.operations import book, link_of
from clinic.booking.programme import programme
from clinic.booking.wishes import Wish
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.core.links import Link
from clinic.people.models import Account
from clinic.work.models import WorkItem
from tests.cast import HASH
from tests.conftest import NOW
from tests.visitor import Visitor

TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)
WORD = "it hurts on stairs"
WHO = ("stranger", "ana", "ben", "rosa", "olu", "disabled", "ended")


@dataclass
class World:
    """`places` fills the addresses of the matrix; `sessions` holds everybody's cookie and its token for posts."""

    app: object
    places: dict[str, str]
    sessions: dict[str, tuple[str, str]]

    def visitor(self, who):
        """This person's browser, anew: what was posted before has not touched its session."""
        visitor = Visitor(self.app)
        visitor.client.set_cookie("session", self.sessions[who][0])
        return visitor

    def token(self, who):
        return self.sessions[who][1]

    def at(self, address):
        return address.format(**self.places)


@pytest.fixture
def world(app, cast):
    with writing():
        clara, dmitri = (
            _booked(who, slug) for who, slug in (("Clara Teacup", "ana-moreau"), ("Dmitri Wool", "ben-okafor"))
        )
        links = {
            "expired": Link(scope="appointment", subject_id=clara.id, version=1, expires_at=NOW),
            "revoked": Link(scope="appointment", subject_id=clara.id, version=1, expires_at=TEN, revoked_at=NOW),
            "elsewhere": Link(scope="plan", subject_id=clara.id, version=1, expires_at=TEN),
        }
        gone = [Account(email=f"{name}@clinic.test", name=name, role="owner", password_hash=HASH) for name in WHO[5:]]
        db.session.add_all([*links.values(), *gone])
        db.session.flush()
        places = {name: link.token for name, link in links.items()}
        places |= {"clara": str(clara.client_id), "dmitri": str(dmitri.client_id), "nobody": str(clara.id)}
        places |= {"clara_call": clara.call_id, "dmitri_call": dmitri.call_id, "no_call": 987654}
        places |= {"link": link_of(db.session, clara.id).token, "other_link": link_of(db.session, dmitri.id).token}
        places["forged"] = places["link"].partition(".")[0] + "." + places["other_link"].partition(".")[2]
        db.session.commit()
    sessions = {who: _session_of(app, who) for who in WHO}
    with writing():
        for account in db.session.scalars(select(Account).where(Account.name.in_(("disabled", "ended")))):
            account.active, account.sessions_version = account.name != "disabled", 2
        db.session.commit()
    return World(app, places, sessions)


def _booked(name, slug) -> Appointment:
    """An appointment of theirs with a word to the therapist, and a call to make before it."""
    known = programme(db.session)
    wish = Wish(
        known.treatment("massage"), 60, known.therapist(slug), TEN, name=name, email="somebody@client.test", word=WORD
    )
    made = book(db.session, wish, screening=None, key=None, now=NOW, by=GUEST).appointment
    made.call = WorkItem(task="ring_before_visit", owner_id=wish.therapist.account_id, due_at=TEN - timedelta(days=1))
    db.session.flush()
    return made


def _session_of(app, who):
    visitor = Visitor(app)
    if who == "stranger":
        visitor.get("/sign-in")
    else:
        visitor.sign_in(who)
        assert visitor.page.request.path == "/today", f"{who} could not sign in"
    return visitor.client.get_cookie("session").value, visitor.token()
