"""What a change in a measure means. Thresholds are for changes between visits; within one visit nothing is said but the
difference. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from clinic.notes.catalogue.measures import Measure, measures
from clinic.notes.rules.content import Activity, Content

MOST_PAIN = 10
MEANINGFUL, WITHIN_ERROR, WORSE, UNRELIABLE, UNSAID = "meaningful", "within_error", "worse", "unreliable", ""
OF_THEIR_OWN = ("pain_on_arrival", "pain_worst", "pain_average")  # measures that are fields of Content
MEASURES = measures().measures


def value_in(content: Content, measure_id: str) -> float | None:
    """What a note says of a measure; None where it was not asked. Of activities it is the mean of those answered."""
    if measure_id in OF_THEIR_OWN:
        pain: int | None = getattr(content, measure_id)
        return pain
    if measure_id == "activities":
        return _mean(list(_answered(content.activities).values()))
    return content.scores.get(measure_id)


def change_between(first: Content, last: Content, measure_id: str) -> str:
    """What became of a measure from one visit to a later one: `meaningful` improvement, `within_error` of measurement,
    `worse` so that it is to be reviewed, or `unreliable` where the first value cannot show change. Empty where nothing
    can be said. Activities are compared by those that both answered.
    """
    if measure_id == "activities":
        return _change_of_activities(first.activities, last.activities)
    before, after = value_in(first, measure_id), value_in(last, measure_id)
    if before is None or after is None:
        return UNSAID
    return change(MEASURES[measure_id], before, after)


def change(measure: Measure, first: float, last: float, *, single: bool = False) -> str:
    """The same of two values. `single`: of one activity, not of a mean."""
    if measure.anchor is not None:
        return _of_anchor(measure.anchor, last)
    bound = bound_of(measure, first, single=single)
    if bound is None:
        return UNSAID
    if not (measure.min if measure.from_ is None else measure.from_) <= first <= (measure.to or measure.max):
        return UNRELIABLE
    better = round(first - last if measure.lower_is_better else last - first, 6)
    if abs(better) < bound:
        return WITHIN_ERROR
    return MEANINGFUL if better > 0 else WORSE


def bound_of(measure: Measure, first: float, *, single: bool = False) -> float | None:
    """From how many points on a change from this first value counts; None for a measure without a threshold."""
    if single and measure.single is not None:
        return measure.single
    if measure.meaningful is None:
        return None
    share = first * measure.meaningful_percent / 100 if measure.meaningful_percent and first > 0 else measure.meaningful
    return round(max(measure.error or 0, min(measure.meaningful, share)), 6)


def change_since_first(course: Sequence[Content], measure_id: str) -> str:
    """What became of a measure since it was first asked, over one client's visits in order. Empty before the second."""
    asked = [one for one in course if value_in(one, measure_id) is not None]
    return change_between(asked[0], asked[-1], measure_id) if len(asked) > 1 else UNSAID


def lower_at_end(content: Content) -> int | None:
    """How many points lower pain was at the end of a visit than on arrival; less than 0 where it was higher."""
    if content.pain_on_arrival is None or content.pain_at_end is None:
        return None
    return content.pain_on_arrival - content.pain_at_end


def begun(content: Content, last: Content | None) -> Content:
    """A note at its beginning: what was hard for them at the visit before is asked again, its numbers anew."""
    if content.activities or last is None:
        return content
    return replace(content, activities=tuple(Activity(one.words) for one in last.activities))


def with_told(content: Content, told: Mapping[str, float], *, that_day: bool) -> Content:
    """With what a client told before the visit, wherever nothing stands yet. What they felt on another day is not what
    they felt on arrival.
    """
    pains: dict[str, Any] = {
        name: int(told[name]) for name in OF_THEIR_OWN if name in told and getattr(content, name) is None
    }
    if not that_day:
        pains.pop("pain_on_arrival", None)
    scores = {name: value for name, value in told.items() if name not in OF_THEIR_OWN}
    return replace(content, **pains, scores={**scores, **content.scores})


def _of_anchor(anchor: float, answer: float) -> str:
    """Where the answer itself tells of the change."""
    if abs(answer) < anchor:
        return WITHIN_ERROR
    return MEANINGFUL if answer > 0 else WORSE


def _change_of_activities(first: Sequence[Activity], last: Sequence[Activity]) -> str:
    before, after = _answered(first), _answered(last)
    both = [one for one in before if one in after]
    if not both:
        return UNSAID
    means = sum(before[one] for one in both) / len(both), sum(after[one] for one in both) / len(both)
    return change(MEASURES["activities"], *means, single=len(both) == 1)


def _answered(activities: Sequence[Activity]) -> dict[str, int]:
    """By their words, however they were typed."""
    return {" ".join(one.words.casefold().split()): one.score for one in activities if one.score is not None}


def _mean(scores: Sequence[float]) -> float | None:
    return round(sum(scores) / len(scores), 2) if scores else None
