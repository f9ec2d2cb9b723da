"""The words of a note in a browser: chips, short forms, copying and another format, all without leaving the page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.afterwards import note_to_sign
from tests.browser.steps import signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
TABLET = {"width": 1024, "height": 768}


@pytest.fixture
def ana(new_person):
    """Before a note she has not begun, of somebody with a note before it; whatever another test wrote is cleared."""
    person = new_person(viewport=TABLET)
    note_to_sign(person)
    for name in ("Subjective", "Plan"):
        text(person, name).fill("")
    return person


def text(person, name):
    return person.page.get_by_role("textbox", name=name, exact=True)


def chip(person, words):
    return person.page.get_by_role("button", name=words, exact=True)


def saved(person):
    expect(person.page.get_by_role("status").filter(has_text=re.compile("^Saved "))).to_be_visible()


def test_a_tap_adds_the_words_of_a_chip_and_a_second_takes_them_out(ana):
    for words in ("sitting", "stairs", "walking"):
        ana.tap_on(chip(ana, words))
        expect(chip(ana, words)).to_have_attribute("aria-pressed", "true")
    expect(text(ana, "Subjective")).to_have_value("Sitting, stairs, walking")
    ana.tap_on(chip(ana, "stairs"))
    ana.tap_on(chip(ana, "sitting"))
    expect(text(ana, "Subjective")).to_have_value("walking")
    expect(chip(ana, "sitting")).to_have_attribute("aria-pressed", "false")
    saved(ana)
    ana.page.reload()
    expect(text(ana, "Subjective")).to_have_value("walking")
    expect(chip(ana, "walking")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("Front of the hip", "Front of the hip, sitting"),
        ("Front of the hip.", "Front of the hip. Sitting"),
        ("Front of the hip,", "Front of the hip, sitting"),
        ("Babysitting hurts", "Babysitting hurts, sitting"),
    ],
)
def test_a_chip_goes_on_as_the_sentence_does_and_leaves_what_was_typed(ana, typed, then):
    text(ana, "Subjective").fill(typed)
    ana.tap_on(chip(ana, "sitting"))
    expect(text(ana, "Subjective")).to_have_value(then)
    ana.tap_on(chip(ana, "sitting"))
    expect(text(ana, "Subjective")).to_have_value(typed.rstrip(","))


def test_a_part_is_copied_from_the_last_note_and_says_so_until_it_is_touched(ana):
    copy = ana.page.get_by_role("button", name=re.compile(r"^copy from .*: Plan$"))
    mark = ana.page.get_by_text(re.compile("^copied from .*, not changed yet$"))
    ana.tap_on(copy)
    expect(text(ana, "Plan")).not_to_have_value("")
    expect(mark.filter(visible=True)).to_have_count(1)
    expect(copy).to_be_hidden()
    saved(ana)
    ana.page.reload()
    expect(mark.filter(visible=True)).to_have_count(1)
    text(ana, "Plan").press_sequentially("!")
    expect(mark.filter(visible=True)).to_have_count(0)
    saved(ana)
    ana.page.reload()
    expect(mark.filter(visible=True)).to_have_count(0)


def test_a_short_form_becomes_its_phrase_and_one_undo_brings_it_back(new_person):
    ana = signed_in(new_person(viewport=TABLET), "Ana")
    ana.open("/notes/phrases")
    ana.page.get_by_label("Words").fill("Resisted hip flexion, right, weak")
    ana.page.get_by_label("Short form").fill(".rf")
    ana.tap("button", "Add it")
    note_to_sign(ana)
    objective = text(ana, "Objective")
    objective.fill("")
    objective.press_sequentially("Today .rf and .rfx")
    expect(objective).to_have_value("Today Resisted hip flexion, right, weak and .rfx")
    objective.fill("")
    objective.press_sequentially(".RF ")
    expect(objective).to_have_value("Resisted hip flexion, right, weak ")
    objective.press("ControlOrMeta+z")
    expect(objective).to_have_value(".RF ")


def test_choosing_another_format_is_enough_and_no_word_is_lost(ana):
    text(ana, "Plan").fill("Again in a week")
    ana.page.get_by_text("Format: SOAP").click()
    ana.page.get_by_label("Format", exact=True).select_option("Free text")
    expect(text(ana, "Note")).to_have_value(re.compile("Plan: Again in a week"))
    ana.page.get_by_text("Format: Free text").click()
    ana.page.get_by_label("Format", exact=True).select_option("SOAP")
    expect(text(ana, "Subjective")).to_have_value(re.compile("Plan: Again in a week"))
