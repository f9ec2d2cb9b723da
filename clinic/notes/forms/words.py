"""The words of a note: a text for each part of its format."""

from typing import Any

from wtforms import Field, TextAreaField
from wtforms.validators import Optional

from clinic.core.forms import Form, at_most
from clinic.notes import wording
from clinic.notes.rules import SOAP, Content

LONGEST = 6000


def _part(name: str) -> Field:
    return TextAreaField(wording.PARTS[name], [Optional(), at_most(LONGEST)], description=wording.HINTS[name])


class WordsPart(Form):
    subjective = _part("subjective")
    objective = _part("objective")
    assessment = _part("assessment")
    plan = _part("plan")


def said(form: Any) -> dict[str, Any]:
    return {"words": {part: form[part].data for part in SOAP if form[part].data}}


def kept(content: Content) -> dict[str, Any]:
    return dict(content.words)
