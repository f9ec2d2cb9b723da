"""What tests showed in a visit."""

from typing import Any

from clinic.core.forms import Form
from clinic.notes.rules import Content


class ResultsPart(Form):
    pass


def said(form: Any) -> dict[str, Any]:
    return {}


def kept(content: Content) -> dict[str, Any]:
    return {}
