"""Sentences of bringing in and taking along."""

from flask_babel import lazy_gettext as _l

from clinic.booking import wording as booking
from clinic.core.refusals import Refusal

SIGNS = {"name": _l("name"), "email": _l("email"), "phone": _l("phone number")}
SENTENCES = {
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
    "time_skipped": _l("The clocks go forward that night and never show %(time)s."),
}


def sentence(refusal: Refusal) -> str:
    """Why a file or one of its rows is not brought in."""
    if refusal.code not in SENTENCES:
        return booking.staff_sentence(refusal)
    values = {**refusal.values, "same": ", ".join(str(SIGNS[one]) for one in refusal.values.get("signs", ()))}
    return str(SENTENCES[refusal.code]) % values
