"""Which colour a clinic may be known by, and the shades that go with it. Pure.

Words need a contrast of 4.5 to 1 with what they stand on, as WCAG 2 counts it. Each shade is about as light as the one
of the house's own green, in the clinic's hue, so that whatever can be read in green can be read in it.
"""

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

ENOUGH = 4.5
HOUSE = "#1d5c63"
PALE_GROUNDS = ("#fbf8f3", "#ffffff", "#efe7da", "#f8e9e3", "#fbf0d9")  # what words stand on by day, as in clinic.css
DARK_GROUNDS = ("#0e1a19", "#152523", "#1c302d", "#3b211a", "#33290f")
ON_PALE, ON_DARK = "#ffffff", "#0a201e"  # words upon the colour itself
STEPS = 255


@dataclass(frozen=True)
class Shades:
    """The colour for buttons and links, a deeper one for words, a faint one behind words, and one for lines."""

    pine: str
    deep: str
    tint: str
    line: str


def colour_of(typed: str) -> str | None:
    """#1d5c63, however it was typed; None where it is no such colour."""
    found = re.fullmatch(r"#?([0-9a-f]{6})", typed.strip().lower(), re.ASCII)
    return f"#{found[1]}" if found else None


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black and white."""
    darker, lighter = sorted((_lightness(one), _lightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def can_be_read(colour: str) -> bool:
    """Whether white words can be read on it, and it as words on every pale ground."""
    return all(contrast(colour, ground) >= ENOUGH for ground in (ON_PALE, *PALE_GROUNDS))


def nearest(colour: str) -> str:
    """The lightest of its hue that can be read, or the colour itself."""
    return colour if can_be_read(colour) else next(one for one in reversed(_of_its_hue(colour)) if can_be_read(one))


def by_day(colour: str) -> Shades:
    deep = next(one for one in reversed(_of_its_hue(colour)) if _lightness(one) <= _lightness(colour) / 2)
    return Shades(colour, deep, _as_light(colour, 0.81, 0.5), _as_light(colour, 0.53, 0.5))


def by_night(colour: str) -> Shades:
    return Shades(
        _as_light(colour, 0.55), _as_light(colour, 0.75), _as_light(colour, 0.05, 0.5), _as_light(colour, 0.13, 0.5)
    )


def _as_light(colour: str, lightness: float, strength: float = 1) -> str:
    """The one of its hue that comes nearest; `strength`: how much of its colour is left, greyer below 1."""
    shades = _of_its_hue(colour, strength)
    return next(one for one in shades if _lightness(one) >= lightness)


def _of_its_hue(colour: str, strength: float = 1) -> list[str]:
    """From black to white."""
    hue, _light, saturation = rgb_to_hls(*(part / 255 for part in _parts(colour)))
    return [_written(hls_to_rgb(hue, step / STEPS, saturation * strength)) for step in range(STEPS + 1)]


def _lightness(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
