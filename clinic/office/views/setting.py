"""What the set-up pages share: their last changes in words, and what their words promise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext as _

from clinic.booking.views.page import programme_or_404
from clinic.core.db import db
from clinic.core.setting import SettingForm
from clinic.core.times import local
from clinic.office.history import Change, changes_of, values_before
from clinic.office.operations import subject_of
from clinic.treatments.rules import promises
from clinic.treatments.wording import PROMISES

AnyForm = TypeVar("AnyForm", bound=SettingForm)
MOST_ID = 2**63  # what a database counts to


@dataclass(frozen=True)
class Told:
    """One change as a page tells it: who, when, and a sentence for each field. None: it was made then. `id`: by which
    it can be put back, or None where no field of the page holds what it changed.
    """

    id: int | None
    who: str
    at: datetime
    sentences: list[str]


@dataclass(frozen=True)
class PointedOut:
    """Words in a field that promise a cure or an outcome, why that is pointed out, and whose rule it is."""

    field: str
    words: str
    why: Any
    source: Any


def pointed_out(form: SettingForm, *names: str) -> list[PointedOut]:
    """What the texts in these fields promise. Nothing is refused for it."""
    found = [(name, one) for name in names for one in promises(form[name].data or "")]
    return [PointedOut(form.label_of(name), one.words, *PROMISES[one.rule]) for name, one in found]


def last_changes(form: SettingForm, row: Any) -> list[Told]:
    """What was changed of it, in the words of its own form."""
    return last_changes_of(form, subject_of(row))


def last_changes_of(form: SettingForm, subject: str) -> list[Told]:
    """The same of what the trail calls so."""
    zone = programme_or_404().location.zone
    return [
        Told(_put_back_by(form, one), one.who or _("The clinic"), local(one.at, zone), list(_sentences(form, one)))
        for one in changes_of(db.session, subject)
    ]


def as_asked(form: AnyForm, row: Any) -> AnyForm:
    """The form of a row; as it was before the change that `?before=` names, to be looked at and saved again."""
    asked = request.args.get("before", type=int)
    values = values_before(db.session, subject_of(row), asked) if asked and asked < MOST_ID else {}
    if values:
        form.show_before(values)
    return form


def _put_back_by(form: SettingForm, change: Change) -> int | None:
    return change.id if any(form.can_show(name) for name, _before, _after in change.what) else None


def _sentences(form: SettingForm, change: Change) -> Iterator[str]:
    for name, before, after in change.what:
        if what := form.label_of(name):
            told = {"before": form.in_words(name, before), "after": form.in_words(name, after)}
            yield str(_("%(what)s: from %(before)s to %(after)s", what=what, **told))
