"""Ways to wear one's hair, and the face under it, seen from beyond the feet: rings about the middle of the head."""

from __future__ import annotations

from collections.abc import Sequence

Ring = tuple[tuple[float, float], ...]


def _both(*half: tuple[float, float]) -> Ring:
    """A ring from the top round the person's left side, and the same on the right."""
    return (*half, *((-x, y) for x, y in reversed(half)))


def mirrored(ring: Sequence[tuple[float, float]]) -> Ring:
    return tuple((-x, y) for x, y in reversed(ring))


# fmt: off
HEAD = _both((5, 26.5), (13, 25), (18, 17), (19.3, 5), (17.5, -8), (12.5, -18), (5, -23.5))
EAR = ((18.5, 5), (21.5, 6), (22.6, 1), (21, -5), (18.2, -5))
FACE_IN_SCARF = _both((5, 17.5), (12, 14), (15.2, 4), (14.2, -8), (10, -17), (4, -21))
_EYE, _BROW = ((5, 5.6), (8.5, 3.4), (12, 5.6)), ((4.6, 10.5), (8.5, 12.6), (12.6, 10.6))
_NOSE = ((-3.2, -1.6), (-1.6, -3.6), (1.6, -3.6), (3.2, -1.6))
_MOUTH = ((-5.4, -8.4), (-2, -9.8), (2, -9.8), (5.4, -8.4))
_CHIN = ((-3.4, -15.6), (0, -16.8), (3.4, -15.6))
FACE = (_EYE, mirrored(_EYE), _BROW, mirrored(_BROW), _NOSE, _MOUTH)
CHIN = _CHIN
LIPS = ((-5.6, -9), (-2, -7.8), (2, -7.8), (5.6, -9), (2, -11), (-2, -11))
BEARD = _both((3, -4.6), (9, -5.6), (14.5, 1), (19.4, 4), (18.4, -9), (13.6, -20), (5, -26))

_LEFT_TEMPLE = ((20.8, 8), (19.6, 1), (19.6, 1), (16.6, 7), (13, 15))
_SIDE = ((20.8, 8), (19.6, -1), (19.6, -1), (16.8, 5))
_TIED = (
    (0, 29), (12, 28), (20, 19), *_LEFT_TEMPLE, (5, 19.5), (-3, 19), (-12, 15), *mirrored(_LEFT_TEMPLE)[1:],
    (-20, 19), (-12, 28),
)
_SHORT = (
    (0, 31.5), (13, 31), (22.4, 21), (22.6, 8), (20.6, -2), (20.6, -2), (17, 5), (15.6, 13), (8, 17), (-4, 13.4),
    (-13.6, 16), (-17, 5), (-20.6, -2), (-20.6, -2), (-22.6, 8), (-22.4, 21), (-13, 31),
)
_CROP = _both((4, 28.4), (14, 26.6), (20, 18), *_SIDE, (15.6, 12.6), (15.6, 12.6), (12, 17.6), (5, 18.4))
_ASIDE = ((19, 15.6), (21.2, 8), (19.8, -2), (19.8, -2), (17, 4), (16.6, 11))
_CURLS = ((21, 4, 6.5), (21.4, 14, 8), (15, 24, 8.5), (5, 29, 9))
_SCARF = _both((5, 29.5), (15, 27), (22, 17), (23, 3), (21, -11), (16, -22), (15, -38), (6, -42))
# fmt: on


def disc(x: float, y: float, radius: float) -> Ring:
    """A ring that pulls a circle."""
    short = radius * 0.4142
    return tuple((x + a, y + b) for a, b in _both((short, radius), (radius, short), (radius, -short), (short, -radius)))


_ALL_CURLS = [(side * x, y, radius) for side in (1, -1) for x, y, radius in _CURLS]
STYLES: dict[str, tuple[Ring, ...]] = {
    "bun": (_TIED,),
    "short": (_SHORT,),
    "crop": (_CROP,),
    "balding": (_ASIDE, mirrored(_ASIDE)),
    "curly": (_CROP, *(disc(*curl) for curl in _ALL_CURLS)),
    "headscarf": (_SCARF,),
}
