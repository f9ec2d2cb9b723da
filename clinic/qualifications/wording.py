"""What has been checked of a therapist, in a client's words; and why somebody cannot be booked."""

from datetime import date

from babel.dates import format_date
from flask_babel import gettext as _

from clinic.core.refusals import Refusal
from clinic.qualifications.rules import Held

SKILLS = {"psoas_release": "Psoas release", "pregnancy": "Pregnancy massage"}
ACTIVITIES = {"massage": "Massage", "abdominal": "Deep tummy work", "pregnancy": "Pregnancy massage"}


def checks(held: tuple[Held, ...], today: date) -> list[str]:
    """The ticks under a therapist's name: verified and good today, nothing else."""
    good = [h for h in held if h.good_on(today)]
    return [_words(h) for kind in ("qualification", "training", "insurance") for h in good if h.kind == kind]


def _words(held: Held) -> str:
    if held.kind == "qualification":
        if held.level is None:
            return held.title
        return str(_("Level %(level)d %(discipline)s massage", level=held.level, discipline=held.discipline))
    if held.kind == "training":
        return str(_("%(skill)s training", skill=SKILLS.get(held.skill, held.skill)))
    until = format_date(held.expires_on, "MMMM yyyy", locale="en_GB")
    return str(_("Insured to %(month)s", month=until))


def sentence(refusal: Refusal) -> str:
    level = refusal.values.get("level")
    sentences: dict[str, str] = {
        "qualification_missing": _("has no verified qualification at level %(level)s or above", level=level),
        "qualification_lapsed": _("has a qualification that is not valid on that day"),
        "insurance_missing": _("has no verified insurance for this work"),
        "insurance_lapsed": _("is not insured for this work on that day"),
        "training_missing": _("has no verified training for this work"),
        "training_lapsed": _("has training that is not valid on that day"),
    }
    return sentences[refusal.code]
