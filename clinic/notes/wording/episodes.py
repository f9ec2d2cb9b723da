"""Words for what clients come for."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from clinic.notes.rules.episodes import Trouble

EPISODE_SIDES = {
    "": _l("not said"),
    "left": _l("left"),
    "right": _l("right"),
    "both": _l("both sides"),
    "middle": _l("middle"),
}
CLOSINGS = {
    "reason": _l("Why it is closed"),
    "status": _l("How they are now"),
    "advice": _l("What they were advised"),
}


def in_short(trouble: Trouble) -> str:
    """Front of hip, right, since long drives in October."""
    side = str(EPISODE_SIDES.get(trouble.side, "")) if trouble.side else ""
    since = gettext("since %(onset)s", onset=trouble.onset) if trouble.onset else ""
    return ", ".join(filter(None, (trouble.complaint, side, since)))
