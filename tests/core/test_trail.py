"""The chain itself: whoever changes, removes, moves or adds a line without the keys is found, and where."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.core import trail
from clinic.core.anchor import Head
from clinic.core.crypto import Keyring
from clinic.core.trail import Line
from tests.conftest import KEYS, NOW

RING = Keyring.parse(KEYS)


def plain(number):
    told = (str(number), NOW.isoformat(), "guest", "record.viewed", f"client:{number}", "{}")
    return Line(number, NOW, told)


COUNT = 40
TRAIL = list(trail.sealed(map(plain, range(101, 101 + COUNT)), Head(), RING))
HEAD = Head(COUNT, TRAIL[-1].seal)


# One change each: the trail that was changed, and the positions at which it was.


@st.composite
def edits(draw):
    line = draw(st.sampled_from(TRAIL))
    field = draw(st.integers(0, len(line.told) - 1))
    told = list(line.told)
    told[field] += draw(st.text(min_size=1, max_size=3))
    return put(TRAIL, line.position, line._replace(told=tuple(told))), {line.position}


@st.composite
def other_seals(draw):
    line = draw(st.sampled_from(TRAIL))
    seal = draw(seals().filter(lambda seal: seal != line.seal) | st.none())
    return put(TRAIL, line.position, line._replace(seal=seal)), {line.position}


@st.composite
def rubbish(draw):
    line = draw(st.sampled_from(TRAIL))
    return put(TRAIL, line.position, line._replace(told=None)), {line.position}


@st.composite
def deletions(draw):
    gone = draw(st.sets(st.integers(1, COUNT - 1), min_size=1, max_size=5))
    return [line for line in TRAIL if line.position not in gone], gone


@st.composite
def swaps(draw):
    """Two lines change places, and take their seals along or leave them."""
    one, other = draw(st.lists(st.sampled_from(TRAIL), min_size=2, max_size=2, unique=True))
    takes_along = draw(st.booleans())
    there = one._replace(position=other.position, seal=one.seal if takes_along else other.seal)
    here = other._replace(position=one.position, seal=other.seal if takes_along else one.seal)
    return put(put(TRAIL, one.position, here), other.position, there), {one.position, other.position}


@st.composite
def insertions(draw):
    """A line at the end, or between two others while those after it move on."""
    position = draw(st.integers(1, COUNT + 1))
    new = plain(draw(st.integers(1, 10**6).filter(lambda number: not 100 < number <= 100 + COUNT)))
    moved = [line._replace(position=line.position + 1) for line in TRAIL[position - 1 :]]
    return [*TRAIL[: position - 1], new._replace(position=position, seal=draw(seals())), *moved], {position}


@st.composite
def cuts(draw):
    left = draw(st.integers(0, COUNT - 1))
    return TRAIL[:left], {left}


def seals():
    invented = st.binary(max_size=40) | st.binary(min_size=32, max_size=32).map(lambda digest: b"k1|" + digest)
    return invented | st.sampled_from([line.seal for line in TRAIL])


def put(lines, position, line):
    return [*lines[: position - 1], line, *lines[position:]]


def named(findings):
    """The positions that the findings speak of."""
    found = set()
    for one in findings:
        if between := re.match(r"Positions (\d+) to (\d+) ", one):
            found |= set(range(int(between[1]), int(between[2]) + 1))
        else:
            found.add(int(re.search(r"position (\d+)", one, re.IGNORECASE)[1]))
    return found


@settings(max_examples=1000)
@given(changed=st.one_of(edits(), other_seals(), rubbish(), deletions(), swaps(), insertions(), cuts()))
def test_every_change_is_found_where_it_was_made_and_nothing_before_it_is_blamed(changed):
    lines, touched = changed
    found = named(trail.verify(lines, HEAD, RING).findings)
    assert touched <= found
    assert min(found) == min(touched)


@given(changed=edits() | rubbish())
def test_a_changed_line_is_the_only_one_named(changed):
    lines, touched = changed
    assert named(trail.verify(lines, HEAD, RING).findings) == touched


@given(known=st.integers(1, COUNT))
def test_a_whole_trail_has_no_findings_even_where_the_anchor_is_behind(known):
    walk = trail.verify(TRAIL, Head(known, TRAIL[known - 1].seal), RING)
    assert (walk.findings, walk.sealed) == ([], COUNT)


@given(cut=st.integers(0, COUNT - 1))
def test_an_end_that_was_cut_and_written_anew_with_our_keys_is_not_the_one_the_anchor_knows(cut):
    head = Head(cut, TRAIL[cut - 1].seal if cut else b"")
    again = [*TRAIL[:cut], *trail.sealed(map(plain, range(900, 950)), head, RING)]
    (finding,) = trail.verify(again, HEAD, RING).findings
    assert finding == f"Position {COUNT} (line {again[COUNT - 1].id}) is not the line that the anchor knows."


@given(met=st.integers(1, COUNT - 1))
def test_two_trails_of_ours_that_were_put_together_are_found_where_they_meet(met):
    """Such as the table before and after it was restored."""
    other = trail.sealed(map(plain, range(501, 501 + COUNT)), Head(), RING)
    lines = [*TRAIL[:met], *list(other)[met:]]
    assert named(trail.verify(lines, Head(met, TRAIL[met - 1].seal), RING).findings) == {met + 1}


def test_a_seal_of_an_older_key_holds_as_long_as_that_key_is_kept():
    new = Keyring.parse(f"{Keyring.make().text().replace('k1:', 'k2:')},{KEYS}")
    lines = [*TRAIL, *trail.sealed([plain(200)], HEAD, new)]
    assert lines[-1].seal.startswith(b"k2|")
    assert trail.verify(lines, HEAD, new).findings == []
    assert named(trail.verify(lines, HEAD, RING).findings) == {COUNT + 1}


def test_rubbish_places_and_loose_seals_are_told():
    (first, second), (third,) = TRAIL[:2], TRAIL[2:3]
    lines = [first._replace(position=-7), first, second, second, third._replace(position=None), plain(7)]
    assert trail.verify(lines, None, RING).findings == [
        "Line 101 stands at position -7, where it cannot belong.",
        "Line 102 stands at position 2, where it cannot belong.",
        "Line 103 has a seal but no position: it was taken out of its place.",
    ]
