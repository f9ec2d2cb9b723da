"""Pictures and papers from outside, drawn anew before anybody keeps or shows them.

The drawing itself is `core.redrawing`, in a process of its own; here is how the clinic asks for it.
"""

import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flask_babel import lazy_gettext as _l

from clinic.core.redrawing import MOST_BYTES

MOST_SENT = MOST_BYTES + 64 * 1024  # a file, and the form around it
REDRAWING = Path(__file__).with_name("redrawing.py")
MOST_SECONDS = 30.0
MOST_ANSWER = 16 * 1024 * 1024
MEDIA_TYPES = {"image/jpeg", "image/png", "application/pdf"}
SENTENCES = {
    "nothing_in_it": _l("Choose a file: nothing has arrived."),
    "too_many_bytes": _l("This file is larger than 10 MB. A photo of it, or a smaller scan, will do."),
    "no_picture": _l("This is not a file we can take. Send a photo (JPEG, PNG or WebP)."),
    "no_paper": _l("This is not a file we can take. Send a PDF or a photo (JPEG, PNG or WebP)."),
    "iphone_photo": _l(
        "This photo is in Apple’s own format (HEIC). Save it as JPEG, or take a screenshot, and send that."
    ),
    "drawing": _l("This is an SVG drawing, which we do not take. Save it as PNG and send that."),
    "too_many_pixels": _l("This picture is too large to open safely. Make it smaller and send it again."),
    "too_much_in_it": _l("There is too much in this file to open it safely. Send a photo or a plain scan of it."),
    "too_many_pages": _l("This has more than 10 pages. Send the pages that matter."),
    "locked": _l("This PDF asks for a password. Save it without one and send it again."),
    "broken": _l(
        "This file cannot be read: it may have been cut off on its way. Send it again, or send a photo of it."
    ),
}
one_at_a_time = threading.Lock()  # in each process, so that many at once cannot take all the memory there is


class UnfitPictureError(Exception):
    """What was sent cannot be kept. `code` is one of SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = SENTENCES[code]


@dataclass(frozen=True)
class Drawn:
    media_type: str
    content: bytes


def redrawn(content: bytes, *, longest_side: int, kind: Literal["PNG", "JPEG"]) -> bytes:
    """A photo (JPEG, PNG, WebP) as a PNG or JPEG of ours: upright, no longer than so many pixels, without anything that
    came along (place, camera, words). Raises UnfitPictureError.
    """
    return _asked("picture", content, longest_side, kind).content


def redrawn_light(content: bytes, *, sides: Iterable[int], most_bytes: int, kind: Literal["PNG", "JPEG"]) -> bytes:
    """The same as large as is still light: the first of these sides that keeps within `most_bytes`, else the last.
    Raises UnfitPictureError.
    """
    drawn = b""
    for side in sides:
        drawn = redrawn(content, longest_side=side, kind=kind)
        if len(drawn) <= most_bytes:
            break
    return drawn


def redrawn_paper(content: bytes) -> Drawn:
    """A PDF as a PDF of pictures of its pages, a photo as a JPEG; both to be read well. Raises UnfitPictureError."""
    try:
        return _asked("paper", content)
    except UnfitPictureError as unfit:
        if unfit.code == "no_picture":
            raise UnfitPictureError("no_paper") from unfit
        raise


def _asked(what: str, content: bytes, longest_side: int = 0, kind: str = "") -> Drawn:
    with one_at_a_time:
        answer = _answer([what, str(longest_side), kind], content)
    said, _, drawn = answer.partition(b"\n")
    made = said.decode("ascii", "replace")
    if made in MEDIA_TYPES and drawn and len(answer) <= MOST_ANSWER:
        return Drawn(made, drawn)
    # Without an answer it was ended by its limits, or by what it was given.
    raise UnfitPictureError(made if made in SENTENCES else "too_much_in_it")


def _answer(arguments: list[str], content: bytes) -> bytes:
    """What the other process writes, as far as we are willing to read it, in the time we are willing to wait."""
    # -I: nothing of the environment, of this folder or of somebody's home reaches it.
    command = [sys.executable, "-I", str(REDRAWING), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603  (our own program, and arguments of our own)
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={}, cwd="/"
    ) as drawing:
        end = threading.Timer(MOST_SECONDS, drawing.kill)
        end.start()
        assert drawing.stdin is not None
        assert drawing.stdout is not None
        try:
            with suppress(BrokenPipeError), drawing.stdin as into:
                into.write(content)
            return drawing.stdout.read(MOST_ANSWER + 1)
        finally:
            end.cancel()
            drawing.kill()
