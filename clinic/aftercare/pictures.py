"""The pictures of an exercise, for pages, papers and mails."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from clinic.aftercare.catalogue import Exercise
from clinic.drawings import Look, Picture, draw, look_of, pictures_of
from clinic.drawings.figure.pose_texts import pictures_in

CAPTIONS = {
    "start": _l("Start"),
    "middle": _l("On the way"),
    "hold": _l("Hold"),
    "not_this": _l("Not like this"),
}
FELT = _l("Feel it here")


class Shown(NamedTuple):
    """One picture as a page shows it, with what stands below it."""

    name: str
    caption: str
    markup: Markup


def shown(exercise: Exercise, *, mirrored: bool = False, only: Collection[str] = tuple(CAPTIONS)) -> list[Shown]:
    """Its drawings in the order they are done, "not like this" last; empty where there is none, or a photo instead."""
    chosen = {name: picture for name, picture in _pictures_of(exercise).items() if name in only}
    among = tuple(chosen.values())
    return [_shown(exercise, name, picture, among, mirrored=mirrored) for name, picture in chosen.items()]


def _pictures_of(exercise: Exercise) -> Mapping[str, Picture]:
    if not exercise.pose:
        return {} if exercise.has_photo else pictures_of(exercise.id)
    try:
        return pictures_in(exercise.pose)
    except ValueError:  # of an older version of the product, which took what this one does not
        return {}


def _shown(exercise: Exercise, name: str, picture: Picture, among: tuple[Picture, ...], *, mirrored: bool) -> Shown:
    caption, look = str(CAPTIONS[name]), look_of(exercise.id)
    words = f"{exercise.name}: {caption.lower()}", caption
    svg = _drawn(picture, *words, look=look, felt=str(FELT), among=among, mirrored=mirrored)
    return Shown(name, caption, svg)


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
