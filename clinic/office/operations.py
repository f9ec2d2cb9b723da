"""Setting up: making and changing what the clinic offers, with a line of the trail that says what it was before."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from clinic.booking.models import Resource
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.notes.operations import hand_over_co_signing
from clinic.people.models import Account, Portrait, Therapist
from clinic.people.operations import staff
from clinic.people.queries import possible_supervisors
from clinic.places.models import Logo, Room
from clinic.treatments.models import Treatment, TreatmentLength
from clinic.treatments.rules import slug_of

Sized = tuple[int, int, bool]  # minutes, price in minor units, whether it is the usual length


def subject_of(row: Any) -> str:
    """As the trail names it: "room:3"."""
    return f"{row.__tablename__}:{row.id}"


def make(session: AnySession, row: Any, values: dict[str, Any], *, by: Actor, now: datetime) -> None:
    """Put these values into a new row and keep it. The caller commits."""
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    audit.record(session, f"{row.__tablename__}.made", subject_of(row), by=by, now=now, detail={"after": values})


def make_room(session: AnySession, values: dict[str, Any], *, by: Actor, now: datetime) -> Room:
    """A room, which can be taken by one appointment at a time from now on."""
    room = Room()
    make(session, room, values, by=by, now=now)
    session.add(Resource(room_id=room.id))
    return room


def change(session: AnySession, row: Any, values: dict[str, Any], *, by: Actor, now: datetime) -> bool:
    """Put these values into the row, and what changed into the trail; False where all was so before.

    What is booked keeps its price and length: those stand in the appointment itself.
    """
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    after = {name: values[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    if before:
        detail = {"before": before, "after": after}
        audit.record(session, f"{row.__tablename__}.changed", subject_of(row), by=by, now=now, detail=detail)
    return bool(before)


def supervise(session: AnySession, trainee: Therapist, supervisor_id: int | None, *, by: Actor, now: datetime) -> bool:
    """Whoever signs this therapist's notes as well from now on; None: nobody. What waits for a co-signature goes to
    them. False where they may not. The caller commits.
    """
    session.execute(select(Therapist.id).order_by(Therapist.id).with_for_update())  # of two at once, one waits
    session.refresh(trainee)
    if supervisor_id not in {None, *(one.id for one in possible_supervisors(session, trainee))}:
        return False
    was = trainee.supervisor_id
    if was != supervisor_id:
        trainee.supervisor_id = supervisor_id
        session.flush()
        hand_over_co_signing(session, trainee, now=now, by=by)
        detail = {"supervisor": [was, supervisor_id]}
        audit.record(session, "account.supervised", f"account:{trainee.account_id}", by=by, now=now, detail=detail)
    return True


def keep_logo(session: AnySession, png: bytes | None, *, by: Actor, now: datetime) -> None:
    """This picture on the clients' pages from now on, or none. The caller commits."""
    logo, digest = session.get(Logo, 1), sha256(png).hexdigest() if png else ""
    before = logo.digest if logo else ""
    if before == digest:
        return
    if logo:
        session.delete(logo)
        session.flush()
    if png:
        session.add(Logo(id=1, png=png, digest=digest))
    detail = {"before": {"logo": before}, "after": {"logo": digest}}
    audit.record(session, "clinic.changed", "clinic:1", by=by, now=now, detail=detail)


def seen_of_profile(found: Therapist) -> str:
    """What a page says it showed of somebody's words, so that nobody changes what they have not seen."""
    shown = [found.about, found.profile_words, found.languages, found.gender]
    return sha256(repr(shown).encode()).hexdigest()[:16]


def put_portrait(session: AnySession, found: Therapist, jpeg: bytes | None, *, by: Actor, now: datetime) -> None:
    """Their photo from now on; None takes it away. The trail tells that there was one, and never which."""
    had = session.get(Portrait, found.id)
    if jpeg is None:
        if had is None:
            return
        session.delete(had)
    else:
        kept = had or Portrait(therapist_id=found.id)
        kept.jpeg, kept.digest = jpeg, sha256(jpeg).hexdigest()
        session.add(kept)
    became = "" if jpeg is None else "another" if had else "one"
    detail = {"before": {"photo": "one" if had else ""}, "after": {"photo": became}}
    audit.record(session, "therapist.portrait_changed", subject_of(found), by=by, now=now, detail=detail)


def invite(
    session: AnySession, *, name: str, email: str, role: str, therapist_id: int | None, now: datetime, by: Actor
) -> Account | None:
    """An invitation, and for a therapist their place in the diary: that of one who has no account yet, or a new one.
    None where the address has an account already.
    """
    account = staff.invite(session, name=name, email=email, role=role, now=now, by=by)
    if account and role == "therapist":
        _give_diary(session, account, therapist_id)
    if account:
        staff.send_invitation(session, account, now=now)
    return account


def change_role(session: AnySession, account: Account, role: str, *, now: datetime, by: Actor) -> None:
    """What they may do from now on; whoever becomes a therapist has a place in the diary."""
    staff.change_role(session, account, role, now=now, by=by)
    if role == "therapist" and account.therapist is None:
        _give_diary(session, account)


def _give_diary(session: AnySession, account: Account, therapist_id: int | None = None) -> Therapist:
    therapist = staff.tie_to_therapist(session, account, therapist_id)
    if therapist_id is None or therapist.id != therapist_id:
        session.add(Resource(therapist_id=therapist.id))
        session.flush()
    return therapist


def make_treatment(
    session: AnySession, values: dict[str, Any], lengths: Sequence[Sized], *, by: Actor, now: datetime
) -> Treatment:
    """A treatment, offered from now on. Its address is made from its name, and stays."""
    treatment = Treatment(slug=slug_of(values["name"], set(session.scalars(select(Treatment.slug)))))
    make(session, treatment, values, by=by, now=now)
    _put_lengths(session, treatment, lengths)
    return treatment


def change_treatment(
    session: AnySession,
    treatment: Treatment,
    values: dict[str, Any],
    lengths: Sequence[Sized],
    *,
    by: Actor,
    now: datetime,
) -> bool:
    """The same for one with its lengths and prices; what is booked keeps its own."""
    changed = change(session, treatment, values, by=by, now=now)
    before = [(one.minutes, one.price_minor, one.usual) for one in treatment.lengths]
    if before == [tuple(one) for one in lengths]:
        return changed
    _put_lengths(session, treatment, lengths)
    detail = {"before": {"lengths": before}, "after": {"lengths": lengths}}
    audit.record(session, "treatment.changed", subject_of(treatment), by=by, now=now, detail=detail)
    return True


def _put_lengths(session: AnySession, treatment: Treatment, lengths: Sequence[Sized]) -> None:
    there, wanted = {one.minutes: one for one in treatment.lengths}, {minutes for minutes, *_ in lengths}
    for minutes in there.keys() - wanted:
        session.delete(there[minutes])
    for minutes, price_minor, usual in lengths:
        one = there.get(minutes) or TreatmentLength(treatment_id=treatment.id, minutes=minutes)
        one.price_minor, one.usual = price_minor, usual
        session.add(one)
    session.flush()
    session.expire(treatment, ["lengths"])
