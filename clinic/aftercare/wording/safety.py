"""What holds for all of them, and when to stop."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from clinic.places.models import Clinic

ASK_FIRST_IF = (
    _l("you are pregnant, or gave birth in the last months;"),
    _l("you were injured or operated on not long ago, or have a new hip or knee;"),
    _l("you have trouble with your back that somebody treats, or brittle bones;"),
    _l("you fall easily, or your joints bend very far;"),
    _l("or you are simply not sure."),
)


IN_GENERAL = (
    _l("Breathe slowly. Never hold your breath."),
    _l("Move smoothly, without bouncing or jerking."),
    _l("A mild pull is fine. A sharp pain is not: ease off."),
)


def in_general(clinic: Clinic) -> list[str]:
    """What holds for every exercise, with the pain from which this clinic watches."""
    return [*map(str, IN_GENERAL), how_much_pain(clinic.pain_amber_from, clinic.pain_red_from)]


def how_much_pain(amber_from: int, red_from: int) -> str:
    fine = gettext("Pain up to %(most)d out of 10 is fine.", most=amber_from - 1)
    if red_from - amber_from == 1:
        watched = gettext("So is %(pain)d, if it settles within a day.", pain=amber_from)
    elif red_from - amber_from == 2:
        watched = gettext("So is %(pain)d or %(more)d, if it settles within a day.", pain=amber_from, more=red_from - 1)
    else:
        watched = gettext("So is %(pain)d to %(more)d, if it settles within a day.", pain=amber_from, more=red_from - 1)
    return " ".join((fine, watched, gettext("At %(pain)d or more, leave it for today.", pain=red_from)))


STOP_IF = (
    _l("a pain is sharp or sudden, or goes down your leg;"),
    _l("you feel numbness, tingling or weakness;"),
    _l("something hurts more the day after."),
)


# What to do about new numbness or weakness. Source: stop_and_call_for_help of the exercise research; for a clinician
# to sign off, like the safety page.
EMERGENCY_IF = (
    _l("numb between your legs, or round your genitals or back passage"),
    _l("trouble peeing, or holding pee or poo"),
    _l("both legs weak, and it is new or quickly getting worse"),
)


DOCTOR_TODAY_IF = (
    _l("one leg is newly weak, or gives way"),
    _l("your back hurts since a fall"),
    _l("your back hurts, and you have a fever or feel very unwell"),
)
