"""A clinic's own colour: whatever is accepted can be read, by day and by night, wherever the house uses it."""

import re
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st

from clinic.places.rules import (
    DARK_GROUNDS,
    ENOUGH,
    HOUSE,
    ON_DARK,
    ON_PALE,
    PALE_GROUNDS,
    by_day,
    by_night,
    can_be_read,
    colour_of,
    contrast,
    nearest,
)

CSS = (Path(__file__).parents[2] / "clinic/static/css/clinic.css").read_text()
DAY, NIGHT = (
    {name: value if len(value) == 7 else f"#{''.join(one * 2 for one in value[1:])}" for name, value in found}
    for found in (
        re.findall(r"--([\w-]+): (#[0-9a-f]+);", block) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
    )
)
GROUNDS = ("paper", "card", "sand", "clay-tint", "amber-tint")
WORDS = ("ink", "ink-soft", "clay", "amber")  # what else stands on the faint shade
colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_the_rules_know_the_grounds_of_the_style_sheet():
    assert {DAY[one] for one in GROUNDS} == set(PALE_GROUNDS)
    assert {NIGHT[one] for one in GROUNDS} == set(DARK_GROUNDS)
    assert (DAY["pine"], DAY["on-pine"], NIGHT["on-pine"]) == (HOUSE, ON_PALE, ON_DARK)


def test_contrast_is_counted_as_others_count_it():
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert contrast(HOUSE, HOUSE) == 1


@given(colours)
@example(HOUSE)
@example("#000000")
@example("#0000ff")
@example("#686868")
def test_every_colour_that_is_accepted_can_be_read_everywhere_by_day_and_by_night(colour):
    assume(can_be_read(colour))
    for shades, on_it, css, grounds in (
        (by_day(colour), ON_PALE, DAY, PALE_GROUNDS),
        (by_night(colour), ON_DARK, NIGHT, DARK_GROUNDS),
    ):
        pairs = [
            *((on_it, shade) for shade in (shades.pine, shades.deep)),
            *((shade, ground) for shade in (shades.pine, shades.deep) for ground in (*grounds, shades.tint)),
            *((css[words], shades.tint) for words in WORDS),
        ]
        assert [(*pair, contrast(*pair)) for pair in pairs if contrast(*pair) < ENOUGH] == []


@given(colours)
@example("#ffffff")
@example("#ffff00")
def test_for_every_colour_there_is_a_nearest_that_is_accepted(colour):
    found = nearest(colour)
    assert can_be_read(found)
    assert (found == colour) == can_be_read(colour)
    assert colour_of(found) == found


def test_a_light_colour_becomes_a_darker_one_of_its_hue_and_no_darker_than_it_has_to():
    assert nearest("#ff8800") == "#a05500"


def test_a_colour_is_known_however_it_is_typed():
    assert [colour_of(typed) for typed in ("#1D5C63", " 1d5c63 ", "teal", "#1d5c6", "#1d5c63;}", "")] == [
        HOUSE, HOUSE, None, None, None, None,
    ]  # fmt: skip
