"""The body chart of a note: where it hurts, and what was treated."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from clinic.core.forms import Form, Ticks
from clinic.notes.rules import AREAS, SIDES, Content, Treated


class ChartPart(Form):
    treated = Ticks(
        _l("What was treated"), choices=[SelectChoice(f"{area}/{side}", side) for area in AREAS for side in SIDES]
    )


def said(form: Any) -> dict[str, Any]:
    return {"treated": tuple(Treated(place) for place in form.treated.data or () if not form.treated.errors)}


def kept(content: Content) -> dict[str, Any]:
    return {"treated": list(content.places_treated)}
