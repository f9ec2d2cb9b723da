"""What a therapist is reminded to think of before they treat, from what the visits so far showed. Ideas, never orders,
and never a diagnosis. Pure.
"""

from collections.abc import Collection, Sequence

from clinic.drawings.marks import REGIONS
from clinic.notes.rules.content import Content
from clinic.notes.rules.measures import MEANINGFUL, UNSAID, WORSE, change_between

FRONT, JOINT, NERVE, REVIEW = "consider_front", "joint_pattern", "nerve_pattern", "worse_than_before"
VISITS = 3  # treated at the back alone, before the front is thought of
TOLD = {JOINT: "joint_pain_told", NERVE: "nerve_signs_told"}  # rows of the safety list
NERVE_KINDS = frozenset({"tingling", "numb"})
NERVE_STOP = "sharp_pain"  # sharp or shooting
NERVE_TEST, BROUGHT_ON = "straight_leg", frozenset({"leg", "numb", "weak"})
CHANGES = ("pain_on_arrival", "activities")
WATCHED = ("pain_on_arrival", "pain_worst", "pain_average", "activities")


def prompts(earlier: Sequence[Content], now: Content, told: Collection[str] = ()) -> list[str]:
    """What to think of at this visit. `earlier`: the notes of the visits before it, the latest first; `told`: the rows
    of the safety list that speak against something for this client.
    """
    found = {
        JOINT: TOLD[JOINT] in told,
        NERVE: TOLD[NERVE] in told or any(_nerve_signs(one) for one in (now, *earlier[:1])),
        REVIEW: _is_worse(earlier, now),
        FRONT: _back_alone(earlier, now),
    }
    return [code for code, holds in found.items() if holds]


def _nerve_signs(content: Content) -> bool:
    """A place that tingles or is numb, pain that shoots, or a test that stretches a nerve and brought it on."""
    marked = any(mark.kind in NERVE_KINDS for mark in content.marks)
    shot = any(one.kind == NERVE_STOP for one in content.stops)
    tested = any(one.test == NERVE_TEST and one.values.get("symptom") in BROUGHT_ON for one in content.results)
    return marked or shot or tested


def _is_worse(earlier: Sequence[Content], now: Content) -> bool:
    """Worse than the error of measurement since the visit before: today, or at the last visit where today was not
    asked yet.
    """
    visits = [now, *earlier]
    return any(_latest_change(visits, measure) == WORSE for measure in WATCHED)


def _latest_change(visits: Sequence[Content], measure: str) -> str:
    pairs = zip(visits[1:3], visits[:2], strict=False)
    return next((told for before, after in pairs if (told := change_between(before, after, measure))), UNSAID)


def _back_alone(earlier: Sequence[Content], now: Content) -> bool:
    """Three visits at the back alone, measured, and none of the measures meaningfully better."""
    visits = earlier[:VISITS]
    if len(visits) < VISITS or not all(_at_the_back(one.places_treated) for one in visits) or _at_front(now):
        return False
    changes = {_since(visits, now, measure) for measure in CHANGES} - {UNSAID}
    return bool(changes) and MEANINGFUL not in changes


def _since(visits: Sequence[Content], now: Content, measure: str) -> str:
    """From the first of these visits until now, or until the last of them where today was not asked."""
    return change_between(visits[-1], now, measure) or change_between(visits[-1], visits[0], measure)


def _at_the_back(places: Sequence[str]) -> bool:
    regions = {place.partition("/")[0] for place in places}
    return bool(regions & set(REGIONS["back"])) and not regions & set(REGIONS["front"])


def _at_front(content: Content) -> bool:
    return any(place.partition("/")[0] in REGIONS["front"] for place in content.places_treated)
