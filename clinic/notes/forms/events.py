"""What happened during a visit: that they agreed aloud, and what made the therapist stop."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from clinic.core.forms import Form
from clinic.notes.rules import Content


class EventsPart(Form):
    asked_again = BooleanField(_l("Asked again aloud today, and they agreed"))


def said(form: Any) -> dict[str, Any]:
    return {"asked_again": bool(form.asked_again.data)}


def kept(content: Content) -> dict[str, Any]:
    return {"asked_again": content.asked_again}
