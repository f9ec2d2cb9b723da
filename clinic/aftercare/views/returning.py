"""That it is back: red flags first; then the plan is calm again, its therapist rings, and here are their next times."""

from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import queries, wording
from clinic.aftercare.forms.check_ins import CheckInForm
from clinic.aftercare.models import PlanIssue
from clinic.aftercare.operations import answering
from clinic.aftercare.rules.check_ins import EMERGENCY, TOLD_BACK, needs_help
from clinic.aftercare.views.again import last_booked
from clinic.aftercare.views.page import bp
from clinic.aftercare.views.practice import waits_for_call
from clinic.aftercare.views.standing import issue_or_404, people_of
from clinic.aftercare.views.year import before_the_year
from clinic.booking.offered import ListedTherapist
from clinic.booking.queries import PAGE_DAYS, Slot, search
from clinic.booking.views.asked import again_choice
from clinic.booking.views.choice import Choice
from clinic.booking.views.tiles import Tile, tile
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.forms import ONCE_MORE, with_token

Answer = str | tuple[str, int] | Response
TIMES_SHOWN = 3


@dataclass(frozen=True)
class Next:
    """The next times of one therapist, for what the client had last; `all_times` leads to more of them."""

    choice: Choice
    tiles: list[Tile]
    all_times: str


@bp.get("/plans/<token>/return")
@holder_of("plan")
@before_the_year
def is_back(subject_id: UUID, token: str) -> str:
    """What is asked; once it was told, what follows."""
    issue = issue_or_404(subject_id)
    if queries.returned(db.session, issue.id):
        values = {"stop_if": wording.STOP_IF, "next": _next(issue, token), "waits": waits_for_call(issue)}
        return render_template("aftercare/returned.html", token=token, **values, **people_of(issue))
    return _page(issue, token, CheckInForm(TOLD_BACK, formdata=None))


def _once_more(subject_id: UUID, token: str) -> Answer:
    """For whoever lost their session on the way: what they tell, to be sent by one more press."""
    form = CheckInForm(TOLD_BACK)
    form.form_errors.append(ONCE_MORE)
    return _page(issue_or_404(subject_id), token, form), 400


@bp.post("/plans/<token>/return")
@holder_of("plan")
@before_the_year
@with_token(otherwise=_once_more)
def is_back_submit(subject_id: UUID, token: str) -> Answer:
    """A red flag is heard whatever else is blank or wrong, and leads to what to do now."""
    issue, form = issue_or_404(subject_id), CheckInForm(TOLD_BACK)
    if not form.is_flagged and not form.validate():
        return _page(issue, token, form), 422
    told, by = form.told(), Actor.by_link(token)
    answering.tell_it_is_back(db.session, issue, told, now=clock.now(), by=by)
    db.session.commit()
    return redirect(url_for("aftercare.help_now" if needs_help(told) else "aftercare.is_back", token=token), 303)


def _page(issue: PlanIssue, token: str, form: CheckInForm) -> str:
    return render_template(
        "aftercare/return.html",
        token=token,
        form=form,
        action=url_for("aftercare.is_back", token=token),
        emergency=EMERGENCY,
        has_errors=bool(form.errors),
        **people_of(issue),
    )


def _next(issue: PlanIssue, token: str) -> Next | None:
    """None where what they had is offered no more or asks for an assessment first, or its therapist has no time."""
    way = last_booked(issue.plan_id, token)
    choice = again_choice(way, None) if way else None
    therapist = choice.programme.therapist(issue.therapist.slug) if choice else None
    if choice is None or therapist is None or choice.assessment_refusals:
        return None
    slots = _slots(choice, therapist, PAGE_DAYS) or _slots(choice, therapist, choice.treatment.horizon_days + 1)
    tiles = [tile(one, choice, on_day=False) for one in slots[:TIMES_SHOWN]]
    return Next(choice, tiles, choice.times_href(therapist=therapist.slug)) if tiles else None


def _slots(choice: Choice, therapist: ListedTherapist, days: int) -> list[Slot]:
    look = search(db.session, choice.programme, first=choice.today, days=days, now=choice.now, own=choice.own)
    return look.slots(choice.treatment, choice.length.minutes, therapist)
