"""Visits as another system's files have them: a table with a row each. Pure; entries of calendars become the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic.bringing import cells
from clinic.bringing.report import Left
from clinic.bringing.tables import Row, Table, UnreadableError, chosen_columns
from clinic.core.refusals import Refusal
from clinic.people.rules import folded

COLUMNS = {
    "number": ("clientnumber", "clientid", "customernumber", "customerid", "patientnumber", "patientid"),
    "email": ("clientemail", "customeremail", "patientemail", "email", "emailaddress", "mail"),
    "name": ("clientname", "customername", "patientname", "client", "customer", "patient", "name", "fullname"),
    "first_name": ("clientfirstname", "firstname", "forename", "givenname"),
    "last_name": ("clientlastname", "lastname", "surname", "familyname"),
    "start": ("start", "starts", "startsat", "startdatetime", "begins", "datetime", "dateandtime"),
    "day": ("day", "date", "startdate", "appointmentdate", "bookingdate"),
    "time": ("time", "starttime", "appointmenttime", "bookingtime"),
    "end": ("end", "ends", "endsat", "enddatetime", "endtime", "until"),
    "minutes": ("minutes", "duration", "length", "durationminutes", "durationmins", "durationmin"),
    "treatment": ("treatment", "service", "servicename", "appointmenttype", "treatmentname", "type"),
    "second_treatment": ("secondtreatment", "secondservice", "secondappointmenttype"),
    "second_minutes": ("secondminutes", "secondduration"),
    "therapist": ("therapist", "practitioner", "staff", "staffmember", "staffname", "provider", "employee", "with"),
    "room": ("room", "roomname", "resource"),
    "status": ("status", "state", "appointmentstatus", "bookingstatus"),
    "uid": ("uid", "appointmentid", "bookingid", "appointmentnumber", "bookingnumber", "reference", "bookingref", "id"),
}
STATES = {
    "": ("", "booked", "new", "scheduled", "pending", "active", "accepted", "approved", "tentative"),
    "confirmed": ("confirmed",),
    "arrived": ("arrived", "checkedin"),
    "started": ("started", "inprogress"),
    "finished": ("finished", "completed", "complete", "attended", "done", "checkedout", "paid", "fulfilled"),
    "no_show": ("noshow", "didnotcome", "didnotattend", "dna", "missed"),
    "cancelled": ("cancelled", "canceled", "cancelledlate", "latecancellation", "latecancelled", "declined", "deleted"),
}
BY_WORD = {word: state for state, words in STATES.items() for word in words}
LONGEST_UID = 255
LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,2})(?::|\s*h(?:ours?|rs?)?\b\s*))?(?:(?P<minutes>\d{1,3})(?::00)?\s*(?:m\w*\.?)?)?"
)


@dataclass(frozen=True)
class Visit:
    """One visit. `minutes`, of the whole, is None where the file does not say; `second`: a treatment that follows in
    the same visit. `parts`: what an entry of a calendar is called, in pieces, among which are the names that stand
    nowhere else.
    """

    line: int
    starts_at: datetime
    minutes: int | None
    uid: str | None = None
    state: str = ""
    number: str = ""
    email: str = ""
    name: str = ""
    treatment: str = ""
    second: str = ""
    second_minutes: int | None = None
    therapist: str = ""
    room: str = ""
    parts: Sequence[str] = ()


def of_table(
    table: Table, zone: str, chosen: Mapping[str, str] | None = None
) -> tuple[dict[str, str], list[Visit | Left]]:
    """Which column holds what, and each row as a visit or why not. Times without a zone are those of `zone`."""
    columns = chosen_columns(table, COLUMNS, chosen)
    if not {"start", "day"} & columns.keys():
        raise UnreadableError("no_time_column", columns=", ".join(table.columns))
    if not {"number", "email", "name", "first_name", "last_name"} & columns.keys():
        raise UnreadableError("no_name_column", columns=", ".join(table.columns))
    return columns, [_visit(row, columns, zone) for row in table.rows]


def state_of(words: str) -> str | Refusal:
    """How far it has come, in our words; "" for what is simply booked."""
    bare = re.sub(r"[\W_]+", "", folded(words))
    return BY_WORD[bare] if bare in BY_WORD else Refusal("state_unknown", {"text": words[:40]})


def uid_of(text: str) -> str | Refusal | None:
    return text or None if len(text) <= LONGEST_UID else Refusal("ref_too_long", {"most": LONGEST_UID})


def length_of(text: str) -> int | Refusal | None:
    """In minutes; None for an empty cell."""
    if not text:
        return None
    found = LENGTH.fullmatch(text.lower())
    minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0) if found else 0
    return minutes or Refusal("length_unread", {"text": text[:40]})


def _visit(row: Row, columns: Mapping[str, str], zone: str) -> Visit | Left:
    cell = {what: row.cells.get(columns.get(what, ""), "") for what in COLUMNS}
    called = cell["name"] or " ".join(filter(None, (cell["first_name"], cell["last_name"])))
    day, clock = (cell["start"], "") if cell["start"] and not _is_clock(cell) else (cell["day"], _time(cell))
    who = called or cell["email"] or cell["number"]
    starts_at = row.refusal or cells.start(day, clock, zone)
    if isinstance(starts_at, Refusal):
        return Left(row.line, who, starts_at)
    minutes, second_minutes = _minutes(cell, day, starts_at, zone), length_of(cell["second_minutes"])
    state, uid = state_of(cell["status"]), uid_of(cell["uid"])
    if wrong := next((one for one in (minutes, second_minutes, state, uid) if isinstance(one, Refusal)), None):
        return Left(row.line, who, wrong)
    named = {what: cell[what] for what in ("number", "email", "treatment", "therapist", "room")}
    second = {"second": cell["second_treatment"], "second_minutes": second_minutes}
    return Visit(row.line, starts_at, minutes, uid, state, name=called, **named, **second)  # type: ignore[arg-type]


def _is_clock(cell: Mapping[str, str]) -> bool:
    """Whether the column called Start holds times alone, with the days in another."""
    return bool(cell["day"]) and len(cell["start"]) < len("1/1/26 1:00")


def _time(cell: Mapping[str, str]) -> str:
    return cell["time"] or cell["start"]


def _minutes(cell: Mapping[str, str], day: str, starts_at: datetime, zone: str) -> int | Refusal | None:
    """How long it lasts, as said or by its end; None where neither is."""
    if said := cell["minutes"]:
        return length_of(said)
    if not cell["end"]:
        return None
    of_day = day.replace("T", " ").split(" ")[0]
    ends = [cells.start(cell["end"], "", zone), cells.start(of_day, cell["end"], zone)]
    end = next((one for one in ends if isinstance(one, datetime)), None)
    return minutes_between(starts_at, end) if end else Refusal("length_unread", {"text": cell["end"][:40]})


def minutes_between(start: datetime, end: datetime) -> int | Refusal:
    minutes = int((end - start).total_seconds()) // 60
    return minutes if minutes > 0 else Refusal("ends_before_start")
