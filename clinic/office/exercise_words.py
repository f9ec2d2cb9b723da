"""What is chosen of an exercise, in words for whoever sets it up."""

from flask_babel import lazy_gettext as _l

KIND_NAMES = {"": _l("neither"), "mobility": _l("an easy move, without a hold"), "stretch": _l("a stretch")}
SIDE_NAMES = {"none": _l("no sides"), "each": _l("one side, then the other"), "alternate": _l("sides in turn")}
SENTENCE_NAMES = {
    "prepare": _l("how to begin"),
    "do": _l("what to do"),
    "cue": _l("what to mind"),
    "breathe": _l("how to breathe"),
    "safety": _l("when to ease off"),
}
HOLDS = {"": _l("yes"), "ask": _l("ask first"), "avoid": _l("no")}
