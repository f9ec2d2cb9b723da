"""Clara, who came twice, and is two clients: with something in every table that refers to clients."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from clinic.aftercare.models import CheckIn
from clinic.booking.models import WaitingListEntry
from clinic.booking.operations import book as book_wish
from clinic.booking.operations import open_feed
from clinic.booking.programme import programme
from clinic.booking.wishes import Wish
from clinic.consent.models import Consent, ConsentText, MarketingChoice, NoticeAcceptance, PrivacyNotice
from clinic.core.audit import GUEST
from clinic.core.db import Model, db, writing
from clinic.intake.models import Clearance, HealthHistory
from clinic.notes import operations as notes
from clinic.notes.models import Episode, MeasuresTold
from clinic.notes.operations import Page
from clinic.notes.rules import Content
from clinic.people.models import Client
from clinic.people.operations import make_client_account
from clinic.referrals.models import Letter
from clinic.today.operations import merge
from clinic.work.models import WorkItem
from tests.cast import HASH
from tests.conftest import NOW
from tests.plans import plan_for

CLEARED = '{"reason": "aspirin", "note": ""}'
MONDAY = datetime.fromisoformat("2026-03-16T10:00Z")
BESIDE = {"versions", "audit_line", "sign_in_try", "account"}  # the counters, the trail, and what signing in leaves


def a_client(name, email, phone=""):
    client = Client(name=name, email=email, phone=phone, created_at=NOW)
    db.session.add(client)
    db.session.flush()
    return client


def try_to_book(client, at, slug):
    known = programme(db.session)
    who = {"name": client.name, "email": client.email, "client": client}
    wish = Wish(known.treatment("massage"), 60, known.therapist(slug), at, **who)
    return book_wish(db.session, wish, screening=None, key=None, now=NOW, by=GUEST)


def visit(client, at, slug="ana-moreau", *, signed=""):
    """An appointment of theirs; signed where there is something to say."""
    outcome = try_to_book(client, at, slug)
    assert not outcome.refusals
    made = outcome.appointment
    if signed:
        page, content = Page("k", 0), Content(words={"subjective": signed})
        assert not notes.sign(db.session, made, content, page, now=made.ends_at, by=GUEST)
        assert not notes.amend(db.session, made, f"{signed} beside", why="later", now=made.ends_at, by=GUEST)
    return made


def clara_twice(cast):
    """The ids of both: Clara, and Clara again under another address."""
    with writing():
        clara = a_client("Clara Teacup", "clara@client.test", "0117 496 0001")
        again = a_client("Clara T. Jones", "jones@client.test", "0117 496 0002")
        clara.desk_note, again.desk_note = "Ring twice", "Comes by bus"
        visit(clara, MONDAY, signed="First words")
        visit(again, MONDAY + timedelta(hours=2), signed="Second words")
        unsigned = visit(again, MONDAY + timedelta(days=1), "ben-okafor")
        notes.save_draft(db.session, unsigned, Content(words={"subjective": "Begun"}), Page("k", 0), now=NOW, by=GUEST)
        plan_for(clara, cast.ana, days=2)
        plan_for(again, cast.ana, days=3, now=NOW + timedelta(hours=1))
        db.session.add(an_entry(again, cast))
        make_client_account(db.session, again, HASH, now=NOW, by=GUEST)
        open_feed(db.session, "calendar", again.id, now=NOW, by=GUEST)
        db.session.add(WorkItem(task="ring_before_visit", subject=f"client:{again.id}", due_at=NOW))
        told_and_agreed(cast, clara, again, unsigned.id)
        a_client("Clara of long ago", "old@client.test").merged_into_id = again.id
        db.session.commit()
    return clara.id, again.id


def told_and_agreed(cast, clara, again, visit_id):
    """Both were asked about their health and are being asked again; both accepted the first notice, one the second."""
    words = ConsentText(treatment_id=cast.massage.id, number=1, elements={}, language="en", digest="d", made_at=NOW)
    notices = [PrivacyNotice(words=str(n), digest=str(n), first_at=NOW) for n in (1, 2)]
    db.session.add_all([words, *notices])
    db.session.flush()
    for client in (clara, again):
        db.session.add_all(a_history(client, finished_at) for finished_at in (NOW, None))
    accepted = [(clara, notices[0]), (again, notices[0]), (again, notices[1])]
    db.session.add_all(
        NoticeAcceptance(client_id=who.id, notice_id=one.id, at=NOW, by="guest") for who, one in accepted
    )
    db.session.add_all(
        [
            Consent(client_id=again.id, text_id=words.id, way="typed", signed_at=NOW, signed_by="guest", document="{}"),
            Clearance(client_id=again.id, way="call", given_at=NOW, given_by_id=cast.ana.account_id, content=CLEARED),
            MarketingChoice(client_id=again.id, wanted=True, at=NOW, by="guest"),
            Episode(client_id=again.id, therapist_id=cast.ana.id, begun_at=NOW, content="{}"),
            Letter(client_id=again.id, therapist_id=cast.ana.id, saved_at=NOW, revision=1, content="{}"),
            MeasuresTold(client_id=again.id, appointment_id=visit_id, told_at=NOW, answers="{}"),
            CheckIn(client_id=again.id, kind="release", therapist_id=cast.ana.id, due_at=NOW, appointment_id=visit_id),
        ]
    )


def a_history(client, finished_at):
    return HealthHistory(
        client_id=client.id, told_by="guest", begun_at=NOW, saved_at=NOW, finished_at=finished_at, answers="{}"
    )


def an_entry(client, cast):
    return WaitingListEntry(
        client_id=client.id,
        treatment_id=cast.massage.id,
        minutes=60,
        therapist_ids=[],
        weekdays=[],
        parts=[],
        until_on=date(2026, 4, 1),
        name=client.name,
        email=client.email,
        joined_at=NOW,
    )


def joined(kept, other, *, takes_contact=False):
    with writing():
        both = db.session.get_one(Client, kept), db.session.get_one(Client, other)
        refusals = merge(db.session, *both, takes_contact=takes_contact, now=NOW, by=GUEST)
        db.session.commit() if not refusals else db.session.rollback()
    return [one.code for one in refusals]


def snapshot():
    """Every row of every table but what stands beside, by its key."""
    db.session.rollback()
    tables = [table for table in Model.metadata.sorted_tables if table.name not in BESIDE]
    return {
        table.name: {tuple(row._mapping[c] for c in table.primary_key): dict(row._mapping) for row in rows_of(table)}
        for table in tables
    }


def rows_of(table):
    return db.session.execute(sa.select(table)).all()
