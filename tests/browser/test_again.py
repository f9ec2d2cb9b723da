"""Somebody who came books the same again from their mail: three taps, nothing typed."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browser.past import let_pass
from tests.browser.steps import answer, book_it, choose_a_time, fact, in_words, tell
from tests.browser.test_journey import heading, on_one_database, read, scripts

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = {"width": 375, "height": 812}


visits = count(1)


def came(clinic, client, mailbox, treatment, email):
    """They booked, and were there some days ago. The way back that their mail shows, and with whom it was."""
    choose_a_time(client, treatment)
    if "/safety" in client.page.url:
        answer(client)
    tell(client, "Ulla Teapot", email)
    client.tap("button", "Continue")
    book_it(client)
    let_pass(clinic.database, fact(client, "Reference"), days=2 * next(visits))
    text, _ = read(mailbox.next_to(email))
    return re.search(rf"{clinic.url}(/appointments/\S+/again)", text)[1], fact(client, "With")


def tap_the_link_in_the_mail(client, path):
    client.taps += 1
    client.open(path)


@scripts
@on_one_database
@pytest.mark.parametrize(
    ("treatment", "last_tap"),
    [("Sports massage", "Book it"), ("Psoas release", "Nothing on this list has changed")],
    ids=["massage", "release"],
)
def test_the_same_again_takes_three_taps_and_no_typing(clinic, new_person, mailbox, scripts, treatment, last_tap):
    email = f"ulla-{treatment[0]}{scripts}@client.test".lower()
    path, therapist = came(clinic, new_person(java_script_enabled=scripts), mailbox, treatment, email)
    client = new_person(java_script_enabled=scripts, viewport=PHONE)
    tap_the_link_in_the_mail(client, path)
    client.tap_on(client.page.locator(".time").last)
    expect(heading(client)).to_have_text("The same again?")
    client.tap("button", last_tap)
    expect(heading(client)).to_have_text("You're booked")
    assert (client.taps, client.typed, client.screens <= 4) == (3, 0, True)
    assert (fact(client, "With"), fact(client, "Treatment")) == (therapist, treatment)
    _, starts = read(mailbox.next_to(email))
    assert fact(client, "When").startswith(in_words(starts))


@on_one_database
def test_a_double_tap_books_once_and_reload_books_nothing_more(clinic, new_person, mailbox):
    path, _ = came(clinic, new_person(), mailbox, "Sports massage", "ulla-twice@client.test")
    client = new_person()
    tap_the_link_in_the_mail(client, path)
    client.tap_on(client.page.locator(".time").last)
    client.page.get_by_role("button", name="Book it").dblclick()
    expect(heading(client)).to_have_text("You're booked")
    booked = client.page.url
    client.page.reload()
    assert client.page.url == booked
    mailbox.next_to("ulla-twice@client.test")
    client.tap("button", "Put my appointments into my calendar")
    feed = client.page.get_by_label("Or copy this address").input_value()
    assert client.context.request.get(feed).text().count("BEGIN:VEVENT") == 2
