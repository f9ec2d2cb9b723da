"""The shape of a physical test of the clinic's own: what it is called, and each value that it records."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FloatField,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import HiddenInput

from clinic.core.fields import Readable, Whole
from clinic.core.forms import Form, at_most
from clinic.core.setting import CHOOSE, NEEDED
from clinic.notes.catalogue.physical_tests import MOST_VALUES, PhysicalTest, Value
from clinic.office.wording import COMPARES, DIRECTIONS, TEST_KINDS

LARGEST = 10_000
FIGURES = ("least", "most", "step", "error", "normal_least", "normal_most")
WORDS = ("label", "kind", "unit", "hint", "direction", "compare", "error_source", "normal_source")
TICKS = ("required", "each_side")


class Amount(Readable, FloatField):  # type: ignore[misc]  # wtforms has no types
    """A number, with a point or a comma."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([one.replace(",", ".").replace("−", "-") for one in valuelist])
        except ValueError as error:
            raise ValueError(_("Enter a number, such as 12 or 4.5.")) from error
        if self.data is not None and not abs(self.data) <= LARGEST:  # nor what is no number at all
            self.data = None
            raise ValueError(_("Enter a number, such as 12 or 4.5."))
        if self.data is not None and self.data.is_integer():
            self.data = int(self.data)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else f"{self.data:g}" if self.data is not None else ""


def _chosen(label: Any, words: dict[str, Any]) -> SelectField:
    choices = [SelectChoice(code, one) for code, one in words.items()]
    return SelectField(label, choices=choices, invalid_choice_message=CHOOSE)


def _amount(label: Any, description: Any = "") -> Amount:
    return Amount(label, [Optional()], description=description)


class ValueForm(Form):
    """One value. Without a label it is an empty row, and nothing is kept of it."""

    id = HiddenField()
    label = StringField(_l("What is recorded"), [at_most(40)])
    kind = _chosen(_l("How"), TEST_KINDS)
    unit = StringField(_l("Unit"), [at_most(8)], description=_l("Such as ° or cm."))
    hint = StringField(_l("A hint"), [at_most(60)])
    least, most = _amount(_l("Least")), _amount(_l("Most"))
    step = _amount(_l("In steps of"))
    choices = TextAreaField(_l("Answers to choose from"), [at_most(400)], description=_l("One on each line."))
    required = BooleanField(_l("A result does not count without it"))
    each_side = BooleanField(_l("Left and right, each"), default=True)
    direction = _chosen(_l("What is better?"), DIRECTIONS)
    compare = _chosen(_l("Compared with last time"), COMPARES)
    error = _amount(_l("Error of measurement"), _l("A smaller change than this means nothing. Empty: not known."))
    error_source = StringField(_l("How is that known?"), [at_most(300)])
    normal_least, normal_most = _amount(_l("Usual, from")), _amount(_l("Usual, to"))
    normal_source = StringField(_l("How is that known?"), [at_most(300)])

    @property
    def is_empty(self) -> bool:
        return not any(field.data for field in (self.label, self.unit, self.hint, self.choices, self.least, self.most))

    def definition(self) -> dict[str, Any]:
        """As a definition has it, but for its id."""
        figures = {name: self[name].data for name in FIGURES if self[name].data is not None}
        answers = [one.strip() for one in (self.choices.data or "").splitlines() if one.strip()]
        said = {name: self[name].data or "" for name in WORDS} | {name: bool(self[name].data) for name in TICKS}
        return {**said, **figures, "choices": {one: one for one in answers}}


class PhysicalTestForm(Form):
    """A test of the clinic's own. A page always shows one value more, so that it grows without a script."""

    name = StringField(_l("What it is called"), [DataRequired(NEEDED), at_most(80)])
    chip = StringField(_l("In short"), [DataRequired(NEEDED), at_most(20)], description=_l("Its button on a note."))
    how = TextAreaField(_l("How it is done"), [at_most(300)])
    source = StringField(_l("Where it is from"), [at_most(300)])
    trained = BooleanField(_l("Only for whoever is trained in it"))
    recorded = FieldList(FormField(ValueForm), max_entries=MOST_VALUES)
    seen = Whole(widget=HiddenInput(), default=0)

    @classmethod
    def showing(cls, found: PhysicalTest | None) -> "PhysicalTestForm":
        """A page of this test; an empty one for a test to be added."""
        if found is None:
            return cls(formdata=None).with_one_more()
        values = [{**vars(value), "choices": "\n".join(value.choices.values())} for value in found.values]
        return cls(formdata=None, data={**vars(found), "recorded": values, "seen": found.number}).with_one_more()

    def with_one_more(self) -> "PhysicalTestForm":
        """An empty row at the end, to be filled in next."""
        if len(self.recorded) < MOST_VALUES and not any(entry.form.is_empty for entry in self.recorded):
            self.recorded.append_entry({"each_side": True, "step": 1, "kind": "number", "direction": "neither"})
        return self

    def definition(self, code: str, *, offered: bool, taken: Iterable[Value] = ()) -> dict[str, Any]:
        """The test as typed. A value keeps its id through all versions, and none gets that of another; `taken`: the
        values of all versions so far.
        """
        known = {value.id for value in taken}
        ids = iter(one for n in range(1, MOST_VALUES + len(known) + 1) if (one := f"v{n}") not in known)
        rows = [entry.form for entry in self.recorded if not entry.form.is_empty]
        values = [{"id": row.id.data if row.id.data in known else next(ids), **row.definition()} for row in rows]
        named = {name: self[name].data or "" for name in ("name", "chip", "how", "source")}
        return {"code": code, **named, "trained": bool(self.trained.data), "values": values, "offered": offered}
