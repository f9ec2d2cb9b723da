"""Making the demo clinic: its people and treatments, two months of appointments, and what was written about them."""

from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select, update

from clinic.booking import queries
from clinic.booking.models import ChaperoneHours, Resource, WorkingHours
from clinic.booking.offered import ListedTherapist
from clinic.booking.operations import book, cancel
from clinic.booking.programme import Programme, programme
from clinic.booking.rules import Window
from clinic.booking.wishes import Wish
from clinic.core.audit import GUEST, Actor
from clinic.core.db import AnySession
from clinic.core.times import instant_of
from clinic.demo import cast
from clinic.demo.agreed import agree, standing
from clinic.demo.cast import DemoTherapist, DemoTreatment
from clinic.demo.lately import be_away, confirm_some, let_some_wait
from clinic.demo.papers import keep_papers
from clinic.demo.told import tell_health
from clinic.demo.treated import write_up
from clinic.intake.operations import keep_answers
from clinic.messages.models import OutgoingMessage
from clinic.people.models import Account, Client, Therapist
from clinic.people.operations import hash_password
from clinic.places.models import Clinic, Location, Room
from clinic.referrals.models import Contact
from clinic.referrals.operations import keep_contact
from clinic.treatments.models import Treatment, TreatmentLength

DAYS_AROUND = 30
HOW_FULL = 0.66


def make(session: AnySession, *, now: datetime) -> None:
    """Fill an empty database. The caller commits."""
    session.add(_clinic())
    location = Location(
        name="Bristol",
        address="1 Nowhere Quay, Bristol BS0 0AA",
        zone=cast.ZONE,
        directions="Two minutes from the ferry steps. Ring the brass bell; the door is step-free.",
    )
    session.add(location)
    session.flush()
    rooms = [Room(location_id=location.id, name=name, kinds=["table"]) for name in cast.ROOMS]
    session.add_all(rooms)
    session.flush()
    session.add_all(Resource(room_id=room.id) for room in rooms)
    session.add_all(_chaperones(location.id))
    owner = _staff(session)
    _treatments(session)
    for one in cast.THERAPISTS:
        _therapist(session, one, location, owner, now)
    for contact in cast.CONTACTS:
        keep_contact(session, Contact(), contact, now=now, by=Actor("account", str(owner.id)))
    clients = _clients(session, now)
    _appointments(session, clients, now)
    agree(session, standing(session), now=now)
    write_up(session, now=now)
    confirm_some(session, now=now)
    if known := programme(session):
        tell_health(session, known, standing(session), now=now)
        let_some_wait(session, known, clients, now=now)
        be_away(session, known, now=now, by=Actor("account", str(owner.id)))
    past = update(OutgoingMessage).where(OutgoingMessage.due_at <= now)
    session.execute(past.values(sent_at=now, dropped=True))  # the demo's past wrote no mail


def _clinic() -> Clinic:
    return Clinic(
        id=1,
        name="Harbour Bodywork",
        tagline="Massage for backs that sit too much",
        welcome="Psoas release, clinical and sports massage, with therapists whose training we check. "
        "Book in a minute, no account.",
        phone="0117 496 0123",
        email="hello@demo.test",
        currency="GBP",
        country="GB",
        asks_measures=True,
        shows_exercises=True,
        shows_practice=True,
        demo=True,
    )


def _chaperones(location_id: int) -> list[ChaperoneHours]:
    return [
        ChaperoneHours(
            location_id=location_id, weekday=weekday, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends)
        )
        for weekday, (starts, ends) in cast.CHAPERONED.items()
    ]


def _staff(session: AnySession) -> Account:
    """Reception and the owner; the owner checks everybody's papers."""
    accounts = [
        Account(email=email, name=name, role=role, password_hash=hash_password(cast.PASSWORD))
        for email, name, role in cast.STAFF
    ]
    session.add_all(accounts)
    session.flush()
    return accounts[-1]


def _treatments(session: AnySession) -> None:
    made = {one.slug: _treatment(one, n) for n, one in enumerate(cast.TREATMENTS)}
    session.add(made[cast.ALTERNATIVE])
    session.flush()
    for treatment in made.values():
        if treatment.is_release:
            treatment.alternative_id = made[cast.ALTERNATIVE].id
    session.add_all(made.values())
    session.flush()


