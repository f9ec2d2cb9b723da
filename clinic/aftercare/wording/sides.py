"""What is said on the way of an exercise that is given for one side only."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

ALONE = {"left": _l("Do this on your left side only."), "right": _l("Do this on your right side only.")}

# How the exercises say it, of plans sent long ago as well: at the end of a sentence, or as one of its own.
THE_OTHER = r"(?:change (?:sides|legs)|do the same on the other side|do the other leg|lift the other"
THE_OTHER += r"|rock them to the other side)"
CHANGE = re.compile(rf",? then {THE_OTHER}(?=\.)|(?<![^.] )\b(?:now )?{THE_OTHER}\.", re.IGNORECASE)


def how_on_its_side(step: Mapping[str, Any]) -> list[dict[str, str]]:
    """The sentences of a frozen step; for one side they name it, and do not say to change."""
    if not step.get("side"):
        return list(step["how"])
    left = [{**one, "words": CHANGE.sub("", one["words"]).strip()} for one in step["how"]]
    return [*(one for one in left if one["words"]), {"kind": "cue", "words": str(ALONE[step["side"]])}]
