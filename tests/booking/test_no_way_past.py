"""Whatever a client told, was cleared of and tries: nobody books a release past it, and nothing at all past a doctor."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from clinic.booking import operations
from clinic.booking.models import Appointment, Cancellation, Offer
from clinic.booking.operations import Waits
from clinic.booking.operations.ending import reinstate
from clinic.booking.pairs import joined
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk
from clinic.core.audit import GUEST, Actor
from clinic.core.db import Model, db, writing
from clinic.intake.operations import same_answers
from clinic.intake.queries import OF_THAT_DAY
from clinic.intake.rules import decide_by
from clinic.intake.safety_lists import shipped
from clinic.people.models import Client
from tests.booking.test_told_before import LATER, TEN, wish
from tests.conftest import NOW
from tests.tellings import answers, clear, known_client, tell

BOOKED = [
    "outgoing_message", "offer", "waiting_list_entry", "claim", "hold", "link", "attendance", "override",
    "cancellation", "move", "appointment", "screening", "health_history", "clearance", "work_item",
]  # fmt: skip
STRONG = {"E1", "E2", "R", "N", "C"}
ASKED = [rule.id for rule in shipped() if rule.asked and STRONG & {*rule.massage, *rule.deep}]
AT_DESK = Desk(reason="She asked so nicely")
ROSA = Actor("account", "1")
some = st.lists(st.sampled_from([one for one in ASKED if one not in OF_THAT_DAY]), max_size=3, unique=True)


def attempt(refused):
    """What was asked for is written down, or nothing is."""
    db.session.rollback() if refused else db.session.commit()


def book(client_id, key, at=TEN, slug="psoas-release", *, screening=None, by=GUEST, **more):
    page = answers() if screening is None else screening
    outcome = operations.book(db.session, wish(client_id, slug, at=at, **more), screening=page, key=key, now=NOW, by=by)
    attempt(outcome.refusals)


def by_account(client_id, cast):
    book(client_id, "a")


def at_the_desk(client_id, cast):
    book(client_id, "b", desk=AT_DESK, by=ROSA)


def in_a_pair(client_id, cast):
    known = programme(db.session)
    pair = joined(known, [known.treatment("massage"), known.treatment("psoas-release")], [30, 60])
    asked = replace(wish(client_id), treatment=pair, minutes=90)
    outcome = operations.book(db.session, asked, screening=answers(), key="c", now=NOW, by=GUEST)
    attempt(outcome.refusals)


def the_same_again(client_id, cast):
    """With what they answered for the visit they have already."""
    visit = standing_visit(client_id)
    book(client_id, "d", at=LATER, screening=same_answers(visit.screening, now=NOW))


def moved(client_id, cast):
    visit = standing_visit(client_id)
    attempt(operations.move(db.session, visit, wish(client_id, at=LATER, moves=visit.id), now=NOW, by=GUEST))


def moved_at_the_desk(client_id, cast):
    visit = standing_visit(client_id)
    asked = wish(client_id, at=LATER, moves=visit.id, desk=AT_DESK)
    attempt(operations.move(db.session, visit, asked, now=NOW, by=ROSA))


def put_back(client_id, cast):
    visit = standing_visit(client_id)
    operations.cancel(db.session, visit, now=NOW, by=ROSA, ours=True)
    db.session.commit()
    attempt(reinstate(db.session, standing_visit(client_id), now=NOW, by=ROSA))


def by_an_offer(client_id, cast):
    known, client = programme(db.session), db.session.get_one(Client, client_id)
    waits = Waits(
        known.treatment("psoas-release"), 60, client.name, client.email, LATER.date(), client.phone, client=client
    )
    operations.join(db.session, waits, screening=answers(), now=NOW, by=GUEST)
    db.session.commit()
    operations.offering._looked.clear()
    operations.offer_free_times(db.session, now=NOW)
    for offer in db.session.scalars(select(Offer)).all():
        attempt(operations.accept(db.session, offer, now=NOW, by=GUEST).refusals)


def made_the_release(client_id, cast):
    """The alternative they have, in one tap."""
    visit = standing_visit(client_id)
    attempt(operations.make_release(db.session, visit, cast.release.id, now=NOW, by=ROSA))


FRESH = (by_account, at_the_desk, in_a_pair, by_an_offer)
FROM_A_RELEASE = (the_same_again, moved, moved_at_the_desk, put_back)
FROM_AN_ALTERNATIVE = (made_the_release,)


def standing_visit(client_id):
    return db.session.scalars(select(Appointment).where(Appointment.client_id == client_id)).first()


def releases():
    """Standing releases, where each lies and how it came there."""
    db.session.rollback()
    standing = select(Appointment).outerjoin(Cancellation).where(Cancellation.appointment_id.is_(None))
    return {(one.id, one.starts_at, one.version) for one in db.session.scalars(standing) if one.is_release}


def visits():
    db.session.rollback()
    return set(db.session.scalars(select(Appointment.id)))


def empty():
    with writing():
        for table in BOOKED:
            db.session.execute(delete(Model.metadata.tables[table]))
        db.session.commit()


@settings(max_examples=40)
@given(way=st.sampled_from((*FRESH, *FROM_A_RELEASE, *FROM_AN_ALTERNATIVE)), facts=some, lifted=some, page=some)
def test_no_way_leads_past_what_was_told(app, cast, way, facts, lifted, page):
    """`page`: what they ticked on the safety page of the visit they have."""
    empty()
    client_id = client_of_the_test()
    with writing():
        if way in FROM_A_RELEASE:
            book(client_id, "before")
        if way in FROM_AN_ALTERNATIVE:
            book(client_id, "before", slug="hips-without-tummy", screening=answers(*page))
    before = releases(), visits()
    tell(client_id, *facts)
    for reason in lifted:
        clear(client_id, cast.ana.account_id, reason)
    told = {*facts, *(page if way in FROM_AN_ALTERNATIVE and before[1] else ())}
    decision = decide_by(shipped(), told, deep=True, lifted=lifted)
    with writing():
        if way in FRESH or before[1]:
            way(client_id, cast)
    if not decision.release_allowed:
        assert releases() <= before[0]
    if decision.release_allowed and (way in FRESH or before[1]):
        assert releases() - before[0]


def client_of_the_test():
    """The same for every example: each client is a row that stays."""
    found = db.session.scalars(select(Client.id)).first()
    db.session.rollback()
    return found or known_client()


def test_no_way_leads_past_what_was_told_though_the_list_was_short(app, cast):
    """So that the ways are known to lead somewhere: with nothing told, each ends in a release."""
    client_id = known_client()
    for way in FRESH:
        empty()
        with writing():
            way(client_id, cast)
        assert releases(), way
    for way in FROM_A_RELEASE:
        empty()
        with writing():
            book(client_id, "before")
        before = releases()
        with writing():
            way(client_id, cast)
        assert releases() - before, way
