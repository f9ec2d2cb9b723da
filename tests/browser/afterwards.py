"""The pages after a visit, in every state: a client's whom Ana has treated, and one's whom nobody has asked anything."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.served import until
from tests.browser.steps import signed_in

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2
EXERCISES = ("Pelvic tilt, lying", "Bridge", "Half-kneeling hip-flexor stretch")
_links: dict[str, str] = {}


def note_to_sign(person: Person) -> None:
    """The latest of Ana's that she has not begun, with the note before it beside."""
    signed_in(person, "Ana")
    person.tap_on(person.page.locator(".card").filter(has_text="Notes to sign").locator(".rows a").last)


def write(person: Person, words: str) -> None:
    """Without the page's script being told, which would save it."""
    person.page.get_by_label("Subjective").evaluate("(field, words) => field.value = words", words)


def note_with_errors(person: Person) -> None:
    note_to_sign(person)
    expect(person.page.get_by_label("Subjective")).to_have_value("")
    write(person, f"{LONG} " * 60)
    person.tap("button", "Save draft")


def note_behind_another_page(person: Person) -> None:
    """The draft that Ana has begun, saved on another page since."""
    signed_in(person, "Ana")
    person.tap_on(person.page.locator(".card").filter(has_text="Notes to sign").locator(".rows a").first)
    expect(person.page.get_by_label("Subjective")).not_to_have_value("")
    behind, person.page = person.page, person.new_page()
    person.open(behind.url)
    person.tap("button", "Save draft")
    person.page.locator(".saved").filter(has_text="Saved").wait_for()
    person.page = behind
    write(person, LONG)
    person.tap("button", "Save draft")


def signed_note(person: Person, *, which: int = 0) -> None:
    """One of Ana's, a week ago or before: the latest, or that of another client."""
    signed_in(person, "Ana")
    notes, seen = person.page.get_by_role("link", name="Signed note"), []
    for days in range(7, 21):
        person.open(f"/today?on={datetime.now(UTC).date() - timedelta(days=days)}")
        for note in notes.all():
            whose = note.text_content()
            if whose not in seen:
                seen.append(whose)
            if len(seen) > which:
                person.tap_on(note)
                expect(person.page.get_by_text("Signed by")).to_be_visible()
                return
    raise AssertionError(f"Ana has signed notes of {len(seen)} clients")


def amended_note(person: Person) -> None:
    signed_note(person)
    person.tap("radio", "Came up later")
    person.type("Amendment", LONG)
    person.tap("button", "Sign amendment")
    expect(person.page.get_by_text("Amendment by").last).to_be_visible()


def not_asked(person: Person) -> None:
    """From the record of somebody who has just booked to the plan that nobody has begun."""
    person.tap("link", "Make a plan")
    expect(person.page).to_have_title(re.compile("^Plan for"))


def findings_with_errors(person: Person) -> None:
    not_asked(person)
    person.tap("link", "Ask now")
    for ticked in ("None of these", "Unsteady, or might fall"):
        person.tap("checkbox", ticked)
    person.tap("button", "Save, and on to the plan")


def plan_refused(person: Person) -> None:
    """A dose that is no number, and too much said."""
    not_asked(person)
    add(person, "Bridge")
    person.page.get_by_label("Rounds").fill("many")
    person.page.get_by_label("In your own words").fill(LONG * 3)
    person.tap_on(person.page.get_by_role("button", name="Send to"))


def plan_to_send(person: Person, *, which: int = 0) -> None:
    """Of the client with that signed note: nothing injured, and these exercises alone."""
    signed_note(person, which=which)
    person.tap("link", "Home plan")
    expect(person.page).to_have_title(re.compile("^Plan for"))
    find(person, "Not injured")
    take_all_out(person)
    for exercise in EXERCISES:
        add(person, exercise)
    person.page.get_by_label("A word to your client").fill(LONG)


def take_all_out(person: Person) -> None:
    """Of the plan at hand: whatever somebody put in before."""
    while (chosen := person.page.locator("[name=remove]")).count():
        before = chosen.count()
        person.tap_on(chosen.first)
        expect(chosen).to_have_count(before - 1)


def add(person: Person, exercise: str) -> None:
    """Unless the plan has it."""
    button = person.page.get_by_role("button", name=f"Add {exercise}", exact=True)
    if button.count():
        person.tap_on(button)
        expect(button).to_have_count(0)


def find(therapist: Person, state: str) -> None:
    """From the plan: every muscle is in this state, no condition holds; and back to the plan."""
    therapist.open(therapist.page.url.partition("#")[0].replace("/plan", "/findings"))
    for muscle in therapist.page.get_by_role("combobox").all():
        muscle.select_option(state)
    for condition in therapist.page.locator("[name=conditions]:checked").all():
        condition.uncheck()
    therapist.page.get_by_role("checkbox", name="None of these").check()
    therapist.tap("button", "Save, and on to the plan")
    expect(therapist.page).to_have_title(re.compile("^Plan for"))


def plan(person: Person) -> None:
    """As the client has it. Sent once at each clinic."""
    if person.url not in _links:
        plan_to_send(person)
        person.tap_on(person.page.get_by_role("button", name="Send to"))
        expect(person.page.locator("#plan")).to_contain_text("Version")
        until(lambda: _has_come(person))
        _links[person.url] = re.search(r"/plans/[\w.-]+", person.page.content())[0]
    person.open(_links[person.url])


def _has_come(person: Person) -> bool:
    """The worker puts the mail there within a second or so."""
    person.open("/outbox")
    return "/plans/" in person.page.content()


def plan_with_errors(person: Person) -> None:
    plan(person)
    person.page.locator("[name=pain]").first.evaluate("pain => { pain.value = 'three'; pain.checked = true }")
    person.page.locator("#practice button").first.evaluate("button => button.form.requestSubmit(button)")
    expect(person.page).to_have_title(re.compile("^Error: "))
    person.complaints.clear()  # the script had tried it, and was told the same: that is meant


def plan_done_with_pain(person: Person) -> None:
    """And a muscle was found injured meanwhile, so the stretch is held back."""
    signed_note(person)
    person.tap("link", "Home plan")
    expect(person.page).to_have_title(re.compile("^Plan for"))
    find(person, "New injury")
    plan(person)
    tell(person, pain=7)
    expect(person.page.get_by_text("Leave this one out for now.").first).to_be_visible()


def tell(person: Person, *, pain: int) -> None:
    """On the page of the plan: how much it hurt."""
    if person.page.locator("#practice details:not([open])").count():
        person.tap_on(person.page.locator("#practice summary"))
    person.tap("radio", str(pain), within=person.page.get_by_role("radiogroup", name="Pain while you did it"))
    person.tap("button", "Save")


def help_page(person: Person) -> None:
    plan(person)
    person.tap("button", "I have new numbness or weakness")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("What to do now")


def record_with_everything(person: Person) -> None:
    """Notes, what was found, the plan, practice and numbness."""
    help_page(person)
    signed_note(person)
    person.tap("link", "The whole record")
    expect(person.page.locator("#plan")).to_contain_text("New numbness or weakness")
