"""Offered if and only if the rule says so: on every path, for registers made up at random, around the last good day and
the night on which the clocks change.
"""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from clinic.booking import queries
from clinic.booking.models import Appointment, Claim, Hold, Offer, WaitingListEntry, WorkingHours
from clinic.booking.operations import Visitor, Waits, book, hold, join, move, offer_free_times
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.core.times import from_address, instant_of, local, wall_minute
from clinic.people.models import Therapist
from clinic.qualifications.models import Credential, OutsideChecker, Verification
from clinic.qualifications.rules import GOOD, Entered, Held, Needs, refusals, state_of
from clinic.qualifications.rules import Check as Checked
from clinic.treatments.models import Treatment
from tests.cast import therapist
from tests.conftest import NOW
from tests.qualifications.registers import DAYS, FIRST, Asks, days, is_checked, may_give, registers
from tests.steps import screen

BRISTOL = "Europe/London"
RELEASE = Asks(4, "abdominal", "psoas_release")
TIMES = (time(0), time(3), time(10), time(22))
CREDENTIAL = {
    "kind": "kind",
    "starts_on": "starts",
    "expires_on": "ends",
    "discipline": "discipline",
    "framework": "framework",
    "level": "level",
    "skill": "skill",
}
asked = st.builds(
    Asks, st.integers(3, 6), st.sampled_from(("massage", "abdominal")), st.sampled_from((None, "psoas_release"))
)


@given(registers, asked, st.lists(days, min_size=1, max_size=2))
@settings(max_examples=1000)
def test_the_rule_agrees_with_itself_told_another_way(papers, asks, on):
    held = [held_of(paper) for paper in papers if is_checked(paper)]
    needs = Needs(asks.level, asks.activity, asks.training)
    assert (refusals(needs, held, on) == []) is may_give(papers, asks, on)


def held_of(paper):
    own = {name: getattr(paper, ours) for name, ours in CREDENTIAL.items()}
    return Held(title="Paper", activities=paper.names, meets_level=paper.checks[-1].meets, **own)


@given(registers, days)
@settings(max_examples=500)
def test_a_credential_is_said_to_be_good_exactly_while_it_counts(papers, day):
    for paper in papers:
        last = paper.checks[-1] if paper.checks else None
        check = Checked(last.outcome, 3 - last.behind, last.by == "self") if last else None
        state = state_of(Entered(3, paper.starts, paper.ends, paper.put_away), check, day)
        within = paper.starts <= day <= (paper.ends or date.max)
        assert (state in GOOD) is (is_checked(paper) and within)


@pytest.fixture
def cleo(cast):
    """Alone at work, on every day and round the clock; and a visit with Ana that is to move."""
    with writing():
        made = therapist(db.session, "Cleo Alone", cast.olu, cast.location, now=NOW)
        known = programme(db.session)
        wish = wish_of(known, "massage", instant_of(wall_minute(FIRST, time(12), BRISTOL)), "ana-moreau")
        booked = book(db.session, wish, screening=None, key=None, now=NOW, by=GUEST).appointment
        db.session.execute(delete(WorkingHours).where(WorkingHours.therapist_id != made.id))
        db.session.execute(update(WorkingHours).values(starts=time(0), ends=time(23, 59)))
        db.session.execute(update(Treatment).values(grid_minutes=30))
        one = db.session.scalars(select(WorkingHours)).first()
        for weekday in (5, 6):
            hours = {"starts": time(0), "ends": time(23, 59), "from_on": one.from_on, "location_id": one.location_id}
            db.session.add(WorkingHours(therapist_id=made.id, weekday=weekday, **hours))
        jo = {"id": uuid4(), "name": "Jo", "email": "jo@outside.test", "relation": "tutor", "invited_at": NOW}
        db.session.add(OutsideChecker(therapist_id=made.id, invited_by_id=cast.olu.id, **jo))
        db.session.commit()
    return made.id, booked.id


