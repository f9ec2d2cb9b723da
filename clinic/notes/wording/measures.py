"""What measures are called, what became of them, and what to think of before a visit."""

from collections.abc import Mapping, Sequence

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from clinic.notes import rules
from clinic.notes.catalogue.measures import measures
from clinic.notes.rules.measures import MEANINGFUL, UNRELIABLE, UNSAID, WITHIN_ERROR, WORSE
from clinic.notes.rules.prompts import FRONT, JOINT, NERVE, REVIEW

HOW_WELL: dict[int, LazyString | str] = {
    0: _l("0, cannot do it"),
    **{n: str(n) for n in range(1, 10)},
    10: _l("10, as before"),
}
# Since the first visit. Never more than this is said of a change, whatever the numbers.
CHANGES: dict[str, LazyString | str] = {
    MEANINGFUL: _l("Meaningful improvement since the first visit"),
    WITHIN_ERROR: _l("Within measurement error of the first visit"),
    WORSE: _l("Worse than at the first visit: review"),
    UNRELIABLE: _l("The first score is too low or too high to show a change"),
    UNSAID: "",
}
PROMPTS: dict[str, tuple[LazyString, LazyString]] = {
    JOINT: (
        _l("They told of pain in a joint: no deep work before it was looked at, and think of a referral."),
        _l("Pain in a joint is not a muscle's. An idea from practice, not a finding"),
    ),
    NERVE: (
        _l("Tingling, numb or shooting, or a nerve test that brings it on: go with care, and think of a referral."),
        _l("Sharp or shooting sensations can come from a nerve. Muscolino 2019"),
    ),
    REVIEW: (
        _l("Worse than measurement error since the visit before: look again, or refer."),
        _l("2 points of 10. Childs 2005, Stratford 1995"),
    ),
    FRONT: (
        _l("Three visits at the back only, without a meaningful change: consider the front."),
        _l("The psoas joins the front of the low back to the thigh. An idea from practice, not a finding"),
    ),
}


def within_visit(content: rules.Content) -> str:
    """Pain at the end beside pain on arrival; empty where either was not asked."""
    lower = rules.lower_at_end(content)
    if lower is None:
        return ""
    if lower == 0:
        return str(gettext("The same as on arrival."))
    if lower > 0:
        return str(gettext("%(points)d lower than on arrival.", points=lower))
    return str(gettext("%(points)d higher than on arrival.", points=-lower))


def said(content: rules.Content) -> list[tuple[str, str]]:
    """The measures of a note but for pain now, each with what was said of it, in the order of the catalogue."""
    pains = {"pain_worst": content.pain_worst, "pain_average": content.pain_average}
    told = {**{name: pain for name, pain in pains.items() if pain is not None}, **content.scores}
    lines = [*_numbers(told)]
    return [(_name("activities"), _activities(content)), *lines] if content.activities else lines


def told(answers: Mapping[str, float]) -> str:
    """What a client told before a visit, in one line."""
    return ", ".join(f"{name}: {words}" for name, words in _numbers(answers))


def prompts(codes: Sequence[str]) -> list[tuple[str, str]]:
    """What to think of before a visit, each with where it comes from."""
    return [(str(words), str(source)) for words, source in (PROMPTS[code] for code in codes)]


def _numbers(told: Mapping[str, float]) -> list[tuple[str, str]]:
    known = measures()
    return [(one.name, value_words(one.id, told[one.id])) for one in known.measures.values() if one.id in told]


def value_words(measure_id: str, value: float) -> str:
    """A value as people read it."""
    return measures().global_change[int(value)] if measure_id == "global_change" else f"{round(value, 1):g}"


def _activities(content: rules.Content) -> str:
    return ", ".join(f"{one.words} {'–' if one.score is None else one.score}" for one in content.activities)


def _name(measure_id: str) -> str:
    return measures().measures[measure_id].name
