"""`flask import appointments`: booked like any other, past and to come, silently; or refused with line and reason."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from clinic.booking.models import Appointment, Attendance, Claim, Override
from clinic.core.db import db, writing
from clinic.messages.models import OutgoingMessage
from clinic.people.models import Client
from clinic.treatments.models import Treatment
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.rows import rows
from tests.steps import book

HEAD = "Booking ID,Client ID,Start,End,Service,Staff,Status\n"


@pytest.fixture
def bring(app, cast, tmp_path):
    """Type `flask import appointments` for a file with these words; what it said and its exit code."""
    with writing():
        db.session.add_all(
            Client(name=name, email=email, phone="", created_at=NOW, outside_ref=ref)
            for name, email, ref in (("Clara Teacup", "clara@client.test", "7"), ("Bo", "", "8"))
        )
        db.session.commit()

    def run(text, *options):
        path = tmp_path / "appointments"
        path.write_text(text)
        result = app.test_cli_runner().invoke(args=["import", "appointments", str(path), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        db.session.rollback()
        return result.output, result.exit_code

    return run


def booked():
    found = db.session.scalars(sa.select(Appointment).order_by(Appointment.starts_at)).all()
    return [
        (f"{one.starts_at:%m-%d %H:%M}", one.minutes, one.client.name, one.treatment.slug, one.therapist.slug)
        for one in found
    ]


def count(of):
    return db.session.scalar(sa.select(sa.func.count()).select_from(of))


PAST = "a1,7,2026-03-02 10:00,2026-03-02 11:00,massage,Ana Moreau,Completed\n"
NEXT = "a2,7,30/03/2026 10:00,11:00,Massage,ana moreau,\n"


def test_what_is_past_and_what_is_to_come_is_booked(bring):
    said, code = bring(HEAD + PAST + NEXT)
    assert booked() == [
        ("03-02 10:00", 60, "Clara Teacup", "massage", "ana-moreau"),
        ("03-30 09:00", 60, "Clara Teacup", "massage", "ana-moreau"),
    ]
    assert (code, "2 appointments read: 2 brought in." in said) == (0, True)
    assert db.session.scalars(sa.select(Attendance.state)).all() == ["finished"]
    assert set(db.session.scalars(sa.select(Appointment.outside_uid))) == {"a1", "a2"}
    assert db.session.scalar(sa.select(Override)).reason == "brought from another system"
    assert count(Claim) == 6


def test_nobody_gets_a_mail_for_them(bring):
    bring(HEAD + PAST + NEXT)
    assert count(OutgoingMessage) == 0


def test_reminders_go_out_where_they_are_wanted_and_no_other_mail(bring):
    bring(HEAD + PAST + NEXT, "--remind")
    assert db.session.scalars(sa.select(OutgoingMessage.occasion)).all() == ["appointment_reminder"]


def test_a_dry_run_writes_nothing(bring):
    before = rows()
    said, _ = bring(HEAD + PAST + NEXT, "--dry-run")
    assert "Dry run, nothing was written. 2 appointments read: 2 brought in." in said
    assert rows() == before


def test_what_is_over_asks_nobody_to_do_anything(bring):
    with writing():
        db.session.execute(sa.update(Treatment).values(needs_approval=True))
        db.session.commit()
    bring(HEAD + PAST + NEXT)
    assert count(WorkItem) == 1


def test_overlapping_ones_are_refused_with_line_and_reason_and_the_others_come(bring):
    said, code = bring(
        HEAD
        + NEXT
        + "a3,8,2026-03-30 10:30,11:30,massage,Ana Moreau,\na4,8,2026-03-30 11:30,12:30,massage,Ana Moreau,\n"
    )
    assert "Line 3, 8: They have another appointment then." in said
    assert (len(booked()), code) == (2, 0)


def test_what_is_booked_here_stays_and_is_in_the_way(bring, visitor):
    book(visitor)
    said, code = bring(HEAD + "a3,8,2026-03-12 10:00,11:00,massage,Ana Moreau,\n")
    assert "Line 2, 8: They have another appointment then." in said
    assert (len(booked()), code) == (1, 1)


def test_cancelled_ones_are_counted_and_left_out(bring):
    said, _ = bring(HEAD + PAST + "a3,8,2026-03-30 11:30,12:30,massage,Ana Moreau,Postponed\n")
    assert "Line 3, 8: “Postponed” is no state we know" in said
    said, _ = bring(HEAD + PAST + "a3,8,2026-03-30 11:30,12:30,massage,Ana Moreau,Canceled\n")
    assert "0 brought in, 1 here already, 1 called off there, and left out." in said


def test_the_same_file_again_books_nothing_twice(bring):
    bring(HEAD + PAST + NEXT)
    before = rows()
    said, _ = bring(HEAD + PAST + NEXT)
    assert "0 brought in, 2 here already" in said
    assert {**rows(), "audit_line": 0} == {**before, "audit_line": 0}
    said, _ = bring(HEAD + "a9,8,2026-03-05 10:00,11:00,massage,Ana Moreau,\n" * 2)
    assert "Line 3, 8: It has the same reference as line 2." in said


def test_names_that_are_not_ours_are_listed_and_can_be_mapped(bring):
    text = HEAD + "a1,7,2026-03-30 10:00,11:00,Deep tissue,Annie,\na2,7,2026-03-31 10:00,11:00,Deep tissue,Annie,\n"
    said, code = bring(text)
    assert 'No treatment is called “Deep tissue”. Say which: --treatment "Deep tissue=…"\n' in said
    assert code == 1
    said, code = bring(text, "--treatment", "Deep tissue=massage", "--therapist", "annie=nobody")
    assert (code, said) == (1, "Error: We have no therapist “nobody”. There are: ana-moreau, ben-okafor.\n")
    bring(text, "--treatment", "Deep tissue=massage", "--therapist", "annie=Ben Okafor")
    assert [one[3:] for one in booked()] == [("massage", "ben-okafor")] * 2


def test_a_client_who_is_not_known_or_not_clear_is_no_guess(bring):
    with writing():
        db.session.add(Client(name="BO", email="", phone="", created_at=NOW))
        db.session.commit()
    said, _ = bring("Client,Email,Start,Service,Staff\n" + "".join(
        f"{who},2026-03-{day} 10:00,massage,Ana Moreau\n" for day, who in enumerate(["Bo,", "Cy,", ",CLARA@client.test"], 2)
    ))  # fmt: skip
    assert "Line 2, Bo: Several clients are known as “Bo”." in said
    assert "Line 3, Cy: No client is known as “Cy”." in said
    assert [one[2] for one in booked()] == ["Clara Teacup"]


def test_a_release_to_come_asks_the_safety_questions_and_one_that_is_over_does_not(bring):
    said, _ = bring(
        HEAD
        + "a1,7,2026-03-02 10:00,11:00,Psoas release,Ana Moreau,\na2,7,2026-03-30 10:00,11:00,Psoas release,Ana Moreau,\n"
        "a3,7,2026-03-11 08:30,09:30,Psoas release,Ana Moreau,\n"
    )
    assert "Line 3, 7: The safety questions come first. Book it at the desk" in said
    assert "Line 4, 7: The safety questions come first." in said
    assert [one[0] for one in booked()] == ["03-02 10:00"]


def test_nobody_is_brought_in_who_may_not_give_it(bring):
    said, _ = bring(HEAD + "a1,7,2026-03-02 10:00,11:00,Psoas release,Ben Okafor,\n")
    assert "Line 2, 7: That therapist is not available for this treatment on that day." in said


def test_days_that_begin_with_the_month_stop_the_whole_file(bring):
    before = rows()
    said, code = bring(HEAD + PAST + "a2,7,03/25/2026 10:00,11:00,Massage,Ana Moreau,\n")
    assert said.startswith("Error: “03/25/2026” begins with the month")
    assert (code, rows()) == (1, before)


def calendar(*events):
    inside = "".join(f"BEGIN:VEVENT\n{each}\nEND:VEVENT\n" for each in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Ana Moreau\n{inside}END:VCALENDAR\n"


def test_a_calendar_with_series_and_foreign_zones(bring):
    said, code = bring(
        calendar(
            "UID:one\nDTSTART;TZID=America/New_York:20260312T060000\nDURATION:PT1H\nSUMMARY:Clara Teacup - Massage",
            "UID:two\nDTSTART;TZID=Europe/London:20260324T140000\nDURATION:PT1H\nSUMMARY:Massage for Bo\n"
            "RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=Europe/London:20260407T140000",
            "UID:two\nRECURRENCE-ID;TZID=Europe/London:20260331T140000\nDTSTART;TZID=Europe/London:20260401T150000\n"
            "DURATION:PT1H\nSUMMARY:Massage for Bo",
            "UID:three\nDTSTART;VALUE=DATE:20260312\nSUMMARY:Holiday",
            "UID:four\nDTSTART;TZID=Mars/Base:20260312T060000\nSUMMARY:Bo",
            "UID:five\nDTSTART:20260316T100000Z\nDURATION:PT1H\nSUMMARY:Bo - massage\nSTATUS:CANCELLED",
        )
    )
    assert booked() == [
        ("03-12 10:00", 60, "Clara Teacup", "massage", "ana-moreau"),
        ("03-24 14:00", 60, "Bo", "massage", "ana-moreau"),
        ("04-01 14:00", 60, "Bo", "massage", "ana-moreau"),  # the clocks went forward in between
    ]
    assert "Holiday: It takes the whole day. A visit has a time." in said
    assert "Bo: The time zone “Mars/Base” is not known, and the calendar does not explain it." in said
    assert "3 brought in, 1 called off there, and left out, 2 refused." in said
    assert code == 0


def test_a_series_without_end_comes_in_for_a_year(bring):
    said, _ = bring(
        calendar("UID:s\nDTSTART:20260323T100000Z\nDURATION:PT30M\nSUMMARY:Bo - massage\nRRULE:FREQ=MONTHLY;BYDAY=4MO")
    )
    assert "12 brought in" in said
    assert db.session.scalar(sa.select(sa.func.max(Appointment.starts_at))) < datetime(2027, 3, 13, tzinfo=UTC)


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1;FREQ=X", "FREQ=WEEKLY\nRDATE:20260401T100000Z"])
def test_a_series_that_cannot_be_followed_is_refused_with_a_sentence(bring, rule):
    said, _ = bring(calendar(f"UID:s\nDTSTART:20260323T100000Z\nDURATION:PT30M\nSUMMARY:Bo - massage\nRRULE:{rule}"))
    assert "Line 4, Bo - massage: It" in said
    assert booked() == []


def test_a_small_calendar_that_unrolls_into_a_huge_one_is_one_sentence(bring):
    daily = "DTSTART:20220101T100000Z\nDURATION:PT30M\nSUMMARY:Bo - massage\nRRULE:FREQ=DAILY;COUNT=1000"
    said, code = bring(calendar(*(f"UID:s{n}\n{daily}" for n in range(51))))
    assert said.startswith("Error: This calendar holds more than 50000 visits")
    assert (code, booked()) == (1, [])


def test_a_calendar_that_breaks_off_is_one_sentence(bring):
    before = rows()
    said, code = bring(calendar("UID:s\nSUMMARY:Bo").replace("END:VCALENDAR\n", "").replace("END:VEVENT\n", ""))
    assert (code, rows()) == (1, before)
    assert said.startswith("Error: This calendar cannot be read")
