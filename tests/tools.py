"""Fetch what the tests need and a plain machine may lack: a Chromium.

`python -m tests.tools FOLDER` makes sure there is one, or fails with a sentence.
"""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The Chromium to test in: $CHROMIUM, one on PATH, or the one that was fetched."""
    fetched = Path(__file__).parent.parent / ".tools" / "chromium" / "chromium"
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), str(fetched) if fetched.exists() else None]
    return next((path for path in found if path), None)


if __name__ == "__main__":
    sys.exit(0 if chromium() else "no Chromium")
