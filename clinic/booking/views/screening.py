"""The safety page of a release, and what it decides."""

from flask import redirect, render_template
from werkzeug.wrappers import Response

from clinic.booking import queries
from clinic.booking.views.asked import choice_in_address
from clinic.booking.views.choice import Choice
from clinic.booking.views.hold import give_back
from clinic.booking.views.page import bp
from clinic.booking.views.tiles import Tile, tile
from clinic.booking.views.told import ring_first
from clinic.booking.wishes import refusals_of
from clinic.core import clock
from clinic.core.access import public
from clinic.core.db import db
from clinic.core.forms import with_token
from clinic.core.times import minute_of
from clinic.core.visit import note_answers, visit_id
from clinic.intake import wording
from clinic.intake.forms import ScreeningForm
from clinic.intake.operations import forget_answers, keep_answers
from clinic.intake.rules import decide_by


@bp.get("/treatments/<slug>/safety")
@public
def screening(slug: str) -> str | Response:
    chosen = choice_in_address(slug)
    if not chosen.treatment.is_release:
        return redirect(_onward(chosen), 303)
    return _page(chosen, ScreeningForm(formdata=None, rules=chosen.programme.safety))


def _help_now(slug: str) -> str | None:
    """What to do, where what is ticked is an emergency, whatever else is blank or wrong."""
    chosen = choice_in_address(slug)
    rules = chosen.programme.safety
    emergency = decide_by(rules, ScreeningForm(rules=rules).ticks(), deep=True).emergency
    values = {"chosen": chosen, "emergency": emergency, "numbers": _numbers(chosen)}
    return render_template("booking/emergency.html", **values) if emergency else None


@bp.post("/treatments/<slug>/safety")
@public
@with_token(otherwise=_help_now)
def screening_submit(slug: str) -> str | tuple[str, int] | Response:
    """An emergency is answered at once, and leaves nothing behind."""
    if help_now := _help_now(slug):
        forget_answers(db.session, visit_id())
        db.session.commit()
        give_back()
        return help_now
    chosen = choice_in_address(slug)
    rules = chosen.programme.safety
    form = ScreeningForm(rules=rules)
    if not form.validate():
        return _page(chosen, form), 422
    kept = keep_answers(db.session, visit_id(), form.ticks(), now=clock.now())
    note_answers()
    decided, told = kept.decision(rules), chosen.told.decision(is_release=True)
    db.session.commit()
    if decided.refer or told.emergency or told.refer:
        give_back()
    return redirect(_onward(chosen) if decided.release_allowed else chosen.href("decision"), 303)


@bp.get("/treatments/<slug>/safety/decision")
@public
def decision(slug: str) -> str | tuple[str, int] | Response:
    """What the answers rule out, and the way on."""
    chosen = choice_in_address(slug)
    screening = chosen.screening
    if screening is None:
        return redirect(chosen.href("screening"), 303)
    rules = chosen.programme.safety
    decided = screening.decision(rules)
    if decided.refer:
        asked = wording.ticked(rules, decided.reasons)
        return render_template(
            "booking/doctor_first.html",
            chosen=chosen,
            numbers=_numbers(chosen),
            asked=asked,
            today=chosen.now,
        )
    told = chosen.told.decision(is_release=chosen.treatment.is_release)
    if told.emergency or told.refer:
        return ring_first()
    instead = chosen.instead()
    if told.release_allowed or instead is None:
        return redirect(_onward(chosen), 303)
    return _alternative(chosen, instead)


def _alternative(chosen: Choice, instead: Choice) -> str:
    same_time, nearest = _ways_on(instead)
    return render_template(
        "booking/alternative.html",
        chosen=chosen,
        instead=instead,
        ring_first=chosen.told.rings,
        same_time=same_time,
        nearest=nearest,
    )


def _page(chosen: Choice, form: ScreeningForm) -> str:
    return render_template(
        "booking/screening.html",
        chosen=chosen,
        form=form,
        has_errors=bool(form.errors),
        questions=wording.questions(chosen.programme.safety),
        numbers=_numbers(chosen),
    )


def _onward(chosen: Choice) -> str:
    return chosen.href("details") if chosen.slot else chosen.href("times")


def _numbers(chosen: Choice) -> wording.EmergencyNumbers:
    return wording.numbers(chosen.programme.clinic.country)


def _ways_on(instead: Choice) -> tuple[str | None, list[Tile]]:
    """The alternative at the very time that was tapped; where that can't be, the three nearest with anybody."""
    if not instead.slot or instead.starts_at is None:
        return None, []
    wish = instead.wish(name="", email="")
    if not refusals_of(db.session, instead.programme, wish, now=instead.now):
        return instead.href("details"), []
    look = queries.search(
        db.session,
        instead.programme,
        first=instead.today,
        days=instead.treatment.horizon_days,
        now=instead.now,
        own=instead.own,
    )
    slots = look.slots(instead.treatment, instead.length.minutes, narrowing=instead.narrowing)
    nearest = queries.nearest(slots, minute_of(instead.starts_at))
    return None, [tile(slot, instead, on_day=False) for slot in nearest]
