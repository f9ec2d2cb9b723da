"""A stranger books at the served clinic, gets the mail, is seen by the therapist, and cancels."""

import re
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import Error, expect

from clinic.demo.cast import ZONE
from tests.browser.steps import (
    answer,
    book_it,
    choose_a_time,
    fact,
    forget_holds,
    in_words,
    signed_in,
    take,
    tell,
    tell_where,
)
from tests.browser.therapists import asked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
on_one_database = pytest.mark.parametrize("clinic", ["sqlite"], indirect=True)
RELEASE = "Psoas release"
WORD = "It hurts on the stairs, and when I sit."
recommended = asked("Front of the hip", "When I walk")


def read(mail):
    """The words of a mail, and the start in its calendar entry."""
    [entry] = mail.iter_attachments()
    [event] = Calendar.from_ical(entry.get_content()).walk("VEVENT")
    return mail.get_body(("plain",)).get_content(), event.decoded("dtstart").astimezone(ZoneInfo(ZONE))


def manage_link(text, clinic):
    return re.search(rf"{clinic.url}(/appointments/\S+)", text)[1]


def heading(person):
    return person.page.get_by_role("heading", level=1)


def day_of(client):
    """The day of the time in the page's address. No clinic hour here falls on another day in UTC."""
    return re.search(r"slot=(\d{8})T", client.page.url)[1]


def booked_release(client, name, email):
    """A release, with area, side and a word."""
    choose_a_time(client, RELEASE)
    answer(client)
    tell(client, name, email)
    tell_where(client, "Front of the hip", "Left", WORD)
    client.tap("button", "Continue")
    book_it(client)


@on_one_database
def test_a_recommended_time_is_kept_though_no_page_before_set_a_cookie(clinic, new_person):
    client = new_person()
    forget_holds(client.database)
    recommended(client)
    assert client.context.cookies() == []
    take(client, client.page.locator(".time").last)
    expect(client.page.get_by_text("Kept for you until")).to_be_visible()


@scripts
def test_a_stranger_books_in_few_taps_and_cancels_by_the_mailed_link(clinic, new_person, mailbox, scripts):
    client = new_person(java_script_enabled=scripts)
    choose_a_time(client, RELEASE)
    before = client.taps
    answer(client)
    safety_taps = client.taps - before
    tell(client, "Clara Teacup", "clara@client.test")
    client.tap("button", "Continue")
    book_it(client)
    assert safety_taps <= 4
    assert (client.screens - 1 <= 4, client.taps - safety_taps <= 5, client.typed <= 3) == (True, True, True)

    text, starts = read(mailbox.next_to("clara@client.test"))
    assert fact(client, "When").startswith(in_words(starts) + "–")
    assert in_words(starts) in text
    assert fact(client, "Reference") in text

    reader = new_person(java_script_enabled=scripts)
    reader.open(manage_link(text, clinic))
    reader.tap("link", "Cancel it")
    reader.tap("button", "Yes, cancel it")
    expect(heading(reader)).to_have_text("This appointment is cancelled")
    text, cancelled = read(mailbox.next_to("clara@client.test"))
    assert cancelled == starts
    assert "cancelled" in text


def test_the_therapist_finds_the_client_and_reception_reads_nothing_of_their_health(clinic, new_person, mailbox):
    client = new_person()
    booked_release(client, "Runa Saltcellar", "runa@client.test")
    text, starts = read(mailbox.next_to("runa@client.test"))
    first_name = fact(client, "With").split()[0]
    told = (WORD, "Front of the hip", "Left")

    therapist, reception = signed_in(new_person(), first_name), signed_in(new_person(), "Rosa")
    for person in (therapist, reception):
        person.open(f"/today?on={starts.date()}")
        visit = person.page.get_by_role("listitem").filter(has_text="Runa Saltcellar")
        expect(visit.locator("time")).to_have_attribute("datetime", starts.astimezone(ZoneInfo("UTC")).isoformat())
        expect(visit).to_contain_text(RELEASE)
        assert not any(words in person.page.content() for words in told)
        person.tap("link", "Runa Saltcellar")
        expect(heading(person)).to_have_text("Runa Saltcellar")
    assert all(words in therapist.page.content() for words in told)
    assert not any(words in reception.page.content() for words in told)

    client.open(manage_link(text, clinic))
    client.tap("link", "Cancel it")
    client.tap("button", "Yes, cancel it")
    therapist.open(f"/today?on={starts.date()}")
    expect(heading(therapist)).to_contain_text(f"{starts:%A}")
    expect(therapist.page.get_by_text("Runa Saltcellar")).to_have_count(0)


