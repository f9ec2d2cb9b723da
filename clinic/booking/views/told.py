"""Where to go on for whoever's health, as they told it now or before, stands in the way."""

from collections.abc import Iterable, Sequence

from flask import redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import wording
from clinic.booking.views.assessment import assessment_first
from clinic.booking.views.choice import Choice
from clinic.booking.views.times import times_page
from clinic.core.refusals import Refusal


def told_before(chosen: Choice, refusals: Iterable[Refusal]) -> tuple[str, int] | Response | None:
    """A call first, or another treatment at the same time; None where nothing of the kind is among the refusals."""
    codes = {refusal.code for refusal in refusals}
    if "ring_first" in codes:
        return ring_first()
    if "release_ruled_out" in codes:
        return redirect(chosen.href("decision" if chosen.screening else "screening"), 303)
    return None


def safety_first(chosen: Choice) -> Response | None:
    """The safety page to answer, or what it decides to read, where either comes before what is chosen."""
    told, is_release = chosen.told, chosen.treatment.is_release
    if told.page is None:
        return redirect(chosen.href("screening"), 303) if is_release else None
    decided = told.decision(is_release=is_release)
    allowed = decided.release_allowed or not (is_release or told.page.refer)
    return None if allowed else redirect(chosen.href("decision"), 303)


def refused(chosen: Choice, refusals: Sequence[Refusal]) -> tuple[str, int] | Response:
    """Where the way goes on from a tapped time that cannot be had."""
    if way := told_before(chosen, refusals) or assessment_first(chosen, refusals):
        return way
    message = _("%(why)s These are the nearest times.", why=wording.sentence(refusals[0]))
    return times_page(chosen, message=message), 409


def ring_first() -> tuple[str, int]:
    """Whom to ring, and never why."""
    return render_template("booking/ring_first.html"), 409
