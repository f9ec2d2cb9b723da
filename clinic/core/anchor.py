"""Where the sealed trail ended last, kept in INSTANCE/audit-anchor: whoever cuts the table cannot cut this too."""

import fcntl
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

NAME = "audit-anchor"


class AnchorTroubleError(Exception):
    """An anchor that cannot be used. Its text is one sentence for the operator."""


class Head(NamedTuple):
    """The last sealed line: its position, which is how many there are, and its seal."""

    position: int = 0
    seal: bytes = b""


def read(folder: Path) -> Head | None:
    """The head as it was noted; None where there is no anchor. Raises AnchorTroubleError for a damaged one."""
    path = folder / NAME
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AnchorTroubleError(
            f"{path} cannot be read ({error.strerror}): whether the end of the trail was cut cannot be checked.",
        ) from error
    found = re.fullmatch(rb"([1-9][0-9]{0,17}) ((?:[0-9a-f]{2})+)\n", text)
    if not found:
        raise AnchorTroubleError(f"{path} is damaged: whether the end of the trail was cut cannot be checked.")
    return Head(int(found[1]), bytes.fromhex(found[2].decode()))


def move(folder: Path, head: Head, *, is_kept: Callable[[Head], bool]) -> None:
    """Note a later head; never an earlier one, and never over one that the table has not kept.

    That one proves that lines were cut. Raises AnchorTroubleError for it, and OSError where nothing can be written.
    """
    lock = os.open(folder, os.O_RDONLY)  # workers of one folder come one after the other
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = read(folder)
        if known and known.position >= head.position:
            return
        if known and not is_kept(known):
            raise AnchorTroubleError(f"The trail has lost the line that {folder / NAME} knows.")
        _write(folder / NAME, f"{head.position} {head.seal.hex()}\n")
        os.fsync(lock)
    finally:
        os.close(lock)


def _write(path: Path, text: str) -> None:
    """All of it or nothing, readable by the owner alone."""
    new = path.with_name(f"{NAME}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