@on_one_database
def test_who_takes_blood_thinners_books_the_alternative_at_that_time_with_one_tap(new_person):
    client = new_person()
    choose_a_time(client, RELEASE)
    tapped = client.page.locator(".kicker").first.inner_text()
    answer(client, "blood thinner")
    before = client.taps
    client.tap("link", "Book this instead")
    expect(client.page.locator(".kicker").first).to_contain_text("Hip release without tummy work")
    when, therapist = heading(client).inner_text(), client.page.locator(".lede").inner_text()
    assert client.taps - before == 1
    assert tapped.endswith(f"{when} · {therapist.split()[1]}")


@on_one_database
def test_an_emergency_is_answered_without_javascript_and_books_nothing(new_person):
    client = new_person(java_script_enabled=False)
    choose_a_time(client, RELEASE)
    details = client.page.url.replace("/safety", "/details")
    answer(client, "numbness between")
    expect(heading(client)).to_have_text("Get help now")
    expect(client.page.get_by_role("alert")).to_contain_text("999")
    client.open(details)
    expect(heading(client)).to_have_text("Is this safe for you?")


def test_who_loses_a_race_keeps_what_they_typed_and_books_a_near_time_with_one_tap(new_person, mailbox):
    winner, loser = new_person(), new_person()
    winner.open("/treatments/sports-massage/times")
    slot = winner.page.locator(".time").last.get_attribute("value")
    for client in (winner, loser):  # by its address: nobody holds it
        client.open(f"/treatments/sports-massage/details?slot={slot}")
    for client, name in ((winner, "Otto"), (loser, "Greta")):
        tell(client, f"{name} Umbrella", f"{name.lower()}@client.test")
        tell_where(client, "Thigh", "Right", WORD)
        client.tap("button", "Continue")
    book_it(winner)
    lost = fact(loser, "When")
    with loser.page.expect_response("**/appointments") as answered:
        loser.tap("button", "Book it")
    assert answered.value.status == 409
    expect(heading(loser)).to_have_text("That time has gone")
    near = loser.page.get_by_role("list").filter(has=loser.page.locator("button.time")).get_by_role("button")
    expect(near).to_have_count(3)
    loser.tap_on(near.first)
    expect(heading(loser)).to_have_text("You're booked")
    text, starts = read(mailbox.next_to("greta@client.test"))
    assert "Hello Greta" in text
    assert in_words(starts) != lost
    therapist = signed_in(new_person(), fact(loser, "With").split()[0])
    therapist.open(f"/today?on={starts.date()}")
    therapist.tap("link", "Greta Umbrella")
    expect(therapist.page.get_by_text(WORD)).to_be_visible()


def test_double_click_reload_back_and_send_again_make_one_booking(new_person):
    client, rosa = new_person(), signed_in(new_person(), "Rosa")
    choose_a_time(client, "Sports massage")
    day = day_of(client)
    tell(client, "Hugo Hatstand", "hugo@client.test")
    client.tap("button", "Continue")
    client.page.get_by_role("button", name="Book it").dblclick()
    expect(heading(client)).to_have_text("You're booked")
    client.page.reload()
    booked = client.page.url
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        client.page.go_back()
    expect(client.page.get_by_text("Confirm Form Resubmission")).to_be_visible()
    client.page.reload()  # "yes, send it again"
    book_it(client)
    assert client.page.url == booked
    rosa.open(f"/today?on={day}")
    expect(rosa.page.get_by_role("link", name="Hugo Hatstand", exact=True)).to_have_count(1)


@on_one_database
def test_a_demo_that_sends_its_mail_does_not_say_that_none_goes_out(new_person):
    person = new_person()
    person.open("/")
    expect(person.page.get_by_role("complementary", name="Demo")).to_have_text("A demo: all invented.")
