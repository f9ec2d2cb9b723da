"""Styles and scripts as they travel: packed, for browsers that unpack them. Pages are not: a page that holds a secret
and something that a stranger chose would tell the secret by its packed length (BREACH).
"""

import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import copytree

from whitenoise.compress import Compressor


def packed(files: Path, instance: Path) -> Path:
    """A folder with these files and, beside each that gets smaller by it, a packed one. It is made once for each state
    of the files, for all processes of the clinic; where it cannot be made, the files as they are have to do.
    """
    found = sorted(path for path in files.rglob("*") if path.is_file())
    state = sha256(b"".join(bytes(path.relative_to(files)) + b"\0" + path.read_bytes() for path in found))
    folder = instance / f"static-{state.hexdigest()[:12]}"
    if not folder.exists():
        with suppress(OSError):
            _pack(files, folder)
    return folder if folder.exists() else files


def _pack(files: Path, folder: Path) -> None:
    """Another process may do the same at the same time: it is in its place whole, or not at all."""
    pack = Compressor(use_brotli=False, quiet=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        made = copytree(files, Path(beside) / folder.name)
        for path in sorted(made.rglob("*")):
            if path.is_file() and pack.should_compress(path.name):
                pack.compress(str(path))
        made.rename(folder)
