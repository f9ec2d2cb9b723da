"""The words of the pages on which a clinic looks at its safety list."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.intake.rules import SafetyRule
from clinic.intake.rules.changes import Change

SENTENCES = {
    "list_changed_meanwhile": _l("Somebody changed the list meanwhile. Look at it anew, then change it."),
}
TIER_WORDS = {
    "E2": _l("Ambulance now (E2)"),
    "E1": _l("A&E now (E1)"),
    "R": _l("A doctor first, no massage (R)"),
    "N": _l("No deep tummy work (N)"),
    "C": _l("A therapist rings first (C)"),
    "L": _l("Leave out an area (L)"),
    "M": _l("Change how it is done (M)"),
    "I": _l("Good to know (I)"),
}
PARTS = {
    "group": _l("Where it is asked"),
    "question": _l("What the client ticks"),
    "examples": _l("Examples under it"),
    "short": _l("In short"),
    "when": _l("What it follows from"),
    "massage": _l("For every massage"),
    "deep": _l("For deep tummy work besides"),
    "absolute": _l("Nothing lifts it"),
    "regions": _l("Areas left out"),
    "action": _l("What the therapist does"),
    "conditions": _l("For the exercises"),
    "source": _l("How it is known"),
    "checked": _l("Source read"),
    "number": _l("Number on the printed list"),
    "covered_by": _l("Asked on the safety page by"),
}
FACTS = {
    "under_16": _l("under 16"),
    "under_18": _l("under 18"),
    "man": _l("a man"),
    "woman": _l("a woman"),
    "age_50_or_over": _l("50 or over"),
    "age_65_or_over": _l("65 or over"),
    "smoker": _l("smokes, or did"),
    "high_blood_pressure": _l("high blood pressure"),
    "family_aneurysm": _l("aneurysm in the family"),
    "normal_scan": _l("normal scan of the main artery"),
    "back_pain": _l("back pain"),
    "tummy_pain": _l("tummy pain"),
    "groin_pain": _l("groin pain"),
    "leg_pain": _l("leg pain"),
    "night_pain": _l("pain at night"),
    "several_sites": _l("pain in several places"),
    "first_onset_over_50": _l("first time after 50"),
    "joint_pain": _l("pain in a joint"),
    "nerve_signs": _l("numb, tingling or burning"),
    "morning_stiffness": _l("stiff for over half an hour in the morning"),
    "better_moving": _l("better by moving"),
    "unwell": _l("feels unwell"),
    "weight_loss": _l("loses weight without trying"),
    "cancer_ever": _l("has had cancer"),
    "pregnant": _l("pregnant"),
    "pregnant_16w": _l("pregnant, 16 weeks or more"),
    "birth_12w": _l("gave birth in the last 12 weeks"),
    "operation_6w": _l("operation in the last 6 weeks"),
    "operation_6m": _l("operation in the last 6 months"),
    "painkiller_today": _l("painkiller today"),
    "anticoagulant": _l("takes an anticoagulant"),
    "antiplatelet": _l("takes an antiplatelet"),
    "aspirin": _l("aspirin every day"),
    "steroids_long": _l("steroids for long"),
    "iud": _l("a coil"),
    "under_investigation": _l("a doctor is still looking into it"),
    "hip_replacement_anterior": _l("hip replaced from the front"),
    "hip_replacement_posterior": _l("hip replaced from the back"),
    "trauma_sensitive": _l("touch on the tummy is hard for them"),
}


def tiers(of: tuple[str, ...]) -> str:
    """What follows, in words; "nothing" where nothing does."""
    return "; ".join(str(TIER_WORDS[tier]) for tier in of) or str(_("nothing"))


def what_changed(change: Change) -> list[tuple[str, str, str]]:
    """Each part that differs: its name, what it was, what it is."""
    return [
        (str(PARTS[part]), _value(part, change.before), _value(part, change.after))
        for part in change.parts
        if change.before and change.after
    ]


def _value(part: str, rule: Any) -> str:
    value = getattr(rule, part)
    if part in {"massage", "deep"}:
        return tiers(value)
    if part == "checked":
        value = value == "S"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return ", ".join(value) if isinstance(value, tuple) else str(value or _("nothing"))


def fact(name: str, rules: tuple[SafetyRule, ...]) -> str:
    """What a client says or is, for the bench."""
    asked = next((rule.short for rule in rules if rule.id == name and rule.asked), "")
    return asked or str(FACTS[name])
