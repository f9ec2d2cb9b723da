"""Files that wait for their owner's yes: sealed, in the clinic's own folder, for an hour at most."""

import hashlib
import json
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from clinic.core.crypto import SealBrokenError, keyring, open_sealed

KEPT = timedelta(hours=1)


def put(folder: Path, what: dict[str, Any], whose: str, *, now: datetime) -> str:
    """Keep it for this person alone; the word by which they get it back. What is past its hour goes."""
    folder.mkdir(mode=0o700, exist_ok=True)
    sweep(folder, now)
    token = secrets.token_urlsafe(16)
    path = folder / f"{int((now + KEPT).timestamp())}-{_digest(token)}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(keyring().seal(json.dumps(what), _context(whose, token)))
    return token


def get(folder: Path, token: str, whose: str, *, now: datetime) -> dict[str, Any] | None:
    """What they kept under this word; None for anybody else, and once its hour is over."""
    path = _path(folder, token)
    if path is None or _until(path) <= now.timestamp():
        return None
    try:
        found: dict[str, Any] = json.loads(open_sealed(path.read_bytes(), _context(whose, token)))
    except (SealBrokenError, OSError):
        return None
    return found


def drop(folder: Path, token: str) -> bool:
    """Take it away; False where another request has done so."""
    path = _path(folder, token)
    if path is None:
        return False
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def sweep(folder: Path, now: datetime) -> None:
    """Delete what is past its hour."""
    for path in folder.glob("*-*"):
        if _until(path) <= now.timestamp():
            path.unlink(missing_ok=True)


def _path(folder: Path, token: str) -> Path | None:
    return next(folder.glob(f"*-{_digest(token)}"), None)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def _until(path: Path) -> int:
    return int(path.name.partition("-")[0])


def _context(whose: str, token: str) -> str:
    return f"import/{whose}/{_digest(token)}"
