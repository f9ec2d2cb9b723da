"""Where whoever we know goes on whose health, as they told it before, stands in the way."""

from collections.abc import Iterable

from flask import redirect, render_template
from werkzeug.wrappers import Response

from clinic.booking.views.page import Choice
from clinic.core.refusals import Refusal


def told_before(chosen: Choice, refusals: Iterable[Refusal]) -> tuple[str, int] | Response | None:
    """A call first, or another treatment at the same time; None where nothing of the kind is among the refusals."""
    codes = {refusal.code for refusal in refusals}
    if "ring_first" in codes:
        return ring_first()
    if "release_ruled_out" in codes:
        return redirect(chosen.href("decision" if chosen.screening else "screening"), 303)
    return None


def ring_first() -> tuple[str, int]:
    """Whom to ring, and never why."""
    return render_template("booking/ring_first.html"), 409