def _treatment(one: DemoTreatment, position: int) -> Treatment:
    lengths = [
        TreatmentLength(minutes=minutes, price_minor=price, usual=minutes == one.usual)
        for minutes, price in one.lengths.items()
    ]
    return Treatment(
        slug=one.slug,
        name=one.name,
        words=one.words,
        activity=one.activity,
        position=position,
        lengths=lengths,
        least_level=4,
        **one.extra,
    )


def _therapist(session: AnySession, one: DemoTherapist, location: Location, owner: Account, now: datetime) -> None:
    account = Account(
        email=f"{one.slug.split('-')[0]}@demo.test",
        name=one.name,
        role="therapist",
        password_hash=hash_password(cast.PASSWORD),
    )
    session.add(account)
    session.flush()
    therapist = Therapist(
        account_id=account.id,
        slug=one.slug,
        name=one.name,
        about=one.about,
        gender=one.gender,
        profile_words=one.words,
        languages=list(one.languages),
        supervisor_id=session.scalar(select(Therapist.id).where(Therapist.slug == one.supervisor)),
        **one.limits,
    )
    session.add(therapist)
    session.flush()
    session.add(Resource(therapist_id=therapist.id))
    session.add_all(_hours(one, therapist.id, location.id, now.date()))
    keep_papers(session, one, therapist.id, owner, now)


def _hours(one: DemoTherapist, therapist_id: int, location_id: int, today: date) -> list[WorkingHours]:
    """The day in two halves, with a break between."""
    begin, resume = (time.fromisoformat(text) for text in one.breaks)
    halves = []
    for weekday, (opens, closes) in one.hours.items():
        for starts, ends in ((time.fromisoformat(opens), begin), (resume, time.fromisoformat(closes))):
            if starts < ends:
                halves.append(
                    WorkingHours(
                        therapist_id=therapist_id,
                        location_id=location_id,
                        weekday=weekday,
                        starts=starts,
                        ends=ends,
                        from_on=today - timedelta(days=365),
                    )
                )
    return halves


def _clients(session: AnySession, now: datetime) -> list[Client]:
    clients = [
        Client(name=name, email=email, phone=f"07700 900{n:03d}", created_at=now - timedelta(days=120))
        for n, (name, email) in enumerate(cast.CLIENTS)
    ]
    session.add_all(clients)
    session.flush()
    session.add_all(Resource(client_id=client.id) for client in clients)
    session.flush()
    return clients


def _appointments(session: AnySession, clients: list[Client], now: datetime) -> None:
    """Two months, the same each time for the same day: a diary with gaps, a few cancellations, some calls to make."""
    known = programme(session)
    assert known is not None
    chance, today = Random(7), queries.today_at(known, now)  # noqa: S311  (nothing here is secret)
    for therapist in known.therapists:
        for window in known.windows(therapist, today - timedelta(days=DAYS_AROUND), 2 * DAYS_AROUND):
            _fill(session, known, therapist, window, clients, chance)


def _fill(
    session: AnySession,
    known: Programme,
    therapist: ListedTherapist,
    window: Window,
    clients: list[Client],
    chance: Random,
) -> None:
    able = [t for t in known.treatments if known.may_give(therapist, t, window.day)]
    start = window.starts
    while able and start < window.ends:
        if chance.random() > HOW_FULL:
            start += 45
            continue
        treatment, client = chance.choice(able), chance.choice(clients)
        booked_at = instant_of(start) - timedelta(days=chance.randint(2, 20))
        ticks = ["tummy_unexplained"] if treatment.slug == cast.ALTERNATIVE and chance.random() < 0.3 else []
        screened = treatment.is_release or ticks
        screening = keep_answers(session, f"demo {client.id} {start}", ticks, now=booked_at) if screened else None
        wish = Wish(
            treatment,
            treatment.usual.minutes,
            therapist,
            instant_of(start),
            client.name,
            client.email,
            client.phone,
            area=chance.choice(("hip", "low_back", "groin", "")),
            side=chance.choice(("left", "right", "both", "")),
            client=client,
        )
        outcome = book(session, wish, screening=screening, key=None, now=booked_at, by=GUEST)
        if outcome.appointment and chance.random() < 0.06:
            cancel(session, outcome.appointment, now=booked_at, by=GUEST)
        start += treatment.usual.minutes + 30
