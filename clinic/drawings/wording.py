"""The places of the body and the kinds of pain, in words that clients use."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.drawings.marks import Mark

VIEWS = {"front": _l("Front"), "back": _l("Back"), "either": _l("Front or back")}
SIDES = {"left": _l("left"), "right": _l("right")}
REGIONS = {
    "head": _l("Head"),
    "neck": _l("Neck"),
    "shoulder": _l("Shoulder"),
    "upper_arm": _l("Upper arm"),
    "forearm": _l("Forearm"),
    "hand": _l("Hand"),
    "chest": _l("Chest"),
    "abdomen": _l("Tummy"),
    "hip_flexors": _l("Front of hip"),
    "groin": _l("Groin"),
    "front_of_thigh": _l("Front of thigh"),
    "inner_thigh": _l("Inside of thigh"),
    "outer_thigh": _l("Outside of thigh"),
    "knee": _l("Knee"),
    "shin": _l("Shin"),
    "foot": _l("Foot"),
    "upper_back": _l("Upper back"),
    "mid_back": _l("Middle of back"),
    "low_back": _l("Low back"),
    "sacrum": _l("Base of spine"),
    "buttock": _l("Buttock"),
    "back_of_thigh": _l("Back of thigh"),
    "calf": _l("Calf"),
}
KINDS = {
    "dull": _l("dull or aching"),
    "sharp": _l("sharp or stabbing"),
    "burning": _l("burning"),
    "tingling": _l("tingling, pins and needles"),
    "numb": _l("numb"),
    "stiff": _l("stiff or tight"),
}


def place(name: str) -> str:
    """`low_back/left` in words."""
    region, side = name.split("/")
    return f"{REGIONS[region]}, {SIDES[side]}"


def mark(one: Mark) -> str:
    """One mark in words."""
    values = {"place": place(one.place), "kind": KINDS[one.kind], "strength": one.strength}
    return str(_("%(place)s: %(kind)s, %(strength)s of 10", **values))
