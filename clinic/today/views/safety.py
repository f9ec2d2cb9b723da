"""The safety list at the desk: read aloud and ticked once; from then on only what it decided is seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from clinic.booking import history
from clinic.booking.told import told_by
from clinic.core import clock
from clinic.core.db import db, writing
from clinic.intake import rules
from clinic.intake.forms import ScreeningForm
from clinic.intake.models import Screening
from clinic.intake.operations import confirm_answers, forget_answers, keep_answers, screening_of
from clinic.intake.rules import Decision
from clinic.today.views.enquiry import Enquiry


@dataclass(frozen=True)
class Safety:
    """What is still to be asked (the list, that nothing on it has changed, or nothing), or what was decided."""

    asked: str
    decided: Decision | None = None
    earlier: Screening | None = None

    @property
    def rings(self) -> bool:
        """Whether a therapist rings before the visit, as far as this page was told."""
        return self.decided is not None and self.decided.ring_first


def safety_of(asked: Enquiry) -> Safety:
    """Answers of this page first; of a known client, what they answered last time may be confirmed."""
    listed = asked.chosen.programme.safety
    if own := screening_of(db.session, asked.visit, now=asked.chosen.now):
        return Safety(rules.NOTHING, _decided(asked, own))
    earlier = history.last_answers(db.session, asked.client.id) if asked.client else None
    decision, age = (
        (earlier.decision(listed), asked.chosen.now - earlier.created_at) if earlier else (None, timedelta())
    )
    return Safety(rules.asked_again(decision, age, is_release=asked.chosen.treatment.is_release), earlier=earlier)


def keep(asked: Enquiry, safety: Safety, form: ScreeningForm, *, unchanged: bool) -> Decision:
    """Seal what was answered, and give the decision. Commits: a time that has gone does not lose the answers."""
    db.session.rollback()
    with writing():
        if unchanged and safety.earlier:
            kept = confirm_answers(db.session, asked.visit, safety.earlier, now=clock.now())
        else:
            kept = keep_answers(db.session, asked.visit, form.ticks(), now=clock.now())
        decided = _decided(asked, kept)
        db.session.commit()
    return decided


def _decided(asked: Enquiry, answered: Screening) -> Decision:
    """What follows for a release, with all that a client we know has told before."""
    client_id, chosen = asked.client.id if asked.client else None, asked.chosen
    on = chosen.at.date() if chosen.at else chosen.today
    return told_by(db.session, chosen.programme.safety, client_id, answered, on=on).decision(is_release=True)


def is_answered(sent: Mapping[str, str]) -> bool:
    """Whether anything of the list was ticked."""
    return any(group in sent for group in rules.PAGE)


def without_ticks(asked: Enquiry, form: ScreeningForm) -> ScreeningForm:
    """The list anew, with what was wrong: what somebody said yes to is not shown a second time, not even then."""
    blank = ScreeningForm(formdata=None, rules=asked.chosen.programme.safety)
    for group in rules.PAGE:
        blank[group].errors = form[group].errors
    return blank


def forget(asked: Enquiry) -> None:
    """An emergency leaves nothing behind. Commits."""
    db.session.rollback()
    with writing():
        forget_answers(db.session, asked.visit)
        db.session.commit()
