"""Appointments from a table or a calendar: matched with who and what is known, and booked. The caller commits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select

from clinic.booking import operations
from clinic.booking.models import Appointment
from clinic.booking.offered import ListedTherapist, OfferedTreatment
from clinic.booking.pairs import together
from clinic.booking.programme import Programme, programme
from clinic.booking.rules import length_is_sound
from clinic.booking.wishes import Desk, Wish
from clinic.bringing import entries, visits
from clinic.bringing.report import EVERY, Left, Report, Told, silent
from clinic.bringing.tables import UnreadableError, table_of
from clinic.bringing.visits import Visit
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.core.times import local
from clinic.messages.operations import unqueue
from clinic.people.models import Client
from clinic.people.rules import folded

REASON = "brought from another system"
Thing = TypeVar("Thing", OfferedTreatment, ListedTherapist)
OURS = "@appointments"  # at the end of the names under which we give ours away


@dataclass(frozen=True)
class Choices:
    """What the file does not say, or says in its own words: which column holds what, and which of our treatments and
    therapists its names mean; "" stands for where it names none. `reminds`: reminders go out for those to come.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    treatments: Mapping[str, str] = field(default_factory=dict)
    therapists: Mapping[str, str] = field(default_factory=dict)
    reminds: bool = False


class Names:
    """The clinic's treatments, therapists and clients by what a file may call them."""

    def __init__(self, session: AnySession, known: Programme, choices: Choices) -> None:
        self.treatments = _by_name(known.treatments, choices.treatments, "treatment")
        self.therapists = _by_name(known.therapists, choices.therapists, "therapist")
        named = [folded(one.name) for one in known.rooms]
        self.rooms = {name: one.id for name, one in zip(named, known.rooms, strict=True) if named.count(name) == 1}
        self.by_ref: dict[str, UUID] = {}
        self.by_email, self.by_name = defaultdict[str, set[UUID]](set), defaultdict[str, set[UUID]](set)
        who = func.coalesce(Client.merged_into_id, Client.id)
        for id_, own, ref, email, name in session.execute(
            select(who, Client.id, Client.outside_ref, Client.email, Client.name)
        ):
            self.by_ref.update({ref or str(own): id_, str(own): id_})
            self.by_name[folded(name)].add(id_)
            if email:
                self.by_email[folded(email)].add(id_)

    def treatment(self, visit: Visit) -> tuple[OfferedTreatment, int] | Refusal:
        """What is given, one or two together, and for how many minutes in all."""
        first = self._named(visit.treatment, visit.parts)
        second = self._named(visit.second, ()) if visit.second else None
        if isinstance(first, Refusal) or second is None:
            return first if isinstance(first, Refusal) else _lasting(first, visit.minutes or first.usual.minutes)
        if isinstance(second, Refusal):
            return second
        lasts = visit.second_minutes or second.usual.minutes
        return _both(first, (visit.minutes or first.usual.minutes + lasts) - lasts, second, lasts)

    def _named(self, name: str, parts: Sequence[str]) -> OfferedTreatment | Refusal:
        found = _among(self.treatments, [name, *parts])
        return found or Refusal("treatment_unknown", {"text": name or "".join(parts[:1])})

    def therapist(self, visit: Visit) -> ListedTherapist | Refusal:
        found = _among(self.therapists, [visit.therapist, *visit.parts])
        return found or Refusal("therapist_unknown", {"text": visit.therapist})

    def client(self, visit: Visit) -> UUID | Refusal:
        """By their number, else their address, else their name; a name says who, where several share an address."""
        if visit.number:
            return self.by_ref.get(visit.number) or Refusal("client_unknown", {"text": visit.number})
        names = [visit.name] if visit.name else list(visit.parts)
        named = next((self.by_name[one] for one in map(folded, names) if one in self.by_name), set())
        at = self.by_email.get(folded(visit.email), set()) if visit.email else set()
        found = (at & named or at) if at else named
        text = visit.email or visit.name or "".join(visit.parts[:1])
        return (
            next(iter(found))
            if len(found) == 1
            else Refusal("two_clients" if found else "client_unknown", {"text": text})
        )


def bring(
    session: AnySession,
    text: str,
    *,
    now: datetime,
    by: Actor,
    choices: Choices | None = None,
    told: Told = silent,
) -> Report:
    """Book the visits of this table or calendar, each by `operations.book` as the desk does, or raise UnreadableError
    and book none. No mail goes out for any of them, and reminders only where they are chosen.
    """
    known, choices = programme(session), choices or Choices()
    if known is None:
        raise UnreadableError("no_clinic")
    report, found = _read(text, known.location.zone, choices, now)
    names, uids = Names(session, known, choices), _uids(session)
    connection, booked = session.connection(), list[UUID]()
    for n, visit in enumerate(found, 1):
        made = visit if isinstance(visit, Left) else _one(session, visit, names, uids, report, now=now, by=by)
        if session.connection() is not connection:  # it was rolled back: what was booked so far is gone
            raise UnreadableError("changed_meanwhile")
        if isinstance(made, Appointment):
            booked.append(made.id)
        if isinstance(made, Left):
            report.refused.append(made)
        if n % EVERY == 0 or n == len(found):
            _quiet(session, booked[report.made :], reminds=choices.reminds)
            report.made = len(booked)
            told(n, len(found))
    report.unknown = _unknown(report.refused)
    detail = {"made": report.made, "refused": len(report.refused)}
    audit.record(session, "appointments.brought", "appointments", by=by, now=now, detail=detail)
    return report


