"""The parts of a plan on paper: a card for each exercise, days to mark, and the code that leads to the page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from clinic.aftercare import wording
from clinic.aftercare.own_exercises import version_numbered
from clinic.aftercare.views.standing import Standing
from clinic.core import clock
from clinic.core.db import db
from clinic.core.links import Link

NUMBERED = ("preparation", "step")
A_MONDAY, WEEKS = date(2026, 1, 5), 4
Words = dict[str, Any]


def cards(steps: Sequence[Standing], therapist: str) -> list[Words]:
    """In the order they are done, numbered but for the warm-up. What is held back says so, and no more."""
    counted = [one.step["exercise"] for one in steps if one.step["phase"] != "warm_up" and not one.held_back]
    told = []
    for one in steps:
        number = counted.index(one.step["exercise"]) + 1 if one.step["exercise"] in counted else 0
        said = _("%(n)d of %(all)d", n=number, all=len(counted))
        phase = str(wording.PHASES[one.step["phase"]])
        kicker = f"{said} · {phase}" if number else phase
        told.append(_held_back(one.step, therapist) if one.held_back else _card(one, kicker))
    return told


def _held_back(step: Mapping[str, Any], therapist: str) -> Words:
    leave = _("Leave this one out for now. %(name)s will talk to you about it.", name=therapist)
    blank = {"kicker": "", "dose": "", "pictures": [], "how": [], "for_you": [], "facts": []}
    return {**blank, "name": step["name"], "notes": [leave]}


def _card(standing: Standing, kicker: str) -> Words:
    step = standing.step
    needs = _("You need: %(things)s.", things=", ".join(step["equipment"])) if step["equipment"] else ""
    other = _("Drawn for one side. The other goes the same way.") if standing.drawings and _both_sides(step) else ""
    rest = _("%(length)s between rounds", length=wording.length(step["rest_s"]))
    facts = (
        (_("Feel it"), step["feel"]),
        (_("Effort"), step["effort"]),
        (_("Rest"), rest if step["rest_s"] and step["sets"] > 1 else ""),
        (_("Easier"), step["easier"]),
        (_("Take care"), " ".join(step["cautions"])),
    )
    return {
        "kicker": kicker,
        "name": step["name"],
        "dose": wording.dose(step),
        "notes": list(filter(None, (needs, other))),
        "pictures": _pictures(standing),
        "how": _numbered(step["how"]),
        "for_you": [*step["changes"], *filter(None, [step["words"]])],
        "facts": [fact for fact in facts if fact[1]],
    }


def _both_sides(step: Mapping[str, Any]) -> bool:
    return step["sides"] != "none" and not step.get("side")


def _pictures(standing: Standing) -> list[Words]:
    """Drawings as lines; of an exercise of the clinic's own that has a photo instead, that."""
    drawn = [{"svg": str(one.markup), "caption": one.caption, "told": one.told} for one in standing.drawings]
    step = standing.step
    if drawn or not step.get("photo_words"):
        return drawn
    version = version_numbered(db.session, step["exercise"], step["version"])
    photo = list(version.photo or b"") if version else []
    return [{"jpeg": photo, "caption": "", "told": step["photo_words"]}] if photo else []


def _numbered(how: Iterable[Mapping[str, str]]) -> list[list[Words]]:
    """What to do has a number; what to mind on the way stands with what it follows."""
    told: list[list[Words]] = []
    for one in how:
        is_step = one["kind"] in NUMBERED
        said = {
            "is_step": is_step,
            "words": f"{_('Take care:')} {one['words']}" if one["kind"] == "safety" else one["words"],
        }
        if is_step or not told:
            told.append([said])
        else:
            told[-1].append(said)
    return told


def days_to_mark() -> Words:
    """Four weeks, Monday to Sunday, to tick by pen."""
    return {
        "head": _("Done? Tick the day"),
        "days": [wording.weekday(A_MONDAY + timedelta(days=ahead)) for ahead in range(7)],
        "weeks": [_("Week %(number)d", number=number) for number in range(1, WEEKS + 1)],
    }


def elsewhere(document: Mapping[str, Any]) -> list[str]:
    """Pages and videos that go with the plan, each with its address in letters."""
    earns = _("We earn a little when you buy there.")
    links = document.get("links", ())
    return [" ".join(filter(None, (one["title"] + ":", one["url"], one["is_affiliate"] and earns))) for one in links]


def phone_code(link: Link | None) -> Words | None:
    """The square a phone reads, and its address in letters; None where the link opens nothing any more."""
    if link is None or link.expires_at <= clock.now():
        return None
    import segno

    address, drawn = f"{current_app.config['PUBLIC_URL']}/plans/{link.token}", BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, omitsize=True, light="#fff")
    return {
        "head": _("The same on your phone"),
        "svg": drawn.getvalue().decode(),
        "told": _("A square code for the camera of a phone: it opens your plan."),
        "address": address,
    }
