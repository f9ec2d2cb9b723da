"""A plan on its client's own phone: it opens without a network, what is told there comes later, and it goes with its link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from clinic.aftercare.models import PracticeLog
from clinic.work.models import WorkItem
from tests.browser.afterwards import plan_to_send
from tests.browser.plans_offline import HERE, kept, tell_pain, until_kept
from tests.browser.plans_player import nothing_told
from tests.browser.served import until
from tests.browser.steps import signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
LATER = "Kept. We send it when you are back online."
KEEP = """async (times) => {
  const { hold } = await import(document.querySelector("#on-this-device").dataset.queue);
  for (let time = 0; time < times; time += 1) await hold({ done: true, pain: 1 });
}"""
WAITING = """async () => (await import(document.querySelector("#on-this-device").dataset.queue)).waiting()"""
# What a phone does that never heard that the first was taken.
SEND_AGAIN = """async () => {
  const send = fetch;
  const bodies = [];
  window.fetch = (address, given) => { if (given?.body) bodies.push([address, given]); return send(address, given); };
  dispatchEvent(new Event("online"));
  while (!bodies.length) await new Promise((resolve) => setTimeout(resolve, 20));
  const [address, given] = bodies[0];
  return (await (await send(address, { ...given, signal: undefined })).json()).kept.length;
}"""
NUMB = """async () => (await import(document.querySelector("#on-this-device").dataset.queue)).hold({ numb: true })"""
DATABASES = "async () => (await indexedDB.databases()).map(({ name }) => name)"
_sent = {}


@pytest.fixture
def therapist(new_person):
    return new_person()


@pytest.fixture
def link(therapist, mailbox):
    """Of the plan that Ana sent; sent anew where there is none that opens."""
    if therapist.url not in _sent:
        _sent[therapist.url] = sent(therapist, mailbox)
    return _sent[therapist.url][0]


def sent(therapist, mailbox, *, which=0):
    """The link of a plan, and the address where it is made."""
    plan_to_send(therapist, which=which)
    builder = therapist.page.url.partition("#")[0]
    therapist.tap_on(therapist.page.get_by_role("button", name="Send to"))
    expect(therapist.page.locator("#plan")).to_contain_text("Version")
    found = None
    while found is None:
        found = re.search(r"/plans/[\w-]+\.[\w-]+", mailbox.got.get(timeout=60).as_string().replace("=\n", ""))
    return found[0], builder


@pytest.fixture
def client(new_person, link):
    """Their phone, with the plan open and kept, on a day of which nothing was told yet."""
    person = new_person()
    nothing_told(person)
    person.open(link)
    until_kept(person)
    return person


def stop_the_link(therapist):
    signed_in(therapist, "Ana")
    therapist.open(_sent.pop(therapist.url)[1])
    therapist.tap("button", "Stop the link")
    expect(therapist.page.get_by_text("The link no longer opens anything.")).to_be_visible()


def count(person, model):
    engine = sa.create_engine(person.database)
    with engine.connect() as connection:
        found = connection.scalar(sa.select(sa.func.count()).select_from(model))
    engine.dispose()
    return found


def test_a_plan_once_opened_opens_without_a_network(client, link):
    client.context.set_offline(True)
    client.page.reload()
    expect(client.page.get_by_role("heading", name="Your plan", exact=True)).to_be_visible()
    expect(client.page.get_by_text("No network just now.")).to_be_visible()
    assert client.page.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius") != "0px"
    drawing = client.page.locator(".step .pictures img").last
    drawing.scroll_into_view_if_needed()
    until(lambda: drawing.evaluate("drawing => drawing.naturalWidth > 0"))
    client.open(f"{link}/help")
    expect(client.page.get_by_text("Go to A&E now").first).to_be_visible()
    client.open(f"{link}/session")
    client.tap("button", "Start")
    expect(client.page.get_by_text("Exercise 1 of")).to_be_visible()


def test_a_clinic_that_does_not_answer_is_not_waited_for(client, clinic, link):
    with clinic.stalled():
        client.page.reload()
        expect(client.page.get_by_role("heading", name="Your plan", exact=True)).to_be_visible()
        expect(client.page.get_by_text("No network just now.")).to_be_visible()
    client.page.reload()
    expect(client.page.get_by_role("heading", name="Your plan", exact=True)).to_be_visible()
    expect(client.page.get_by_text("No network just now.")).to_have_count(0)


def test_two_plans_on_one_phone_know_nothing_of_each_other(client, therapist, mailbox, link):
    other, _ = sent(therapist, mailbox, which=1)
    assert other != link
    client.open(other)
    until_kept(client)
    client.context.set_offline(True)
    client.open(link)
    tell_pain(client)
    expect(client.page.get_by_text("One thing you told waits on this device.")).to_be_visible()
    client.open(other)
    expect(client.page.get_by_text("No network just now.")).to_be_visible()
    expect(client.page.get_by_text("waits on this device")).to_have_count(0)
    client.context.set_offline(False)
    client.open(other)
    client.tap("button", "Forget it on this device")
    expect(client.page.locator(HERE)).to_contain_text("not kept on this device")
    assert {path for path in kept(client) if path in {link, other}} == {link}
    before = count(client, PracticeLog)
    client.open(link)
    expect(client.page.get_by_text("waits on this device")).to_have_count(0)
    until(lambda: count(client, PracticeLog) == before + 1)


def test_fifty_times_told_without_a_network_are_fifty_rows_however_often_they_are_sent(client, link):
    before = count(client, PracticeLog)
    client.context.set_offline(True)
    client.page.evaluate(KEEP, 49)
    tell_pain(client)
    expect(client.page.get_by_text(LATER)).to_be_visible()
    expect(client.page.get_by_text("50 things you told wait on this device.")).to_be_visible()
    assert count(client, PracticeLog) == before
    client.context.set_offline(False)
    expect(client.page.get_by_text("It has reached us. Thank you.")).to_be_visible()
    expect(client.page.get_by_text("wait on this device")).to_have_count(0)
    assert count(client, PracticeLog) == before + 50


def test_what_the_phone_sends_again_because_it_heard_no_answer_is_there_once(client):
    client.context.set_offline(True)
    client.page.evaluate(KEEP, 50)
    before = count(client, PracticeLog)
    client.context.set_offline(False)
    # Playwright says "online" itself: what waits is sent, and here sent again as it was.
    expect(client.page.get_by_text("wait on this device")).to_have_count(0)
    until(lambda: count(client, PracticeLog) == before + 50)
    until(lambda: client.page.evaluate(WAITING) == 0)
    client.page.evaluate(KEEP, 50)
    assert client.page.evaluate(SEND_AGAIN) == 50
    assert count(client, PracticeLog) == before + 100


def test_new_numbness_without_a_network_shows_what_to_do_at_once_and_is_told_later(client, link):
    before = count(client, WorkItem)
    client.context.set_offline(True)
    client.page.reload()
    client.tap("button", "I have new numbness or weakness")
    expect(client.page).to_have_url(re.compile(f"{link}/help$"))
    expect(client.page.get_by_text("Go to A&E now").first).to_be_visible()
    expect(client.page.get_by_text("We do not know of it until you have a network again.")).to_be_visible()
    expect(client.page.get_by_text("sees what you told us")).to_be_hidden()
    assert count(client, WorkItem) == before
    client.context.set_offline(False)
    expect(client.page.get_by_text("We do not know of it")).to_have_count(0)
    expect(client.page.get_by_text("sees what you told us")).to_be_visible()
    assert count(client, WorkItem) == before + 1


def test_new_numbness_without_a_network_or_a_copy_shows_what_to_do_on_the_page_itself(client, link):
    client.tap("button", "Forget it on this device")
    expect(client.page.locator(HERE)).to_contain_text("not kept on this device")
    client.context.set_offline(True)
    client.tap("button", "I have new numbness or weakness")
    expect(client.page.get_by_role("heading", name="What to do now")).to_be_focused()
    expect(client.page.get_by_text("Go to A&E now").first).to_be_visible()
    expect(client.page.get_by_text("We do not know of it until you have a network again.")).to_be_visible()
    expect(client.page.get_by_role("heading", name="Your plan", exact=True)).to_be_hidden()
    client.tap("button", "Back to your plan")
    expect(client.page.get_by_role("heading", name="Your plan", exact=True)).to_be_visible()
    client.tap("button", "I have new numbness or weakness")
    client.context.set_offline(False)
    expect(client.page.get_by_text("sees what you told us")).to_be_visible()
    assert client.page.url.endswith(f"{link}/help")


def test_new_numbness_shows_what_to_do_before_a_clinic_that_does_not_answer(client, clinic):
    with clinic.stalled():
        client.tap("button", "I have new numbness or weakness")
        expect(client.page.get_by_text("Go to A&E now").first).to_be_visible(timeout=1500)
        expect(client.page.get_by_text("We do not know of it until you have a network again.")).to_be_visible()
    expect(client.page.get_by_text("sees what you told us")).to_be_visible(timeout=30_000)


def test_online_a_tap_is_told_as_without_a_script(client):
    before = count(client, PracticeLog)
    tell_pain(client)
    expect(client.page.get_by_text(re.compile("Done today. Well done.|Thank you for telling us."))).to_be_visible()
    assert count(client, PracticeLog) <= before + 1  # the day has one row, whoever told of it before


def test_only_the_plan_its_session_its_help_and_what_they_are_made_of_is_kept(client, therapist, link):
    client.open(f"{link}/again")
    client.open("/")
    client.open(link)
    until_kept(client)
    pages = [path for path in kept(client) if not re.match(f"/static/|/accent-|/logo/|{link}/exercises/", path)]
    assert pages == [link, f"{link}/help", f"{link}/session"]
    assert any(path.startswith(f"{link}/exercises/") for path in kept(client))
    signed_in(therapist, "Ana")
    therapist.open(link)
    therapist.open("/today")
    assert kept(therapist) == []
    expect(therapist.page.locator(HERE)).to_have_count(0)


def test_it_can_be_forgotten_on_the_device_and_stays_so_until_it_is_wanted_again(client, link):
    client.tap("button", "Forget it on this device")
    expect(client.page.locator(HERE)).to_contain_text("not kept on this device")
    assert kept(client) == []
    client.open(link)
    expect(client.page.locator(HERE)).to_contain_text("not kept on this device")
    assert kept(client) == []
    client.tap("button", "Keep it on this device")
    until_kept(client)
    assert link in kept(client)


def test_what_waits_is_still_told_when_the_plan_is_forgotten_on_the_device(client, link):
    before = count(client, WorkItem)
    logs = count(client, PracticeLog)
    client.context.set_offline(True)
    client.page.evaluate(NUMB)
    client.tap("button", "Forget it on this device")
    expect(client.page.locator(HERE)).to_contain_text("not kept on this device")
    expect(client.page.get_by_text("One thing you told waits on this device.")).to_be_visible()
    assert kept(client) == []
    client.context.set_offline(False)
    client.open(link)
    until(lambda: count(client, PracticeLog) == logs + 1)
    assert count(client, WorkItem) >= before  # the call may be waiting to be made already
    expect(client.page.get_by_text("waits on this device")).to_have_count(0)


def test_a_page_that_was_kept_on_another_day_counts_for_today(client):
    """The phone's clock is put back, for no day to come may be told of."""
    tell_pain(client)
    expect(client.page.locator(".practice .callout").first).to_be_visible()
    until_kept(client)
    before = count(client, PracticeLog)
    client.context.set_offline(True)
    client.page.clock.install(time=datetime.now(UTC) - timedelta(days=1))
    client.page.reload()
    expect(client.page.get_by_text("No network just now.")).to_be_visible()
    expect(client.page.locator(".practice > .callout")).to_have_count(0)
    client.tap("button", "Done today")
    expect(client.page.get_by_text(LATER)).to_be_visible()
    client.context.set_offline(False)
    expect(client.page.get_by_text("It has reached us. Thank you.")).to_be_visible()
    assert count(client, PracticeLog) == before + 1


