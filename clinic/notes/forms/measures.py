"""The measures of a note: pain, and how things go."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectChoice
from wtforms.validators import Optional

from clinic.core.forms import Form
from clinic.notes.rules import MOST_PAIN, Content

PAIN = ("pain_on_arrival", "pain_at_end")


def _pain(label: Any) -> Field:
    numbers = [SelectChoice(str(n), str(n)) for n in range(MOST_PAIN + 1)]
    return RadioField(label, [Optional()], choices=[SelectChoice("", _l("not asked")), *numbers], default="")


class MeasuresPart(Form):
    pain_on_arrival = _pain(_l("Pain on arrival"))
    pain_at_end = _pain(_l("Pain at the end"))


def said(form: Any) -> dict[str, Any]:
    return {name: _as_number(form[name].data) for name in PAIN if not form[name].errors}


def kept(content: Content) -> dict[str, Any]:
    return {name: _as_choice(getattr(content, name)) for name in PAIN}


def _as_choice(pain: int | None) -> str:
    return "" if pain is None else str(pain)


def _as_number(choice: str | None) -> int | None:
    return int(choice) if choice else None
