"""Papers that are printed: tagged PDFs, set by typst from a form of ours and from data that is never read as markup.

The printing itself is `core.printing`, in a process of its own; here is how the clinic asks for it.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PRINTING = Path(__file__).with_name("printing.py")
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