def wish_of(known, slug, at, whom="cleo-alone", **more):
    return Wish(known.treatment(slug), 60, known.therapist(whom), at, "Clara Teacup", "clara@client.test", **more)


def write(papers, therapist_id, olu_id):
    """This register and no other is hers."""
    own = db.session.get(Therapist, therapist_id).account_id
    jo = db.session.scalar(select(OutsideChecker.id))
    db.session.execute(delete(Verification).where(Verification.credential_id.in_(hers(therapist_id))))
    db.session.execute(delete(Credential).where(Credential.therapist_id == therapist_id))
    for paper in papers:
        told = {name: getattr(paper, ours) for name, ours in CREDENTIAL.items()}
        away = NOW if paper.put_away else None
        row = Credential(title="Paper", activities=sorted(paper.names), revision=3, put_away_at=away, **told)
        row.therapist_id = therapist_id
        db.session.add(row)
        db.session.flush()
        for one in paper.checks:
            by = {"checker_id": jo} if one.by == "outside" else {"by_id": own if one.by == "self" else olu_id}
            seen = {"outcome": one.outcome, "revision": 3 - one.behind, "meets_level": one.meets}
            db.session.add(Verification(credential_id=row.id, method="original", at=NOW, **seen, **by))
            db.session.flush()


def hers(therapist_id):
    return select(Credential.id).where(Credential.therapist_id == therapist_id).scalar_subquery()


def against(refused):
    """Why not, apart from the safety page."""
    return [one.code for one in refused if one.code != "screening_needed"]


def paths(appointment_id, slug, at):
    """What each path has against this treatment of hers at this instant. Nothing of it stays."""
    known = programme(db.session)
    wish = wish_of(known, slug, at)
    by_client = {"screening": None, "key": None, "now": NOW, "by": GUEST}
    yield "booked", book(db.session, wish, **by_client).refusals
    db.session.rollback()
    yield "kept", hold(db.session, wish, Visitor(b"visit", b"address"), now=NOW)
    db.session.rollback()
    yield "at the desk", book(db.session, wish_of(known, slug, at, desk=Desk()), **by_client).refusals
    db.session.rollback()
    if slug == "massage":
        its = db.session.get(Appointment, appointment_id)
        for desk in (None, Desk()):
            moved = wish_of(known, slug, at, moves=its.id, desk=desk)
            yield "moved", move(db.session, its, moved, now=NOW, by=GUEST)
            db.session.rollback()


def offered_by_mail():
    """The local days of which something was offered to somebody who waits for a massage until the last of these days."""
    with writing():
        known = programme(db.session)
        until = FIRST + timedelta(days=DAYS - 1)
        join(
            db.session,
            Waits(known.treatment("massage"), 60, "Eva", "eva@client.test", until),
            screening=None,
            now=NOW,
            by=GUEST,
        )
        db.session.commit()
    offer_free_times(db.session, now=NOW)
    found = [local(at, BRISTOL).date() for at in db.session.scalars(select(Offer.starts_at))]
    with writing():
        db.session.execute(delete(Offer))
        db.session.execute(delete(Claim).where(Claim.hold_id.is_not(None)))
        db.session.execute(delete(Hold))
        db.session.execute(delete(WaitingListEntry))
        db.session.commit()
    return found


def days_found(slug):
    """The local days on which a search finds times of hers."""
    known = programme(db.session)
    look = queries.search(db.session, known, first=FIRST, days=len(shown()), now=NOW)
    found = look.slots(known.treatment(slug), 60, known.therapist("cleo-alone"))
    db.session.rollback()
    return {local(slot.starts_at, BRISTOL).date() for slot in found}


def days_on(visitor, address, slug):
    """The local days on which the page offers this treatment: the first ones, for it is a page for people."""
    visitor.get(address)
    slots = [one["slot"] for one in visitor.times if one["treatment"] == slug]
    return {local(from_address(slot.partition(".")[0]), BRISTOL).date() for slot in slots}