def test_a_page_that_was_kept_while_a_call_is_waited_for_says_so_on_another_day_too(client, link):
    client.tap("button", "I have new numbness or weakness")
    client.tap_on(client.page.get_by_role("link", name="Back to your plan"))
    wait = client.page.get_by_text("Leave the exercises until")
    expect(wait).to_be_visible()
    until_kept(client)
    client.context.set_offline(True)
    client.page.clock.install(time=datetime.now(UTC) + timedelta(days=1))
    client.page.reload()
    expect(client.page.get_by_text("No network just now.")).to_be_visible()
    expect(client.page.get_by_text("You told us of new numbness or weakness today.")).to_have_count(0)
    expect(wait).to_be_visible()
    expect(client.page.get_by_role("button", name="Done today")).to_have_count(0)


def test_a_link_that_was_stopped_opens_no_more_and_takes_what_was_kept_with_it(client, link, therapist, new_person):
    other = new_person()
    other.open(link)
    until_kept(other)
    client.context.set_offline(True)
    client.page.evaluate(KEEP, 1)
    stop_the_link(therapist)
    before = count(client, PracticeLog)
    client.context.set_offline(False)
    expect(client.page.get_by_role("heading", name="We cannot find that page")).to_be_visible()
    client.complaints.clear()  # the 404 that told it
    until(lambda: kept(client) == [])
    until(lambda: client.page.evaluate(DATABASES) == [])
    assert count(client, PracticeLog) == before
    other.page.reload()
    expect(other.page.get_by_role("heading", name="We cannot find that page")).to_be_visible()
    until(lambda: kept(other) == [])
    client.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        client.open(link)


def sees_that_nobody_heard(person):
    """What to do now, and that the clinic does not know of it; nothing is left on the phone."""
    expect(person.page.get_by_text("Go to A&E now").first).to_be_visible()
    expect(person.page.get_by_text("We do not know of this")).to_be_visible()
    person.complaints.clear()  # the 404 that told it
    until(lambda: kept(person) == [] and person.page.evaluate(DATABASES) == [])


def test_new_numbness_told_by_a_link_that_was_stopped_shows_what_to_do_and_that_nobody_heard(
    client, therapist, new_person, link
):
    """With the page open, waiting on an open page, and waiting when the plan is opened again."""
    waiting, opening = new_person(), new_person()
    for person in (waiting, opening):
        person.open(link)
        until_kept(person)
        person.context.set_offline(True)
        person.page.evaluate(NUMB)
    opening.open("about:blank")
    before = count(client, WorkItem)
    stop_the_link(therapist)
    client.tap("button", "I have new numbness or weakness")
    sees_that_nobody_heard(client)
    waiting.context.set_offline(False)
    sees_that_nobody_heard(waiting)
    opening.context.set_offline(False)
    opening.open(link)
    sees_that_nobody_heard(opening)
    assert count(client, WorkItem) == before
