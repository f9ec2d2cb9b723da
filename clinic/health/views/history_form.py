"""A page of the health history as a form. Its fields are the questions of that page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, HiddenField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional
from wtforms.widgets import TextInput

from clinic.consent.forms import AcceptanceForm
from clinic.core.fields import Readable, Whole
from clinic.core.forms import Form, Ticks, at_most
from clinic.drawings.forms import BodyChartField
from clinic.intake.rules.facts import Answers
from clinic.intake.rules.history import LONGEST, NONE_OF_THESE, Page, Question


def history_form(page: Page, today: date, *, shown: Answers | None = None, accepts: bool = False) -> Form:
    """The form of this page: as it was sent, or, where something is `shown`, with these answers. `today`: at the
    clinic. `accepts`: whether the privacy notice is to be accepted with it.
    """
    fields = {one.id: FIELDS[one.kind](one) for one in page.questions}
    fields |= {"accepted": AcceptanceForm.accepted} if accepts else {}
    form = type("HistoryForm", (Form,), {**fields, "asks": HiddenField(default=asks(page)), "today": today})
    if shown is None:
        return form()  # type: ignore[no-any-return]
    data = {one.id: _as_data(one, shown[one.id]) for one in page.questions if one.id in shown}
    return form(formdata=None, data=data)  # type: ignore[no-any-return]


def asks(page: Page) -> str:
    """Which page a form comes from: by now that number may be another one's."""
    return page.questions[0].id


def answers_in(form: Form, page: Page) -> dict[str, Any]:
    """What was answered, as it is kept. A page that was sent has an answer to all it asks, if an empty one."""
    return {one.id: _as_kept(form[one.id].data) for one in page.questions}


def _as_kept(data: Any) -> Any:
    return data.isoformat() if isinstance(data, date) else data


def _as_data(question: Question, kept: Any) -> Any:
    return date.fromisoformat(kept) if question.kind == "date" and kept else kept


class DayOfLife(Readable, DateField):  # type: ignore[misc]  # wtforms has no types
    """A day that somebody alive may tell: of their birth, too."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter a day, such as 2026-03-12.")) from error
        if self.data and not 1900 <= self.data.year <= 2200:
            raise ValueError(_("Enter a day, such as 2026-03-12."))


def _answer(question: Question) -> LazyString:
    return _l("Answer “%(question)s”", question=question.label)


def _needed(question: Question, needed: Callable[[LazyString], Any] = InputRequired) -> list[Any]:
    return [needed(_answer(question))] if question.required else [Optional()]


def _ticks(question: Question) -> Field:
    none = [SelectChoice(NONE_OF_THESE, _l("None of these"))] if question.required else []
    choices = [*(SelectChoice(*one) for one in question.options.items()), *none]
    return Ticks(
        question.label, [*_needed(question, DataRequired), _not_both], choices=choices, description=question.hint
    )


def _not_both(_form: Any, field: Ticks) -> None:
    if NONE_OF_THESE in (field.data or ()) and len(field.data) > 1:
        raise ValidationError(_l("You ticked “None of these” and something else. Keep only what is true."))


def _one(question: Question) -> Field:
    choices = [SelectChoice(*one) for one in question.options.items()]
    return RadioField(question.label, _needed(question), choices=choices, description=question.hint)


def _number(question: Question) -> Field:
    between = NumberRange(question.least, question.most, _l("Enter a number from %(min)s to %(max)s."))
    needed = [*_needed(question), between]
    return Whole(question.label, needed, description=question.hint, widget=TextInput())


def _date(question: Question) -> Field:
    been = [_has_been] if question.past else []
    return DayOfLife(question.label, [*_needed(question), *been], description=question.hint)


def _has_been(form: Any, field: Field) -> None:
    if field.data and field.data > form.today:
        raise ValidationError(_l("Enter a day that has been."))


def _words(question: Question) -> Field:
    kind = TextAreaField if question.rows > 1 else StringField
    return kind(question.label, [*_needed(question), at_most(LONGEST)], description=question.hint)


def _marks(question: Question) -> Field:
    return BodyChartField(question.label, _needed(question, DataRequired), description=question.hint)


FIELDS: dict[str, Callable[[Question], Field]] = {
    "ticks": _ticks,
    "one": _one,
    "number": _number,
    "date": _date,
    "words": _words,
    "marks": _marks,
}
