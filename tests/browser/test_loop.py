"""One visit, all the way round: booked on a phone, written up, a plan sent home, practised, and help when it is needed."""

import re

import pytest
from playwright.sync_api import expect

from clinic.aftercare.catalogue import catalogue
from tests.browser.past import let_pass
from tests.browser.steps import answer, book_it, choose_a_time, fact, signed_in, tell

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE, TABLET = {"width": 375, "height": 812}, {"width": 768, "height": 1024}
FIRST_NAME, NAME, EMAIL = "Wilma", "Wilma Gravyboat", "wilma@client.test"
WORDS = {
    "Subjective": "Front of the right hip since long drives",
    "Objective": "Resisted hip flexion right weak and sore",
    "Assessment": "Eased with slow work, tolerated well",
    "Plan": "Weekly for three visits, no stretching on the left",
}
AMENDMENT = "Rang the day after: slept well"
STRETCH = "Half-kneeling hip-flexor stretch"
EXERCISES = ("Pelvic tilt, lying", "Bridge", STRETCH)
OF_HEALTH = ("psoas", "hip", "back", "stretch", "exercise", "injur", "pain", "muscle", "release")


@pytest.fixture
def visit(clinic, new_person):
    """Wilma's, booked on a phone; by now it is over. Who treated her, at a tablet."""
    client = new_person(viewport=PHONE)
    choose_a_time(client, "Psoas release")
    answer(client)
    tell(client, NAME, EMAIL)
    client.page.get_by_label("Phone").fill("07700 900999")
    client.tap("button", "Continue")
    book_it(client)
    reference, therapist = fact(client, "Reference"), fact(client, "With").split()[0]
    agree(client)
    let_pass(clinic.database, reference)
    return ask(signed_in(new_person(viewport=TABLET), therapist))


def ask(therapist):
    """Before it begins: has anything changed?"""
    open_note(therapist)
    therapist.tap("link", "Ask now: has anything changed?")
    therapist.tap("button", "Nothing has changed")
    therapist.open("/today")
    return therapist


def agree(client):
    """What is to be done is read and signed before."""
    client.tap("link", "Read and sign what you agree to: 2 minutes")
    client.page.get_by_role("textbox", name="Your name").fill(NAME)
    client.tap("button", "I agree and sign")
    expect(heading(client)).to_have_text("Thank you, it is signed")


def heading(person):
    return person.page.get_by_role("heading", level=1)


def saved(person):
    return expect(person.page.locator(".saved")).to_have_text(re.compile("^Saved "))


def open_note(therapist):
    to_sign = therapist.page.locator(".card").filter(has_text="Notes to sign")
    therapist.tap("link", NAME, within=to_sign)
    expect(heading(therapist)).to_have_text(NAME)


def write_note(therapist):
    """Nothing is pressed to save it."""
    for part, words in WORDS.items():
        therapist.type(part, words)
    saved(therapist)
    therapist.page.reload()
    assert {part: therapist.page.get_by_label(part).input_value() for part in WORDS} == WORDS
    for scale, pain in (("Pain on arrival", "6"), ("Pain at the end", "3")):
        therapist.tap("radio", pain, within=therapist.page.get_by_role("radiogroup", name=scale))
    therapist.tap_on(therapist.page.locator(".tap-says").get_by_text("Treated"))
    for treated in ("Front of hip, right", "Front of thigh, right"):
        therapist.tap("button", treated, within=therapist.page.locator("[data-view=front]"))
    therapist.tap("button", "They said yes, asked aloud")
    saved(therapist)


def amend(therapist):
    therapist.tap("radio", "Corrects a mistake")
    therapist.type("Amendment", AMENDMENT)
    therapist.tap("button", "Sign amendment")
    expect(therapist.page.locator(".callout").filter(has_text="Amendment by")).to_contain_text(AMENDMENT)


def find_out(therapist):
    """All muscles sound, no condition."""
    therapist.tap("link", "Ask now")
    therapist.tap("checkbox", "I asked: none of the others is injured")
    therapist.tap("checkbox", "None of these")
    therapist.tap("button", "Save, and on to the plan")
    expect(heading(therapist)).to_contain_text("Plan for")


def send_plan(therapist):
    """A stretch only once it is known that nothing is injured."""
    therapist.tap("link", "Home plan")
    expect(heading(therapist)).to_contain_text("Plan for")
    refused = therapist.page.locator(".offered").filter(has_text=STRETCH)
    expect(refused).to_contain_text("Ask about injuries first.")
    expect(refused.get_by_role("button")).to_have_count(0)
    find_out(therapist)
    for exercise in EXERCISES:
        therapist.tap("button", f"Add {exercise}")
        expect(therapist.page.get_by_role("article").filter(has_text=exercise)).to_be_visible()
    therapist.tap("button", f"Send to {FIRST_NAME}")
    expect(therapist.page.locator(".after .is-done").filter(has_text="Home plan")).to_be_visible()
    therapist.tap("link", "The whole record")
    expect(heading(therapist)).to_have_text(NAME)


def link_in(mail, clinic):
    """The mail leads to the plan, and says nothing of it."""
    text = mail.get_body(("plain",)).get_content()
    said = f"{mail['Subject']} {text.replace(clinic.url, '')}".lower()
    told = (*(one.name.lower() for one in catalogue().exercises.values()), *OF_HEALTH)
    assert [word for word in told if word in said] == []
    return re.search(rf"{clinic.url}(/plans/\S+)", text)[1]


def test_a_visit_is_booked_written_up_sent_home_practised_and_followed_up(clinic, new_person, mailbox, visit):
    therapist = visit
    before = therapist.taps
    open_note(therapist)
    assert therapist.taps - before <= 2
    write_note(therapist)
    therapist.tap("button", "Sign note")
    expect(therapist.page.get_by_text("Signed by")).to_be_visible()
    assert therapist.taps - before <= 12
    amend(therapist)
    send_plan(therapist)
    record = therapist.page.url

    mailbox.next_to(EMAIL)  # that it is booked
    client = new_person(viewport=PHONE, java_script_enabled=False)
    client.open(link_in(mailbox.next_to(EMAIL), clinic))
    for exercise in EXERCISES:
        expect(client.page.get_by_role("heading", name=exercise)).to_be_visible()
    client.tap("button", "Done today")
    expect(client.page.get_by_text("Done today. Well done.")).to_be_visible()
    client.tap("radio", "3", within=client.page.get_by_role("radiogroup", name="Pain while you did it"))
    client.tap("button", "Save")
    therapist.page.reload()
    expect(therapist.page.locator("#plan .practice-days")).to_contain_text("done 3")

    client.tap("button", "I have new numbness or weakness")
    expect(heading(client)).to_have_text("What to do now")
    expect(client.page.get_by_role("alert")).to_contain_text("Go to A&E now")
    expect(client.page.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
    therapist.open("/today")
    expect(therapist.page.locator(".card").filter(has_text="Needs you")).to_contain_text(NAME)

    reception = signed_in(new_person(), "Rosa")
    reception.open(record)
    expect(heading(reception)).to_have_text(NAME)
    seen = reception.page.content()
    assert [words for words in (*WORDS.values(), AMENDMENT, *EXERCISES, "numbness") if words in seen] == []
