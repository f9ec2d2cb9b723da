"""The body chart, front and back, as SVG: to be marked, or with what was marked.

Presentation attributes only, and the colour of the text around it, like every drawing of ours. A mark is tinted,
hatched by its kind and numbered by its strength, so that it can be told on a grey print. The person's left is on the
right of the front view and on the left of the back view, and each picture says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from flask_babel import gettext as _
from markupsafe import Markup

from clinic.drawings import wording
from clinic.drawings.body_lines import LINES, half
from clinic.drawings.body_regions import VIEWS
from clinic.drawings.contours import Contour, middle, mirrored, path
from clinic.drawings.marks import KINDS, Mark
from clinic.drawings.paths import tenths

INK = "currentColor"
HURTS = "#c2452d"
BOX = "-820 -4060 1640 4310"
USUAL = 200  # how wide most strips are
SLIM = {
    "neck": 180,
    "shoulder": USUAL,
    "upper_arm": USUAL,
    "forearm": USUAL,
    "hand": USUAL,
    "outer_thigh": 240,
    "inner_thigh": 100,
    "foot": 160,
}
"""How wide a strip lies around each place that alone would be too slim for a finger, half of it outside the place, in
tenths of a unit. None reaches over another place of the same name: that one would lose its own strip.
"""

HATCHES = {
    "dull": ("140", '<path d="M-20 20L20-20M-20 160L160-20M120 160L160 120" stroke-width="40"/>'),
    "sharp": ("90", '<path d="M0 90L90 0M0 0L90 90" stroke-width="14"/>'),
    "burning": ("100", '<path d="M0 70L25 30L50 70L75 30L100 70" stroke-width="18"/>'),
    "tingling": ("70", '<path d="M35 35h.1" stroke-width="30" stroke-linecap="round"/>'),
    "numb": ("60", '<path d="M0 30H60" stroke-width="14"/>'),
    "stiff": ("60", '<path d="M30 0V60" stroke-width="18"/>'),
}


@dataclass(frozen=True)
class Shown:
    """A chart to look at: its two pictures, and the same in words."""

    front: Markup
    back: Markup
    told: Sequence[str]
    left_out: Sequence[str]


def shown(marks: Sequence[Mark], *, avoid: Collection[str] = ()) -> Shown:
    """The chart with what hurts, and the places to be left out as `region/side`, which are crossed out."""
    told = [wording.mark(mark) for mark in marks]
    left_out = [wording.place(place) for place in sorted(avoid)]
    said = "; ".join([*told, *(_("leave out: %(place)s", place=place) for place in left_out)]) or _(
        "Nothing is marked."
    )
    front, back = (_picture(view, marks, avoid, said=said) for view in ("front", "back"))
    return Shown(front, back, told, left_out)


def to_be_marked(view: str, marks: Sequence[Mark]) -> Markup:
    """One view, `front` or `back`, for static/js/body-chart.js: each place says which it is and how it is called."""
    return _picture(view, marks, (), said=_("Each place is in the list as well."), live=True)


def _picture(view: str, marks: Sequence[Mark], avoid: Collection[str], *, said: str, live: bool = False) -> Markup:
    name = "body-" + sha256(f"{view}{marks}{sorted(avoid)}{live}".encode()).hexdigest()[:6]
    title = _("Your body from the front") if view == "front" else _("Your body from the back")
    kinds = {mark.place: mark.kind for mark in marks}
    fills = {
        **{place: f"url(#{name}-{kind})" for place, kind in kinds.items()},
        **dict.fromkeys(avoid, f"url(#{name}-avoid)"),
    }
    wanted = KINDS if live else sorted(set(kinds.values()))
    return Markup(  # noqa: S704  (made here, and every word is escaped)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{BOX}" role="img" data-view="{view}"'
        f' aria-labelledby="{name}" aria-describedby="{name}-text"><title id="{name}">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(said)}</desc><defs>{hatches(name, wanted, crossed=bool(avoid))}</defs>'
        f"{regions(view, fills, live=live)}{outline(view)}{'' if live else _strengths(view, marks)}{ends(view)}</svg>"
    )


def places(view: str) -> dict[str, Contour]:
    """The outline of each place in this view, as `region/side`. Our own left is on the right of a front view."""
    plain, turned = ("left", "right") if view == "front" else ("right", "left")
    lines = VIEWS[view]
    return {
        **{f"{region}/{plain}": line for region, line in lines.items()},
        **{f"{region}/{turned}": mirrored(line) for region, line in lines.items()},
    }


def whole(view: str) -> Contour:
    """The outline of the whole body."""
    one = half(view)
    return (*one, *(arc.back() for arc in reversed(mirrored(one))))


def regions(view: str, fills: Mapping[str, str], *, live: bool) -> str:
    """The places of a view, some of them filled. Live ones say which they are, their name and their middle, and take
    taps beside the body that are meant for them.
    """
    drawn = "".join(_region(place, line, fills.get(place), live=live) for place, line in places(view).items())
    near = _around_slim_places(view) if live else ""
    plain = f'fill="{INK}" fill-opacity=".06" stroke="{INK}" stroke-opacity=".45" stroke-width="7"'
    return f'{near}<g {plain} stroke-linejoin="round">{drawn}</g>'


def _around_slim_places(view: str) -> str:
    """Beneath all places, so that what lies next to one keeps its own taps."""
    slim = [(place, line, SLIM.get(place.partition("/")[0])) for place, line in places(view).items()]
    drawn = "".join(_strip(place, line, wide) for place, line, wide in slim if wide)
    return (
        f'<g fill="none" stroke="{INK}" stroke-opacity="0" stroke-width="{USUAL}" pointer-events="stroke">{drawn}</g>'
    )


def _strip(place: str, line: Contour, wide: int) -> str:
    width = "" if wide == USUAL else f' stroke-width="{wide}"'
    return f'<path data-near="{place}"{width} d="{path(line)}"/>'


def _region(place: str, line: Contour, fill: str | None, *, live: bool) -> str:
    paint = f' fill="{fill}" fill-opacity="1"' if fill else ""
    if not live:
        return f'<path{paint} d="{path(line)}"/>'
    name, at = escape(wording.place(place)), "{} {}".format(*centre(line))
    return f'<path{paint} data-place="{place}" data-at="{at}" d="{path(line)}"><title>{name}</title></path>'


def centre(line: Contour) -> tuple[int, int]:
    """Where something stands on a place, in the picture's own units."""
    return tenths(middle(line).x), -tenths(middle(line).y)


