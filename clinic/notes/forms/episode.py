"""What a client comes for, and which muscles are injured."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField, StringField

from clinic.core.forms import Form, at_most
from clinic.notes.catalogue.muscles import shipped_muscles
from clinic.notes.rules import Content, Injury
from clinic.notes.rules.injuries import SIDES, STATES
from clinic.notes.wording.episodes import EPISODE_SIDES

PLACES = tuple((muscle, side) for muscle in shipped_muscles().names for side in SIDES)
WORDS = ("complaint", "onset", "mechanism")


class EpisodePart(Form):
    """Injury by muscle and side, a field each (`psoas_left`): empty where a note says nothing of it."""

    episode = HiddenField()
    complaint = StringField(_l("Comes for, in their words"), [at_most(300)])
    complaint_side = SelectField(_l("Side"), choices=[SelectChoice(*one) for one in EPISODE_SIDES.items()], default="")
    onset = StringField(_l("Since"), [at_most(200)])
    mechanism = StringField(_l("How it began"), [at_most(200)])


for _place in PLACES:
    _states = [SelectChoice(state) for state in ("", *STATES)]
    setattr(EpisodePart, "_".join(_place), SelectField(choices=_states, default=""))


def said(form: Any) -> dict[str, Any]:
    side = "" if form.complaint_side.errors else form.complaint_side.data or ""
    injuries = tuple(Injury(*place, form["_".join(place)].data) for place in PLACES if _is_told(form, place))
    words = {name: form[name].data or "" for name in WORDS}
    return {"episode": (form.episode.data or "")[:36], **words, "complaint_side": side, "injuries": injuries}


def _is_told(form: Any, place: tuple[str, str]) -> bool:
    return form["_".join(place)].data in STATES


def kept(content: Content) -> dict[str, Any]:
    told = {name: getattr(content, name) for name in ("episode", *WORDS, "complaint_side")}
    return {**told, **{f"{one.muscle}_{one.side}": one.state for one in content.injuries}}
