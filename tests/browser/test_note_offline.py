"""A note without a connection: what is typed waits sealed on the device, goes to the clinic as soon as it can, and never
over what somebody wrote elsewhere meanwhile.
"""

import re
from random import Random

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from clinic.notes.models import Signature
from clinic.people.models import Therapist
from tests.browser.notes import SAVED, at_an_empty_note, kept, part, status, until_kept, until_nothing_kept
from tests.browser.steps import signed_in
from tests.drills.tabs import kill_tabs

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
HERE, THERE = "Front of the hip since long drives", "Low back, worse on the stairs"

# As a page does that was killed before it could send this.
KEEP = """async (box, words) => {
  const { NoteStore } = await import(box.dataset.store);
  const store = await NoteStore.open(box.dataset.keys, document.querySelector("[name=csrf_token]").value);
  await store.keep(box.dataset.draft, "a page", new URLSearchParams({ subjective: words, format: "soap" }).toString());
}"""


@pytest.fixture
def therapist(new_person):
    return at_an_empty_note(new_person)


def reopened(person):
    """The tab is killed without a word, and the note opened in another."""
    note = person.page.url
    person.page.close()
    person.context.set_offline(False)
    person.page = person.new_page()
    person.open(note)
    return person


def no_complaint(person, status):
    """The clinic refused a save with this status, which is meant here."""
    assert {complaint.partition(" ")[0] for complaint in person.complaints} == {str(status)}
    person.complaints.clear()


def test_whatever_is_changed_is_sent_within_two_seconds(therapist):
    page = therapist.page
    page.clock.install()
    page.reload()
    page.clock.pause_at(page.evaluate("Date.now() + 60000"))
    part(therapist).fill(HERE)
    sent_within_two_seconds(page)
    page.locator("#note [type=radio][value='6']").first.dispatch_event("click")
    sent_within_two_seconds(page)
    page.locator('.note-chart [data-place="low_back/left"]').first.dispatch_event("click")
    sent_within_two_seconds(page)


def sent_within_two_seconds(page):
    with page.expect_response("**/draft") as answer:
        page.clock.run_for(2000)
    assert answer.value.ok
    expect(page.locator(".saved")).to_have_text(SAVED)


def test_half_an_hour_without_a_network_loses_nothing(therapist):
    page = therapist.page
    page.clock.install()
    therapist.context.set_offline(True)
    part(therapist).fill(HERE)
    status(therapist).to_have_text("Offline: 1 change waits on this device")
    page.clock.fast_forward("30:00")
    page.get_by_role("textbox", name="Plan").fill(THERE)
    status(therapist).to_have_text("Offline: 2 changes wait on this device")
    therapist.context.set_offline(False)
    status(therapist).to_have_text(SAVED)
    page.reload()
    expect(part(therapist)).to_have_value(HERE)
    expect(page.get_by_role("textbox", name="Plan")).to_have_value(THERE)
    until_nothing_kept(page)


def test_a_tab_that_is_killed_without_a_network_loses_nothing(therapist):
    therapist.context.set_offline(True)
    part(therapist).fill(HERE)
    until_kept(therapist.page)
    reopened(therapist)
    expect(part(therapist)).to_have_value(HERE)
    status(therapist).to_have_text(SAVED)
    until_nothing_kept(therapist.page)


def test_tabs_that_are_killed_while_somebody_types_cost_two_seconds_of_it_at_most(therapist):
    note = therapist.page.url
    therapist.page.close()
    assert max(kill_tabs(therapist.context, note, kills=5, chance=Random(5))) <= 2


def test_what_waits_on_the_device_tells_nobody_a_word(therapist):
    therapist.context.set_offline(True)
    part(therapist).fill(HERE)
    until_kept(therapist.page)
    (row,) = kept(therapist.page)
    assert "/notes/" in row
    assert not any(word in row for word in HERE.split())


def test_two_devices_that_write_keep_both_texts_and_the_therapist_chooses(therapist, new_person):
    therapist.context.set_offline(True)
    part(therapist).fill(HERE)
    until_kept(therapist.page)
    first_name = therapist.page.locator(".bar a[href='/account']").inner_text().split()[0]
    tablet = signed_in(new_person(), first_name)
    tablet.open(therapist.page.url)
    part(tablet).fill(THERE)
    status(tablet).to_have_text(SAVED)
    reopened(therapist)
    expect(therapist.page.get_by_role("alert")).to_contain_text("changed on another page")
    expect(therapist.page.locator(".card").filter(has_text="Kept from the other page")).to_contain_text(THERE)
    expect(part(therapist)).to_have_value(HERE)
    no_complaint(therapist, 409)
    tablet.page.reload()
    expect(part(tablet)).to_have_value(THERE)
    part(therapist).fill(f"{HERE}. {THERE}")
    status(therapist).to_have_text(SAVED)
    tablet.page.reload()
    expect(part(tablet)).to_have_value(f"{HERE}. {THERE}")
    until_nothing_kept(therapist.page)


def test_words_that_come_after_the_note_was_signed_elsewhere_are_shown_and_go_beside_it(new_person):
    therapist = new_person()
    first_name, note = a_signed_note(therapist)
    signed_in(therapist, first_name)
    therapist.open(note)
    box = therapist.page.locator("#waiting")
    expect(box).to_be_hidden()
    box.evaluate(KEEP, HERE)
    therapist.page.reload()
    therapist.tap("button", "Show them")
    expect(therapist.page.locator("[name=text]")).to_have_value(re.compile(HERE))
    therapist.tap("button", "Forget them")
    expect(box).to_be_hidden()
    assert kept(therapist.page) == []


def a_signed_note(person):
    """Who signed it, and its address."""
    engine = sa.create_engine(person.database)
    with engine.connect() as connection:
        query = sa.select(Therapist.name, Signature.appointment_id).join(Signature.therapist)
        name, appointment_id = connection.execute(query.where(Signature.kind == "note").limit(1)).one()
    engine.dispose()
    return name.split()[0], f"/notes/{appointment_id}"
