"""What a client comes for, and which muscles are injured."""

from typing import Any

from clinic.core.forms import Form
from clinic.notes.rules import Content


class EpisodePart(Form):
    pass


def said(form: Any) -> dict[str, Any]:
    return {}


def kept(content: Content) -> dict[str, Any]:
    return {}
