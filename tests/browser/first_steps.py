"""From `flask setup` to the first time that can be booked, as its owner does it: by pages alone, down the guide."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect
from pyotp import TOTP

from tests.browser.person import Person
from tests.browser.served import ROOT, Mailbox

SECRET = "a long quiet afternoon"
OWNER, THERAPIST = "olu@quiet.example", "ana@quiet.example"
ANSWERS = {
    "name": "Quiet Hands", "location": "Bristol", "zone": "Europe/London", "currency": "GBP", "country": "GB",
    "owner": "Olu Adeyemi", "email": OWNER, "password": SECRET,
}  # fmt: skip
WORKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def set_up(folder: Path, database: str) -> None:
    """What is asked at the server, answered."""
    flask = str(Path(sys.executable).with_name("flask"))
    environ = {"PATH": os.environ["PATH"], "FLASK_SKIP_DOTENV": "1", "FLASK_APP": "clinic.wsgi:for_commands"}
    answers = [f"--{name}={answer}" for name, answer in ANSWERS.items()]
    ours = {**environ, "INSTANCE": str(folder), "DATABASE_URL": database}
    subprocess.run([flask, "setup", *answers], cwd=ROOT, env=ours, check=True, capture_output=True)


def sign_in(owner: Person) -> None:
    """The first time: with the phone that becomes the second key."""
    owner.open("/sign-in")
    owner.type("Email", OWNER)
    owner.type("Password", SECRET)
    owner.send("Sign in")
    second_key(owner)


def second_key(person: Person) -> None:
    phone = TOTP(person.page.locator(".secret").inner_text().replace(" ", ""))
    person.type("The code your phone shows now", phone.now())
    person.send("Confirm")
    person.tap("link", "I have kept them")


def go_to(owner: Person, step: str) -> None:
    """The next step: by the way on from what was saved, or by the guide."""
    way_on = owner.page.get_by_role("link", name=f"Next: {step}")
    if way_on.count():
        owner.tap_on(way_on)
        return
    owner.tap("link", "Clinic", within=owner.page.get_by_role("navigation", name="Main"))
    owner.tap("link", f"○ {step}")


def say_who_they_are(owner: Person) -> None:
    go_to(owner, "A phone number")
    owner.type("Phone", "0117 496 0321")
    owner.send("Save")
    go_to(owner, "A location with its address")
    owner.tap("link", "Bristol")
    owner.type("Address", "14 Orchard Lane, Bristol BS1 5DS")
    owner.send("Save")
    go_to(owner, "A room")
    owner.tap("link", "Add the first room")
    owner.type("Name", "Garden room")
    owner.send("Add this room")


def offer_a_treatment(owner: Person) -> None:
    go_to(owner, "A treatment")
    owner.tap("link", "Add a treatment")
    owner.type("Name", "Massage")
    owner.type_into(owner.page.get_by_label("Minutes").first, "60")
    owner.type_into(owner.page.get_by_label("Price").first, "60")
    owner.send("Offer this treatment")


def invite_a_therapist(owner: Person) -> None:
    go_to(owner, "A therapist")
    owner.tap("link", "Invite somebody")
    owner.type("Name", "Ana Moreau")
    owner.type("Email", THERAPIST)
    owner.tap_on(owner.page.get_by_role("radio", name="Therapist: their own days"))
    owner.send("Send the invitation")


def join(therapist: Person, mail) -> None:
    """Whom the mail is for opens its link."""
    link = re.search(r"/invitations/\S+", mail.get_body(("plain",)).get_content())[0]
    therapist.open(link)
    therapist.type("New password", SECRET)
    therapist.send("Go on")
    second_key(therapist)


def set_hours(owner: Person) -> None:
    go_to(owner, "Working hours")
    owner.tap("link", "Change the week")
    for day in WORKDAYS:
        owner.type_into(owner.page.get_by_label(f"From · {day}").first, "09:00")
        owner.type_into(owner.page.get_by_label(f"Until · {day}").first, "17:00")
    owner.send("Save")


def enter_papers(therapist: Person) -> None:
    """What she has learned and is insured for."""
    today = datetime.now(UTC).date()
    for preset, days in (
        ("Level 4 certificate in sports massage", {"Issued on": -400}),
        ("Professional liability insurance", {"In force from": -100, "Last good day": 200}),
    ):
        therapist.tap("link", "Qualifications", within=therapist.page.get_by_role("navigation", name="Main"))
        therapist.tap("link", "Enter something")
        therapist.tap("link", preset)
        for label, away in days.items():
            therapist.type(label, (today + timedelta(days=away)).isoformat())
        if "Last good day" in days:
            therapist.tap_on(therapist.page.get_by_label("Massage", exact=True))
        therapist.send("Enter it")


def check_papers(owner: Person) -> None:
    """The owner has seen the originals."""
    for step in ("A qualification that was checked", "An insurance that was checked"):
        go_to(owner, step)
        owner.tap("link", "Ana Moreau")
        owner.tap_on(owner.page.get_by_role("link", name="Check it").first)
        owner.tap_on(owner.page.get_by_label("Yes: it holds"))
        owner.tap_on(owner.page.get_by_label("I have seen the original"))
        owner.send("Save this check")


def walk(owner: Person, therapist: Person, mailbox: Mailbox) -> None:
    """All of it, in the order of the guide."""
    sign_in(owner)
    say_who_they_are(owner)
    offer_a_treatment(owner)
    invite_a_therapist(owner)
    join(therapist, mailbox.next_to(THERAPIST))
    enter_papers(therapist)
    check_papers(owner)
    set_hours(owner)
    owner.tap("link", "Clinic", within=owner.page.get_by_role("navigation", name="Main"))
    expect(owner.page.get_by_text("Until the first time can be booked")).to_have_count(0)
