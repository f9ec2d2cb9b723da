"""What the set-up pages share: their last changes in words, and the zone they are told in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectChoice

from clinic.booking.views.page import programme_or_404
from clinic.core.db import db
from clinic.core.times import local
from clinic.office.forms.setting import SettingForm
from clinic.office.history import Change, changes_of
from clinic.office.operations import subject_of


@dataclass(frozen=True)
class Told:
    """One change as a page tells it: who, when, and a sentence for each field. None: it was made then."""

    who: str
    at: datetime
    sentences: list[str]


def last_changes(form: SettingForm, row: Any) -> list[Told]:
    """What was changed of it, in the words of its own form."""
    zone = programme_or_404().location.zone
    return [
        Told(one.who or _("The clinic"), local(one.at, zone), list(_sentences(form, one)))
        for one in changes_of(db.session, subject_of(row))
    ]


def _sentences(form: SettingForm, change: Change) -> Iterator[str]:
    for name, before, after in change.what:
        if name in form:
            field = form[name]
            told = {"what": field.label.text, "before": _words(field, before), "after": _words(field, after)}
            yield str(_("%(what)s: from %(before)s to %(after)s", **told))


def _words(field: Any, value: Any) -> str:
    """A value as its field shows it."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(_words(field, one) for one in value) or str(_("nothing"))
    if value in {None, ""}:
        return str(_("nothing"))
    names = {one.value: one.label for one in getattr(field, "choices", None) or () if isinstance(one, SelectChoice)}
    return f"“{names.get(value, value)}”"
