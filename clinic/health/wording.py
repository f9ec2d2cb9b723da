"""Sentences of the check before a visit, of what is missing, of what is put aside, and of the card. Actions, never a
diagnosis.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from clinic.booking import wording as booking
from clinic.booking.operations import Heeded
from clinic.core.refusals import Refusal
from clinic.health.rules import CHECK, CONSENT, HISTORY, NOTICE
from clinic.intake.models import Clearance
from clinic.intake.rules import E1, E2, C, N, R, SafetyRule

NOW, TODAY, CHANGED = "now", "today", "changed"
Line = tuple[LazyString | str, tuple[LazyString | str, ...]]
PAINKILLER = _l("A painkiller or muscle relaxant today, or just before the visit")

# What is ticked, and the list under it.
CHANGES: dict[str, Line] = {
    "health": (_l("My health"), (_l("a new illness, a new pain, or news from a doctor"),)),
    "medicines": (_l("My medicines"), (_l("a new one, another dose, or one I stopped"),)),
    "operation": (_l("I have had an operation, or am waiting for one"), ()),
}
GROUPS = {
    CHANGED: _l("Has anything changed?"),
    TODAY: _l("Today"),
    NOW: _l("Right now"),
}
SENTENCES: dict[str, LazyString] = {
    "check_blank": _l("Tick what is true, or press “Nothing has changed”."),
    "check_both": _l("You ticked something. If it is true, press “Send”; if not, take the tick away."),
    "nothing_to_clear": _l("Tick what you put aside. What was there before may not stand any more."),
    "not_cleared_so": _l("That is not put aside in this way. Choose another way, or tick one thing at a time."),
    "override_unsaid": _l("Say why, in a few words: whoever opens the record reads it."),
}

# Why the note of a release may not be signed yet.
SIGNING: dict[str, LazyString] = {
    "check_missing": _l("Nobody has asked today whether anything has changed. Ask now: it takes two taps."),
    "release_spoken_against": _l(
        "This visit was booked as a release; what was told speaks against deep tummy work. "
        "Write what was given instead, or clear it with the client first."
    ),
}

# What reception reads: what to see to, never why.
MISSING_FOR_STAFF = {
    NOTICE: _l("Privacy notice missing"),
    HISTORY: _l("Form missing"),
    CONSENT: _l("Consent missing"),
    CHECK: _l("Check missing"),
}
# What a client reads on the page of their appointment, and the page beside it where they do it. The privacy notice
# stands at the beginning of the health history.
FORMS = {
    HISTORY: ("health", _l("Tell us about your health: 5 minutes")),
    CONSENT: ("consent", _l("Read and sign what you agree to: 2 minutes")),
    CHECK: ("health-check", _l("Has anything changed? 1 minute")),
}
# What a card says of a change that was told.
CHANGES_TOLD = {
    "health": _l("Something about their health has changed: ask what"),
    "medicines": _l("Their medicines have changed: ask which"),
    "operation": _l("They had an operation or wait for one: ask when and where"),
}

WAYS = {
    "call": _l("I rang them, and we spoke about it"),
    "letter": _l("A letter says that they may"),
    "in_person": _l("I asked them in person"),
    "override": _l("My own judgement, against the list"),
}
GIVEN = {
    "call": _l("After a call"),
    "letter": _l("By a letter"),
    "in_person": _l("Asked in person"),
    "override": _l("Against the list"),
}


@dataclass(frozen=True)
class Given:
    """A clearance as its page shows it: what it puts aside, how, and what was said about it."""

    clearance: Clearance
    what: str
    way: str
    note: str


def given(clearance: Clearance, rules: Sequence[SafetyRule]) -> Given:
    content = json.loads(clearance.content or "{}")
    what = next((rule.short for rule in rules if rule.id == content["reason"]), content["reason"])
    return Given(clearance, what, str(GIVEN[clearance.way]), content["note"])


def what_stands(rule: SafetyRule) -> str:
    """What follows from a row, for the therapist."""
    tiers = {*rule.massage, *rule.deep}
    if tiers & {E1, E2, R}:
        return str(_l("No massage before a doctor has looked at it"))
    told = [_l("No deep tummy work")] if N in tiers else []
    told += [_l("A call first")] if C in tiers else []
    return " · ".join(str(one) for one in told)


ABOVE_ALL = {
    "doctor": _l("A doctor first: no massage"),
    "ask": _l("Nothing hands-on until you have spoken with them"),
    "no_deep": _l("No deep tummy work"),
    "none": _l("Nothing that was told speaks against it"),
    "unknown": _l("Nobody has asked about their health yet"),
}


def sentence(refusal: Refusal) -> str:
    return str(SENTENCES[refusal.code]) % dict(refusal.values)


def became(heeded: Iterable[Heeded]) -> list[str]:
    """What became of visits when something was told, for their client."""
    return [
        booking.heeded(
            one.appointment.therapist.name.split()[0],
            booking.treatments(one.appointment) if one.instead else "",
            rings=one.rings,
            at_once=one.at_once,
        )
        for one in heeded
    ]


def missing_for_client(missing: Collection[str]) -> list[tuple[str, str]]:
    """What a client may do before they come: the last part of its address, and what it is."""
    return [(page, str(words)) for name, (page, words) in FORMS.items() if name in missing]


def missing_for_staff(missing: Collection[str]) -> list[str]:
    """What somebody at the desk still has to see to before a visit."""
    return [str(words) for name, words in MISSING_FOR_STAFF.items() if name in missing]
