"""Poses as files that a person can read and write: see poses/half_kneeling_hip_flexor.yaml for the form.

With `view: above` the same body lies on its side on a mat; with `view: front` another one lies on its back, seen from
beyond the feet: see front/pose.py and poses/knee_rocks.yaml.

A part of the body is told by its angles, or by where it is: a foot that `stands` on a spot, an ankle or a wrist `at` a
point. A picture that is `like` another says only what differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from clinic.drawings.figure.front.pose import front_pose
from clinic.drawings.figure.pose import Arm, Arrow, Leg, Picture, Pose, Prop
from clinic.drawings.figure.reach import arm_to, leg_to
from clinic.drawings.figure.skeleton import ANKLE_HEIGHT, directions, shoulders_of
from clinic.drawings.geometry import Point

FOLDER = Path(__file__).with_name("poses")
NAMES = ("start", "middle", "hold", "not_this")
"""The moments of an exercise, in the order they are shown. `not_this` is the mistake that is common."""

PARTS = (
    "body",
    "right_leg",
    "left_leg",
    "right_arm",
    "left_arm",
    "props",
    "arrows",
    "touches",
    "feels",
    "says",
    "view",
)
THICKNESS = {"mat": 10}
"""Units above the floor where a file does not say. A mat of 1.5 cm would be 4, a folded one or a thin cushion is 10."""


@lru_cache(maxsize=64)
def pictures_of(exercise: str) -> Mapping[str, Picture]:
    """The pictures of an exercise of the product, by name, in the order they are shown; empty where it has none."""
    file = FOLDER / f"{exercise}.yaml"
    return read_pictures(yaml.safe_load(file.read_text(encoding="utf-8"))) if file.exists() else {}


def read_pictures(kept: Any) -> dict[str, Picture]:
    """The pictures of a parsed file. Raises ValueError with what is wrong and where, for whoever wrote the file."""
    if not isinstance(kept, dict) or not kept or set(kept) - set(NAMES):
        raise ValueError(f"Pictures are called {', '.join(NAMES)}.")
    found: dict[str, dict[str, Any]] = {}
    for name in (one for one in NAMES if one in kept):
        found[name] = _whole(name, kept[name], found)
    return {name: _named(name, whole) for name, whole in found.items()}


def _whole(name: str, kept: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """With all that it shares with the picture it is like: arrows, which are each picture's own, are not."""
    told = dict(kept)
    like = told.pop("like", None)
    if unknown := set(told) - set(PARTS):
        raise ValueError(f"{name}: nobody knows {', '.join(sorted(unknown))}.")
    if like is None:
        return told
    if like not in others:
        raise ValueError(f"{name}: there is no picture {like} before it.")
    base = {part: one for part, one in others[like].items() if part != "arrows"}
    return {**base, **told, "body": {**base.get("body", {}), **told.get("body", {})}}


def _named(name: str, whole: Mapping[str, Any]) -> Picture:
    try:
        return _picture(whole, wrong=name == "not_this")
    except (KeyError, TypeError, ValueError) as error:
        what = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
        raise ValueError(f"{name}: {what}") from error


def _picture(whole: Mapping[str, Any], *, wrong: bool) -> Picture:
    things = [thing for one in whole.get("props", ()) for thing in one.items()]
    return Picture(
        pose=front_pose(whole) if whole.get("view") == "front" else _pose(whole),
        props=tuple(_prop(kind, edges) for kind, edges in things if kind != "band"),
        band=tuple(part for kind, told in things if kind == "band" for part in told["around"]),
        arrows=tuple(
            Arrow(tail=Point(*one["from"]), tip=Point(*one["to"]), bend=one.get("bend", 0))
            for one in whole.get("arrows", ())
        ),
        touches=tuple((part, thing) for one in whole.get("touches", ()) for part, thing in one.items()),
        feels=tuple(whole.get("feels", ())),
        says=tuple(whole.get("says", ())),
        view=whole.get("view", "side"),
        wrong=wrong,
    )


def _prop(kind: str, edges: Mapping[str, Any]) -> Prop:
    bottom = edges.get("bottom", 0)
    top = edges["top"] if "top" in edges else bottom + THICKNESS[kind]
    faces = str(edges.get("faces", "right"))
    return Prop(kind=kind, left=edges["left"], right=edges["right"], bottom=bottom, top=top, faces=faces)


def _pose(whole: Mapping[str, Any]) -> Pose:
    body = dict(whole["body"])
    hips = Point(*body.pop("hips"))
    pelvis, thorax = directions(body.get("lean", 0), body.get("pelvis", 0), body.get("spine", 0))
    shoulders = shoulders_of(hips, pelvis, thorax)
    return Pose(
        hips=hips,
        right_leg=_limb("right_leg", whole, lambda one: _leg(one, hips, pelvis)),
        left_leg=_limb("left_leg", whole, lambda one: _leg(one, hips, pelvis)),
        right_arm=_limb("right_arm", whole, lambda one: _arm(one, shoulders, thorax)),
        left_arm=_limb("left_arm", whole, lambda one: _arm(one, shoulders, thorax)),
        **body,
    )


def _limb(name: str, whole: Mapping[str, Any], read: Any) -> Any:
    try:
        return read(whole[name])
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name.replace('_', ' ')}: {error}") from error


def _leg(told: Mapping[str, Any], hips: Point, pelvis: float) -> Leg:
    if "stands" in told:
        x, surface = told["stands"]
        return leg_to(Point(x, surface + ANKLE_HEIGHT), 0, hips=hips, pelvis=pelvis)
    if "at" in told:
        return leg_to(Point(*told["at"]), told.get("sole", 0), hips=hips, pelvis=pelvis)
    return Leg(**told)


def _arm(told: Mapping[str, Any], shoulders: Point, thorax: float) -> Arm:
    if "at" in told:
        return arm_to(Point(*told["at"]), told.get("hand"), shoulders=shoulders, thorax=thorax)
    return Arm(**told)
