"""Ways to wear one's hair. At the back of the head all are equally high, so that every head rests as low on a mat."""

from __future__ import annotations

from clinic.drawings.figure.rings import BUN_RING, HAIR_RING, Ring, corner, disc
from clinic.drawings.figure.skeleton import Skeleton
from clinic.drawings.geometry import Outline

# fmt: off
_SIDEBURN = ((26, 8.3), *corner(32, 5), (27, -4))
_SHORT_BACK = ((34, -8), *corner(41, -12), (36, -19), (27, -24), (12, -24))
_SHORT = (
    (-5, 3), (-5, 15), (2, 23), *corner(12, 23.6), (12.5, 15), (17, 9.7), *_SIDEBURN, *_SHORT_BACK, (-1, -14),
)
_CROP = (
    (-2, 3), (-0.5, 14.5), (6, 21.5), *corner(11, 22.8), *corner(14, 15.5), *corner(21, 13.5), (23, 9),
    *_SIDEBURN, *_SHORT_BACK, (1, -13.5),
)
_FRINGE = (
    *corner(11, -21), (15, -10), (19, 1), *corner(21, 8), *_SIDEBURN,
    (34, -8), *corner(42, -12), (37, -18.5), (28, -24), (17, -24),
)
_CURLS = (
    (-5, -9, 9), (-8, 2, 9), (-5, 12, 8), (3, 19, 6.5),
    (7, -15, 9), (18, -15.5, 9), (29, -15, 9), (37, -11, 7), (20, -4, 8),
)
_SCARF = (
    (-4, 3), (-2, 15.5), (5.5, 22.5), *corner(13, 24.4), (20, 12), (32, 7), (44, 9.5), *corner(54, 20),
    (59, 10), (54, -8), (46, -18), (34, -24), (22, -24.4), (10, -24), (0, -14),
)
_SCARF_END = (
    (-8, 12), (4, 14), (14, 17), (25, 22.5), (34, 21), (35, 4), (33, -14), (26, -19), (14, -16.5), (2, -17), (-8, -17),
)
# fmt: on

STYLES: dict[str, tuple[Ring, ...]] = {
    "bun": (HAIR_RING, BUN_RING),
    "short": (_SHORT,),
    "crop": (_CROP,),
    "balding": (_FRINGE,),
    "curly": (_CROP, *(disc(along, front, radius) for along, front, radius in _CURLS)),
    "headscarf": (_SCARF,),
}


def hair(style: str, bones: Skeleton) -> tuple[Outline, ...]:
    """What covers the head; the end of a scarf lies round the neck on the shirt."""
    over = tuple(bones.head.outline(ring) for ring in STYLES[style])
    return (*over, bones.neck.outline(_SCARF_END)) if style == "headscarf" else over
