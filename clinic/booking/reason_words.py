"""Why a time is not offered, in the staff's words; and where each of it is set."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from clinic.booking import wording
from clinic.booking.programme import Programme
from clinic.booking.reasons import Asked, Reason
from clinic.booking.rules import Window
from clinic.core.refusals import Refusal
from clinic.core.templating import clock_words, day_words
from clinic.core.times import instant_of, local
from clinic.qualifications import wording as qualified

OF_PAPERS = ("qualification", "insurance", "training")


def sentence(reason: Reason, asked: Asked, known: Programme, zone: str) -> str:
    """What speaks against it."""
    if reason.code.startswith(OF_PAPERS):
        lacks = qualified.sentence(Refusal(reason.code, reason.values))
        return str(_("%(name)s %(lacks)s.", name=asked.therapist.name, lacks=lacks))
    name, treatment, values = asked.therapist.name, asked.treatment, reason.values
    assessment = known.treatment_by_id(values.get("assessment_id"))
    sentences: dict[str, str] = {
        "not_offered": _("%(name)s is not offered online.", name=treatment.name),
        "length_not_offered": _("It is not offered for %(n)d minutes.", n=asked.minutes),
        "not_listed": _("%(name)s is not listed for booking.", name=name),
        "past": _("That time is over."),
        "too_soon": _("That is too soon: online it is booked further ahead."),
        "too_far": _("That is further ahead than it is booked online."),
        "outside_hours": wording.absence(values) or _hours(values.get("windows", ()), asked, zone),
        "off_grid": _("It does not start at that minute."),
        "therapist_taken": _("%(name)s has an appointment then.", name=name),
        "rest_short": _("There is no time for rest or preparation next to what %(name)s has.", name=name),
        "held": _("Somebody is booking that time just now, or was offered it."),
        "blocked": _("That time of %(name)s is blocked.", name=name),
        "no_room": _("No room is free, with time to clean it.")
        if values.get("rooms")
        else _("No room that is in use there is fit for it."),
        "most_a_day": _("%(name)s gives it as often as allowed on that day already.", name=name),
        "deep_enough": _("%(name)s gives as much deep work as allowed on that day already.", name=name),
        "releases_apart": _("%(name)s gives another release too close to it.", name=name),
        "not_packed": _("Days are kept packed, and this would stand alone."),
        "screening_needed": _("The safety page comes first, and may rule it out."),
        "assessment_first": _("“%(name)s” comes first.", name=assessment.name if assessment else ""),
        "needs_approval": _("%(name)s says yes or no to each booking.", name=name),
    }
    return sentences[reason.code]


def where(reason: Reason, asked: Asked, known: Programme) -> str:
    """Where it is set, and to what; empty for what is set nowhere."""
    name, treatment = asked.therapist.name, asked.treatment
    lengths, months = [length.minutes for length in treatment.lengths], treatment.assessment_months
    if reason.code.startswith(OF_PAPERS):
        return str(_("%(name)s's papers and their checks", name=name))
    places: dict[str, str] = {
        "not_offered": _("the treatment: not offered"),
        "length_not_offered": _("the treatment's lengths: %(n)s minutes", n=", ".join(map(str, lengths))),
        "not_listed": _("%(name)s: not listed", name=name),
        "too_soon": _("the treatment's notice: %(n)d minutes", n=treatment.notice_minutes),
        "too_far": _("the treatment's horizon: %(n)d days", n=treatment.horizon_days),
        "outside_hours": _hours_are_set(reason.values, name),
        "off_grid": _("the treatment's grid: every %(n)d minutes", n=treatment.grid_minutes),
        "rest_short": _(
            "the treatment's rest: %(rest)d minutes, and preparation: %(before)d minutes",
            rest=treatment.rest_minutes,
            before=treatment.preparation_minutes,
        ),
        "no_room": _("the treatment's cleaning: %(n)d minutes", n=treatment.cleaning_minutes)
        if reason.values.get("rooms")
        else _("the treatment's kind of room, and what each room is fit for"),
        "most_a_day": _("the treatment's most a day: %(n)s", n=treatment.most_a_day),
        "deep_enough": _("%(name)s's deep work a day: %(n)s minutes", name=name, n=asked.therapist.deep_minutes_a_day),
        "releases_apart": _(
            "%(name)s's releases apart: %(n)d minutes", name=name, n=asked.therapist.releases_apart_minutes
        ),
        "not_packed": _("the treatment: days kept packed"),
        "assessment_first": _("the treatment's assessment: good for %(n)s months", n=months)
        if months
        else _("the treatment's assessment"),
        "needs_approval": _("the treatment: the therapist says yes first"),
    }
    return places.get(reason.code, "")


def _hours_are_set(values: Mapping[str, Any], name: str) -> str:
    if "closed" in values:
        return str(_("the clinic's closures"))
    return str(_("%(name)s's time off", name=name) if "away" in values else _("%(name)s's working hours", name=name))


def _hours(windows: Iterable[Window], asked: Asked, zone: str) -> str:
    """When they do work on that day."""
    starts, name = local(asked.starts_at, zone), asked.therapist.name
    words = ", ".join(_window(one, zone) for one in windows if one.day == starts.date())
    if not words:
        return str(_("%(name)s does not work on %(day)s.", name=name, day=day_words(starts)))
    ends = clock_words(local(instant_of(asked.start + asked.minutes), zone))
    return str(_("%(name)s works %(hours)s that day; it would end at %(ends)s.", name=name, hours=words, ends=ends))


def _window(window: Window, zone: str) -> str:
    starts, ends = (clock_words(local(instant_of(at), zone)) for at in (window.starts, window.ends))
    return str(_("%(starts)s to %(ends)s", starts=starts, ends=ends))
