"""What a change in a measure means, against values worked out by hand from the sources."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.notes.catalogue.measures import FILE, measures, read
from clinic.notes.rules import Activity, Content, change_between, change_since_first, lower_at_end, value_in
from clinic.notes.rules.measures import MEANINGFUL, UNRELIABLE, UNSAID, WITHIN_ERROR, WORSE, begun, change, with_told
from clinic.notes.wording import measures as words

MEASURES = measures().measures
HAND_WORKED = [
    # Numeric pain 0 to 10: 2 points, or 30 % of the first, and never less than its error of 2. Childs 2005, Ostelo 2008.
    ("pain_on_arrival", 6, 5, WITHIN_ERROR),
    ("pain_on_arrival", 6, 4, MEANINGFUL),
    ("pain_on_arrival", 10, 8, MEANINGFUL),  # 2 points, though 20 %
    ("pain_on_arrival", 3, 2, WITHIN_ERROR),  # 33 %, but 1 point
    ("pain_on_arrival", 4, 6, WORSE),
    ("pain_on_arrival", 6, 7, WITHIN_ERROR),
    ("pain_worst", 9, 7, MEANINGFUL),
    ("pain_average", 5, 5, WITHIN_ERROR),
    # Roland-Morris 0 to 24: 5 points or 30 % of the first; a first below 4 or above 20 is unreliable. Ostelo 2008.
    ("rmdq", 20, 15, MEANINGFUL),
    ("rmdq", 20, 16, WITHIN_ERROR),
    ("rmdq", 10, 7, MEANINGFUL),  # 30 %
    ("rmdq", 10, 8, WITHIN_ERROR),
    ("rmdq", 10, 13, WORSE),
    ("rmdq", 3, 0, UNRELIABLE),
    ("rmdq", 21, 10, UNRELIABLE),
    # PEG 0 to 10: about 1.0 to 1.75, or 30 %.
    ("peg", 8, 6.2, MEANINGFUL),
    ("peg", 8, 6.3, WITHIN_ERROR),
    ("peg", 4, 2.8, MEANINGFUL),  # 30 % is 1.2
    ("peg", 2, 1.4, WITHIN_ERROR),  # 30 %, but less than 1
    # Oswestry 0 to 100: 10. Quebec 0 to 100: 20. Ostelo 2008.
    ("odi", 40, 30, MEANINGFUL),
    ("odi", 40, 32, WITHIN_ERROR),
    ("odi", 40, 50, WORSE),
    ("qbpds", 60, 40, MEANINGFUL),
    ("qbpds", 60, 42, WITHIN_ERROR),
    # The answer itself: much or very much.
    ("global_change", 0, 2, MEANINGFUL),
    ("global_change", 0, 1, WITHIN_ERROR),
    ("global_change", 1, -2, WORSE),
    # No threshold is known.
    ("hours_seated", 9, 4, UNSAID),
    ("practice_days", 0, 7, UNSAID),
    ("start_back", 8, 2, UNSAID),
]


@pytest.mark.parametrize(("measure", "first", "last", "became"), HAND_WORKED)
def test_a_change_means_what_its_source_says(measure, first, last, became):
    assert change(MEASURES[measure], first, last) == became


def doing(**scores):
    return Content(activities=tuple(Activity(name, score) for name, score in scores.items()))


@pytest.mark.parametrize(
    ("first", "last", "became"),
    [
        (doing(walking=3, stairs=4), doing(walking=5, stairs=6), MEANINGFUL),  # mean 3.5 to 5.5
        (doing(walking=3, stairs=4), doing(walking=5, stairs=5), WITHIN_ERROR),  # mean 3.5 to 5
        (doing(walking=3), doing(walking=5), WITHIN_ERROR),  # one alone: 3 points
        (doing(walking=3), doing(walking=6), MEANINGFUL),
        (doing(walking=6), doing(walking=3), WORSE),
        # What both answered: walking alone, though the means are 2 and 7.
        (doing(walking=3, stairs=1), doing(walking=4, bending=10), WITHIN_ERROR),
        (doing(walking=3), doing(stairs=9), UNSAID),
        (doing(walking=3, stairs=None), doing(walking=6, stairs=9), MEANINGFUL),
        (Content(activities=(Activity("Getting  out of bed", 2),)), doing(**{"getting out of bed": 5}), MEANINGFUL),
    ],
)
def test_activities_are_compared_by_those_that_both_visits_answered(first, last, became):
    assert change_between(first, last, "activities") == became


def test_the_mean_is_of_the_activities_answered():
    assert value_in(doing(walking=3, stairs=6, bending=None), "activities") == 4.5
    assert value_in(doing(walking=None), "activities") is None


def test_nothing_is_said_of_change_before_the_second_visit():
    asked, not_asked = Content(pain_on_arrival=8), Content(pain_at_end=1)
    assert change_since_first([asked], "pain_on_arrival") == UNSAID
    assert change_since_first([asked, not_asked], "pain_on_arrival") == UNSAID
    assert (
        change_since_first([not_asked, asked, not_asked, Content(pain_on_arrival=5)], "pain_on_arrival") == MEANINGFUL
    )


@pytest.mark.parametrize(
    ("arrival", "end", "lower", "said"),
    [
        (6, 2, 4, "4 lower than on arrival."),
        (2, 5, -3, "3 higher than on arrival."),
        (3, 3, 0, "The same as on arrival."),
        (None, 3, None, ""),
        (3, None, None, ""),
    ],
)
def test_within_one_visit_only_the_difference_is_said(app, arrival, end, lower, said):
    content = Content(pain_on_arrival=arrival, pain_at_end=end)
    assert lower_at_end(content) == lower
    with app.test_request_context():
        assert words.within_visit(content) == said


ANY = st.sampled_from([one for one in MEASURES.values() if one.meaningful and not one.meaningful_percent])
SHARES = st.floats(0, 1)


def at(measure, share):
    return measure.min + share * (measure.max - measure.min)


@given(ANY, SHARES, SHARES)
def test_there_and_back_again_is_better_and_worse_alike(measure, one, other):
    """Where no share of the first counts, what is meaningful one way is worse the other way."""
    mirrored = {MEANINGFUL: WORSE, WORSE: MEANINGFUL, WITHIN_ERROR: WITHIN_ERROR}
    first, last = at(measure, one), at(measure, other)
    assert change(measure, last, first) == mirrored[change(measure, first, last)]


@given(st.sampled_from(list(MEASURES.values())), SHARES, SHARES, SHARES)
def test_who_gets_further_is_never_said_to_have_come_less_far(measure, first, one, other):
    order = [WORSE, WITHIN_ERROR, MEANINGFUL]
    less, more = sorted((at(measure, one), at(measure, other)), reverse=measure.lower_is_better)
    became = [change(measure, at(measure, first), value) for value in (less, more)]
    if set(became) <= set(order):
        assert order.index(became[0]) <= order.index(became[1])
    else:
        assert became[0] == became[1]


def test_nothing_that_is_said_of_a_change_or_a_measure_promises_a_cure_or_names_an_illness(app):
    with app.test_request_context():
        everything = [str(one) for one in words.CHANGES.values()]
        everything += [str(one) for pair in words.PROMPTS.values() for one in pair]
    assert not re.search(r"cure|heal|diagnos|fixed|recovered", " ".join(everything), re.IGNORECASE)


def test_no_sentence_of_a_published_questionnaire_stands_in_the_catalogue():
    totals = measures().totals
    assert [one.id for one in totals] == ["rmdq", "peg", "odi", "qbpds", "start_back"]
    assert all(one.sources and one.licence for one in MEASURES.values())
    assert "items" not in FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("wrong", [{"better": "up"}, {"min": 10}, {"step": 0}, {"sources": []}])
def test_a_measure_that_cannot_be_is_named(wrong):
    fine = {"name": "Pain", "min": 0, "max": 10, "better": "lower", "sources": ["x"], "licence": "ours"}
    with pytest.raises(ValueError, match="pain is no measure"):
        read({"measures": {"pain": {**fine, **wrong}}, "activities": [], "global_change": {}})


def test_a_note_begins_with_what_was_hard_last_time_and_no_number_of_then():
    last = doing(walking=3, stairs=4)
    assert begun(Content(), last).activities == (Activity("walking"), Activity("stairs"))
    assert begun(doing(bending=1), last) == doing(bending=1)
    assert begun(Content(), None) == Content()


def test_what_a_client_told_fills_what_is_empty_and_nothing_else():
    told = {"pain_on_arrival": 5, "pain_worst": 8, "hours_seated": 9}
    written = Content(pain_worst=7, scores={"hours_seated": 4})
    filled = with_told(written, told, that_day=True)
    assert (filled.pain_on_arrival, filled.pain_worst, filled.scores) == (5, 7, {"hours_seated": 4})
    assert with_told(Content(), told, that_day=False).pain_on_arrival is None
