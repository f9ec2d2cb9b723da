"""What has been checked of a therapist, in a client's words; how their credentials stand; and why somebody cannot be
booked.
"""

from datetime import date

from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from clinic.core.refusals import Refusal
from clinic.core.templating import language
from clinic.qualifications.models import Verification
from clinic.qualifications.queries import Entry
from clinic.qualifications.rules import Held

KINDS = {  # one of them, and a heading over several
    "qualification": (_l("Qualification"), _l("Qualifications")),
    "licence": (_l("Licence"), _l("Licences")),
    "registration": (_l("Registration"), _l("Registrations")),
    "membership": (_l("Membership"), _l("Memberships")),
    "board_certification": (_l("Board certification"), _l("Board certifications")),
    "training": (_l("Training"), _l("Training")),
    "insurance": (_l("Insurance"), _l("Insurance")),
    "first_aid": (_l("First aid"), _l("First aid")),
    "background_check": (_l("Background check"), _l("Background checks")),
}
SKILLS = {  # what a training is in, and a treatment may need
    "psoas_release": _l("Psoas release"),
    "pregnancy": _l("Pregnancy massage"),
    "oncology": _l("Oncology massage"),
    "lymphatic": _l("Lymphatic drainage"),
    "scar": _l("Scar work"),
}
ACTIVITIES = {  # what an insurance names, and a treatment needs it to
    "massage": _l("Massage"),
    "abdominal": _l("Deep tummy work"),
    "psoas": _l("Psoas work"),
    "pregnancy": _l("Pregnancy massage"),
    "oncology": _l("Oncology massage"),
}
DISCIPLINES = {
    "sports": _l("sports massage"),
    "clinical": _l("clinical massage"),
    "remedial": _l("remedial massage"),
    "holistic": _l("holistic massage"),
    "therapeutic": _l("therapeutic massage"),
}
FRAMEWORKS = {
    "RQF": _l("RQF (England, Wales, Northern Ireland)"),
    "SCQF": _l("SCQF (Scotland)"),
    "EQF": _l("EQF (Europe)"),
    "US-state": _l("Licence of a US state"),
    "CA-college": _l("Register of a Canadian college"),
}
METHODS = {
    "register": _l("register looked up"),
    "original": _l("original seen"),
    "body": _l("body confirmed it"),
}
RELATIONS = {"colleague": _l("colleague"), "tutor": _l("tutor"), "association": _l("association")}
STATES = {  # a badge's word, and its kind
    "waiting": (_l("Waits for a check"), "warn"),
    "changed": (_l("Waits for a check"), "warn"),
    "verified": (_l("Verified"), "good"),
    "lapsing": (_l("Lapses soon"), "warn"),
    "early": (_l("Not yet in force"), "plain"),
    "lapsed": (_l("Lapsed"), "urgent"),
    "rejected": (_l("Not accepted"), "urgent"),
    "revoked": (_l("Revoked"), "urgent"),
    "put_away": (_l("Put away"), "plain"),
}


CHECKING = {  # why a check, or an invitation to check, is not kept
    "paper_changed": _l("It was changed since you looked. This is how it stands now: please look again."),
    "reason_needed": _l("Say why it is not accepted: the therapist needs to know."),
    "not_theirs_to_check": _l("Nobody checks their own papers. Somebody else has to look."),
    "not_verified": _l("It does not count any more already."),
    "not_somebody_else": _l(
        "It has to be somebody else: not the therapist, not you, and nobody who works here. Use their own address."
    ),
}
SENTENCES = {  # why a change is not kept
    "credential_changed_meanwhile": _l(
        "Somebody changed it while you were typing. What you typed stands below; save it again to put it in its place."
    ),
}


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


def lacking(refusal: Refusal) -> str:
    """What stands against a treatment today, on the register's own page: to its holder and the owner alike."""
    level = refusal.values.get("level")
    skill, activity = refusal.values.get("skill", ""), refusal.values.get("activity", "")
    work = {"skill": SKILLS.get(skill, skill), "activity": ACTIVITIES.get(activity, activity)}
    sentences: dict[str, str] = {
        "qualification_missing": _("no verified qualification at level %(level)s or above", level=level),
        "qualification_lapsed": _("the qualification is not valid today"),
        "insurance_missing": _("no verified insurance that names “%(activity)s”", **work),
        "insurance_lapsed": _("the insurance for “%(activity)s” is not valid today", **work),
        "training_missing": _("no verified training in “%(skill)s”", **work),
        "training_lapsed": _("the training in “%(skill)s” is not valid today", **work),
    }
    return sentences[refusal.code]


def standing(entry: Entry) -> list[str]:
    """How a credential stands, in sentences."""
    row, today = entry.row, entry.today
    last = on(row.expires_on) if row.expires_on else ""
    told: dict[str, list[str]] = {
        "waiting": [_("It waits to be checked by somebody else. Until then it does not count.")],
        "changed": [_("It was changed after it was checked, and waits to be checked again.")],
        "early": [_("It holds from %(day)s on.", day=on(row.starts_on))],
        "lapsing": [_last_days(last, (row.expires_on - today).days if row.expires_on else 0)],
        "lapsed": [_("It lapsed: its last good day was %(day)s.", day=last)],
        "verified": [_("Its last good day is %(day)s.", day=last)] if last else [],
        "put_away": [_("It is out of the register. It is kept for the record, and counts for nothing.")],
    }
    return [
        *told.get(entry.state, []),
        *([checked(entry.check, entry.checked_on)] if entry.check and entry.checked_on else []),
    ]


def checked(check: Verification, day: date) -> str:
    """What came of a check: by whom, how and on which day; and why, where it was not accepted."""
    by = {"who": checker(check), "how": METHODS[check.method], "day": on(day)}
    outcomes: dict[str, str] = {
        "verified": _("Verified by %(who)s on %(day)s: %(how)s.", **by),
        "rejected": _("Not accepted by %(who)s on %(day)s: “%(why)s”", **by, why=check.note),
        "revoked": _("Revoked by %(who)s on %(day)s: “%(why)s”", **by, why=check.note),
    }
    return outcomes[check.outcome]


def checker(check: Verification) -> str:
    """Who made a check: one of the clinic, or somebody from outside with what they are to the therapist."""
    if check.checker:
        return f"{check.checker.name}, {RELATIONS[check.checker.relation]}"
    return check.by.name if check.by else ""


def on(day: date) -> str:
    """3 March 2026"""
    return format_date(day, "d MMMM yyyy", locale=language())


def _last_days(last: str, days: int) -> str:
    left = ngettext("It lapses in %(num)d day", "It lapses in %(num)d days", days) if days else _("It lapses tonight")
    return str(_("%(left)s: its last good day is %(day)s.", left=left, day=last))


def checking_sentence(refusal: Refusal) -> str:
    """Why a check, or an invitation to check, is not kept."""
    return str(CHECKING[refusal.code])