def outline(view: str) -> str:
    """The line around the whole body, with fingers and toes. What lies on a place is in no tap's way."""
    small = "".join(path(line, closed=False) for one in LINES[view] for line in (one, mirrored(one)))
    return (
        f'<g fill="none" stroke="{INK}" stroke-linejoin="round" pointer-events="none">'
        f'<path stroke-width="13" d="{path(whole(view))}"/>'
        f'<path stroke-width="6" stroke-linecap="round" d="{small}"/></g>'
    )


def _strengths(view: str, marks: Sequence[Mark]) -> str:
    """How strong, as a number on each marked place."""
    lines = places(view)
    return "".join(_strength(lines[mark.place], mark.strength) for mark in marks if mark.place in lines)


def _strength(line: Contour, strength: int) -> str:
    x, y = centre(line)
    return (
        f'<circle cx="{x}" cy="{y}" r="75" fill="#fff" stroke="#3b1a12" stroke-width="10"/>'
        f'<text x="{x}" y="{y + 38}" font-size="105" font-weight="700" text-anchor="middle"'
        f' fill="#3b1a12">{strength}</text>'
    )


def hatches(name: str, kinds: Collection[str], *, crossed: bool = False) -> str:
    """The patterns of these kinds of pain, for one picture."""
    drawn = "".join(_hatch(f"{name}-{kind}", *HATCHES[kind], colour=HURTS) for kind in kinds)
    cross = '<path d="M20 20L100 100M100 20L20 100" stroke-width="14"/>'
    return drawn + (_hatch(f"{name}-avoid", "120", cross, colour=INK) if crossed else "")


def _hatch(name: str, size: str, lines: str, *, colour: str) -> str:
    return (
        f'<pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">'
        f'<rect width="{size}" height="{size}" fill="{colour}" opacity=".22"/>'
        f'<g stroke="{colour}" fill="none">{lines}</g></pattern>'
    )


def ends(view: str) -> str:
    """Which side is which, and which view this is."""
    left, right = (590, -590) if view == "front" else (-590, 590)
    words = ((left, _("Left")), (right, _("Right")), (0, str(wording.VIEWS[view])))
    return "".join(
        f'<text x="{x}" y="{-3930 if x else 190}" font-size="130" text-anchor="middle"'
        f' fill="{INK}">{escape(word)}</text>'
        for x, word in words
    )
