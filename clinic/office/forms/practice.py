"""What a clinic sets about exercises at home: what it shows everybody, and what its therapists hear of."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, ValidationError

from clinic.core.fields import Whole
from clinic.core.setting import SettingForm, between

CHECK_IN_HOURS = (24, 72)


class PracticeFields(SettingForm):
    """The part of the clinic's settings that is about plans."""

    shows_exercises = BooleanField(
        _l("Show your exercises to everybody"),
        description=_l("A page with drawings, linked from your home page. It says who should ask you first."),
    )
    shows_practice = BooleanField(
        _l("Give everybody a free practice"),
        description=_l(
            "A page with one gentle rest to do at home, your papers and links. It says who should ask first."
        ),
    )
    pain_amber_from = Whole(
        _l("Pain to watch, from"),
        between(1, 9),
        description=_l("Of 10. Fine if it settles within a day; if not, the therapist hears of it."),
    )
    pain_red_from = Whole(
        _l("Pain to ring about, from"), between(2, 10), description=_l("Of 10. The therapist hears of it at once.")
    )
    plan_silence_days = Whole(
        _l("Nothing told of a plan, in days"),
        between(0, 60),
        description=_l("Then it is on the therapist's work list. 0: never."),
    )
    check_in_hours = Whole(
        _l("Ask how they are, in hours after a release"),
        between(0, CHECK_IN_HOURS[1]),
        description=_l("From 24 to 72, by a mail with a few questions. 0: never."),
    )

    def validate_pain_red_from(self, field: Any) -> None:
        amber = self.pain_amber_from.data
        if field.data is not None and amber is not None and field.data <= amber:
            raise ValidationError(_("Enter more than for the pain to watch."))

    def validate_check_in_hours(self, field: Any) -> None:
        if field.data and field.data < CHECK_IN_HOURS[0]:
            raise ValidationError(_("Enter 24 to 72, or 0 for never."))
