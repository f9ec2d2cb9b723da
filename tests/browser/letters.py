"""The directory of contacts, letters and what hangs on a visit, in every state of their pages."""

from playwright.sync_api import expect

from tests.browser.afterwards import LONG, note_to_sign, signed_note
from tests.browser.person import Person
from tests.browser.steps import signed_in
from tests.papers import picture


def contact_with_errors(person: Person, who: str = "Rosa") -> None:
    signed_in(person, who)
    person.open("/contacts/new")
    person.page.get_by_label("Practice").fill(LONG)
    person.page.get_by_label("Phone").fill("12")
    person.tap("button", "Add to the directory")


def contacts(person: Person, who: str = "Rosa") -> None:
    contact_with_errors(person, who)
    person.page.get_by_label("Yoga teacher").check()
    person.page.get_by_label("Name", exact=True).fill("Ottoline Lotus")
    person.page.get_by_label("Practice").fill(LONG)
    person.page.get_by_label("Phone").fill("0117 496 0123")
    person.tap("button", "Add to the directory")
    expect(person.page.get_by_role("link", name="Ottoline Lotus").first).to_be_visible()


def a_contact(person: Person) -> None:
    contacts(person)
    person.tap_on(person.page.get_by_role("link", name="Ottoline Lotus").first)


def letters(person: Person) -> None:
    """Of somebody whose note Ana has signed, with somebody to write to."""
    contacts(person, "Ana")
    signed_note(person)
    person.tap("link", "Refer or report")


def letter(person: Person) -> None:
    letters(person)
    to = person.page.locator("#contact")
    to.select_option(to.locator("option", has_text="Ottoline").first.get_attribute("value"))
    person.tap("button", "Begin")


def letter_with_errors(person: Person) -> None:
    letter(person)
    person.page.get_by_label("What was found").evaluate("field => field.value = 'x '.repeat(4000)")
    person.tap("button", "Save and file")


def filed_letter(person: Person) -> None:
    letter(person)
    person.page.get_by_label("What was found").fill(LONG)
    person.tap("button", "Save and file")
    expect(person.page.get_by_role("heading", name="Do they agree that it goes?")).to_be_visible()


def letter_that_may_go(person: Person) -> None:
    filed_letter(person)
    person.page.get_by_label("On the phone").check()
    person.tap("button", "They agreed")


def released_letter(person: Person) -> None:
    letter_that_may_go(person)
    person.tap("button", "Release it")
    expect(person.page.get_by_role("link", name="Download the letter")).to_be_visible()


def note_with_a_photo(person: Person) -> None:
    """And open what may be done with it."""
    note_to_sign(person)
    beside = person.page.locator("#attachments")
    beside.get_by_text("Add a photo or a paper").click()
    photo = {"name": "hip.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(600, 400))}
    beside.get_by_label("Photo or PDF").set_input_files(photo)
    beside.get_by_label("What it shows").fill(LONG)
    person.send("Add it", within=beside)
    expect(beside.get_by_role("link", name=LONG).first).to_be_visible()
    for summary in beside.locator("summary").all():
        summary.click()


def photo_beside_a_note(person: Person) -> None:
    """In another tab: the note may still be busy with what this device kept of it."""
    note_with_a_photo(person)
    address = f"{person.page.url.partition('#')[0]}/attachments"
    person.page = person.new_page()
    person.open(address)


def photo_refused(person: Person) -> None:
    note_to_sign(person)
    beside = person.page.locator("#attachments")
    beside.get_by_text("Add a photo or a paper").click()
    beside.get_by_role("button", name="Add it").click()
    expect(person.page.get_by_role("alert")).to_be_visible()


STATES = {
    "a contact with errors": contact_with_errors,
    "contacts": contacts,
    "a contact": a_contact,
    "letters": letters,
    "a letter": letter,
    "a letter with errors": letter_with_errors,
    "a letter that waits for consent": filed_letter,
    "a letter that may go": letter_that_may_go,
    "a letter released": released_letter,
    "a note with a photo": note_with_a_photo,
    "a photo beside a note": photo_beside_a_note,
    "a photo that is refused": photo_refused,
}
