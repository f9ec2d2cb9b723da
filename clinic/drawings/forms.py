"""The body chart and a signature as fields of a form. Neither needs its script: there is a list, and a typed name."""

import json
from typing import Any, NamedTuple

from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field, HiddenField

from clinic.core.fields import Readable
from clinic.drawings import wording
from clinic.drawings.body_chart import to_be_marked
from clinic.drawings.marks import KINDS, MOST_MARKS, PLACES, REGIONS, SIDES, STRONGEST, Mark, as_kept, read_marks
from clinic.drawings.strokes import is_signature, read_strokes


class Place(NamedTuple):
    """One line of the list, with what was typed. `kind` and `strength` are what the form sends."""

    name: str
    side: str
    ticked: bool
    kind: str
    strength: str


class BodyChartField(Readable, Field):  # type: ignore[misc]  # wtforms has no types
    """Where it hurts. `data` is the list that marks.as_kept makes; what the form sends is a tick for each place and,
    named after it, its kind and its strength.
    """

    kinds = wording.KINDS
    strengths = range(STRONGEST + 1)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.typed = _kept(data or self.default) if not formdata else _sent(self.name, formdata)
        super().process(formdata, data or [], extra_filters)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = []
        if len(self.typed) > MOST_MARKS:
            raise ValueError(_("Tick %(most)d places or fewer: those that hurt most.", most=MOST_MARKS))
        self.data = as_kept(_mark(place, *how) for place, how in self.typed.items())

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, list[Place]]]]]:
        """The list as a page shows it: by view, then by region, then by side."""
        return [
            (str(wording.VIEWS[view]), [(str(wording.REGIONS[region]), self._sides(region)) for region in regions])
            for view, regions in REGIONS.items()
        ]

    @property
    def pictures(self) -> tuple[Markup, Markup]:
        """Front and back."""
        marks = read_marks(self.data or [])
        return to_be_marked("front", marks), to_be_marked("back", marks)

    def _sides(self, region: str) -> list[Place]:
        names = {side: f"{region}/{side}" for side in SIDES}
        return [
            Place(name, str(wording.SIDES[side]), name in self.typed, *self.typed.get(name, ("", "")))
            for side, name in names.items()
        ]


class SignatureField(Readable, HiddenField):  # type: ignore[misc]  # wtforms has no types
    """A drawn name. `data` are its strokes, [] where none was drawn; whether a typed name does is the form's matter."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = []
        try:
            strokes = read_strokes(valuelist[0] if valuelist else "")
        except ValueError as error:
            raise ValueError(_("We could not read the drawing. Draw your name again, or type it.")) from error
        if is_signature(strokes):
            self.data = [[list(point) for point in stroke] for stroke in strokes]

    def _value(self) -> str:
        return json.dumps(self.data or [], separators=(",", ":"))


def _kept(data: Any) -> dict[str, tuple[str, str]]:
    return {mark.place: (mark.kind, str(mark.strength)) for mark in read_marks(data or [])}


def _sent(name: str, formdata: Any) -> dict[str, tuple[str, str]]:
    """What was ticked, in the order of the list; a tick that is no place of ours is nobody's."""
    ticked = set(formdata.getlist(name))
    return {
        place: (formdata.get(f"{name}-{place}-kind", ""), formdata.get(f"{name}-{place}-strength", ""))
        for place in PLACES
        if place in ticked
    }


def _mark(place: str, kind: str, strength: str) -> Mark:
    region, side = place.split("/")
    words = wording.place(place)
    if kind not in KINDS:
        raise ValueError(_("%(place)s: choose what it feels like.", place=words))
    if strength not in map(str, range(STRONGEST + 1)):
        raise ValueError(_("%(place)s: choose how strong it is, from 0 to 10.", place=words))
    return Mark(region, side, kind, int(strength))
