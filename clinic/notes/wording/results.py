"""Words for the results of physical tests. What is wrong with a definition is said here too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.notes.catalogue.physical_tests import NO, YES, PhysicalTest, Value
from clinic.notes.rules.content import Result
from clinic.notes.rules.physical_tests import Change, cautions, definition, is_normal, side_differences

SIDES = {"left": _l("left"), "right": _l("right")}
YES_NO = {YES: _l("yes"), NO: _l("no")}
ACTIONS = {
    "no_release": _l("No release today. Advise them to see a GP or physiotherapist, soon if it came on suddenly."),
    "refer": _l("No deep work today. Advise them to see a GP or physiotherapist."),
    "no_deep_work": _l("A pulse was felt: move off it, and no more deep work there today."),
}
MEANINGS = {
    "better": _l("better"),
    "worse": _l("worse: review"),
    "changed": _l("changed"),
    "within": _l("within the error of measurement"),
    "unknown": _l("error of measurement not known"),
    "not_comparable": _l("not comparable"),
}
SENTENCES: dict[str, LazyString] = {
    "test_incomplete": _l("%(test)s%(on)s: say “%(value)s” before you sign. Your draft is kept."),
    "test_changed_meanwhile": _l("Somebody changed this test since you opened it. Open it again to see how it is now."),
    "test_unknown_part": _l("“%(value)s” is no part of a test."),
    "test_without_code": _l("A test needs a code: small letters, digits and underscores, 20 at most."),
    "test_without_name": _l("Give the test a name, and a short one for its chip."),
    "test_without_values": _l("A test records something: one value at least, %(most)d at most."),
    "test_value_twice": _l("Two values have the same id."),
    "test_value_without_name": _l("%(value)s: every value needs a label and an id."),
    "test_value_unknown_word": _l("%(value)s: choose its kind, its direction and what it means from the lists."),
    "test_value_without_bounds": _l("%(value)s: a number needs the least and the most that it can be."),
    "test_value_bad_step": _l("%(value)s: its steps must be more than nothing."),
    "test_value_without_choices": _l("%(value)s: a choice needs two answers or more, and nothing else has any."),
    "test_value_no_number": _l("%(value)s: only a number has an error of measurement and a usual range."),
    "test_value_bad_error": _l("%(value)s: an error of measurement is more than nothing, and has a source."),
    "test_value_bad_normal": _l("%(value)s: a usual range begins before it ends, and has a source."),
    "test_value_bad_action": _l("%(value)s: what has to be done needs the answers it follows from."),
}


@dataclass(frozen=True)
class Told:
    """One side of one test, in words: what each value was, and what has to be done that day."""

    name: str
    values: Sequence[tuple[str, str]]
    actions: Sequence[str]


def told(results: Sequence[Result], tests: Sequence[PhysicalTest]) -> list[Told]:
    """Results in words, in the order they were kept in; after both sides of a test, where they differ."""
    found = [(result, test) for result in results if (test := definition(result, tests))]
    return [told for result, test in found for told in (_told(result, test), *_sides_against(result, test, results))]


def side_and_name(test: PhysicalTest, side: str) -> str:
    """Modified Thomas test, left."""
    return f"{test.name}{side_words(side)}"


def side_words(side: str) -> str:
    """With a comma before it; nothing for the whole body."""
    return f", {SIDES[side]}" if side else ""


def number_words(number: float) -> str:
    """With the sign that looks like one."""
    return f"{number:g}".replace("-", "−")


def value_words(value: Value, kept: Any) -> str:
    """8°, 4/5, 12 cm, yes."""
    if value.kind == "number":
        blank = "" if value.unit[:1] in ("", "°", "/", "%") else " "
        return f"{number_words(kept)}{blank}{value.unit}"
    return str(YES_NO.get(kept, kept) if value.kind == "yes_no" else value.choices.get(kept, kept))


def change_words(value: Value, change: Change) -> str:
    """6° less: better."""
    if change.by is None:
        return str(MEANINGS[change.meaning])
    if not change.by:
        return str(_("the same"))
    return f"{_more(value, change.by)}: {MEANINGS[change.meaning]}"


def _more(value: Value, by: float) -> str:
    """By how much in its unit, and which way."""
    amount = value_words(value, abs(by))
    return str(_("%(by)s more", by=amount) if by > 0 else _("%(by)s less", by=amount))


def known_words(value: Value) -> str:
    """What is known of a number, with the sources: its error of measurement, and what is usual."""
    if value.kind != "number":
        return ""
    error = value_words(value, value.error) if value.error is not None else _("not known")
    told = {"error": _sourced(error, value.error_source), "usual": _sourced(_usual(value), value.normal_source)}
    return str(_("Error of measurement: %(error)s. Usual: %(usual)s.", **told))


def _sourced(words: str, source: str) -> str:
    return f"{words or _('not known')} ({source})" if source else words or str(_("not known"))


def _usual(value: Value) -> str:
    least, most = value.normal_least, value.normal_most
    if least is not None and most is not None:
        return str(_("%(least)s to %(most)s", least=number_words(least), most=value_words(value, most)))
    if least is not None:
        return str(_("%(least)s or more", least=value_words(value, least)))
    return str(_("%(most)s or less", most=value_words(value, most))) if most is not None else ""


def _told(result: Result, test: PhysicalTest) -> Told:
    there = [value for value in test.of_side(result.side) if value.id in result.values]
    values = [(value.label, _with_range(value, result.values[value.id])) for value in there]
    actions = dict.fromkeys(str(ACTIONS[one.value.action]) for one in cautions([result], [test]))
    return Told(side_and_name(test, result.side), values, list(actions))


def _sides_against(result: Result, test: PhysicalTest, results: Sequence[Result]) -> list[Told]:
    """After the right side: what differs by more than the error of measurement."""
    differ = side_differences(test, results) if result.side == "right" else {}
    values = [
        (value.label, _more(value, differ[value.id][0])) for value in test.values if differ.get(value.id, (0, False))[1]
    ]
    return [Told(_("%(test)s, left against right", test=test.name), values, [])] if values else []


def _with_range(value: Value, kept: Any) -> str:
    words = value_words(value, kept)
    outside = value.kind == "number" and is_normal(value, kept) is False
    return str(_("%(words)s (usual: %(usual)s)", words=words, usual=_usual(value))) if outside else words
