"""Words of the diary and of clients' records, for the staff."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.booking import wording as booking
from clinic.booking.models import Appointment, Attendance
from clinic.booking.queries.diary import Blocked
from clinic.core.refusals import Refusal
from clinic.core.templating import clock_words, day_words
from clinic.core.times import local
from clinic.people.models import Therapist

RULES = {
    "past": _l("in the past"),
    "outside_hours": _l("outside working hours"),
    "blocked": _l("in blocked time"),
    "rest_short": _l("without time for rest or cleaning"),
    "most_a_day": _l("more than the most a day"),
    "deep_enough": _l("more deep work than allowed on a day"),
    "releases_apart": _l("too close to another release"),
    "client_day_full": _l("more than a client's most on a day"),
    "assessment_first": _l("without an assessment"),
    "no_chaperone": _l("without a chaperone"),
}  # what was put aside
SENTENCES = {
    "merged_already": _l("One of the two has been joined with somebody already. Look at both again."),
    "two_accounts": _l(
        "Both have an account of their own to sign in with. Ask them to delete one of the two, then join them."
    ),
    "visits_at_once": _l("Nobody can be at two appointments at once: %(visits)s. Look whether they are two people."),
}
SIGNS = {"email": _l("Same email"), "phone": _l("Same phone"), "name": _l("Same name")}


def attendance(state: Attendance, zone: str) -> str:
    """How far a visit has come, and when: arrived 11:55am."""
    return f"{booking.state(state.state)} {clock_words(local(state.at, zone))}"


def block(what: Blocked, me: Therapist | None) -> str:
    """What a block is for. The words of a private one are its therapist's alone."""
    own = me is not None and what.therapist_id == me.id
    return booking.block(what.kind, what.words, own=own)


def task(code: str) -> str:
    """What somebody has to do before a visit; never why."""
    return booking.task(code)


def hour(hour: int) -> str:
    return clock_words(time(hour))


def put_aside(codes: list[str]) -> str:
    return ", ".join(str(RULES.get(code, _("against a rule"))) for code in codes)


def merging_sentence(refusal: Refusal, zone: str) -> str:
    """Why two clients cannot be joined."""
    visits = _(" and ").join(_visit(one, zone) for one in refusal.values.get("visits", ()))
    return str(SENTENCES[refusal.code]) % {"visits": visits}


def _visit(appointment: Appointment, zone: str) -> str:
    at = local(appointment.starts_at, zone)
    return f"{day_words(at)} {at.year}, {clock_words(at)} ({appointment.ref})"
