"""What clients are asked about how they are, and how the record tells it."""

from collections.abc import Mapping

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from clinic.aftercare.rules.check_ins import DOCTOR_TODAY, EMERGENCY, HowTheyAre
from clinic.aftercare.wording.safety import DOCTOR_TODAY_IF, EMERGENCY_IF

FLAGS = dict(zip((*EMERGENCY, *DOCTOR_TODAY), (*EMERGENCY_IF, *DOCTOR_TODAY_IF), strict=True))
COMPARED = {"better": _l("Better"), "same": _l("The same"), "worse": _l("Worse")}
NEW = {
    "sore_settled": _l("Soreness that has settled"),
    "sore_lasts": _l("Soreness that lasts"),
    "bruise": _l("A bruise"),
    "numb": _l("Numbness, tingling or weakness"),
}
BACK = {"no": _l("No"), "now_and_then": _l("Now and then"), "yes": _l("Yes")}

KINDS = {"release": _l("After a visit"), "review": _l("At the review"), "back": _l("It is back")}
ON_RECORD: Mapping[str, Mapping[str, LazyString]] = {
    "compared": {"better": _l("better"), "same": _l("the same"), "worse": _l("worse")},
    "back": {
        "no": _l("has not come back"),
        "now_and_then": _l("comes back now and then"),
        "yes": _l("has come back"),
    },
}


def flags(told: HowTheyAre) -> list[str]:
    """The red flags that were ticked, for the therapist."""
    return [str(words) for code, words in FLAGS.items() if code in told.flags]


def in_short(told: HowTheyAre) -> str:
    """The other answers in one line, for the therapist: pain 3, better, a bruise, has not come back."""
    pain = [gettext("pain %(pain)s", pain=told.pain)] if told.pain is not None else []
    chosen = [ON_RECORD["compared"].get(told.compared), ON_RECORD["back"].get(told.back)]
    new = [str(words).lower() for code, words in NEW.items() if code in told.new]
    return ", ".join(map(str, [*pain, *filter(None, chosen[:1]), *new, *filter(None, chosen[1:])]))
