"""A session that ends while somebody writes is begun again beside the note; signing out takes along what waits."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from pyotp import TOTP

from clinic.demo.cast import PASSWORD
from clinic.people.models import Account
from tests.browser.notes import SAVED, at_an_empty_note, kept, part, status, until_kept
from tests.browser.steps import forget_tries, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
EARLIER, LATER = "Front of the hip since long drives", ", and worse on the stairs"


@pytest.fixture
def therapist(new_person):
    return at_an_empty_note(new_person)


def first_name(person):
    return person.page.locator(".bar a[href='/account']").inner_text().split(",")[0].split()[0]


def dialog(person):
    return person.page.get_by_role("dialog", name="Sign in again")


def sign_in_beside(person, name, password=PASSWORD):
    forget_tries(person.database)
    dialog(person).get_by_label("Email").fill(f"{name.lower()}@demo.test")
    dialog(person).get_by_label("Password").fill(password)
    dialog(person).get_by_role("button", name="Sign in").click()


def no_complaint(person, *statuses):
    """The clinic refused with these, which is meant here."""
    assert {complaint.partition(" ")[0] for complaint in person.complaints} <= set(map(str, statuses))
    person.complaints.clear()


def test_a_session_that_ends_while_somebody_types_costs_no_letter(therapist):
    name = first_name(therapist)
    part(therapist).click()
    therapist.context.clear_cookies()
    therapist.page.keyboard.type(EARLIER)
    expect(dialog(therapist)).to_be_visible()
    status(therapist).to_contain_text("you are signed out")
    therapist.page.keyboard.type(LATER)
    expect(part(therapist)).to_have_value(EARLIER + LATER)
    sign_in_beside(therapist, name, "not the password")
    expect(dialog(therapist).get_by_role("alert")).to_contain_text("do not go together")
    sign_in_beside(therapist, name)
    status(therapist).to_have_text(SAVED)
    expect(dialog(therapist)).to_be_hidden()
    therapist.page.reload()
    expect(part(therapist)).to_have_value(EARLIER + LATER)
    no_complaint(therapist, 400, 422)


def test_the_second_key_is_asked_for_beside_the_note_too(therapist):
    name, note = first_name(therapist), therapist.page.url
    therapist.open("/account/second-factor")
    phone = TOTP(therapist.page.locator(".secret").inner_text().replace(" ", ""))
    therapist.type("The code your phone shows now", phone.at(datetime.now(UTC)))
    therapist.tap("button", "Confirm")
    therapist.page.get_by_role("heading", name="Your recovery codes").wait_for()
    try:
        therapist.open(note)
        therapist.context.clear_cookies()
        part(therapist).fill(EARLIER)
        sign_in_beside(therapist, name)
        dialog(therapist).get_by_label("Code").fill(phone.at(datetime.now(UTC) + timedelta(seconds=30)))
        dialog(therapist).get_by_role("button", name="Sign in").click()
        status(therapist).to_have_text(SAVED)
    finally:
        without_second_key(therapist, name)
    no_complaint(therapist, 400)


def without_second_key(person, name):
    """As the demo's therapists are, for the tests that come after."""
    engine = sa.create_engine(person.database)
    with engine.begin() as connection:
        none = sa.update(Account).where(Account.email == f"{name.lower()}@demo.test")
        connection.execute(none.values(totp_sealed=None, totp_step=None, second_factor_at=None))
    engine.dispose()


def test_somebody_else_who_signs_in_beside_the_note_is_told_and_nothing_is_sent(therapist):
    name = first_name(therapist)
    therapist.context.clear_cookies()
    part(therapist).fill(EARLIER)
    sign_in_beside(therapist, "Olu")
    status(therapist).to_have_text("Not saved: this is not a note of whoever is signed in now.")
    expect(part(therapist)).to_have_value(EARLIER)
    no_complaint(therapist, 400, 403)
    therapist.context.clear_cookies()
    therapist.tap("button", "Save draft")
    sign_in_beside(therapist, name)
    status(therapist).to_have_text(SAVED)
    therapist.page.reload()
    expect(part(therapist)).to_have_value(EARLIER)
    no_complaint(therapist, 400, 403)


def test_who_puts_signing_in_off_types_on_and_signs_in_by_the_button(therapist):
    name = first_name(therapist)
    therapist.context.clear_cookies()
    part(therapist).fill(EARLIER)
    dialog(therapist).get_by_role("button", name="Not now").click()
    part(therapist).fill(EARLIER + LATER)
    status(therapist).to_contain_text("Not saved: you are signed out")
    therapist.tap("button", "Save draft")
    sign_in_beside(therapist, name)
    status(therapist).to_have_text(SAVED)
    therapist.page.reload()
    expect(part(therapist)).to_have_value(EARLIER + LATER)
    no_complaint(therapist, 400)


def test_signing_out_sends_what_waits_and_leaves_nothing_on_the_device(therapist):
    name, note = first_name(therapist), therapist.page.url
    therapist.context.set_offline(True)
    part(therapist).fill(EARLIER)
    until_kept(therapist.page)
    therapist.page.close()
    therapist.context.set_offline(False)
    therapist.page = therapist.new_page()
    therapist.open("/today")
    therapist.tap("button", "Sign out")
    therapist.page.wait_for_url(therapist.url + "/")
    assert kept(therapist.page) == []
    sign_in(therapist, name)
    therapist.open(note)
    expect(part(therapist)).to_have_value(EARLIER)


def asked_at_signing_out(page, answer):
    """What is asked, and answered on the spot: a tap is not over before the question it brings up is."""
    asked = []
    page.once("dialog", lambda box: (asked.append(box.message), getattr(box, answer)()))
    with page.expect_event("dialog"):
        page.get_by_role("button", name="Sign out").click(no_wait_after=True)
    return asked


def test_who_signs_out_with_a_draft_that_cannot_be_sent_is_asked(therapist):
    note = therapist.page.url
    second = therapist.new_page()
    second.goto(note)
    part(therapist).fill(EARLIER)
    status(therapist).to_have_text(SAVED)
    part(therapist, second).fill(LATER)
    status(therapist, second).to_contain_text("changed on another page")
    question = "Drafts on this device that could not be saved: 1. Sign out, and lose them?"
    assert asked_at_signing_out(second, "dismiss") == [question]
    expect(part(therapist, second)).to_have_value(LATER)
    assert len(kept(second)) == 1
    assert asked_at_signing_out(second, "accept") == [question]
    second.wait_for_url(therapist.url + "/")
    assert kept(second) == []
    no_complaint(therapist, 409)


def test_without_a_connection_nobody_is_signed_out_and_nothing_is_lost(therapist):
    therapist.context.set_offline(True)
    part(therapist).fill(EARLIER)
    until_kept(therapist.page)
    (told,) = asked_at_signing_out(therapist.page, "accept")
    assert told.startswith("There is no connection, so nobody can be signed out now.")
    expect(part(therapist)).to_have_value(EARLIER)
    therapist.context.set_offline(False)
    status(therapist).to_have_text(SAVED)
