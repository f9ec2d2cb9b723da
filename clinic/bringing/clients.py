"""Clients from a table: read, compared with who is known, and brought in as one. The caller commits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from clinic.booking.models import Resource
from clinic.bringing import cells
from clinic.bringing.report import EVERY, Left, Report, Told, silent
from clinic.bringing.tables import Row, UnreadableError, chosen_columns, table_of
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.db import table_of as rows_of
from clinic.core.refusals import Refusal
from clinic.people.models import Client
from clinic.people.rules import folded, number
from clinic.places.models import Clinic

COLUMNS = {
    "name": ("name", "fullname", "client", "clientname", "customer", "customername", "patient", "patientname"),
    "first_name": ("firstname", "forename", "givenname", "first", "clientfirstname", "vorname", "prenom"),
    "last_name": ("lastname", "surname", "familyname", "last", "clientlastname", "nachname", "nom"),
    "email": ("email", "emailaddress", "mail", "clientemail", "customeremail"),
    "phone": ("phone", "mobile", "mobilephone", "phonenumber", "mobilenumber", "telephone", "tel", "cell", "cellphone"),
    "number": (
        *("number", "id", "clientid", "clientnumber", "customerid", "customernumber"),
        *("patientid", "patientnumber", "ref"),
    ),
}
DUPLICATES = ("skip", "new", "join")


@dataclass
class Person:
    """Somebody who is known, or about to be. `line`: where they stand in the file; None for whoever was here before."""

    id: UUID
    name: str
    email: str
    phone: str
    ref: str | None
    line: int | None = None
    changed: bool = False

    @property
    def signs(self) -> Iterator[tuple[str, str]]:
        """By what somebody else may be found to be them."""
        yield "name", folded(self.name)
        if self.email:
            yield "email", folded(self.email)
        if self.phone:
            yield "phone", number(folded(self.phone))


class Known:
    """Everybody by their number and by their signs."""

    def __init__(self, people: list[Person]) -> None:
        self.by_ref: dict[str, Person] = {}
        self.by_sign: dict[tuple[str, str], Person] = {}
        for one in people:
            self.add(one)

    def add(self, person: Person) -> None:
        self.by_ref[person.ref or str(person.id)] = person  # our own number, where our own file comes back
        for sign in person.signs:
            self.by_sign.setdefault(sign, person)

    def alike(self, person: Person) -> tuple[Person, list[str]] | None:
        """Who may be the same, and by which signs."""
        found = next((self.by_sign[sign] for sign in person.signs if sign in self.by_sign), None)
        return (found, [kind for kind, _ in set(person.signs) & set(found.signs)]) if found else None


def bring(
    session: AnySession,
    text: str,
    *,
    now: datetime,
    by: Actor,
    chosen: Mapping[str, str] | None = None,
    duplicates: str = "skip",
    told: Told = silent,
) -> Report:
    """Bring in the clients of this table, or raise UnreadableError and bring nobody. Whoever seems to be known is left
    out, brought as new, or joined where name and email or phone agree, as `duplicates` says.
    """
    table = table_of(text)
    columns = chosen_columns(table, COLUMNS, chosen)
    if not {"name", "first_name", "last_name"} & columns.keys():
        raise UnreadableError("no_name_column", columns=", ".join(table.columns))
    report = Report(columns, table.columns, len(table.rows))
    country = session.scalars(select(Clinic.country)).one()
    known, made = Known(_people(session)), list[Person]()
    for row in table.rows:
        person = _person(row, columns, country)
        if isinstance(person, Refusal):
            report.refused.append(Left(row.line, _called(row, columns), person))
        elif _is_new(person, known, report, duplicates):
            made.append(person)
            known.add(person)
    report.made, report.first = len(made), [(one.name, one.email, one.phone, one.ref or "") for one in made[:5]]
    _write(session, made, now, told)
    _fill_in(session, known, now, by)
    detail = {"made": report.made, "joined": report.joined, "refused": len(report.refused)}
    audit.record(session, "clients.brought", "clients", by=by, now=now, detail=detail)
    return report


def _is_new(person: Person, known: Known, report: Report, duplicates: str) -> bool:
    """Whether they are to be made; if not, the report says why."""
    if person.ref and (same := known.by_ref.get(person.ref)):
        if same.line is None:
            report.there += 1
        else:
            report.refused.append(Left(person.line or 0, person.name, Refusal("ref_twice", {"line": same.line})))
        return False
    found = known.alike(person)
    if found is None or duplicates == "new":
        return True
    other, signs = found
    if duplicates == "join" and "name" in signs and len(signs) > 1 and not (other.ref and person.ref):
        _join(person, other, known)
        report.joined += 1
        return False
    values = {"signs": sorted(signs), "name": other.name, "line": other.line}
    why = Refusal("in_file_already", values) if other.line else Refusal("known_already", values)
    report.alike.append(Left(person.line or 0, person.name, why))
    return False


def _join(person: Person, other: Person, known: Known) -> None:
    """What is known of them stays; what is missing is filled in."""
    other.email, other.phone = other.email or person.email, other.phone or person.phone
    other.ref, other.changed = other.ref or person.ref, True
    known.add(other)


def _people(session: AnySession) -> list[Person]:
    query = select(Client.id, Client.name, Client.email, Client.phone, Client.outside_ref, Client.merged_into_id)
    longest_here = Client.merged_into_id.is_not(None), Client.created_at, Client.id
    return [Person(*row[:5]) for row in session.execute(query.order_by(*longest_here))]


def _person(row: Row, columns: Mapping[str, str], country: str) -> Person | Refusal:
    """Who stands in a row, or the first thing that is wrong with it."""
    if row.refusal:
        return row.refusal
    email = cells.email(_cell(row, columns, "email"))
    phone = cells.phone(_cell(row, columns, "phone"), country)
    found = (cells.name(_called(row, columns)), email, phone, cells.ref(_cell(row, columns, "number")))
    wrong = next((one for one in found if isinstance(one, Refusal)), None)
    return wrong or Person(uuid4(), *found, row.line)  # type: ignore[arg-type]  # none of them is a refusal now


def _called(row: Row, columns: Mapping[str, str]) -> str:
    parts = (_cell(row, columns, "first_name"), _cell(row, columns, "last_name"))
    return _cell(row, columns, "name") or " ".join(filter(None, parts))


def _cell(row: Row, columns: Mapping[str, str], what: str) -> str:
    return row.cells.get(columns.get(what, ""), "")


def _write(session: AnySession, made: list[Person], now: datetime, told: Told) -> None:
    """Each with the row by which their time is claimed."""
    for first in range(0, len(made), EVERY):
        some = made[first : first + EVERY]
        session.execute(insert(rows_of(Client)), [_row(one, now) for one in some])
        session.execute(insert(rows_of(Resource)), [{"client_id": one.id} for one in some])
        told(first + len(some), len(made))


def _row(person: Person, now: datetime) -> dict[str, object]:
    search = folded(person.name, person.email, person.phone)
    contact = {"name": person.name, "email": person.email, "phone": person.phone, "search": search}
    return {"id": person.id, "created_at": now, "outside_ref": person.ref, **contact}


def _fill_in(session: AnySession, known: Known, now: datetime, by: Actor) -> None:
    """Write what joining added to those who were here before."""
    for one in {id(person): person for person in known.by_sign.values() if person.changed and not person.line}.values():
        client = session.get_one(Client, one.id)
        client.email, client.phone, client.outside_ref = one.email, one.phone, one.ref
        audit.record(session, "client.brought", f"client:{client.id}", by=by, now=now)
    session.flush()
