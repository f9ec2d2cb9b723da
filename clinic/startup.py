"""What must be right before anything is served. Each trouble is one sentence that says how to mend it."""

import ctypes
import os
from contextlib import suppress
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.engine import make_url

import config
from clinic.booking import guard
from clinic.core import crypto
from clinic.core.crypto import Keyring, KeyTroubleError
from clinic.core.db import db
from clinic.core.fingerprints import KeyFingerprint
from clinic.places.models import Clinic

MMAP_THRESHOLD, ARENA_MAX = -3, -8  # glibc's names for them in mallopt(3)


def give_memory_back() -> None:
    """Checking a password takes 19 MB for a moment, which glibc would keep in each thread for good; and each thread
    would have a store of its own, half empty. Where the C library is another, this does nothing.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, 1024 * 1024)
        ctypes.CDLL(None).mallopt(ARENA_MAX, 1)


def prepare_instance(settings: config.Settings) -> None:
    """Make the data folder and an empty database file, readable by this user alone."""
    folder, file = settings.instance, database_file(settings)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file and not file.exists():  # closing a file that SQLite has open would drop SQLite's locks on it
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise config.SettingError(
            f"{error.filename} cannot be written ({error.strerror}). Choose another INSTANCE or DATABASE_URL.",
        ) from error
    for path in (folder, file):
        if path and not os.access(path, os.W_OK):
            raise config.SettingError(f"{path} cannot be written. Choose another INSTANCE or DATABASE_URL.")


def database_file(settings: config.Settings) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL."""
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def open_keys(app: Flask) -> Keyring:
    """The clinic's keys: from CLINIC_KEYS, else from the key file, made only while the database is empty."""
    settings: config.Settings = app.extensions["clinic.settings"]
    if settings.clinic_keys:
        return Keyring.parse(settings.clinic_keys)
    path = settings.instance / "keys"
    with app.app_context():
        if keys := crypto.read_key_file(path):
            return keys
        if inspect(db.engine).has_table("alembic_version"):
            raise KeyTroubleError(
                f"The database has records but its keys are missing. Put {path} back, or set CLINIC_KEYS.",
            )
    keys = Keyring.make()
    crypto.write_key_file(path, keys)
    return keys


def reach_database(app: Flask) -> None:
    """Raise OperationalError at once where there is no database to work on."""
    with app.app_context(), db.engine.connect():
        pass


def check(app: Flask) -> None:
    """Refuse to serve without the guard, with keys that are not this database's, or with a file others can read."""
    settings: config.Settings = app.extensions["clinic.settings"]
    path = database_file(settings)
    if path and path.stat().st_mode & 0o077:
        raise config.SettingError(f"Other people on this machine can read {path}. Run: chmod 600 {path}")
    with app.app_context(), db.engine.connect() as connection:
        if not inspect(connection).has_table("claim"):
            raise config.SettingError("The database is empty. Run: flask db upgrade")
        guard.check(connection)
    with app.app_context():
        check_fingerprints()
        clinic = db.session.get(Clinic, 1)
        if clinic and clinic.demo:
            allow_demo(settings)


def allow_demo(settings: config.Settings) -> None:
    """Raise SettingError where strangers would reach a demo: everybody knows its passwords."""
    if settings.https:
        raise config.SettingError(
            "A demo clinic is for this machine alone: everybody knows its passwords. "
            "Run flask setup with an empty INSTANCE or DATABASE_URL, or leave PUBLIC_URL out.",
        )


def check_fingerprints() -> None:
    """Every key this database was sealed with must be here, and be the same."""
    keys = crypto.keyring()
    for row in db.session.scalars(select(KeyFingerprint)):
        if row.key_id not in keys.masters or keys.fingerprint(row.key_id) != row.fingerprint:
            raise KeyTroubleError(
                f"The key {row.key_id} is not the one this database was sealed with. Put the right keys back.",
            )


def keep_fingerprint() -> None:
    """Note the current key, when a clinic is made. The caller commits."""
    keys = crypto.keyring()
    if db.session.get(KeyFingerprint, keys.current) is None:
        db.session.add(KeyFingerprint(key_id=keys.current, fingerprint=keys.fingerprint(keys.current)))
