"""The pictures of an exercise, for pages, papers and mails."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from clinic.aftercare.catalogue import Exercise
from clinic.drawings import Look, Picture, draw, look_of, pictures_of
from clinic.drawings.figure.pose_texts import pictures_in
from clinic.drawings.figure.words import described

CAPTIONS = {
    "start": _l("Start"),
    "middle": _l("On the way"),
    "hold": _l("Hold"),
    "not_this": _l("Not like this"),
}
THEN, LIKE_THIS = _l("Then"), _l("Like this")
"""What stands under the hold where nothing is held, and where nothing comes before it."""

FELT = _l("Feel it here")


class Shown(NamedTuple):
    """One picture as a page shows it, with what stands below it; `told` is the same in words, for a paper."""

    name: str
    caption: str
    markup: Markup
    told: str

    @property
    def size(self) -> tuple[int, int]:
        """Its width and height as it is drawn: a page keeps so much room for it."""
        _left, _top, width, height = self.markup.partition('viewBox="')[2].partition('"')[0].split()
        return round(float(width)), round(float(height))


def shown(exercise: Exercise, *, mirrored: bool = False, only: Collection[str] = tuple(CAPTIONS)) -> list[Shown]:
    """Its drawings in the order they are done, "not like this" last; empty where there is none, or a photo instead."""
    drawings = _pictures_of(exercise.id, exercise.pose, has_photo=exercise.has_photo)
    chosen = {name: picture for name, picture in drawings.items() if name in only}
    captions = _captions(drawings, held=bool(exercise.dose.hold_s))
    return _all_shown(exercise.id, f"{exercise.name}: ", chosen, captions, mirrored=mirrored)


def shown_as_sent(step: Mapping[str, Any], *, mirrored: bool = False) -> list[Shown]:
    """The same of a frozen step of a plan, as it was drawn when it was sent."""
    drawings = _pictures_of(step["exercise"], step.get("pose", ""), has_photo=bool(step.get("photo_words")))
    captions = _captions(drawings, held=bool(step["hold_s"]))
    return _all_shown(step["exercise"], f"{step['name']}: ", drawings, captions, mirrored=mirrored)


def _captions(drawings: Mapping[str, Picture], *, held: bool) -> dict[str, str]:
    """What stands under each of these: nothing is held in a march, and rest begins with nothing else."""
    hold = CAPTIONS["hold"] if held else THEN
    return {name: str(one) for name, one in {**CAPTIONS, "hold": hold if "start" in drawings else LIKE_THIS}.items()}


def _pictures_of(code: str, pose: str, *, has_photo: bool) -> Mapping[str, Picture]:
    if not pose:
        return {} if has_photo else pictures_of(code)
    try:
        return pictures_in(pose)
    except ValueError:  # of an older version of the product, which took what this one does not
        return {}


def _all_shown(
    code: str, title: str, drawings: Mapping[str, Picture], captions: Mapping[str, str], *, mirrored: bool = False
) -> list[Shown]:
    """To one scale, by the person who always shows this exercise."""
    how = {"look": look_of(code), "felt": str(FELT), "among": tuple(drawings.values()), "mirrored": mirrored}
    all_shown = []
    for name, picture in drawings.items():
        heading, words = title + captions[name].lower(), described(picture, mirrored=mirrored)
        all_shown.append(Shown(name, captions[name], _drawn(picture, heading, words, **how), f"{heading}. {words}"))
    return all_shown


@lru_cache(maxsize=400)
def _drawn(
    picture: Picture,
    title: str,
    description: str,
    *,
    look: Look,
    felt: str,
    among: tuple[Picture, ...],
    mirrored: bool,
) -> Markup:
    """Drawing takes longer than all the rest of a page. Its words are escaped where it is drawn."""
    svg = draw(picture, title=title, description=description, look=look, felt=felt, among=among, mirrored=mirrored)
    return Markup(svg)  # noqa: S704
