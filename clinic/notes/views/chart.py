"""The pictures of a note's body chart, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from clinic.drawings import wording as drawings
from clinic.drawings.charted import Hurt, Layers, charted
from clinic.drawings.marks import Mark
from clinic.notes.rules import Content, NoteMark
from clinic.notes.rules.chart import on_chart
from clinic.notes.wording import chart as wording


@dataclass(frozen=True)
class Pictures:
    """Front and back. `earlier`: what lies dashed beneath, in words; `told`: what of it the script may take over."""

    front: Markup
    back: Markup
    earlier: Sequence[str] = ()
    told: Sequence[dict[str, Any]] = ()


def to_mark(content: Content, last: Content | None, told: Sequence[Mark]) -> Pictures:
    """The chart of a draft, over that of the last note; on a first note over what they told of themselves."""
    if last is None:
        earlier = [NoteMark(one.place, one.kind, one.strength) for one in told]
        words = [_("They told: %(place)s", place=drawings.mark(one)) for one in told]
    else:
        earlier = list(last.marks)
        words = [_("Last time: %(place)s", place=wording.mark(one)) for one in earlier]
    layers = Layers(_hurts(content), _treated(content), [one.place for one in earlier])
    said = "; ".join([_("Each place is in the list as well."), *words])
    front, back = (charted(view, layers, said=said, live=True) for view in ("front", "back"))
    offered = [{"place": one.place, "kind": one.kind, "before": one.before} for one in earlier if last is None]
    return Pictures(front, back, words, offered)


def to_look_at(content: Content) -> Pictures | None:
    """The chart of a signed note; None where nothing stands on it."""
    if not (content.marks or content.treated):
        return None
    hurts = [wording.mark(one) for one in content.marks]
    treated = [_("treated: %(place)s", place=wording.treated(one)) for one in content.treated]
    layers, said = Layers(_hurts(content), _treated(content)), "; ".join([*hurts, *treated])
    return Pictures(charted("front", layers, said=said), charted("back", layers, said=said))


def _hurts(content: Content) -> dict[str, Hurt]:
    return {one.place: Hurt(one.kind, _number(one)) for one in content.marks}


def _treated(content: Content) -> list[str]:
    return [place for one in content.treated for place in on_chart(one.place)]


def _number(mark: NoteMark) -> str:
    before, after = ("" if pain is None else str(pain) for pain in (mark.before, mark.after))
    return f"{before or '–'}→{after}" if after else before
