"""What cannot be in a picture: a foot in the floor, a hand off the wall it leans on, a knee said straight that is not.

For whoever draws a pose: `python -m clinic.drawings.figure [EXERCISE …]` tells the faults of the pictures.

Bones keep their lengths because skeleton.py lays each bone from its table; nothing in a file can change them.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from clinic.drawings.figure.balance import centre_of_mass, off_balance
from clinic.drawings.figure.claims import untrue
from clinic.drawings.figure.contact import WRAPPED, depth, gap
from clinic.drawings.figure.front.checks import faults_seen_from_the_feet, off_the_mat
from clinic.drawings.figure.front.pose import FrontPose
from clinic.drawings.figure.pose import Picture, Pose, Prop
from clinic.drawings.figure.reach import A_CM
from clinic.drawings.figure.skeleton import Skeleton, skeleton
from clinic.drawings.figure.surface import SIDES, regions, sampled, whole
from clinic.drawings.geometry import Point

TOUCH = 0.5
"""Units, about 2 mm on a person of 170 cm: less than half the width of a drawn line."""

SOFT_TOUCH = 1.0
"""Units, about 4 mm: what soft flesh gives, or a soft thing under the body."""

SOFT_THINGS = {"mat", "cushion", "bed", "pillow"}
SOFT_PARTS = ("head", "back", "low back", "seat", "belly", "chest", "thigh", "calf", "upper arm", "forearm")
RANGES = {
    "pelvis": (-15, 15),
    "spine": (-25, 60),
    "neck": (-45, 45),
    "head": (-30, 30),
    "hip": (-30, 120),
    "knee": (0, 140),
    "ankle": (-65, 20),
    "shoulder": (-60, 180),
    "elbow": (0, 150),
    "wrist": (-80, 90),
}
"""Degrees. Limbs: American Academy of Orthopaedic Surgeons, Joint Motion (1965), as tabulated in Norkin and White,
Measurement of Joint Motion, appendix A. Three differ. Knee: 140, as usually quoted, where the AAOS has 135. Ankle: the
AAOS has 50 for pointing the toes actively; kneeling on the instep takes it passively to its end, quoted as 50 to 65.
Wrist: the AAOS has 70 for extension by its own muscles; leaning on the palm takes it to 90 and a little more (Kapandji,
The Physiology of the Joints, volume 1, passive movements of the wrist).
Trunk, neck and head: our own cautious limits for one bone each, since the tables give whole regions; a therapist may
correct them.
"""


def faults(name: str, picture: Picture) -> list[str]:
    """What is wrong with a picture, each as a sentence that begins with its name; none where it may be shown.

    Raises ValueError for a claim, a part or a thing that nobody knows.
    """
    if isinstance(picture.pose, FrontPose):
        found = [*faults_seen_from_the_feet(picture, picture.pose)]
    else:
        found = [*_seen_from_the_side(picture, picture.pose)]
    return [f"{name}: {fault}." for fault in found]


def _seen_from_the_side(picture: Picture, pose: Pose) -> Iterable[str]:
    bones = skeleton(pose)
    yield from [*_bent_too_far(pose), *_apart(picture, bones), *_not_as_said(picture, pose)]
    if picture.view == "side":
        yield from [*_sunk(picture, bones), *_falling(picture, bones)]
    else:
        yield from off_the_mat(picture)


def _bent_too_far(pose: Pose) -> Iterable[str]:
    trunk = [("", pose, ("pelvis", "spine", "neck", "head"))]
    legs = [(f"{side} ", getattr(pose, f"{side}_leg"), ("hip", "knee", "ankle")) for side in SIDES]
    arms = [(f"{side} ", getattr(pose, f"{side}_arm"), ("shoulder", "elbow", "wrist")) for side in SIDES]
    for side, limb, joints in trunk + legs + arms:
        for joint in joints:
            angle, (least, most) = getattr(limb, joint), RANGES[joint]
            if not least <= round(angle, 1) <= most:
                yield f"{side}{joint} is at {angle:.1f}°, outside {least}° to {most}°"


def _sunk(picture: Picture, bones: Skeleton) -> Iterable[str]:
    """Under the floor, or in a thing. Arms may be beside a chair, which is less wide than the person."""
    things = [prop for prop in picture.props if prop.kind not in WRAPPED]
    for part, outline in whole(bones).items():
        points = sampled(outline)
        if (deep := -min(point.y for point in points)) > TOUCH:
            yield f"{part} is {_cm(deep)} under the floor"
        for prop in things:
            beside = prop.kind == "chair" and part.endswith(("arm", "hand", "sleeve"))
            deepest = max(depth(point, prop) for point in points)
            if not beside and deepest > (SOFT_TOUCH if prop.kind in SOFT_THINGS else TOUCH):
                yield f"{part} is {_cm(deepest)} inside the {prop.kind}"


def _apart(picture: Picture, bones: Skeleton) -> Iterable[str]:
    parts = regions(bones)
    for part, thing in picture.touches:
        if part not in parts:
            raise ValueError(f"Nobody knows the part “{part}”. Parts: {', '.join(parts)}.")
        off = gap(part, thing, parts=parts, picture=picture)
        if off == inf:
            yield f"{part} touches a {thing} that is not in the picture"
        elif off > _give(part, thing):
            yield f"{part} is {_cm(off)} off the {thing}"


def _give(part: str, thing: str) -> float:
    soft = thing in SOFT_THINGS or part.endswith(SOFT_PARTS) or thing.endswith(SOFT_PARTS)
    return SOFT_TOUCH if soft else TOUCH


def _not_as_said(picture: Picture, pose: Pose) -> Iterable[str]:
    for said in picture.says:
        if measured := untrue(said, pose):
            yield f"it says “{said}”, but {measured}"


def _falling(picture: Picture, bones: Skeleton) -> Iterable[str]:
    """Where the centre of mass is over nothing that carries the body, be it standing, kneeling, sitting or lying."""
    off = off_balance(centre_of_mass(bones), _carried(picture, bones))
    if off == inf:
        yield "nothing carries the body"
    elif off:
        yield f"the centre of mass is {_cm(abs(off))} {'in front of' if off > 0 else 'behind'} what carries the body"


def _carried(picture: Picture, bones: Skeleton) -> list[Point]:
    """What rests on the floor or on a thing, and hands that lean on a wall or a worktop."""
    parts = regions(bones)
    tops = [Prop(kind="floor", left=-inf, right=inf, bottom=-inf, top=0)]
    tops += [prop for prop in picture.props if prop.kind not in WRAPPED | {"wall"}]
    points = [point for outline in whole(bones).values() for point in sampled(outline)]
    resting = [p for p in points for on in tops if on.left <= p.x <= on.right and abs(p.y - on.top) <= SOFT_TOUCH]
    leaning = [part for part, thing in picture.touches if thing in {"wall", "worktop"}]
    return resting + [point for part in leaning for point in parts[part].surface()]


def _cm(units: float) -> str:
    return f"{units / A_CM:.1f} cm"
