"""The drawing at the foot of every mail: somebody at rest. The same for everybody: it says nothing of anybody."""

import logging
from functools import lru_cache
from subprocess import SubprocessError

from clinic.core.papers import drawn
from clinic.drawings import draw, pictures_of

log = logging.getLogger("clinic")
AT_REST = "constructive_rest"
WIDTH, PAPER = 240, "#faf7f1"


@lru_cache(maxsize=1)
def at_rest() -> bytes:
    """As PNG. Empty where it cannot be made: then mails go without."""
    picture = pictures_of(AT_REST)["hold"]
    try:
        return drawn(draw(picture, title="", description=""), width=WIDTH, ground=PAPER)
    except (OSError, SubprocessError):
        log.exception("mail_without_drawing")
        return b""
