"""Backups: every row of every table in one sealed file, and back again, on either database."""


class BackupError(Exception):
    """A backup that cannot be made or restored. Its text is one sentence for the operator."""
