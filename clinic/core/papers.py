"""Papers that are printed: tagged PDFs, set by typst from a form of ours and from data that is never read as markup;
and drawings as PNG.

The printing itself is `core.printing`, in a process of its own; here is how the clinic asks for it.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PRINTING, DRAWING = (Path(__file__).with_name(name) for name in ("printing.py", "drawing.typ"))
MOST_SECONDS = 30


def printed(form: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of what `data` says, in this form (a .typ file). It takes half a second: ask before any lock."""
    # -I: nothing of the environment, of this folder or of somebody's home reaches it.
    command = [sys.executable, "-I", str(PRINTING), str(form)]
    done = subprocess.run(  # noqa: S603  (our own program, and a form of ours)
        command,
        input=json.dumps(data).encode("ascii"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it may quote what was typed
        env={},
        cwd="/",
        timeout=MOST_SECONDS,
        check=True,
    )
    return done.stdout


def drawn(svg: str, *, width: int, ground: str) -> bytes:
    """A drawing of ours as PNG, for a mail: so many CSS pixels wide, twice as fine, on a colour like "#faf7f1"."""
    return printed(DRAWING, {"svg": svg, "width": width * 0.75, "ground": ground})
