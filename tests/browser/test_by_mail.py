"""What begins with a link in a mail: few taps, nothing typed where nothing is needed, and no JavaScript anywhere."""

import re

import pytest
from playwright.sync_api import expect

from tests.accounts import ACCOUNT, SECRET
from tests.browser import waiting
from tests.browser.steps import book_it, choose_a_later_time, fact, in_words, tell
from tests.browser.test_journey import heading, manage_link, on_one_database, read

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), on_one_database]
PHONE = {"width": 375, "height": 812}


@pytest.fixture
def client(new_person):
    return new_person(java_script_enabled=False, viewport=PHONE)


def booked(client, email):
    choose_a_later_time(client, "sports-massage")
    tell(client, "Vera Sugarbowl", email)
    client.tap("button", "Continue")
    book_it(client)


def tap_link(client, mail, way, clinic):
    """The link in a mail that leads this way; it counts as the first tap."""
    text = mail.get_body(("plain",)).get_content()
    client.taps, client.typed = 1, 0
    client.open(re.search(rf"{clinic.url}({way})\s", text)[1])


def test_an_appointment_is_moved_from_its_mail_in_three_taps(clinic, client, mailbox):
    booked(client, "vera-moves@client.test")
    was = fact(client, "When")
    tap_link(client, mailbox.next_to("vera-moves@client.test"), r"/appointments/\S+/move", clinic)
    client.tap_on(client.page.locator(".time").last)
    client.tap("button", "Yes, move it")
    expect(heading(client)).to_have_text("Your appointment is moved")
    assert (client.taps, client.typed) == (3, 0)
    _, starts = read(mailbox.next_to("vera-moves@client.test"))
    assert fact(client, "When").startswith(in_words(starts))
    assert fact(client, "When") != was


def test_an_appointment_is_cancelled_from_its_mail_in_three_taps(clinic, client, mailbox):
    booked(client, "vera-cancels@client.test")
    tap_link(client, mailbox.next_to("vera-cancels@client.test"), r"/appointments/[^\s/]+", clinic)
    client.tap("link", "Cancel it")
    client.tap("button", "Yes, cancel it")
    expect(heading(client)).to_have_text("This appointment is cancelled")
    assert (client.taps, client.typed) == (3, 0)


def test_whoever_comes_says_so_with_one_tap(clinic, client, mailbox):
    booked(client, "vera-comes@client.test")
    text, _ = read(mailbox.next_to("vera-comes@client.test"))
    client.open(f"{manage_link(text, clinic)}/confirmation")
    client.tap("button", "I'm coming")
    expect(client.page.get_by_text("You have confirmed. See you then.")).to_be_visible()


def test_a_lost_link_comes_again(clinic, client, mailbox):
    booked(client, "vera-lost@client.test")
    mailbox.next_to("vera-lost@client.test")
    client.open("/")
    client.tap("link", "Lost your link?")
    client.type("Email", "vera-lost@client.test")
    client.tap("button", "Send it")
    tap_link(client, mailbox.next_to("vera-lost@client.test"), r"/appointments/\S+", clinic)
    expect(heading(client)).to_have_text("You're booked")


@pytest.fixture
def waits(clinic, client, mailbox):
    """Vera waits for a time; she has been offered one, and is at the page of the offer. Her address."""
    email = waiting.joined(client)
    expect(heading(client)).to_have_text("You are on the waiting list")
    joined = mailbox.next_to(email)
    waiting.nudge(client)
    tap_link(client, mailbox.next_to(email), r"/offers/\S+", clinic)
    return joined


def test_an_offered_time_is_taken_in_two_taps(client, waits):
    offered = heading(client).inner_text()
    client.tap("button", "Yes, book it")
    expect(heading(client)).to_have_text("You're booked")
    assert fact(client, "When").startswith(offered)
    assert (client.taps, client.typed) == (2, 0)


def test_an_offered_time_is_left_in_two_taps_and_so_is_the_list(clinic, client, waits):
    client.tap("button", "No, leave it")
    expect(heading(client)).to_have_text("You left this time")
    assert (client.taps, client.typed) == (2, 0)
    tap_link(client, waits, r"/waiting-list/\S+", clinic)
    client.tap("button", "Leave the waiting list")
    expect(heading(client)).to_have_text("You are not on the waiting list any more")
    assert (client.taps, client.typed) == (2, 0)


def test_an_account_is_made_with_one_password_typed(clinic, client, mailbox):
    booked(client, "vera-keeps@client.test")
    mailbox.next_to("vera-keeps@client.test")
    reference = fact(client, "Reference")
    client.tap("link", "Keep your appointments together: make an account")
    client.tap("button", "Send me the link")
    tap_link(client, mailbox.next_to("vera-keeps@client.test"), rf"{ACCOUNT}\S+", clinic)
    client.type("New password", SECRET)
    client.tap("checkbox", "I have read the privacy notice and accept it")
    client.tap("button", "Make my account")
    expect(heading(client)).to_have_text("My appointments")
    expect(client.page.get_by_text(reference)).to_be_visible()
    assert client.typed == 1