def test_every_path_offers_a_treatment_exactly_where_the_rule_says_so(visitor, cast, cleo):
    therapist_id, appointment_id = cleo
    screen(visitor)
    olu_id = cast.olu.id

    @given(registers, st.integers(3, 6), days, st.sampled_from(TIMES))
    @settings(max_examples=10, phases=[Phase.generate])
    def on_every_path(papers, level, day, clock):
        with writing():
            write(papers, therapist_id, olu_id)
            db.session.execute(update(Treatment).where(Treatment.slug == "massage").values(least_level=level))
            db.session.commit()
        at = instant_of(wall_minute(day, clock, BRISTOL))
        for slug, asks in (("massage", Asks(level, "massage", None)), ("psoas-release", RELEASE)):
            allowed = {on for on in shown() if may_give(papers, asks, [on])}
            assert days_found(slug) == allowed
            on_page = days_on(visitor, f"/treatments/{slug}/times?from={FIRST}", slug)
            assert on_page <= allowed
            assert min(on_page, default=None) == min(allowed, default=None)
            at_home = days_on(visitor, "/", slug)
            assert all(may_give(papers, asks, [on]) for on in at_home)
            assert at_home or not may_give(papers, asks, [NOW.date()])
            with writing():
                told = [(path, against(refused)) for path, refused in paths(appointment_id, slug, at)]
            assert {path for path, reasons in told if (reasons == []) is not (day in allowed)} == set(), told
        before = {NOW.date() + timedelta(days=n) for n in range((FIRST - NOW.date()).days)}
        wanted = [
            on for on in sorted(before | set(shown()[:DAYS])) if may_give(papers, Asks(level, "massage", None), [on])
        ]
        assert offered_by_mail()[:1] == wanted[:1]

    on_every_path()


def shown():
    """The days of one page of times."""
    return [FIRST + timedelta(days=n) for n in range(14)]


@pytest.mark.parametrize(
    ("last", "at", "may"),
    [
        (date(2026, 3, 28), "2026-03-28T22:00Z", True),
        (date(2026, 3, 28), "2026-03-29T00:00Z", False),  # midnight, an hour before the clocks go forward
        (date(2026, 3, 29), "2026-03-29T00:00Z", True),
        (date(2026, 3, 29), "2026-03-29T21:00Z", True),  # ten in the evening, by then an hour ahead
        (date(2026, 3, 29), "2026-03-29T23:00Z", False),  # in Bristol it is the 30th already
    ],
)
def test_a_paper_lapses_at_midnight_by_the_clock_on_the_wall(cast, cleo, last, at, may):
    therapist_id, appointment_id = cleo
    with writing():
        insured = update(Credential).where(Credential.therapist_id == therapist_id, Credential.kind == "insurance")
        db.session.execute(insured.values(expires_on=last))
        db.session.commit()
    with writing():
        told = {
            path: against(refused) for path, refused in paths(appointment_id, "massage", datetime.fromisoformat(at))
        }
    assert set(map(tuple, told.values())) == ({()} if may else {("insurance_lapsed",)}), told


def test_a_visit_over_midnight_needs_papers_that_are_good_on_both_days(cast, cleo):
    therapist_id, _ = cleo
    last = FIRST + timedelta(days=1)
    with writing():
        insured = update(Credential).where(Credential.therapist_id == therapist_id, Credential.kind == "insurance")
        db.session.execute(insured.values(expires_on=last))
        db.session.commit()
    told = {}
    for day in (FIRST, last):
        with writing():
            late = instant_of(wall_minute(day, time(23, 30), BRISTOL))
            wish = wish_of(programme(db.session), "massage", late, desk=Desk(reason="They cannot come earlier"))
            told[day] = against(book(db.session, wish, screening=None, key=None, now=NOW, by=GUEST).refusals)
            db.session.rollback()
    assert told == {FIRST: [], last: ["insurance_lapsed"]}
