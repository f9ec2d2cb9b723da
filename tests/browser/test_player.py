"""A session in a real browser whose clock is ours: every side gets its full time, and nothing is done unseen."""

import json
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser import measures
from tests.browser.afterwards import plan, plan_to_send
from tests.browser.plans_offline import until_kept
from tests.browser.plans_player import nothing_told, says

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["development"], indirect=True),
]
STAGES = """() => {
  window.stages = [];
  const says = document.querySelector(".says"), session = document.querySelector(".session");
  const note = () => {
    const now = [session.dataset.screen, session.dataset.kind, says.querySelector(".side").textContent, says.querySelector(".what").textContent];
    const before = window.stages.at(-1);
    if (!before || `${before.now}` !== `${now}`) window.stages.push({ now, at: Date.now() });
  };
  new MutationObserver(note).observe(document.querySelector(".session"), { subtree: true, childList: true, attributes: true });
}"""
VOICES = """(voices) => {
  window.spoken = [];
  const stub = new EventTarget();
  Object.assign(stub, {
    getVoices: () => voices, cancel() {}, speak: ({ text, voice }) => window.spoken.push([text, voice?.name]),
  });
  Object.defineProperty(window, "speechSynthesis", { value: stub });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""
OWN, REMOTE = (
    {"name": "own", "lang": "en-GB", "localService": True},
    {"name": "far", "lang": "en", "localService": False},
)
_links = {}


@pytest.fixture
def link(new_person):
    """Of a plan with a warm-up, two exercises and a stretch of both sides, which nothing speaks against."""
    ana = new_person()
    if ana.url not in _links:
        plan_to_send(ana)
        ana.tap_on(ana.page.get_by_role("button", name="Send to"))
        expect(ana.page.locator("#plan")).to_contain_text("Version")
        plan(ana)
        _links[ana.url] = ana.page.url.partition("#")[0] + "/session"
    nothing_told(ana)
    return _links[ana.url]


@pytest.fixture
def at_session(new_person, link):
    """A client at their session, at a clock that stands still."""

    def arrive(before=None, **kind):
        person = new_person(**kind)
        person.page.clock.install()
        if before:
            person.page.add_init_script(before)
        person.open(link)
        expect(person.page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        person.page.clock.pause_at(person.page.evaluate("Date.now()") + 60_000)
        return person

    return arrive


@pytest.fixture
def client(at_session):
    person = at_session()
    person.tap("button", "Start")
    return person


def passes(person, seconds):
    person.page.clock.run_for(seconds * 1000)


def skip_to(person, words):
    while words not in says(person).inner_text():
        person.tap("button", "Skip")


def count(person):
    return expect(person.page.locator(".count"))


def test_a_whole_session_goes_by_itself_with_the_full_time_on_both_sides(client):
    client.page.evaluate(STAGES)
    client.tap("button", "Pause")
    client.tap("button", "Go on")
    passes(client, 15 * 60)
    expect(client.page.get_by_role("heading", name="Well done")).to_be_focused()
    stages = client.page.evaluate("window.stages")
    told = [(*one["now"][1:3], round((after["at"] - one["at"]) / 1000)) for one, after in pairwise(stages)]
    assert told[-8:] == [
        ("ready", "Right side", 8),
        ("work", "Right side", 30),
        ("switch", "Left side", 10),
        ("work", "Left side", 30),
        ("rest", "Right side", 15),
        ("work", "Right side", 30),
        ("switch", "Left side", 10),
        ("work", "Left side", 30),
    ]
    assert sum(kind == "ready" and seconds == 8 for kind, _side, seconds in told) == len(
        client.page.query_selector_all(".part")
    )


def test_a_pause_takes_nothing_away_and_fifteen_seconds_more_are_more(client):
    skip_to(client, "Hold for 30 seconds")
    passes(client, 4)
    client.tap("button", "Pause")
    expect(says(client)).to_contain_text("Paused")
    passes(client, 300)
    count(client).to_have_text("26")
    client.tap("button", "Go on")
    passes(client, 1)
    client.tap("button", "+15 s")
    count(client).to_have_text("40")
    passes(client, 39)
    expect(says(client)).to_contain_text("Hold for 30 seconds")
    passes(client, 2)
    expect(says(client)).to_contain_text("Switch sides")


def test_back_begins_what_was_before_again_skip_leaves_it_out_and_stop_ends_it(client):
    skip_to(client, "Hold for 30 seconds")
    passes(client, 20)
    client.tap("button", "Back")
    expect(says(client)).to_contain_text("Get ready")
    client.tap("button", "Skip")
    count(client).to_have_text("30")
    client.tap("button", "Stop")
    expect(client.page.get_by_role("heading", name="Stopped here")).to_be_focused()
    passes(client, 60)
    expect(says(client)).to_be_hidden()
    client.tap("button", "Go through it again")
    expect(client.page.locator(".progress")).to_contain_text("Exercise 1 of ")


def test_keys_do_the_same_and_the_focus_stays_where_it_is(client):
    main = client.page.locator("[data-do=main]")
    expect(main).to_be_focused()
    client.page.keyboard.press("Space")
    expect(says(client)).to_contain_text("Paused")
    client.page.keyboard.press("Space")
    client.page.keyboard.press("ArrowRight")
    expect(says(client)).to_contain_text("Keep going for 4 minutes")
    client.page.keyboard.press("ArrowLeft")
    expect(says(client)).to_contain_text("Get ready")
    expect(main).to_be_focused()


def test_a_phone_that_was_locked_waits_at_the_end_of_the_stage_and_says_so(client):
    skip_to(client, "Hold for 30 seconds")
    passes(client, 2)
    client.page.clock.fast_forward(20_000)
    passes(client, 1)
    count(client).to_have_text("7")
    client.page.clock.fast_forward(120_000)
    client.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(says(client)).to_contain_text("Your screen was off, so we waited here.")
    expect(says(client)).to_contain_text("Right side")
    passes(client, 60)
    client.tap("button", "Go on")
    expect(says(client)).to_contain_text("Switch sides")
    count(client).to_have_text("10")


def test_without_a_timer_nothing_moves_until_it_is_tapped(at_session):
    client = at_session()
    client.tap("checkbox", "No timer: I tap when I am ready")
    client.tap("button", "Start")
    passes(client, 600)
    expect(says(client)).to_contain_text("Get ready")
    client.tap("button", "Next")
    passes(client, 600)
    expect(says(client)).to_contain_text("Keep going for 4 minutes")


def test_what_is_chosen_stays_on_the_device_and_says_nothing_of_health(at_session):
    client = at_session()
    client.tap("checkbox", "Beeps")
    client.page.reload()
    expect(client.page.get_by_role("checkbox", name="Beeps")).not_to_be_checked()
    kept = json.loads(client.page.evaluate("localStorage.getItem('player')"))
    assert kept == {"beeps": False, "voice": False, "buzz": True, "untimed": False}


def test_a_voice_speaks_only_when_it_is_wanted_and_is_the_devices_own(at_session):
    client = at_session(f"({VOICES})({json.dumps([REMOTE, OWN])})")
    client.tap("button", "Start")
    passes(client, 20)
    assert client.page.evaluate("window.spoken") == []
    client.tap("button", "Pause")
    client.page.get_by_role("checkbox", name="Voice").check()
    client.tap("button", "Go on")
    skip_to(client, "Switch sides")
    spoken = client.page.evaluate("window.spoken")
    assert {voice for _words, voice in spoken} == {"own"}
    assert spoken[0][0] == ""  # in the tap, so that a phone lets it speak
    assert spoken[-1][0] == "Switch sides. Left side"


def test_a_voice_that_is_not_the_devices_own_cannot_be_chosen(at_session):
    client = at_session(f"({VOICES})({json.dumps([REMOTE])})")
    expect(client.page.get_by_role("checkbox", name="Voice")).to_be_disabled()
    expect(client.page.get_by_text("This device has no voice of its own.")).to_be_visible()


def test_new_numbness_is_in_reach_at_every_stage_and_stops_the_clock(client):
    skip_to(client, "Hold for 30 seconds")
    passes(client, 3)
    client.tap("link", "New numbness or weakness?")
    expect(client.page.get_by_text("Stop, and call us, if")).to_be_visible()
    expect(client.page.get_by_role("button", name="I have new numbness or weakness")).to_be_visible()
    passes(client, 90)
    client.tap("button", "Back to the session")
    expect(says(client)).to_contain_text("Paused")
    count(client).to_have_text("27")


def test_nothing_moves_on_the_screen_where_less_motion_is_wanted(client):
    skip_to(client, "Switch sides")
    assert client.page.evaluate("document.getAnimations().length") == 0


def test_without_a_script_the_session_is_a_list_with_a_form(new_person, link):
    reader = new_person(java_script_enabled=False)
    reader.open(link)
    expect(reader.page.get_by_role("button", name="Start", exact=True)).to_be_hidden()
    expect(reader.page.get_by_role("checkbox")).to_have_count(0)
    expect(reader.page.get_by_text("Switch sides: 10 seconds · Left side").first).to_be_visible()
    expect(reader.page.locator("#practice")).to_be_visible()
    expect(reader.page.get_by_text("Back to the session")).to_be_hidden()


def test_a_session_that_is_open_goes_on_without_a_network_and_so_does_telling(new_person, link):
    client = new_person()
    client.open(link)
    until_kept(client)
    client.context.set_offline(True)
    client.page.reload()
    client.tap("checkbox", "No timer: I tap when I am ready")
    client.tap("button", "Start")
    while says(client).is_visible():
        client.tap("button", "Next")
    client.tap_on(client.page.locator("#practice button").first)
    expect(client.page.get_by_text("Kept. We send it when you are back online.")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(320, 568), (375, 667), (768, 1024), (1024, 768), (568, 320)])
def test_the_player_fits_the_screen_with_digits_to_be_read_from_the_mat(client, width, height):
    client.page.set_viewport_size({"width": width, "height": height})
    skip_to(client, "Hold for 30 seconds")
    assert measures.sideways(client.page) == []
    digits = float(
        client.page.evaluate("getComputedStyle(document.querySelector('.count')).fontSize").removesuffix("px")
    )
    assert digits >= min(width, height) / 4
    buttons = client.page.locator(".session button:visible, .controls a")
    assert [box for box in (one.bounding_box() for one in buttons.all()) if box["height"] < 56] == []
    if height >= 480:
        expect(client.page.locator(".controls")).to_be_in_viewport(ratio=1)
        expect(client.page.locator(".count")).to_be_in_viewport(ratio=1)
