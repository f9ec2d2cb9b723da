"""The same again, by the link of an earlier appointment or of the client's plan."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from clinic.aftercare.queries import link_of as plan_link_of
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment, TreatmentLength
from tests.booking.again import FRIDAY_TWO, TAPPED, appointments, choose, near
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.plans import plan_for
from tests.rows import rows
from tests.steps import book
from tests.visitor import fields_of, links_of


@pytest.fixture
def path(visitor):
    """Clara has booked a massage with Ana, and looks at the times for the same again."""
    book(visitor, therapist="ana-moreau")
    visitor.get(visitor.link("Book the same again"))
    return visitor.page.request.path


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
    asked, seen = visitor.page, []
    for _ in range(100):
        visitor.page = asked
        assert visitor.send(path).status_code == 200
        seen.append((visitor.text, rows()))
    assert all(one == seen[0] for one in seen)
    assert (rows()["appointment"], rows()["link"]) == (2, 2)


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
    visitor.get(visitor.link("Anybody"))
    assert visitor.link("with Ben")


def test_later_times_of_any_therapist_are_still_anybodys(visitor, path):
    visitor.get(visitor.link("Anybody"))
    assert "therapist=any" in visitor.link("Later times")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE therapist SET listed = false WHERE id = :id",
        "DELETE FROM verification WHERE credential_id IN (SELECT id FROM credential WHERE therapist_id = :id)",
    ],
    ids=["gone", "unverified"],
)
def test_where_the_same_therapist_may_not_give_it_any_more_others_are_shown(visitor, path, cast, change):
    with writing():
        db.session.execute(sa.text(change), {"id": cast.ana.id})
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


def test_who_comes_then_already_is_offered_times_that_they_can_have(visitor, path):
    choose(visitor, path, at="20260312T1015Z", therapist="ben-okafor")
    visitor.send(path)
    assert "That time has gone" not in visitor.text
    assert "You have another appointment at that time" in visitor.text
    assert len(near(visitor)) == 3
    assert not [slot for slot in near(visitor) if "20260312T0900Z" < slot < "20260312T1100Z"]
    visitor.send(path, slot=near(visitor)[-1])
    assert "You're booked" in visitor.text


def test_whose_day_is_full_is_offered_other_days(visitor, path):
    with writing():
        db.session.execute(sa.update(Clinic).values(client_most_a_day=1))
        db.session.commit()
    choose(visitor, path, at="20260312T1500Z")
    visitor.send(path)
    assert "That time has gone" not in visitor.text
    assert "You have as many appointments on that day as we book online." in visitor.text
    assert len(near(visitor)) == 3
    assert not [slot for slot in near(visitor) if slot.startswith("20260312")]
    visitor.send(path, slot=near(visitor)[0])
    assert "You're booked" in visitor.text


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


def test_who_was_assessed_is_known_to_have_been(visitor, path, cast):
    with writing():
        needs = sa.update(Treatment).where(Treatment.slug == "massage")
        db.session.execute(needs.values(assessment_id=cast.alternative.id, assessment_months=12))
        db.session.commit()
    choose(visitor, path)
    visitor.send(path)
    assert "You're booked" in visitor.text


def test_after_a_cancellation_the_same_can_be_booked_again(visitor, path):
    visitor.get(path.replace("/again", "/cancellation"))
    visitor.send(visitor.page.request.path)
    visitor.get(visitor.link("Book the same again"))
    visitor.get(visitor.link(TAPPED))
    visitor.send(path)
    assert "You're booked" in visitor.text


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


def test_from_the_plan_what_stands_and_is_still_offered_counts(visitor, path, plan, cast):
    choose(visitor, path)
    visitor.send(path)
    visitor.get(visitor.page.request.path + "/cancellation")
    visitor.send(visitor.page.request.path)
    with writing():
        appointments()[-1].treatment_id = cast.alternative.id
        db.session.commit()
    visitor.get(f"{plan}/again")
    assert "Massage · 60 minutes" in visitor.text
    with writing():
        db.session.execute(sa.update(Treatment).where(Treatment.slug == "massage").values(offered=False))
        db.session.commit()
    assert visitor.get(f"{plan}/again").status_code == 409
    assert visitor.link("All treatments")
