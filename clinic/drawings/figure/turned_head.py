"""A head turned to the near side, as when lying on the front: the face as seen from the front, along the bone of the
head, and flat where the head rests.
"""

from __future__ import annotations

from clinic.drawings.figure.front.hair import BEARD, CHIN, EAR, FACE, FACE_IN_SCARF, HEAD, LIPS, STYLES, Ring, mirrored
from clinic.drawings.geometry import Bone, Outline

MIDDLE = 24.5
"""Units from the crown to the middle of the face."""

CHEEK = 19.3
"""From there to the cheek it rests on: hair on that side gives way."""


def head(bone: Bone) -> Outline:
    return _laid(bone, HEAD)


def ear(bone: Bone) -> Outline:
    """The upper one; on the other one lies the head."""
    return _laid(bone, mirrored(EAR))


def hair(style: str, bone: Bone) -> tuple[Outline, ...]:
    return tuple(_laid(bone, ring) for ring in STYLES[style])


def face_in_scarf(bone: Bone) -> Outline:
    return _laid(bone, FACE_IN_SCARF)


def beard_and_lips(bone: Bone) -> tuple[Outline, Outline]:
    return _laid(bone, BEARD), _laid(bone, LIPS)


def face(bone: Bone, *, chin: bool) -> tuple[Outline, ...]:
    """Lines, not shapes."""
    return tuple(_laid(bone, line) for line in ((*FACE, CHIN) if chin else FACE))


def _laid(bone: Bone, ring: Ring) -> Outline:
    return bone.outline([(MIDDLE - up, min(aside, CHEEK)) for aside, up in ring])
