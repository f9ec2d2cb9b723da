"""The body chart of a note: where it hurts, and what was treated. A row each, which the pictures fill in."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FormField, SelectChoice, SelectField
from wtforms.validators import NumberRange, Optional

from clinic.core.fields import Minutes, Rows
from clinic.core.forms import Form
from clinic.drawings import wording as drawings
from clinic.drawings.marks import REGIONS, SIDES, STRONGEST
from clinic.notes.rules import Content, NoteMark, Treated
from clinic.notes.rules.chart import FIRMEST, MOST_MINUTES, MOST_PLACES, on_chart
from clinic.notes.wording.chart import TECHNIQUES

PLACES = [
    SelectChoice(place, LazyString(drawings.place, place), optgroup=drawings.VIEWS[view])
    for view, regions in REGIONS.items()
    for place in (f"{region}/{side}" for region in regions for side in SIDES)
]


def _choose(label: Any, empty: Any, words: Mapping[str, Any]) -> Field:
    """One of these; nothing is told as `empty`."""
    choices = [SelectChoice("", empty), *(SelectChoice(value, text) for value, text in words.items())]
    return SelectField(label, choices=choices, default="")


def _numbers(most: int, words: Any) -> dict[str, Any]:
    return {str(number): LazyString(lambda n=number: str(words) % {"number": n}) for number in range(most + 1)}


def _place() -> Field:
    return SelectField(_l("Place"), choices=[SelectChoice("", _l("Choose a place")), *PLACES], default="")


class MarkRow(Form):
    place = _place()
    kind = _choose(_l("Feels"), _l("feels …"), drawings.KINDS)
    before = _choose(_l("Pain on arrival"), _l("before"), _numbers(STRONGEST, _l("%(number)s before")))
    after = _choose(_l("Pain at the end"), _l("after"), _numbers(STRONGEST, _l("%(number)s after")))


class TreatedRow(Form):
    place = _place()
    technique = _choose(_l("How"), _l("how …"), TECHNIQUES)
    minutes = Minutes(
        _l("Minutes"),
        [Optional(), NumberRange(1, MOST_MINUTES, _l("Minutes of treating a place are 1 to 240."))],
    )
    pressure = _choose(_l("Pressure"), _l("pressure"), _numbers(FIRMEST, _l("pressure %(number)s")))


def _each_place_once(_form: Any, field: Rows) -> None:
    seen: set[str] = set()
    for row in [row for row in field if row.place.data and not row.place.errors]:
        if row.place.data in seen:
            name = drawings.place(row.place.data)
            row.place.errors = [_("%(place)s stands in the list already: say it there.", place=name)]
        seen.add(row.place.data)


class ChartPart(Form):
    marks = Rows(FormField(MarkRow), _l("Where it hurts"), [_each_place_once], max_entries=MOST_PLACES)
    treated = Rows(FormField(TreatedRow), _l("What was treated"), max_entries=MOST_PLACES)


def said(form: Any) -> dict[str, Any]:
    """A row says nothing without its place, and of what is wrong in it nothing either."""
    marks = [_valid(row) for row in form.marks]
    treated = [_valid(row) for row in form.treated]
    return {
        "marks": tuple(
            NoteMark(one["place"], one["kind"] or "", _number(one["before"]), _number(one["after"]))
            for one in marks
            if one["place"]
        ),
        "treated": tuple(
            Treated(one["place"], one["technique"] or "", one["minutes"], _number(one["pressure"]))
            for one in treated
            if one["place"]
        ),
    }


def kept(content: Content) -> dict[str, Any]:
    return {
        "marks": [
            {"place": one.place, "kind": one.kind, "before": _choice(one.before), "after": _choice(one.after)}
            for one in content.marks
        ],
        "treated": [
            {
                "place": place,
                "technique": one.technique,
                "minutes": one.minutes,
                "pressure": _choice(one.pressure),
            }
            for one in content.treated
            for place in on_chart(one.place)
        ],
    }


def _valid(row: Any) -> dict[str, Any]:
    return {field.short_name: None if field.errors else field.data for field in row}


def _choice(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(choice: str | None) -> int | None:
    return int(choice) if choice else None
