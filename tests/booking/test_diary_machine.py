"""Whatever people do, in whatever order: the diary in the database says what a paper diary says."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select, update

from clinic.booking import operations
from clinic.booking.models import Appointment, Cancellation, Claim, Hold, Move, Offer, Resource, WorkingHours
from clinic.booking.operations import Visitor, Waits
from clinic.booking.programme import programme
from clinic.booking.queries import held_by, waiting
from clinic.booking.wishes import Wish
from clinic.core.audit import GUEST
from clinic.core.db import Model, db, writing
from clinic.core.times import instant_of, minute_of
from clinic.messages.models import OutgoingMessage
from clinic.people.models import Client
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.booking import paper_diary
from tests.booking.paper_diary import Diary, Entry, Kind, Offered, Place
from tests.cast import therapist
from tests.conftest import NOW

KINDS = (
    Kind("massage", 60, 0, 15, 10),
    Kind("massage", 30, 0, 15, 10),
    Kind("hips-without-tummy", 45, 10, 15, 10),
)
DAYS = {11: ("11:00", "11:15", "12:00"), 12: ("8:45", "9:00", "9:45", "10:00", "10:15", "11:00", "11:15", "12:30")}
STARTS = [
    minute_of(datetime(2026, 3, day, *map(int, at.split(":")), tzinfo=UTC))
    for day, times in DAYS.items()
    for at in times
]
CLARA, LAST_DAY = {"name": "Clara", "email": "clara@client.test"}, date(2026, 3, 13)
VISITS = (b"one visit", b"another visit", b"a third visit")
BOOKINGS = [
    "outgoing_message", "offer", "waiting_list_entry", "claim", "hold", "link", "attendance", "override",
    "cancellation", "move", "appointment",
]  # fmt: skip

kinds, therapists, starts = st.sampled_from(KINDS), st.sampled_from(paper_diary.THERAPISTS), st.sampled_from(STARTS)
visits, which = st.sampled_from(VISITS), st.integers(0, 99)
clients = st.sampled_from((None, None, 0, 1))  # a guest, or one of two who are known
any_of = {
    "whom": st.sampled_from(((), (), ("ana-moreau",), ("ben-okafor", "cleo-third"))),
    "weekdays": st.sampled_from(((), (3,))),
    "parts": st.sampled_from(((), ("morning",), ("afternoon",))),
    "until": st.sampled_from((date(2026, 3, 12), LAST_DAY)),
}


def test_the_diary_says_what_a_paper_diary_says(app, cast):
    known = set_up(cast)
    machine = settings(max_examples=30, stateful_step_count=30)
    run_state_machine_as_test(lambda: Machine(known), settings=machine)


def set_up(cast):
    """Three therapists for two rooms, mornings only; and two known clients."""
    with writing():
        therapist(db.session, "Cleo Third", cast.olu, cast.location, now=NOW)
        db.session.execute(update(WorkingHours).values(ends=time(13)))
        db.session.execute(
            update(Treatment).where(Treatment.slug == "hips-without-tummy").values(preparation_minutes=10)
        )
        known = [Client(id=uuid4(), **CLARA, created_at=NOW) for _ in range(2)]
        db.session.add_all(known)
        db.session.flush()
        ids = [one.id for one in known]
        db.session.add_all(Resource(client_id=one) for one in ids)
        db.session.commit()
    return ids


class Machine(RuleBasedStateMachine):
    """Does each thing in the database and on paper, and compares the answers."""

    def __init__(self, known):
        super().__init__()
        self.known, self.paper, self.keys = known, Diary(NOW), []
        with writing():
            for table in BOOKINGS:
                db.session.execute(delete(Model.metadata.tables[table]))
            asked = {"hold_minutes": 10, "offer_minutes": 60, "change_notice_hours": 2, "most_moves": 2}
            db.session.execute(update(Clinic).values(**asked, reminder_hours=[24]))
            db.session.commit()

    @initialize(
        times=st.lists(st.tuples(kinds, therapists, starts), min_size=3, max_size=3), client=clients, kind=kinds
    )
    def some_have_booked_and_some_wait(self, times, client, kind):
        """So that there is something to move, to confirm, to cancel and to accept."""
        for wanted in times:
            self.book_place(Place(*wanted), None, None)
        for whom in ((), ("ana-moreau",)):
            self.join(kind, client, whom, (), (), LAST_DAY)
        self.the_worker_looks()

    @rule(kind=kinds, whom=therapists, start=starts, visit=visits)
    def tap(self, kind, whom, start, visit):
        place, why = self.paper.place_for(kind, whom, start, but=[("hold", visit)])
        wish = self.wish(place, None)
        self.told(why, lambda: operations.hold(db.session, wish(), Visitor(visit, b"one address"), now=self.paper.now))
        if not why:
            until = self.paper.now + paper_diary.HOLD
            self.paper.held[visit] = Place(*place.wanted, place.room, made_at=self.paper.now, until=until)

    @rule(visit=visits)
    def let_go(self, visit):
        self.told(set(), lambda: operations.let_go(db.session, visit, now=self.paper.now))
        self.paper.held.pop(visit, None)

    @rule(kind=kinds, whom=therapists, start=starts, client=clients, visit=st.sampled_from((None, *VISITS)))
    def book(self, kind, whom, start, client, visit):
        self.book_place(Place(kind, whom, start), None if client is None else self.known[client], visit)

    @rule(visit=visits)
    @precondition(lambda self: self.paper.held)
    def book_what_is_held(self, visit):
        """Though it be past its minutes."""
        if held := self.paper.held.get(visit):
            self.book_place(held, None, visit)

    def book_place(self, wanted, client, visit):
        own, key = ("hold", visit), uuid4().hex
        since = self.paper.kept_since(own, wanted.wanted)
        place, why = self.paper.place_for(*wanted.wanted, client=client, but=[own], since=since)
        wish = self.wish(place, client, visit=visit)
        made = self.told(why, lambda: self.books(wish(), key))
        if not why:
            self.paper.held.pop(visit, None)
            appointment = self.paper.write(made[0], place, made[1])
            self.keys.append((key, appointment, place, wish))

    @rule(n=which)
    @precondition(lambda self: self.keys)
    def book_the_same_once_more(self, n):
        """A page sent again: the appointment of the first time, wherever it is by now."""
        key, appointment, place, wish = self.pick(self.keys, n)
        why = set() if appointment.place.wanted == place.wanted else {"already_booked"}
        assert self.told(why, lambda: self.books(wish(), key))[0] == appointment.id

    @rule(n=which, whom=therapists, start=starts)
    @precondition(lambda self: self.paper.booked)
    def move(self, n, whom, start):
        one = self.pick(self.paper.booked, n)
        stays = one.place.wanted[1:] == (whom, start)
        now = {"client": one.place.client, "but": [("appointment", one.id)], "room": one.place.room}
        place, why = self.paper.place_for(one.place.kind, whom, start, **now)
        why = set() if stays else why | self.paper.why_no_change(one)
        wish = self.wish(place, None, moves=one.id)
        self.told(why, lambda: operations.move(db.session, self.row(one), wish(), now=self.paper.now, by=GUEST))
        if not why and not stays:
            one.place, one.moved, one.confirmed, one.remind = place, one.moved + 1, False, self.paper.is_ahead(place)

    @rule(n=which)
    @precondition(lambda self: self.paper.booked)
    def cancel(self, n):
        one = self.pick(self.paper.booked, n)
        begun = instant_of(one.place.start) <= self.paper.now and not one.cancelled
        why = {"already_begun"} if begun else set()
        self.told(why, lambda: operations.cancel(db.session, self.row(one), now=self.paper.now, by=GUEST))
        one.cancelled = one.cancelled or not why

    @rule(n=which)
    @precondition(lambda self: self.paper.booked)
    def confirm(self, n):
        one = self.pick(self.paper.booked, n)
        again = {"already_begun"} if one.confirmed else set()  # said twice, though late, it is said
        why = self.paper.why_no_change(one) & {"cancelled_already", "already_begun"} - again
        self.told(why, lambda: operations.confirm(db.session, self.row(one), now=self.paper.now, by=GUEST))
        one.confirmed = one.confirmed or not why

    @rule(kind=kinds, client=clients, **any_of)
    def join(self, kind, client, whom, weekdays, parts, until):
        self.paper.now += timedelta(seconds=1)  # nobody joins at the very same instant, so their order is told
        if until < self.paper.now.date():
            return
        client_id = None if client is None else self.known[client]

        def joins():
            offered = programme(db.session)
            waits = Waits(
                offered.treatment(kind.slug), kind.minutes, "Eva Saucer", "eva@client.test", until,
                therapist_ids=[offered.therapist(one).id for one in whom], weekdays=weekdays, parts=parts,
                client=client_id and db.session.get(Client, client_id),
            )  # fmt: skip
            link = operations.join(db.session, waits, screening=None, now=self.paper.now, by=GUEST)
            return link.subject_id, []

        joined = self.told(set(), joins)
        self.paper.waiting.append(Entry(joined, kind, client_id, whom, weekdays, parts, until, self.paper.now))

    @rule(n=which)
    @precondition(lambda self: self.paper.waiting)
    def leave(self, n):
        entry = self.pick(self.paper.waiting, n)
        self.told(set(), lambda: self.leaves(entry))
        for offer in self.paper.offers:
            if offer.entry is entry and offer.outcome is None and not entry.ended:
                offer.outcome = "declined"
        entry.ended = True

    def leaves(self, entry):
        operations.leave(db.session, waiting.entry(db.session, entry.id), now=self.paper.now, by=GUEST)

    @rule(n=which)
    @precondition(lambda self: self.paper.offers)
    def accept(self, n):
        """Taken again, it is the appointment of the first time, wherever it is by now."""
        offer = self.pick(self.paper.offers, n)
        if offer.appointment:
            place, why = offer.place, set()
        elif offer.is_open(self.paper.now):
            own, client = ("offer", offer.id), offer.entry.client
            since = offer.place.made_at
            place, why = self.paper.place_for(*offer.place.wanted, client=client, but=[own], since=since)
        else:
            why = {"offer_ended"}
        made = self.told(why, lambda: self.accepts(offer))
        if offer.appointment:
            assert made[0] == offer.appointment.id
        elif not why:
            offer.appointment, offer.outcome = self.paper.write(made[0], place, made[1]), "accepted"
            offer.entry.ended = True

    @rule(n=which)
    @precondition(lambda self: self.paper.offers)
    def decline(self, n):
        offer = self.pick(self.paper.offers, n)
        self.told(set(), lambda: self.declines(offer))
        offer.outcome = offer.outcome or "declined"

    def declines(self, offer):
        operations.decline(db.session, waiting.offer(db.session, offer.id), now=self.paper.now, by=GUEST)

    # What happens by itself

    @rule(minutes=st.sampled_from((1, 5, 9, 10, 30, 59, 60, 150, 8 * 60)))
    def time_passes(self, minutes):
        self.paper.now += timedelta(minutes=minutes)

    @rule()
    def the_worker_looks(self):
        self.paper.now += timedelta(minutes=1)  # it looks anew once a minute, or where something has changed
        before = {one.id for one in self.paper.offers}
        count = operations.offer_free_times(db.session, now=self.paper.now)
        found = {
            row.entry_id: (row.id, row.therapist.slug, minute_of(row.starts_at))
            for row in db.session.scalars(select(Offer).where(Offer.id.not_in(before)))
        }
        db.session.remove()
        assert count == len(found)
        for entry, place in self.paper.offer_round():
            offer_id, *offered = found.pop(entry.id, (None, "nothing", "offered"))
            assert offered == [place.therapist, place.start]
            self.paper.offers.append(Offered(offer_id, entry, place))
        assert found == {}  # nobody else was offered anything

    # What is so at any time

    @invariant()
    def each_claim_is_of_an_appointment_or_of_a_hold_and_none_is_missing(self):
        rooms = list(db.session.scalars(select(Resource.room_id).where(Resource.room_id.is_not(None)).order_by("id")))
        names = {one.resource_id: one.slug for one in programme(db.session).therapists}
        for row in db.session.scalars(select(Resource).where(Resource.therapist_id.is_(None))):
            names[row.id] = row.client_id or ("room", rooms.index(row.room_id))
        owners = dict(db.session.execute(select(Offer.hold_id, Offer.id)).all())
        owners = {hold: ("offer", offer) for hold, offer in owners.items()}
        for held in db.session.scalars(select(Hold).where(Hold.visit_digest.is_not(None))):
            owners[held.id] = ("hold", held.visit_digest)
        live = Counter()
        for row in db.session.scalars(select(Claim)):
            owner = owners[row.hold_id] if row.hold_id else ("appointment", row.appointment_id)
            if not row.expires_at or row.expires_at > self.paper.now:
                live[
                    owner, names[row.resource_id], minute_of(row.starts_at), minute_of(row.ends_at), row.expires_at
                ] += 1
        on_paper = [(owner, what, *span, p.until) for owner, p in self.paper.places() for what, span in p.spans.items()]
        assert live == Counter(on_paper)

    @invariant()
    def nothing_overlaps(self):
        spans = db.session.execute(select(Claim.resource_id, Claim.starts_at, Claim.ends_at)).all()
        ordered = sorted(spans)
        assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(ordered))

    @invariant()
    def each_appointment_is_what_it_was_told_to_be(self):
        gone = set(db.session.scalars(select(Cancellation.appointment_id)))
        rows = {one.id: one for one in db.session.scalars(select(Appointment))}
        assert rows.keys() == {one.id for one in self.paper.booked}
        for one in self.paper.booked:
            row = rows[one.id]
            found = (
                minute_of(row.starts_at),
                row.therapist.slug,
                row.moved,
                row.id in gone,
                row.confirmed_at is not None,
            )
            assert found == (one.place.start, one.place.therapist, one.moved, one.cancelled, one.confirmed)

    @invariant()
    def an_open_offer_is_to_somebody_who_waits_and_nobody_is_offered_a_time_twice(self):
        rows = db.session.scalars(select(Offer)).all()
        times = [(row.entry_id, row.starts_at, row.therapist_id) for row in rows]
        assert len(times) == len(set(times))
        on_paper = {one.id: one for one in self.paper.offers}
        for row in rows:
            if row.outcome is None and row.expires_at > self.paper.now:
                assert row.hold_id
                assert row.entry.ended_at is None
                assert on_paper[row.id].is_open(self.paper.now)
            assert (row.outcome == "accepted") == (on_paper[row.id].appointment is not None)

    @invariant()
    def each_mail_has_a_cause_and_each_cause_its_mail(self):
        paper = self.paper
        causes = [("appointment_booked", one.id) for one in paper.booked]
        causes += [("appointment_cancelled", one.id) for one in paper.booked if one.cancelled]
        causes += [("appointment_reminder", one.id) for one in paper.booked if one.remind and not one.cancelled]
        causes += [("waiting_joined", one.id) for one in paper.waiting]
        causes += [("time_offered", one.id) for one in paper.offers]
        moves = db.session.execute(select(Move.id, Move.appointment_id)).all()
        assert Counter(of for _, of in moves) == Counter({one.id: one.moved for one in paper.booked if one.moved})
        causes += [("appointment_moved", move) for move, _ in moves]
        queued = db.session.execute(select(OutgoingMessage.occasion, OutgoingMessage.subject_id)).all()
        assert Counter(map(tuple, queued)) == Counter(causes)

    # How it is done

    def told(self, why, does):
        """Do it as a view does, compare what was refused, and say what came of it."""
        with writing():
            done = does()
            made, refusals = done if isinstance(done, tuple) else (None, done or [])
            codes = {refusal.code for refusal in refusals}
            if codes:
                db.session.rollback()
            else:
                db.session.commit()
        db.session.remove()
        assert codes == why
        return made

    def wish(self, place, client, *, visit=None, moves=None):
        """What is asked for, put together anew each time, as a request does."""

        def put_together():
            offered = programme(db.session)
            held = visit and held_by(db.session, visit, self.paper.now)
            return Wish(
                offered.treatment(place.kind.slug), place.kind.minutes, offered.therapist(place.therapist),
                instant_of(place.start), **CLARA,
                client=client and db.session.get(Client, client), moves=moves, held=held.id if held else None,
            )  # fmt: skip

        return put_together

    def books(self, wish, key):
        return self.outcome(operations.book(db.session, wish, screening=None, key=key, now=self.paper.now, by=GUEST))

    def accepts(self, offer):
        row = waiting.offer(db.session, offer.id)
        return self.outcome(operations.accept(db.session, row, now=self.paper.now, by=GUEST))

    def outcome(self, outcome):
        made = outcome.appointment
        return (made.id, made.client_id) if made else None, outcome.refusals

    def row(self, one):
        return db.session.get(Appointment, one.id)

    def pick(self, among, n):
        return among[n % len(among)]
