"""A picture in words, from the same data that draws it: for those who do not see it, and where no picture can be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from babel.lists import format_list
from flask_babel import LazyString, get_locale
from flask_babel import gettext as _

from clinic.drawings.figure import terms
from clinic.drawings.figure.front.pose import FrontPose
from clinic.drawings.figure.pose import Picture

SIDE = re.compile(r"\b(right|left) (?!angle)")
OTHER = {"right": "left ", "left": "right "}


def described(picture: Picture, *, mirrored: bool = False) -> str:
    """What the picture shows, in sentences. `mirrored`: of the other side of the body, as draw() shows it.
    Raises ValueError for a word of a pose file that stands in none of the lists of terms.py.
    """
    seen = _other_side(picture) if mirrored else picture
    told = [_posture(seen, "right" if mirrored else "left"), *_touches(seen), *_says(seen), *_feels(seen)]
    return " ".join(one[0].upper() + one[1:] for one in told)


def _other_side(picture: Picture) -> Picture:
    def turned(words: str) -> str:
        return SIDE.sub(lambda found: OTHER[found[1]], words)

    return replace(
        picture,
        touches=tuple((turned(part), turned(thing)) for part, thing in picture.touches),
        feels=tuple(map(turned, picture.feels)),
        says=tuple(map(turned, picture.says)),
    )


def _posture(picture: Picture, below: str) -> str:
    """`below`: the side that somebody lies on who lies on the side."""
    if picture.view == "above":
        return str(_("Lying on the %(side)s side, seen from above.", side=terms.SIDES[below]))
    if isinstance(picture.pose, FrontPose):
        return str(_("Lying on the back, seen from beyond the feet. Both feet stand with the knees bent."))
    parts = {part for part, _thing in picture.touches}
    if picture.pose.lean >= 60:
        return str(_("Lying on the back."))
    if picture.pose.lean <= -60:
        return str(_("Lying face down.") if parts & {"belly", "chest"} else _("On hands and knees."))
    if "seat" in parts:
        return str(_("Sitting."))
    return str(_("Kneeling.") if parts & {"right knee", "left knee"} else _("Standing."))


def _touches(picture: Picture) -> Iterable[str]:
    on: dict[str, list[str]] = {}
    for part, thing in picture.touches:
        on.setdefault(thing, []).append(part)
    for thing, parts in on.items():
        sided = _by_side(parts)
        many = len(sided) > 1 or any(side == "both" or part in terms.MANY for part, side in sided)
        named = _listed(_word(part, side, terms.PARTS, terms.LIMB_PARTS) for part, side in sided)
        yield _resting(named, _where(thing), many=many)


def _resting(parts: str, where: str, *, many: bool) -> str:
    if many:
        return str(_("%(parts)s are %(where)s.", parts=parts, where=where))
    return str(_("%(part)s is %(where)s.", part=parts, where=where))


def _where(thing: str) -> str:
    if thing in terms.THINGS:
        return str(terms.THINGS[thing])
    ((part, side),) = _by_side([thing])
    return str(_("on %(part)s", part=_word(part, side, terms.PARTS, terms.LIMB_PARTS)))


def _says(picture: Picture) -> Iterable[str]:
    """One sentence for each; in a picture of a mistake, last of all what the mistake is."""
    sided = _by_side(picture.says)
    wrong = [one for one in sided if picture.wrong and one[0] in terms.MISTAKES]
    for name, side in sided:
        if (name, side) not in wrong:
            yield f"{_word(name, side, terms.SAYS, terms.LIMBS_SAY)}."
    if wrong:
        mistake = _listed(_word(name, side, terms.SAYS, terms.LIMBS_SAY) for name, side in wrong)
        yield _("This is the mistake: %(mistake)s.", mistake=mistake)


def _feels(picture: Picture) -> Iterable[str]:
    if picture.feels:
        places = _listed(_word(name, side, terms.FEELS, terms.LIMBS_FEEL) for name, side in _by_side(picture.feels))
        yield _("Felt %(places)s.", places=places)


def _by_side(told: Iterable[str]) -> list[tuple[str, str]]:
    """Each name without its side, and the side: right, left, both, or none."""
    sides: dict[str, set[str]] = {}
    for one in told:
        found = SIDE.search(one)
        sides.setdefault(SIDE.sub("", one, count=1), set()).add(found[1] if found else "")
    return [(name, "both" if len(of) > 1 else next(iter(of))) for name, of in sides.items()]


def _word(name: str, side: str, plain: Mapping[str, LazyString], limbs: Mapping[str, terms.OfLimb]) -> str:
    if not side and name in plain:
        return str(plain[name])
    if not side or name not in limbs:
        raise ValueError(f"Nobody has words for “{name}”.")
    one, both = limbs[name]
    return str(both) if side == "both" else str(one) % {"side": terms.SIDES[side]}


def _listed(words: Iterable[str]) -> str:
    return format_list(list(words), locale=get_locale())
