"""The measures of a note: pain, what is hard for them, how it is over all, and totals of what is answered elsewhere."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FieldList, FloatField, FormField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from clinic.core.fields import Readable
from clinic.core.forms import Form, at_most
from clinic.notes.catalogue.measures import Measure, measures
from clinic.notes.rules import MOST_PAIN, Activity, Content
from clinic.notes.wording.measures import HOW_WELL

PAIN = ("pain_on_arrival", "pain_at_end", "pain_worst", "pain_average")
MEASURES = measures().measures
TOTALS = tuple(one.id for one in measures().totals)
SCORES = ("hours_seated", "practice_days", *TOTALS)
MOST_ACTIVITIES = 5
LONGEST = 80
NOT_ASKED = _l("not asked")


class Score(Readable, FloatField):  # type: ignore[misc]  # wtforms has no types
    """What may be entered for a measure: within its bounds, 4.5 or 4,5."""

    def __init__(self, measure: Measure, label: Any = None, **more: Any) -> None:
        super().__init__(label or measure.name, [Optional(), self._fits], **more)
        self.measure = measure

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([one.replace(",", ".") for one in valuelist])
        except ValueError as error:
            raise ValueError(self._asked) from error

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "" if self.data is None else f"{self.data:g}"

    def _fits(self, _form: Any, _field: Any) -> None:
        if self.data is not None and not self.measure.holds(self.data):
            raise ValidationError(self._asked)

    @property
    def _asked(self) -> str:
        least, most, step = (f"{one:g}" for one in (self.measure.min, self.measure.max, self.measure.step))
        told = {"what": self.measure.name, "least": least, "most": most, "step": step}
        return str(_("%(what)s: %(least)s to %(most)s, in steps of %(step)s.", **told))


def pain_scale(label: Any, description: Any = "", none: Any = NOT_ASKED) -> Field:
    """0 to 10, one tap; or none of them, as it is called here."""
    choices = [SelectChoice("", none), *(SelectChoice(str(n), str(n)) for n in range(MOST_PAIN + 1))]
    return RadioField(label, [Optional()], choices=choices, default="", description=description)


def score(measure_id: str, label: Any = None, description: Any = "") -> Field:
    """The field of a measure that is entered as a number."""
    return Score(MEASURES[measure_id], label, description=description)


def global_change(label: Any = None, description: Any = "", none: Any = NOT_ASKED) -> Field:
    """Seven answers, from very much better to very much worse."""
    answers = (SelectChoice(str(n), words) for n, words in measures().global_change.items())
    more = {"choices": [SelectChoice("", none), *answers], "default": "", "description": description}
    return SelectField(label or MEASURES["global_change"].name, [Optional()], **more)


class ActivityRow(Form):
    """Something that is hard for them, and how well it goes."""

    words = StringField(_l("Activity"), [at_most(LONGEST)])
    score = SelectField(
        _l("How well it goes"),
        [Optional()],
        choices=[SelectChoice("", NOT_ASKED), *(SelectChoice(str(n), words) for n, words in HOW_WELL.items())],
        default="",
    )

    def validate_words(self, field: Field) -> None:
        if self.score.data and not field.data:
            raise ValidationError(_("Say which activity this is, or take its number away."))


class MeasuresPart(Form):
    pain_on_arrival = pain_scale(_l("Pain on arrival"))
    pain_at_end = pain_scale(_l("Pain at the end"))
    pain_worst = pain_scale(MEASURES["pain_worst"].name)
    pain_average = pain_scale(MEASURES["pain_average"].name)
    activities = FieldList(FormField(ActivityRow), MEASURES["activities"].name, max_entries=MOST_ACTIVITIES)
    global_change = global_change()
    hours_seated = score("hours_seated")
    practice_days = score("practice_days")
    rmdq = score("rmdq")
    peg = score("peg")
    odi = score("odi")
    qbpds = score("qbpds")
    start_back = score("start_back")

    @property
    def numbers(self) -> list[Any]:
        """The fields that are typed as a number."""
        return [self[name] for name in SCORES]

    @property
    def to_ask_again(self) -> list[str]:
        """Activities that wait for their number of today."""
        return [row.words.data for row in self._activity_rows if row.words.data and not row.score.data]

    @property
    def shows_more_measures(self) -> bool:
        """Whether something stands in the part that is folded away, or is wrong there."""
        fields = (*(self[name] for name in (*SCORES, "pain_worst", "pain_average", "global_change")), self.activities)
        scored = any(row.score.data for row in self._activity_rows)
        return scored or any(
            one.errors or (one is not self.activities and one.data not in {None, ""}) for one in fields
        )

    @property
    def _activity_rows(self) -> list[Any]:
        return [one.form for one in self.activities]


def said(form: Any) -> dict[str, Any]:
    """What can be read; what cannot is told at its field."""
    pains = {name: whole(form[name]) for name in PAIN}
    scores = {name: read(form[name]) for name in SCORES} | {"global_change": whole(form["global_change"])}
    told = {name: value for name, value in scores.items() if value is not None}
    return {**pains, "scores": told, "activities": tuple(_activities(form.activities))}


def kept(content: Content) -> dict[str, Any]:
    pains = {name: _as_choice(getattr(content, name)) for name in PAIN}
    scores = {name: content.scores.get(name) for name in SCORES}
    rows = [{"words": one.words, "score": _as_choice(one.score)} for one in content.activities]
    more: list[dict[str, str]] = [{}] if len(rows) < MOST_ACTIVITIES else []
    change = _as_choice(content.scores.get("global_change"))
    return {**pains, **scores, "global_change": change, "activities": [*rows, *more]}


def _activities(rows: Sequence[Any]) -> list[Activity]:
    """Rows with words, each as they stand."""
    written = [row.form for row in rows if row.form.words.data and not row.form.words.errors]
    return [Activity(row.words.data, whole(row.score)) for row in written]


def read(field: Any) -> Any:
    """What a field says, or None where it is blank or wrong."""
    return None if field.errors or field.data in {None, ""} else field.data


def whole(field: Any) -> int | None:
    said = read(field)
    return None if said is None else int(said)


def _as_choice(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
