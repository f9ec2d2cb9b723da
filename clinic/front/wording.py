"""Words of the clinic's public pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.booking.wording import AREAS, SIDES
from clinic.core.templating import language
from clinic.front.rules import SEATED_LONG, Told
from clinic.qualifications.queries import Entry
from clinic.qualifications.wording import ACTIVITIES, KINDS, METHODS, RELATIONS, on

FEELS = {  # how somebody says it feels; never what it is
    "ache": _l("Dull, stiff or tight"),
    "sharp": _l("Sharp and sudden"),
    "joint": _l("In a joint, or right in the middle of the back"),
    "nerve": _l("Numb, tingling or burning, or it shoots down the leg or arm"),
}
WHEN = {
    "sitting": _l("When I sit long"),
    "walking": _l("When I walk"),
    "stairs": _l("On stairs"),
    "getting_up": _l("Getting up from bed or a chair"),
    "sport": _l("At sport, or after it"),
    "other": _l("At other times"),
}
SINCE = {
    "days": _l("A few days"),
    "weeks": _l("Some weeks"),
    "months": _l("Some months"),
    "years": _l("A year or more"),
}
SPORTS = {
    "cycling": _l("Cycling"),
    "running": _l("Running"),
    "climbing": _l("Climbing"),
    "other": _l("Another sport"),
}
BECAUSE = {
    "sitting": _l("it hurts when you sit long"),
    "walking": _l("it hurts when you walk"),
    "stairs": _l("it hurts on stairs"),
    "getting_up": _l("it hurts when you get up"),
    "cycling": _l("you cycle"),
    "running": _l("you run"),
    "climbing": _l("you climb"),
}
ADVICE = {  # what to do besides, or instead: a heading and a sentence
    "nerve": (
        _l("Please have this looked at first"),
        _l(
            "Numb, tingling, burning or shooting: that is for a doctor or a physiotherapist to look at before any "
            "massage. If it is new, or gets worse, ask today."
        ),
    ),
    "joint": (
        _l("A look comes first"),
        _l(
            "Pain in a joint, or in the middle of the back, is looked at before anybody works deep there. A doctor or "
            "a physiotherapist can do that; so can we, in an assessment."
        ),
    ),
    "sharp": (
        _l("A look comes first"),
        _l(
            "Pain that is sharp and sudden is looked at before anybody works on it. If it stays or gets worse, please "
            "see a doctor, a physiotherapist or an osteopath."
        ),
    ),
    "lasting": (
        _l("It has gone on for a while"),
        _l("If no doctor or physiotherapist has looked at it yet, please have that done too."),
    ),
    "ring": (
        _l("Please talk to us first"),
        _l("From what you ticked, a therapist should talk with you before anything is booked. Please ring or write."),
    ),
}
GENDERS = {"woman": _l("A woman"), "man": _l("A man")}


@dataclass(frozen=True)
class CredentialWords:
    """A checked credential as clients read it."""

    kind: str
    title: str
    facts: list[str]
    body: str
    until: str
    until_on: str
    checked: str
    register_url: str


def credential_words(entry: Entry) -> CredentialWords:
    """What it is, until when it is good, and how, when and by whom it was checked. Never a number of it."""
    row = entry.row
    return CredentialWords(
        kind=str(KINDS[row.kind][0]),
        title=row.title,
        facts=_facts(entry),
        body=row.body,
        until=on(row.expires_on) if row.expires_on else "",
        until_on=row.expires_on.isoformat() if row.expires_on else "",
        checked=_checked(entry),
        register_url=row.register_url if row.register_url.startswith("https://") else "",
    )


def _facts(entry: Entry) -> list[str]:
    row, check = entry.row, entry.check
    facts = [_("%(framework)s level %(level)s", framework=row.framework, level=row.level)] if row.level else []
    if check and check.meets_level and (row.framework, row.level) != ("RQF", check.meets_level):
        facts.append(_("counts as level %(level)s", level=check.meets_level))
    if row.jurisdiction:
        facts.append(row.jurisdiction)
    if row.kind == "insurance" and row.activities:
        named = ", ".join(str(ACTIVITIES.get(one, one)).lower() for one in row.activities)
        facts.append(_("covers %(activities)s", activities=named))
    return [str(one) for one in facts]


def _checked(entry: Entry) -> str:
    check = entry.check
    assert check is not None  # nothing counts that nobody has checked
    assert entry.checked_on is not None
    told = {"day": on(entry.checked_on), "how": METHODS[check.method]}
    if check.checker is None:
        return str(_("Checked by the clinic on %(day)s: %(how)s.", **told))
    who = {"name": check.checker.name, "relation": RELATIONS[check.checker.relation]}
    return str(_("Checked from outside the clinic by %(name)s, %(relation)s, on %(day)s: %(how)s.", **told, **who))


def languages(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Each with its name."""
    names = language_names(language())
    return [(code, names[code]) for code in codes if code in names]


@lru_cache
def language_names(locale: str) -> dict[str, str]:
    """What languages are called, by code; without those of one country."""
    return {code: name for code, name in Locale.parse(locale).languages.items() if code.isalpha()}


def reason(why: str, told: Told) -> str:
    """Why a treatment is recommended, in a sentence. What it is that hurts, nobody says."""
    sentences: dict[str, str] = {
        "begin": _("Because %(because)s, this is where we would begin.", because=because(told)),
        "release": _(
            "Where it hurts like this, slow work at the front of the hip is something to talk about. Only somebody "
            "trained for it does it, the safety questions come once more, and you can stop at any moment."
        ),
        "instead": _("From what you ticked we leave out deep tummy work. This is for hip and back without it."),
        "place": _("It is for where you feel it: %(where)s.", where=places(told)),
        "sport": _("It is for people who do sport."),
        "general": _("It has no set place: you and your therapist agree on where."),
        "look": _("If you are not sure what you need: we look and talk first."),
        "new": _("The first visit here is for looking and talking. What follows is decided then, with you."),
        "joint": _("We look, test and talk before we work anywhere near a joint."),
        "sharp": _("We look, test and talk before we work on it, or send you on to somebody else."),
        "nerve": _("Once a doctor or a physiotherapist has looked at it, this is where we would begin."),
        "pregnancy": _("By somebody trained for it. Ask your midwife or doctor if you are unsure."),
    }
    return str(sentences[why])


def because(told: Told) -> str:
    """At most two of the things they said: it hurts when you walk and you cycle."""
    said = [str(words) for code, words in BECAUSE.items() if code in told.when | told.sports]
    if told.seated_hours >= SEATED_LONG:
        said.append(str(_("you sit for %(hours)d hours a day", hours=told.seated_hours)))
    return str(_(" and ")).join(said[:2])


def places(told: Told, side: str = "") -> str:
    """Where it hurts, in the words that were ticked; and on which side, where that was said."""
    where = ", ".join(str(words).lower() for code, words in AREAS.items() if code in told.where)
    return f"{where} ({str(SIDES[side]).lower()})" if side in SIDES else where
