"""One minute before each visit: has anything changed?"""

import pytest
from sqlalchemy import func, select

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.health.models import VisitCheck
from clinic.health.queries import check_in
from tests.conftest import NOW
from tests.health.conftest import MORNING, NEXT_DAY, at
from tests.rows import rows, whole_rows

WORDS = "a new knee brace"


def kept():
    return [check_in(row) for row in db.session.scalars(select(VisitCheck).order_by(VisitCheck.told_at))]


def test_nothing_has_changed_is_one_tap_by_the_link(release, visitor):
    appointment, link = release
    assert "Has anything changed since" in visitor.get(f"{link}/health-check").text
    page = visitor.send(f"{link}/health-check", unchanged="yes")
    assert page.request.path == link
    assert [one.nothing for one in kept()] == [True]
    line = db.session.scalar(select(AuditLine).where(AuditLine.action == "health.checked"))
    assert (line.subject, line.actor.partition(":")[0], line.detail) == (f"appointment:{appointment.id}", "link", {})


def test_what_has_changed_is_kept_for_the_therapist_and_no_page_of_the_link_shows_it(release, visitor):
    _, link = release
    visitor.get(f"{link}/health-check")
    page = visitor.send(f"{link}/health-check", changed="medicines", today="painkiller_today", words=WORDS)
    assert "Ana will read it before your visit" in visitor.text
    assert WORDS not in page.text
    (told,) = kept()
    assert (told.told, told.changed, told.words) == ({"painkiller_today"}, {"medicines"}, WORDS)
    assert WORDS not in visitor.get(f"{link}/health-check").text
    assert WORDS not in visitor.get(link).text


def test_an_emergency_is_answered_at_once_and_nothing_of_it_is_kept(release, visitor):
    _, link = release
    visitor.get(f"{link}/health-check")
    before = rows()
    page = visitor.send(f"{link}/health-check", now="saddle_or_leg", unchanged="yes", changed="nonsense")
    assert page.status_code == 200
    assert "Go to A&E now" in visitor.text
    assert rows() == before


def test_an_emergency_is_answered_though_the_session_is_gone_and_nothing_else_is(release, visitor, new_visitor):
    _, link = release
    visitor.get(f"{link}/health-check")
    elsewhere = new_visitor()
    before = whole_rows()
    elsewhere.post(f"{link}/health-check", csrf_token=visitor.token(), now="saddle_or_leg")
    assert (elsewhere.page.status_code, "Go to A&E now" in elsewhere.text) == (200, True)
    assert elsewhere.post(f"{link}/health-check", csrf_token=visitor.token(), unchanged="yes").status_code == 400
    assert whole_rows() == before


def test_who_needs_a_doctor_is_told_so_as_the_answer_and_the_therapist_is_told_what(release, visitor):
    _, link = release
    visitor.get(f"{link}/health-check")
    visitor.send(f"{link}/health-check", now="unwell_with_pain")
    assert "see your doctor or call 111 today" in visitor.text
    assert kept()[0].told == {"unwell_with_pain"}
    visitor.get(f"{link}/health-check")
    assert "see your doctor" not in visitor.text


def test_pregnant_now_means_no_deep_tummy_work(release, visitor):
    _, link = release
    visitor.get(f"{link}/health-check")
    visitor.send(f"{link}/health-check", today="pregnant")
    assert "We leave out deep tummy work for you" in visitor.text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Tick what is true, or press “Nothing has changed”."),
        ({"unchanged": "yes", "today": "painkiller_today"}, "You ticked something."),
        ({"unchanged": "yes", "words": WORDS}, "You ticked something."),
    ],
)
def test_an_answer_that_cannot_be_is_an_error_with_a_sentence(release, visitor, sent, sentence):
    _, link = release
    visitor.get(f"{link}/health-check")
    page = visitor.send(f"{link}/health-check", **sent)
    assert page.status_code == 422
    assert sentence in visitor.text
    assert kept() == []


def test_it_is_asked_from_three_days_before_until_the_day_is_over(release, visitor):
    _, link = release
    for when, is_asked in ((NOW, True), (MORNING.replace(hour=23), True), (NEXT_DAY, False)):
        with at(when):
            assert visitor.get(f"{link}/health-check").request.path.endswith("/health-check") is is_asked, when


def test_not_a_week_before(visitor, cast):
    from tests.health.conftest import booked

    _, link = booked(visitor, "massage", at="20260319T1000Z")
    assert visitor.get(f"{link}/health-check").request.path == link
    visitor.post(f"{link}/health-check", unchanged="yes")
    assert kept() == []


def test_not_once_it_is_cancelled(release, visitor):
    _, link = release
    visitor.get(f"{link}/cancellation")
    visitor.send(f"{link}/cancellation")
    assert visitor.get(f"{link}/health-check").request.path == link


def test_reception_reads_it_aloud_and_then_sees_only_what_to_do(release, signed_in):
    appointment, _ = release
    rosa = signed_in("rosa")
    page = f"/diary/appointments/{appointment.id}/health-check"
    rosa.get(page)
    rosa.send(page, today="painkiller_today", words=WORDS)
    assert "Ask the therapist before it begins." in rosa.text
    assert "painkiller" not in rosa.text.lower()
    assert WORDS not in rosa.text
    assert WORDS not in rosa.get(page).text
    assert kept()[0].words == WORDS


def test_what_was_wrong_at_the_desk_shows_no_tick_again(release, signed_in):
    appointment, _ = release
    rosa = signed_in("rosa")
    page = f"/diary/appointments/{appointment.id}/health-check"
    rosa.get(page)
    answer = rosa.send(page, unchanged="yes", today="painkiller_today", words=WORDS)
    assert answer.status_code == 422
    assert "checked" not in answer.text
    assert WORDS not in answer.text


def test_another_therapist_finds_no_such_visit(release, signed_in):
    appointment, _ = release
    ben = signed_in("ben")
    assert ben.get(f"/diary/appointments/{appointment.id}/health-check").status_code == 404
    assert ben.post(f"/diary/appointments/{appointment.id}/health-check", unchanged="yes").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(VisitCheck)) == 0


def test_its_therapist_may_write_down_the_day_after_what_was_said_and_reception_may_not(release, signed_in):
    appointment, _ = release
    page = f"/diary/appointments/{appointment.id}/health-check"
    with at(NEXT_DAY):
        signed_in("rosa").post(page, unchanged="yes")
        assert kept() == []
        signed_in("ana").post(page, unchanged="yes")
        assert len(kept()) == 1
