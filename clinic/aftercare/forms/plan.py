"""A plan in the making."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    SelectChoice,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional

from clinic.aftercare.models import UsefulLink
from clinic.aftercare.operations import Content, PointsTo
from clinic.aftercare.rules import Step
from clinic.core.forms import Form, Ticks, at_most
from clinic.core.times import day_from_address

REVIEW_AFTER = timedelta(weeks=3)


class PlanForm(Form):
    """The plan around its exercises. `revision` says what the page was made from; `offered` are the pages and videos
    that the clinic offers by now: what it has hidden since is not kept in a draft.
    """

    revision = HiddenField(default="0")
    word = TextAreaField(_l("A word to your client"), [Optional(), at_most(1000)])
    review_on = StringField(_l("Look at it again on"), [Optional()])
    expected = TextAreaField(
        _l("What to expect"),
        [Optional(), at_most(1000)],
        description=_l("What may change, and about when. Promise nothing."),
    )
    links = Ticks(_l("Pages and videos to go with it"), validate_choice=False)

    def __init__(self, *, today: date, offered: Sequence[UsefulLink] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today, self.offered = today, offered
        self.links.choices = [SelectChoice(str(one.id), one.title) for one in offered]

    @classmethod
    def showing(cls, content: Content, revision: int, *, today: date, offered: Sequence[UsefulLink] = ()) -> "PlanForm":
        """The plan as it was kept. Whoever changes it after its review looks at it again in three weeks."""
        is_over = content.review_on is not None and content.review_on < today
        review_on = today + REVIEW_AFTER if is_over else content.review_on
        chosen = {one.url for one in content.links}
        kept: Mapping[str, object] = {
            "revision": str(revision),
            "word": content.word,
            "review_on": review_on.isoformat() if review_on else "",
            "expected": content.expected,
            "links": [str(one.id) for one in offered if one.url in chosen],
        }
        return cls(today=today, offered=offered, formdata=None, data=kept)

    @classmethod
    def blank(cls, *, today: date, offered: Sequence[UsefulLink] = ()) -> "PlanForm":
        """Of a plan that is not there yet: to be looked at again in three weeks."""
        return cls.showing(Content(review_on=today + REVIEW_AFTER), 0, today=today, offered=offered)

    def sent(self) -> list[tuple[str, str]]:
        """Its names and values, as a page sends them."""
        plain = [(field.name, field.data or "") for field in self if field.name != "links"]
        return plain + [("links", one) for one in self.links.data or ()]

    def validate_review_on(self, field: StringField) -> None:
        day = day_from_address(field.data)
        if day is None:
            raise ValidationError(_l("Enter a date like 2026-12-24, or leave it empty."))
        if day < self.today:
            raise ValidationError(_l("That day is over. Choose today or a later one."))

    def made_from(self) -> int:
        """The revision; one that never was, where the page was made up."""
        typed = self.revision.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else -1

    def content(self, steps: tuple[Step, ...]) -> Content:
        links = tuple(
            PointsTo(one.title, one.url, is_video=one.is_video, is_affiliate=one.is_affiliate)
            for one in self.offered
            if str(one.id) in (self.links.data or ())
        )
        review_on = day_from_address(self.review_on.data or "")
        return Content(steps, self.word.data or "", review_on, self.expected.data or "", links)
