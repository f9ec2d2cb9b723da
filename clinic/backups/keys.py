"""The clinic's keys, which no backup holds: the sheet to keep them on, and putting them back."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from clinic import startup
from clinic.backups import BackupError
from clinic.core import audit, crypto
from clinic.core.audit import SYSTEM
from clinic.core.crypto import Keyring, KeyTroubleError
from clinic.core.db import AnySession
from clinic.places.models import Clinic

SHEET = """\
RECOVERY SHEET

Clinic:  {clinic}
Printed: {day}

Keys:
{keys}

Fingerprints, which tell the right keys from others and may be known to anybody:
{fingerprints}

What this is for. Health answers and notes are sealed with these keys, and no backup holds them. To restore a backup
on another machine, flask restore asks for the line under "Keys"; without it nobody can read what was sealed.

Whoever has this sheet and a backup with its passphrase can read everything. Keep it on paper, locked up, and apart
from the backups. Print a new one whenever the keys change."""


def export(session: AnySession, *, now: datetime) -> str:
    """The recovery sheet of this clinic, and an audit line that it was printed. Raises KeyTroubleError. Commits."""
    clinic = session.get(Clinic, 1)
    if clinic is None:
        raise BackupError("There is no clinic yet, and so no keys worth keeping. Run: flask setup")
    startup.check_fingerprints()
    audit.record(session, "keys.exported", "clinic:1", by=SYSTEM, now=now)
    session.commit()
    return sheet(crypto.keyring(), clinic=clinic.name, now=now)


def sheet(keys: Keyring, *, clinic: str, now: datetime) -> str:
    """The recovery sheet, to print: the one place where the program shows its keys."""
    fingerprints = "\n".join(f"{key_id}  {keys.fingerprint(key_id)}" for key_id in keys.masters)
    return SHEET.format(clinic=clinic, day=f"{now:%d %B %Y}", keys=keys.text(), fingerprints=fingerprints)


def fit(keys: Keyring, fingerprints: Mapping[str, str]) -> bool:
    """Whether these are the keys that a backup was sealed with."""
    return all(
        key_id in keys.masters and keys.fingerprint(key_id) == fingerprint
        for key_id, fingerprint in fingerprints.items()
    )


def put_back(line: str, fingerprints: Mapping[str, str], file: Path, *, now: datetime) -> Path:
    """Make the keys of a recovery sheet this clinic's, in place of the key file; where that one is kept.

    Raises BackupError for keys that are not the backup's. The old file seals nothing here, for the database is
    empty; but it may be another clinic's, in the wrong folder.
    """
    try:
        keys = Keyring.parse(line)
    except KeyTroubleError as error:
        raise BackupError("These are no keys: they look like k1:BASE64, as on the recovery sheet.") from error
    if not fit(keys, fingerprints):
        raise BackupError("These are not the keys of this backup. Look for the recovery sheet with its fingerprints.")
    return replace_file(file, keys, now=now)


def replace_file(file: Path, keys: Keyring, *, now: datetime) -> Path:
    """Put these keys in place of the key file, and use them from now on; where the old file is kept."""
    part, kept = file.with_name("keys.part"), file.with_name(f"keys.before-{now:%Y%m%dT%H%M%S}")
    part.unlink(missing_ok=True)
    crypto.write_key_file(part, keys)
    if file.exists():
        kept.hardlink_to(file)  # there is never a moment without a key file
    part.replace(file)
    crypto.install(keys)
    return kept
