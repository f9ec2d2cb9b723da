"""The same again, by the link of an earlier appointment or of the client's plan."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy import select

from clinic.aftercare.queries import link_of as plan_link_of
from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.intake.models import Screening
from clinic.intake.rules import ANSWER, CONFIRM, CONFIRMED_WITHIN, NOTHING, QUESTIONS, asked_again, decide
from clinic.intake.wording import QUESTIONS as WORDS
from clinic.treatments.models import Treatment, TreatmentLength
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.plans import plan_for
from tests.rows import rows
from tests.steps import book, screen
from tests.visitor import fields_of, links_of

FRIDAY_TWO = "20260313T1400Z"
TAPPED = "2pm on Friday 13 March with Ana"
UNCHANGED = "Nothing on this list has changed"


@pytest.fixture
def path(visitor):
    """Clara has booked a massage with Ana, and looks at the times for the same again."""
    book(visitor, therapist="ana-moreau")
    visitor.get(visitor.link("Book the same again"))
    return visitor.page.request.path


@pytest.fixture
def release(visitor):
    """Clara has booked a release, with nothing to tick."""
    screen(visitor)
    book(visitor, "psoas-release", therapist="ana-moreau")
    return f"{visitor.page.request.path}/again"


def choose(visitor, path, at=FRIDAY_TWO, therapist="ana-moreau"):
    return visitor.get(f"{path}?slot={at}.{therapist}")


def near(visitor):
    """The times offered instead."""
    return re.findall(r'name="slot" value="([^"]+)"', visitor.page.text)


def appointments():
    return db.session.scalars(select(Appointment).order_by(Appointment.booked_at, Appointment.starts_at)).all()


def answers():
    found = db.session.scalars(select(Screening).order_by(Screening.created_at)).all()
    return [(one.answers, one.created_at, one.visit_digest) for one in found]


def test_three_taps_and_nothing_typed(app, visitor, new_visitor):
    book(visitor, therapist="ana-moreau")
    box = Letterbox()
    box.round(app, NOW)
    (link,) = re.findall(r"(/appointments/\S+/again)", text_of(box.mails[0]))
    other = new_visitor()
    other.get(link)
    other.get(other.link(TAPPED))
    assert "Massage, 60 minutes" in other.text
    other.send(link)
    assert "You're booked" in other.text
    assert "Friday 13 March, 2pm–3pm" in other.text
    first, again = appointments()
    assert (first.client_id, first.treatment_id, first.minutes) == (again.client_id, again.treatment_id, again.minutes)
    assert (rows()["client"], rows()["claim"]) == (1, 6)
    box.round(app, NOW)
    assert box.mails[1]["To"] == "clara@client.test"


def test_every_mail_about_an_appointment_has_the_way_back(app, visitor, path):
    own = path.removesuffix("/again")
    visitor.get(f"{own}/move?slot=20260316T1000Z.ana-moreau")
    box = Letterbox()
    box.round(app, NOW)
    visitor.send(f"{own}/move")
    box.round(app, NOW)
    visitor.get(f"{own}/cancellation")
    visitor.send(f"{own}/cancellation")
    box.round(app, NOW)
    assert [mail["Subject"].split(":")[0] for mail in box.mails] == ["Booked", "Moved", "Cancelled"]
    assert all(f"Book the same again:\nhttp://127.0.0.1:8000{path}" in text_of(mail) for mail in box.mails)


def test_it_is_on_record_by_which_link(visitor, path):
    choose(visitor, path)
    visitor.send(path)
    by = "link:" + path.split("/")[2].partition(".")[0]
    again = appointments()[-1]
    line = select(AuditLine.actor).where(AuditLine.subject == f"appointment:{again.id}")
    assert (again.booked_by, db.session.scalar(line)) == (by, by)


def test_a_hundred_clicks_are_one_booking(visitor, path):
    choose(visitor, path)
    asked = visitor.page
    for _ in range(100):
        visitor.page = asked
        assert visitor.send(path).status_code == 200
    assert (rows()["appointment"], rows()["link"], rows()["outgoing_message"]) == (2, 2, 2)


def test_the_same_page_sent_with_another_time_is_told_of_the_first(visitor, path):
    choose(visitor, path)
    asked = visitor.page
    visitor.send(path)
    visitor.page = asked
    assert visitor.send(path, slot="20260316T1000Z.ana-moreau").status_code == 409
    assert "You have already booked Friday 13 March, 2pm" in visitor.text
    assert rows()["appointment"] == 2


def test_looking_books_nothing(visitor, path):
    before = rows()
    choose(visitor, path)
    assert "The same again?" in visitor.text
    assert rows() == before


def test_the_same_therapists_times_come_first_and_anybodys_are_one_tap_away(visitor, path):
    shown = {label.split(" with ")[1].split()[0] for _, label in links_of(visitor.page.text) if " with " in label}
    assert shown == {"Ana"}
    visitor.get(visitor.link("Any therapist"))
    assert visitor.link("with Ben")


def test_later_times_of_any_therapist_are_still_anybodys(visitor, path):
    visitor.get(visitor.link("Any therapist"))
    assert "therapist=any" in visitor.link("Later times")


def test_where_the_same_therapist_may_not_give_it_any_more_others_are_shown(visitor, path, cast):
    with writing():
        db.session.execute(
            sa.text("UPDATE therapist SET listed = :no WHERE id = :id"), {"no": False, "id": cast.ana.id}
        )
        db.session.commit()
    visitor.get(path)
    assert visitor.link("with Ben")


def test_a_time_that_somebody_else_took_is_refused_and_one_tap_books_a_near_one(visitor, path, new_visitor):
    choose(visitor, path)
    asked = visitor.page
    book(new_visitor(), therapist="ana-moreau", at=FRIDAY_TWO, name="Dora Ladle", email="dora@client.test")
    visitor.page = asked
    assert visitor.send(path).status_code == 409
    assert len(near(visitor)) == 3
    visitor.send(path, slot=near(visitor)[0])
    assert "You're booked" in visitor.text
    assert rows()["appointment"] == 3


def test_a_client_cannot_be_in_two_rooms_at_once(visitor, path):
    choose(visitor, path, at="20260312T1000Z", therapist="ben-okafor")
    assert visitor.send(path).status_code == 409
    assert "You have another appointment at that time" in visitor.text
    assert rows()["appointment"] == 1


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("20260313T0300Z", "not open for that whole time"),
        ("20260310T1000Z", "in the past"),
        ("20270313T1000Z", "further ahead"),
    ],
)
def test_a_time_that_cannot_be_had_says_why_before_anything_is_booked(visitor, path, at, words):
    assert choose(visitor, path, at).status_code == 409
    assert words in visitor.text
    assert visitor.link(TAPPED)


@pytest.mark.parametrize("slot", ["", "rubbish", "20260313T1400Z.nobody", "x" * 5000])
def test_a_time_that_cannot_be_read_books_nothing(visitor, path, slot):
    choose(visitor, path)
    assert visitor.send(path, slot=slot).status_code == 409
    assert rows()["appointment"] == 1


def test_another_visitors_key_is_refused(visitor, path, new_visitor):
    choose(visitor, path)
    stolen = fields_of(visitor.page.text)
    other = new_visitor()
    other.get(path)
    assert other.post(path, **{**stolen, "csrf_token": other.token()}).status_code == 400
    assert rows()["appointment"] == 1


@pytest.mark.parametrize("gone", ["treatment", "length"])
def test_what_is_not_offered_any_more_leads_to_all_that_is(visitor, path, gone):
    choose(visitor, path)
    asked = visitor.page
    with writing():
        if gone == "treatment":
            db.session.execute(sa.update(Treatment).where(Treatment.slug == "massage").values(offered=False))
        else:
            db.session.execute(sa.delete(TreatmentLength).where(TreatmentLength.minutes == 60))
        db.session.commit()
    assert visitor.get(path).status_code == 409
    assert visitor.link("All treatments").endswith("#treatments")
    visitor.page = asked
    assert visitor.send(path).status_code == 409
    assert rows()["appointment"] == 1


def test_after_a_cancellation_the_same_can_be_booked_again(visitor, path):
    visitor.get(path.replace("/again", "/cancellation"))
    visitor.send(visitor.page.request.path)
    visitor.get(visitor.link("Book the same again"))
    visitor.get(visitor.link(TAPPED))
    visitor.send(path)
    assert "You're booked" in visitor.text


def test_a_release_shows_the_whole_list_and_nothing_of_what_was_answered(visitor, release):
    choose(visitor, release)
    assert UNCHANGED in visitor.text
    assert all(str(lines[0]) in visitor.text for lines in WORDS.values())
    assert not re.search(r"checkbox|checked|None of these", visitor.page.text)


def test_nothing_has_changed_books_and_keeps_the_answers_once_more(visitor, release):
    first, later = NOW, NOW + timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        choose(visitor, release)
        asked = visitor.page
        for _ in range(3):
            visitor.page = asked
            visitor.send(release)
    assert "You're booked" in visitor.text
    assert answers() == [("[]", first, None), ("[]", later, None)]
    assert len({one.screening_id for one in appointments()}) == 2


def test_a_refused_release_leaves_no_answers_behind_and_one_tap_still_books(visitor, release, new_visitor):
    choose(visitor, release)
    asked = visitor.page
    screen(dora := new_visitor())
    book(dora, "psoas-release", at=FRIDAY_TWO, name="Dora Ladle", email="dora@client.test")
    visitor.page = asked
    assert visitor.send(release).status_code == 409
    assert len(answers()) == 2  # Clara's and Dora's
    visitor.send(release, slot=near(visitor)[0])
    assert "You're booked" in visitor.text
    assert len(answers()) == 3


def test_a_release_is_not_booked_without_the_word_that_nothing_changed(visitor, release):
    choose(visitor, release)
    fields = {name: value for name, value in fields_of(visitor.page.text).items() if name != "unchanged"}
    visitor.post(release, **fields)
    assert UNCHANGED in visitor.text
    assert rows()["appointment"] == 1


def test_something_has_changed_leads_to_the_safety_page_for_the_time_that_was_tapped(visitor, release):
    choose(visitor, release)
    visitor.get(visitor.link("Something has changed"))
    assert "Is this safe for you?" in visitor.text
    assert f"{FRIDAY_TWO}.ana-moreau" in visitor.page.request.full_path


def test_answers_older_than_six_months_are_asked_anew(visitor, release):
    with writing():
        db.session.execute(sa.update(Screening).values(created_at=NOW - CONFIRMED_WITHIN - timedelta(minutes=1)))
        db.session.commit()
    choose(visitor, release)
    assert "Is this safe for you?" in visitor.text
    assert UNCHANGED not in visitor.text


def test_the_list_that_grew_old_between_look_and_tap_books_nothing(visitor, release):
    with writing():
        db.session.execute(sa.update(Screening).values(created_at=NOW - CONFIRMED_WITHIN))
        db.session.commit()
    choose(visitor, release)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        visitor.send(release)
    assert "Is this safe for you?" in visitor.text
    assert rows()["appointment"] == 1


def test_another_clients_answers_are_never_confirmed(visitor, path, new_visitor, cast):
    screen(other := new_visitor())
    book(other, "psoas-release", at="20260316T1000Z", therapist="ana-moreau")
    with writing():
        db.session.execute(
            sa.update(Appointment).where(Appointment.screening_id.is_(None)).values(treatment_id=cast.release.id)
        )
        db.session.commit()
    choose(visitor, path)
    assert "Is this safe for you?" in visitor.text


def test_the_latest_answers_count(visitor, release, cast):
    """Clean ones first, then some that rule a release out."""
    choose(visitor, release)
    visitor.send(release)
    with writing():
        earlier = db.session.scalar(select(Screening).order_by(Screening.created_at).limit(1))
        earlier.answers, earlier.created_at = '["pregnant"]', NOW + timedelta(hours=1)
        db.session.commit()
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        choose(visitor, release, at="20260316T1000Z")
    assert UNCHANGED not in visitor.text
    assert "Is this safe for you?" in visitor.text


def test_a_call_before_the_visit_is_made_again(visitor):
    screen(visitor, "tummy_unexplained", query="?slot=20260312T1000Z.ana-moreau")
    visitor.get(visitor.link("Book this instead"))
    visitor.post(visitor.page.request.full_path, name="Walter", email="walter@client.test", phone="0117 496 0001")
    visitor.send("/appointments")
    path = f"{visitor.page.request.path}/again"
    choose(visitor, path, at="20260320T1000Z")
    assert "0117 496 0000 before you book" in visitor.text
    visitor.send(path)
    assert "Ana Moreau will ring you" in visitor.text or "Ana will ring you" in visitor.text
    assert len(db.session.scalars(select(WorkItem)).all()) == 2
    assert [answered for answered, _, _ in answers()] == ['["tummy_unexplained"]'] * 2


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_no_ticked_answer_is_ever_confirmed_for_a_release(question):
    decision = decide([question.code])
    assert asked_again(decision, timedelta(), is_release=True) == ANSWER
    assert asked_again(decision, timedelta(days=9999), is_release=False) == CONFIRM


def test_what_is_asked_when_nothing_was_ticked():
    clean, old = decide([]), CONFIRMED_WITHIN + timedelta(seconds=1)
    assert asked_again(clean, CONFIRMED_WITHIN, is_release=True) == CONFIRM
    assert asked_again(clean, old, is_release=True) == ANSWER
    assert asked_again(None, timedelta(), is_release=True) == ANSWER
    assert asked_again(clean, timedelta(), is_release=False) == NOTHING
    assert asked_again(None, timedelta(), is_release=False) == NOTHING


@pytest.fixture
def plan(path):
    """Clara's plan, by its link."""
    first = appointments()[0]
    with writing():
        made = plan_for(first.client, first.therapist)
        token = plan_link_of(db.session, made.id).token
        db.session.commit()
    return f"/plans/{token}"


