"""The shape of a note."""

import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import HiddenInput

from clinic.core.fields import Whole
from clinic.core.forms import Form, Ticks, at_most
from clinic.notes import wording
from clinic.notes.operations import Page
from clinic.notes.rules import AREAS, MOST_PAIN, PARTS, SIDES, Content

LONGEST = 6000


def _part(name: str) -> Field:
    return TextAreaField(wording.PARTS[name], [Optional(), at_most(LONGEST)], description=wording.HINTS[name])


def _pain(label: Any) -> Field:
    numbers = [SelectChoice(str(n), str(n)) for n in range(MOST_PAIN + 1)]
    return RadioField(label, [Optional()], choices=[SelectChoice("", _l("not asked")), *numbers], default="")


class NoteForm(Form):
    """All of a note on one page. `key` and `revision` say which page it was and what it was made from."""

    subjective = _part("subjective")
    objective = _part("objective")
    assessment = _part("assessment")
    plan = _part("plan")
    pain_on_arrival = _pain(_l("Pain on arrival"))
    pain_at_end = _pain(_l("Pain at the end"))
    treated = Ticks(
        _l("What was treated"), choices=[SelectChoice(f"{area}/{side}", side) for area in AREAS for side in SIDES]
    )
    asked_again = BooleanField(_l("Asked again aloud today, and they agreed"))
    key = HiddenField()
    revision = Whole(widget=HiddenInput(), default=0)

    @classmethod
    def showing(cls, content: Content, revision: int) -> "NoteForm":
        """A new page of this note."""
        pain = {name: _as_choice(getattr(content, name)) for name in ("pain_on_arrival", "pain_at_end")}
        kept = {**content.as_kept(), **pain, "key": secrets.token_urlsafe(12), "revision": revision}
        return cls(formdata=None, data=kept)

    def content(self) -> Content:
        return Content(
            **{part: self[part].data or "" for part in PARTS},
            pain_on_arrival=_as_number(self.pain_on_arrival.data),
            pain_at_end=_as_number(self.pain_at_end.data),
            treated=tuple(self.treated.data or ()),
            asked_again=bool(self.asked_again.data),
        )

    def page(self) -> Page:
        return Page((self.key.data or "")[:40], self.revision.data or 0)


class AmendmentForm(Form):
    text = TextAreaField(
        _l("Amendment"),
        [DataRequired(_l("Write what is to stand beside the note.")), at_most(LONGEST)],
        description=_l("It is signed at once, with your name and the time. The note itself stays as it is."),
    )


def _as_choice(pain: int | None) -> str:
    return "" if pain is None else str(pain)


def _as_number(choice: str | None) -> int | None:
    return int(choice) if choice else None