def _read(text: str, zone: str, choices: Choices, now: datetime) -> tuple[Report, Sequence[Visit | Left]]:
    if entries.is_calendar(text):
        found = entries.of_calendar(text, zone, now)
        report = Report(read=len(found))
    else:
        table = table_of(text)
        columns, found = visits.of_table(table, zone, choices.columns)
        report = Report(columns, table.columns, len(found))
    sound = [one for one in found if isinstance(one, Visit)]
    report.first = [
        (
            f"{local(one.starts_at, zone):%a %d %b %Y %H:%M}",
            one.name or one.email or one.number or "".join(one.parts[:1]),
        )
        for one in sound[:5]
    ]
    return report, found


def _one(
    session: AnySession, visit: Visit, names: Names, uids: dict[str, int], report: Report, *, now: datetime, by: Actor
) -> Appointment | Left | None:
    """The appointment; why there is none; or None for what is counted alone."""
    if visit.state == "cancelled":
        report.cancelled += 1
        return None
    if visit.uid and visit.uid in uids:
        if uids[visit.uid]:
            return _left(visit, Refusal("uid_twice", {"line": uids[visit.uid]}))
        report.there += 1
        return None
    wish = _wish(session, visit, names)
    if isinstance(wish, Refusal):
        return _left(visit, wish)
    outcome = operations.book(session, wish, screening=None, key=None, now=now, by=by)
    if outcome.appointment is None:
        return _left(visit, outcome.refusals[0])
    return _kept(session, outcome.appointment, visit, uids, now=now, by=by)


def _wish(session: AnySession, visit: Visit, names: Names) -> Wish | Refusal:
    """What the desk would ask for it, or the first name in it that says nothing to us."""
    client_id, given, therapist = found = names.client(visit), names.treatment(visit), names.therapist(visit)
    if isinstance(client_id, Refusal) or isinstance(given, Refusal) or isinstance(therapist, Refusal):
        return next(one for one in found if isinstance(one, Refusal))
    client = session.get_one(Client, client_id)
    return Wish(
        *(*given, therapist, visit.starts_at),
        name=client.name,
        email=client.email,
        phone=client.phone,
        client=client,
        desk=Desk(reason=REASON, room_id=names.rooms.get(folded(visit.room)), brought=True),
    )


def _lasting(treatment: OfferedTreatment, minutes: int) -> tuple[OfferedTreatment, int] | Refusal:
    return (treatment, minutes) if length_is_sound(minutes) else Refusal("length_unsound", {"minutes": minutes})


def _both(
    first: OfferedTreatment, minutes: int, second: OfferedTreatment, second_minutes: int
) -> tuple[OfferedTreatment, int] | Refusal:
    unsound = next((one for one in (minutes, second_minutes) if not length_is_sound(one)), None)
    if unsound is not None:
        return Refusal("length_unsound", {"minutes": unsound})
    return together(first, minutes, second, second_minutes), minutes + second_minutes


def _kept(
    session: AnySession, made: Appointment, visit: Visit, uids: dict[str, int], *, now: datetime, by: Actor
) -> Appointment:
    """Under its name there, as far as it came there; and what is over asks nobody to do anything."""
    made.outside_uid = visit.uid
    if visit.uid:
        uids[visit.uid] = visit.line
    if visit.starts_at < now:
        items = [item for item in (made.call, made.approval) if item]
        made.call = made.approval = None
        session.flush()
        for item in items:
            session.delete(item)
    if visit.state:
        operations.attend(session, made, visit.state, now=now, by=by)
    return made


def _left(visit: Visit, why: Refusal) -> Left:
    who = visit.name or visit.email or visit.number or "".join(visit.parts[:1])
    return Left(visit.line, who, why)


def _quiet(session: AnySession, booked: Sequence[UUID], *, reminds: bool) -> None:
    """Take out the mails that booking queued: their clients have heard of them long ago."""
    for occasion in ("appointment_booked",) if reminds else ("appointment_booked", "appointment_reminder"):
        unqueue(session, occasion, *booked)


def _uids(session: AnySession) -> dict[str, int]:
    """Under which names appointments are here already, theirs, and ours where our own file comes back; each with its
    line in this file, which is 0 for them.
    """
    rows = session.execute(select(Appointment.id, Appointment.outside_uid))
    return {uid: 0 for own, theirs in rows for uid in (theirs, f"{own}{OURS}") if uid}


def _unknown(refused: Iterable[Left]) -> dict[str, list[str]]:
    """The names that are to be mapped."""
    found: dict[str, list[str]] = {}
    for kind in ("treatment", "therapist"):
        names = [left.why.values["text"] for left in refused if left.why.code == f"{kind}_unknown"]
        if names:
            found[kind] = list(dict.fromkeys(names))
    return found


def _by_name(things: Sequence[Thing], chosen: Mapping[str, str], kind: str) -> dict[str, Thing]:
    found = {folded(name): one for one in things for name in (one.name, one.slug)}
    mapped = {}
    for name, ours in chosen.items():
        if folded(ours) not in found:
            known = ", ".join(one.slug for one in things)
            raise UnreadableError("no_such_name", kind=kind, name=ours, known=known)
        mapped[folded(name)] = found[folded(ours)]
    return {**found, **mapped}


def _among(things: Mapping[str, Thing], names: Iterable[str]) -> Thing | None:
    """The first of these names that is known; "" is, where it was chosen what no name means."""
    tried = [*filter(None, map(folded, names)), ""]
    return next((things[one] for one in tried if one in things), None)
