"""The words of the pose files as a client reads them. Where a limb is meant: of one side, and of both."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

OfLimb = tuple[LazyString, LazyString]

SIDES = {"right": _l("right"), "left": _l("left")}

PARTS: Mapping[str, LazyString] = {
    "head": _l("the head"),
    "back": _l("the upper back"),
    "low back": _l("the low back"),
    "seat": _l("the seat"),
    "belly": _l("the tummy"),
    "chest": _l("the chest"),
}
LIMB_PARTS: Mapping[str, OfLimb] = {
    "shoulder": (_l("the %(side)s shoulder"), _l("both shoulders")),
    "hand": (_l("the %(side)s hand"), _l("both hands")),
    "forearm": (_l("the %(side)s forearm"), _l("both forearms")),
    "elbow": (_l("the %(side)s elbow"), _l("both elbows")),
    "upper arm": (_l("the %(side)s upper arm"), _l("both upper arms")),
    "thigh": (_l("the %(side)s thigh"), _l("both thighs")),
    "back of thigh": (_l("the back of the %(side)s thigh"), _l("the backs of both thighs")),
    "knee": (_l("the %(side)s knee"), _l("both knees")),
    "shin": (_l("the %(side)s shin"), _l("both shins")),
    "calf": (_l("the %(side)s calf"), _l("both calves")),
    "ankle": (_l("the %(side)s ankle"), _l("both ankles")),
    "foot": (_l("the %(side)s foot"), _l("both feet")),
    "heel": (_l("the %(side)s heel"), _l("both heels")),
    "ball of the foot": (_l("the ball of the %(side)s foot"), _l("the balls of both feet")),
    "toes": (_l("the %(side)s toes"), _l("the toes of both feet")),
}
MANY = ("toes",)
"""Parts of one side that are many all the same."""

THINGS: Mapping[str, LazyString] = {
    "floor": _l("on the floor"),
    "mat": _l("on the mat"),
    "cushion": _l("on a cushion"),
    "chair": _l("on the chair"),
    "bed": _l("on the bed"),
    "pillow": _l("on a pillow"),
    "wall": _l("against the wall"),
    "worktop": _l("on the worktop"),
    "band": _l("in the band"),
    "towel": _l("on a towel"),
}

SAYS: Mapping[str, LazyString] = {
    "trunk upright": _l("the trunk is upright"),
    "trunk leaning back": _l("the trunk leans back"),
    "trunk leaning forward": _l("the trunk leans forward"),
    "trunk level": _l("the trunk is level"),
    "tail tucked": _l("the tail is tucked under"),
    "pelvis level": _l("the pelvis is level"),
    "pelvis tipped forward": _l("the pelvis tips forward"),
    "back flat": _l("the back is flat"),
    "back rounded": _l("the back is rounded"),
    "back arched": _l("the back is arched"),
    "back sagging": _l("the back sags"),
    "ribs flared": _l("the ribs stick out"),
    "chin in": _l("the chin is in"),
    "head in line": _l("the head is in line with the back"),
    "head hanging": _l("the head hangs"),
    "head up": _l("the head is lifted"),
    "head turned": _l("the head is turned to one side"),
    "shoulders, hips and knees in line": _l("shoulders, hips and knees are in one line"),
    "hips sagging": _l("the hips sag"),
    "seat lifted": _l("the seat is lifted"),
    "hips pushed up": _l("the hips are pushed up too far"),
    "shoulders down": _l("both shoulders stay down"),
    "knees up": _l("both knees point to the ceiling"),
    "knees together": _l("the knees are together"),
    "knees rolled too far": _l("the knees are rolled right down to one side"),
}
LIMBS_SAY: Mapping[str, OfLimb] = {
    "shoulder lifted": (_l("the %(side)s shoulder lifts"), _l("both shoulders lift")),
    "knees rolled to side": (_l("the knees are rolled a little to the %(side)s"), _l("the knees are rolled")),
    "knee straight": (_l("the %(side)s knee is straight"), _l("both knees are straight")),
    "knee slightly bent": (_l("the %(side)s knee is bent a little"), _l("both knees are bent a little")),
    "knee bent": (_l("the %(side)s knee is bent"), _l("both knees are bent")),
    "knee at a right angle": (_l("the %(side)s knee is at a right angle"), _l("both knees are at right angles")),
    "knee above the hip": (_l("the %(side)s knee is above the hip"), _l("both knees are above the hips")),
    "knee higher than the hip": (
        _l("the %(side)s knee is higher than the hip"),
        _l("both knees are higher than the hips"),
    ),
    "knee under the hip": (_l("the %(side)s knee is under the hip"), _l("both knees are under the hips")),
    "knee above the ankle": (_l("the %(side)s knee is above the ankle"), _l("both knees are above the ankles")),
    "thigh level": (_l("the %(side)s thigh is level"), _l("both thighs are level")),
    "shin level": (_l("the %(side)s shin is level"), _l("both shins are level")),
    "leg level": (_l("the %(side)s leg is level"), _l("both legs are level")),
    "leg too high": (_l("the %(side)s leg is too high"), _l("both legs are too high")),
    "hip open": (_l("the %(side)s hip is stretched open"), _l("both hips are stretched open")),
    "hip straight": (_l("the %(side)s hip is straight"), _l("both hips are straight")),
    "heel down": (_l("the %(side)s heel is down"), _l("both heels are down")),
    "heel up": (_l("the %(side)s heel is up"), _l("both heels are up")),
    "arm straight": (_l("the %(side)s arm is straight"), _l("both arms are straight")),
    "elbow bent": (_l("the %(side)s elbow is bent"), _l("both elbows are bent")),
    "arm overhead": (_l("the %(side)s arm is overhead"), _l("both arms are overhead")),
    "arm level": (_l("the %(side)s arm is level"), _l("both arms are level")),
    "arm to the ceiling": (_l("the %(side)s arm points to the ceiling"), _l("both arms point to the ceiling")),
    "hand on the kneecap": (_l("the %(side)s hand pulls on the kneecap"), _l("the hands pull on the kneecaps")),
    "hand under the shoulder": (
        _l("the %(side)s hand is under the shoulder"),
        _l("both hands are under the shoulders"),
    ),
}
MISTAKES = {
    "trunk leaning back",
    "trunk leaning forward",
    "pelvis tipped forward",
    "back rounded",
    "back arched",
    "back sagging",
    "ribs flared",
    "head hanging",
    "head up",
    "hips sagging",
    "seat lifted",
    "hips pushed up",
    "leg too high",
    "hand on the kneecap",
    "knees rolled too far",
    "shoulder lifted",
}
"""What is the mistake in a picture of one; what else such a picture says only helps to imagine it."""

FEELS: Mapping[str, LazyString] = {
    "low back": _l("in the low back"),
    "belly": _l("in the tummy"),
    "ribs": _l("at the ribs"),
    "seat": _l("in the seat"),
}
LIMBS_FEEL: Mapping[str, OfLimb] = {
    "seat": (_l("in the %(side)s side of the seat"), _l("in the seat")),
    "front of hip": (_l("at the front of the %(side)s hip"), _l("at the front of both hips")),
    "front of thigh": (_l("at the front of the %(side)s thigh"), _l("at the front of both thighs")),
    "back of thigh": (_l("at the back of the %(side)s thigh"), _l("at the back of both thighs")),
    "calf": (_l("in the %(side)s calf"), _l("in both calves")),
}
