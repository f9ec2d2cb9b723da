"""Sentences of bringing in and taking along."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.booking import wording as booking
from clinic.bringing.report import Report
from clinic.core.refusals import Refusal

SIGNS = {"name": _l("name"), "email": _l("email"), "phone": _l("phone number")}
SENTENCES = {
    "no_file": _l("Choose the file."),
    "is_workbook": _l(
        "This is a workbook, not a table of text. Open it, choose Save as, and there “CSV UTF-8 (comma delimited)”."
    ),
    "wrong_letters": _l(
        "Line %(line)s has letters we cannot read: the file is not in UTF-8. Open it in your spreadsheet, choose Save"
        " as, and there “CSV UTF-8 (comma delimited)”."
    ),
    "is_empty": _l("There is nothing in this file."),
    "no_heading": _l("Line %(line)s should say what each column holds, such as Name, Email, Phone."),
    "quote_left_open": _l(
        "From line %(line)s on a quotation mark is opened and not closed, so the rows after it cannot be told apart."
        " Mend that line and try again."
    ),
    "broken_quotes": _l("There is a quotation mark in it that should be doubled."),
    "too_many_cells": _l("It has %(cells)s cells, and there are %(columns)s columns."),
    "too_long_a_cell": _l("One of its cells has more than %(most)s letters."),
    "no_such_field": _l("There is no %(field)s to fill. There are: %(fields)s."),
    "no_such_column": _l("There is no column “%(column)s”. There are: %(columns)s."),
    "no_name_column": _l("Which column holds the names? There are: %(columns)s."),
    "no_time_column": _l("Which column holds day and time? There are: %(columns)s."),
    "no_clinic": _l("There is no clinic yet. Set it up first."),
    "month_first": _l(
        "“%(text)s” begins with the month, so no day of this file is sure. Save its days as 2026-03-12 or 12/03/2026."
    ),
    "no_name": _l("It has no name."),
    "name_too_long": _l("Its name has more than %(most)s letters."),
    "name_is_address": _l("Its name “%(text)s” is a web or mail address."),
    "email_unread": _l("“%(text)s” is no mail address."),
    "phone_unread": _l("“%(text)s” is no phone number with its area code."),
    "phone_was_rounded": _l(
        "The spreadsheet has rounded its phone number to %(text)s. Make that column text, and fill it in again."
    ),
    "ref_too_long": _l("Its number has more than %(most)s letters."),
    "ref_twice": _l("It has the same number as line %(line)s."),
    "known_already": _l("Seems to be %(name)s, who is known already. The same: %(same)s."),
    "in_file_already": _l("Seems to be %(name)s of line %(line)s. The same: %(same)s."),
    "time_unread": _l("“%(text)s” is no day and time. Write them like 2026-03-12 14:30 or 12/03/2026 14:30."),
    "no_time": _l("It has no day and time."),
    "no_calendar": _l("This calendar cannot be read: it breaks off, or was not written whole. Export it once more."),
    "calendar_too_long": _l(
        "This calendar holds more than %(most)s visits, with all that repeats. Export it in parts, such as a year each."
    ),
    "changed_meanwhile": _l("Something else was written meanwhile, so nothing was brought in. Try again."),
    "no_such_name": _l("We have no %(kind)s “%(name)s”. There are: %(known)s."),
    "state_unknown": _l("“%(text)s” is no state we know, such as booked, finished, no-show or cancelled."),
    "length_unread": _l("“%(text)s” does not say how long it lasts. Write minutes, or when it ends."),
    "length_unsound": _l("It lasts %(minutes)s minutes; a visit lasts 10 to 240, in steps of 5."),
    "ends_before_start": _l("It ends before it begins."),
    "uid_twice": _l("It has the same reference as line %(line)s."),
    "client_unknown": _l("No client is known as “%(text)s”. Bring the clients in first."),
    "two_clients": _l("Several clients are known as “%(text)s”. Give it their number or their address."),
    "treatment_unknown": _l("No treatment is called “%(text)s”."),
    "therapist_unknown": _l("No therapist is called “%(text)s”."),
    "whole_day": _l("It takes the whole day. A visit has a time."),
    "zone_unknown": _l("The time zone “%(zone)s” is not known, and the calendar does not explain it."),
    "entry_broken": _l("Its %(name)s cannot be read."),
    "series_unread": _l("It repeats by a rule we cannot follow. Enter its visits one by one."),
    "series_split": _l("It changes a series from one day on. Enter its visits one by one."),
    "series_too_long": _l("It repeats more than %(most)s times. Give the series an end."),
    "screening_needed": _l("The safety questions come first. Book it at the desk, where they are read out."),
    "time_skipped": _l("The clocks go forward that night and never show %(time)s."),
}
FIELDS = {
    "name": _l("Whole name"),
    "first_name": _l("First name"),
    "last_name": _l("Last name"),
    "email": _l("Email"),
    "phone": _l("Phone"),
    "number": _l("The client’s number there"),
    "start": _l("Day and time in one"),
    "day": _l("Day"),
    "time": _l("Time"),
    "end": _l("End"),
    "minutes": _l("Minutes"),
    "treatment": _l("Treatment"),
    "second_treatment": _l("A second treatment in the same visit"),
    "second_minutes": _l("Minutes of the second"),
    "therapist": _l("Therapist"),
    "room": _l("Room"),
    "status": _l("Status"),
    "uid": _l("The appointment’s reference there"),
}


def question(kind: str, name: str) -> str:
    """What a name means that the file has for a treatment or a therapist."""
    called = name or _("(none named)")
    if kind == "treatment":
        return str(_("Which treatment is “%(name)s”?", name=called))
    return str(_("Who is “%(name)s”?", name=called))


def field(name: str) -> str:
    """What a column may hold."""
    return str(FIELDS[name])


def counts(report: Report) -> list[tuple[str, int]]:
    """What came of a file, in numbers; what there is none of is left out."""
    found = [
        (_("Rows read"), report.read),
        (_("Brought in"), report.made),
        (_("Joined with who was known"), report.joined),
        (_("Here already"), report.there),
        (_("Called off there, and left out"), report.cancelled),
        (_("Skipped, for they seem to be known"), len(report.alike)),
        (_("Refused"), len(report.refused)),
    ]
    return [(words, count) for n, (words, count) in enumerate(found) if count or n < 2]


def sentence(refusal: Refusal) -> str:
    """Why a file or one of its rows is not brought in."""
    if refusal.code not in SENTENCES:
        return booking.staff_sentence(refusal)
    values = {**refusal.values, "same": ", ".join(str(SIGNS[one]) for one in refusal.values.get("signs", ()))}
    return str(SENTENCES[refusal.code]) % values
