"""The people of the tests, always the same.

Ana: therapist, level 5, psoas release. Ben: therapist, level 4, no psoas. Rosa: reception. Olu: the owner.
All of them work Monday to Friday from 9 to 17, in Bristol, with two rooms between them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pyotp import TOTP

from clinic.booking.models import Resource, WorkingHours
from clinic.people.models import Account, Therapist
from clinic.people.operations import hash_password
from clinic.places.models import Clinic, Location, Room
from clinic.qualifications.models import Credential, Verification
from clinic.treatments.models import Treatment, TreatmentLength

PASSWORD = "a long quiet afternoon"
HASH = hash_password(PASSWORD)
PHONE = TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")  # shows the codes of everybody who works here


@dataclass
class Cast:
    clinic: Clinic
    location: Location
    rooms: list[Room]
    ana: Therapist
    ben: Therapist
    rosa: Account
    olu: Account
    release: Treatment
    alternative: Treatment
    massage: Treatment


def make_cast(session, *, now: datetime, zone: str = "Europe/London") -> Cast:
    clinic = Clinic(
        id=1,
        name="Test Clinic",
        tagline="Rest here",
        phone="0117 496 0000",
        email="desk@clinic.test",
        currency="GBP",
        country="GB",
    )
    location = Location(name="Bristol", address="1 Test Street", zone=zone)
    session.add_all([clinic, location])
    session.flush()
    rooms = [Room(name=name, location_id=location.id) for name in ("Room 1", "Room 2")]
    rosa, olu = (_account(session, name, role) for name, role in (("Rosa", "reception"), ("Olu", "owner")))
    session.add_all(rooms)
    session.flush()
    session.add_all(Resource(room_id=room.id) for room in rooms)
    alternative = _treatment(session, "hips-without-tummy", "Hips without tummy work", {45: 5000, 60: 6000})
    release = _treatment(
        session,
        "psoas-release",
        "Psoas release",
        {60: 6800, 75: 8000},
        activity="abdominal",
        is_release=True,
        training="psoas_release",
        alternative_id=alternative.id,
    )
    massage = _treatment(session, "massage", "Massage", {30: 3500, 60: 6000})
    ana = therapist(session, "Ana Moreau", olu, location, level=5, skills=("psoas_release",), now=now)
    ben = therapist(session, "Ben Okafor", olu, location, level=4, now=now, activities=("massage",))
    return Cast(clinic, location, rooms, ana, ben, rosa, olu, release, alternative, massage)


def therapist(
    session,
    name,
    checked_by,
    location,
    *,
    now,
    level=4,
    skills=(),
    activities=("massage", "abdominal"),
    verified=True,
    discipline="sports",
    framework="RQF",
    insured_until=None,
    hours=(time(9), time(17)),
):
    """A therapist with papers, hours and an account; `verified=False`: nobody has checked them."""
    account = _account(session, name, "therapist")
    made = Therapist(account_id=account.id, slug=name.lower().replace(" ", "-"), name=name)
    session.add(made)
    session.flush()
    session.add(Resource(therapist_id=made.id))
    long_ago = now.date() - timedelta(days=700)
    papers = [
        Credential(
            therapist_id=made.id,
            kind="qualification",
            title="Diploma",
            discipline=discipline,
            framework=framework,
            level=level,
            starts_on=long_ago,
        ),
        Credential(
            therapist_id=made.id,
            kind="insurance",
            title="Insurance",
            activities=list(activities),
            starts_on=long_ago,
            expires_on=insured_until or date(now.year + 1, 12, 31),
        ),
        *(
            Credential(therapist_id=made.id, kind="training", title=skill, skill=skill, starts_on=long_ago)
            for skill in skills
        ),
    ]
    session.add_all(papers)
    session.flush()
    if verified:
        session.add_all(
            Verification(credential_id=p.id, outcome="verified", method="original", by_id=checked_by.id, at=now)
            for p in papers
        )
    session.add_all(
        WorkingHours(
            therapist_id=made.id,
            location_id=location.id,
            weekday=weekday,
            starts=hours[0],
            ends=hours[1],
            from_on=long_ago,
        )
        for weekday in range(5)
    )
    session.flush()
    return made


def _account(session, name, role):
    account = Account(email=f"{name.split()[0].lower()}@clinic.test", name=name, role=role, password_hash=HASH)
    session.add(account)
    session.flush()
    return with_second_factor(account)


def with_second_factor(account):
    """Set up long ago, on the phone they all share."""
    account.totp, account.second_factor_at = PHONE.secret, datetime(2026, 1, 5, 9, tzinfo=UTC)
    return account


def _treatment(session, slug, name, prices, *, activity="massage", **more):
    lengths = [TreatmentLength(minutes=m, price_minor=p, usual=m == 60) for m, p in prices.items()]
    treatment = Treatment(slug=slug, name=name, activity=activity, lengths=lengths, least_level=4, **more)
    session.add(treatment)
    session.flush()
    return treatment