def test_from_the_plan_three_taps_book_the_same_again(visitor, path, plan):
    visitor.get(plan)
    visitor.get(visitor.link("Book your next visit"))
    visitor.get(visitor.link(TAPPED))
    visitor.send(f"{plan}/again")
    assert visitor.page.request.path == f"{plan}/booking"
    assert "You're booked" in visitor.text
    assert "Friday 13 March, 2pm" in visitor.text
    first, again = appointments()
    assert (again.client_id, again.treatment_id) == (first.client_id, first.treatment_id)


def test_the_plans_link_opens_no_appointment(visitor, path, plan):
    pages = [visitor.get(plan), visitor.get(f"{plan}/again"), choose(visitor, f"{plan}/again")]
    asked = visitor.page
    pages.append(visitor.send(f"{plan}/again"))
    visitor.page = asked
    pages.append(visitor.send(f"{plan}/again", slot="20260316T1000Z.ana-moreau"))
    assert pages[-1].status_code == 409
    refs = [one.ref for one in appointments()]
    assert not [page for page in pages if "/appointments/" in page.text or any(ref in page.text for ref in refs)]


def test_the_plans_link_shows_no_booking_but_its_own(visitor, path, plan):
    visitor.get(f"{plan}/booking")
    assert visitor.page.request.path == plan


def test_from_the_plan_what_stands_and_is_still_offered_counts(visitor, path, plan):
    choose(visitor, path)
    visitor.send(path)
    visitor.get(visitor.page.request.path + "/cancellation")
    visitor.send(visitor.page.request.path)
    visitor.get(f"{plan}/again")
    assert "Massage" in visitor.text
    with writing():
        db.session.execute(sa.update(Treatment).where(Treatment.slug == "massage").values(offered=False))
        db.session.commit()
    assert visitor.get(f"{plan}/again").status_code == 409
    assert visitor.link("All treatments")
