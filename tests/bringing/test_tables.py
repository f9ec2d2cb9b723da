"""Files of other systems, as they come: read whole, or refused with a sentence that says what to do."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.bringing import cells
from clinic.bringing.tables import UnreadableError, chosen_columns, table_of, text_of
from clinic.core.refusals import Refusal
from clinic.core.spreadsheet import line

NAMES = {"name": ("name", "client"), "email": ("email",)}


def unreadable(work, given):
    with pytest.raises(UnreadableError) as caught:
        work(given)
    return caught.value.refusal


def outcome(work):
    """The code of what is wrong with a file; None where it is read."""
    try:
        work()
    except UnreadableError as error:
        return error.refusal.code
    return None


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_in_whatever_way_it_was_saved(coding, delimiter):
    written = f'Name{delimiter}Email\r\n\r\n"Zoë\nTeacup"{delimiter}z@client.test\r\nBo{delimiter}\r\n'
    table = table_of(text_of(written.encode(coding)))
    assert table.columns == ["Name", "Email"]
    assert [(row.line, *row.cells.values()) for row in table.rows] == [
        (3, "z@client.test", "Zoë\nTeacup"),
        (5, "", "Bo"),
    ]


def test_a_sheet_in_an_old_coding_is_refused_with_its_line():
    refusal = unreadable(text_of, "Name\nBo\nZoë\n".encode("cp1252"))
    assert (refusal.code, refusal.values) == ("wrong_letters", {"line": 3})
    assert unreadable(text_of, "Name\nBo".encode("utf-16-le")).code == "wrong_letters"


@pytest.mark.parametrize(
    ("data", "code"), [(b"PK\x03\x04...", "is_workbook"), (b" \r\n", "is_empty"), (b"", "is_empty")]
)
def test_what_is_no_table_is_named(data, code):
    assert unreadable(text_of, data).code == code


def test_one_bad_line_among_many_costs_that_line_alone():
    rows = [f"Person {n},p{n}@client.test" for n in range(1000)]
    rows[500] = 'Per"son" 500,"p500"@client.test'
    rows[700] = "Person,700,p@client.test"
    found = table_of("\n".join(["Name,Email", *rows])).rows
    assert len(found) == 1000
    bad = {row.line: row.refusal.code for row in found if row.refusal}
    assert bad == {502: "broken_quotes", 702: "too_many_cells"}


@pytest.mark.parametrize("after", [3, 300])
def test_a_quotation_mark_that_is_never_closed_swallows_nobody(after):
    rows = ["Name,Note", "Bo,fine", 'Cy,"left open', *(f"P{n},x" for n in range(after))]
    refusal = unreadable(table_of, "\n".join(rows))
    assert (refusal.code, refusal.values) == ("quote_left_open", {"line": 3})
    rows[-1] = 'Z,"closed"'
    if after > 20:
        assert unreadable(table_of, "\n".join(rows)).code == "quote_left_open"


def test_columns_are_found_by_what_people_call_them_and_can_be_chosen():
    table = table_of("E-Mail;CLIENT ;Other\na;b;c\n")
    assert chosen_columns(table, NAMES) == {"name": "CLIENT", "email": "E-Mail"}
    assert chosen_columns(table, NAMES, {"name": "other", "email": ""}) == {"name": "Other"}
    assert unreadable(lambda given: chosen_columns(table, NAMES, given), {"name": "Gone"}).code == "no_such_column"
    assert unreadable(lambda given: chosen_columns(table, NAMES, given), {"shoe": "Other"}).code == "no_such_field"


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5), st.sampled_from(",;\t"))
def test_whatever_a_spreadsheet_writes_is_read_or_refused_and_never_breaks(rows, delimiter):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows([["Name", "Email"], *rows])
    try:
        table = table_of(text_of(written.getvalue().encode("utf-8", "replace")))
    except UnreadableError:
        return
    assert len(table.rows) <= len(rows)
    assert all(row.refusal or set(row.cells) == {"Name", "Email"} for row in table.rows)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    assert outcome(lambda: table_of(text_of(b"Name,Email\n" + data))) in {"wrong_letters", "quote_left_open", None}


@given(st.sampled_from(["+44 117 496 0002", "=1+1", "-x", "@me", "a;=b", "\t=x", "O'Neill", "'quoted'"]))
def test_what_our_own_tables_defuse_is_read_back_as_it_was(text):
    table = table_of("Name,Email\n" + line([text, "x"]))
    assert table.rows[0].cells["Name"] == text.strip()


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        ("12/03/2026", "10:00", "2026-03-12 10:00"),
        ("12.3.26", "2.30 pm", "2026-03-12 14:30"),
        ("2026-03-12", "12 am", "2026-03-12 00:00"),
        ("2026-07-12T10:00:00", "", "2026-07-12 09:00"),
        ("2026-07-12T10:00:00+02:00", "", "2026-07-12 08:00"),
        ("2026-03-12 10:00:00Z", "", "2026-03-12 10:00"),
    ],
)
def test_days_and_times_as_people_write_them(day, clock, instant):
    assert f"{cells.start(day, clock, 'Europe/London'):%Y-%m-%d %H:%M}" == instant


def test_a_day_that_begins_with_the_month_makes_every_day_of_the_file_unsure():
    assert unreadable(cells.read_day, "03/25/2026").code == "month_first"


def test_a_time_that_the_clocks_skip_is_refused():
    assert cells.start("29/03/2026", "01:30", "Europe/London") == Refusal("time_skipped", {"time": "01:30"})


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_words_for_a_time_are_read_or_refused(day, clock):
    assert outcome(lambda: cells.start(day, clock, "Europe/London")) in {"month_first", None}


def test_a_number_is_read_as_its_country_writes_it():
    assert cells.phone("7700900123", "GB") == "07700 900123"  # its nought was lost in a spreadsheet
    assert cells.phone("0033 612345678", "GB") == "+33 6 12 34 56 78"
    assert cells.phone("4.47701E+11", "GB").code == "phone_was_rounded"
    assert cells.phone("see notes", "GB").code == "phone_unread"
