"""What is done with contacts and letters. The caller commits."""

from clinic.referrals.operations.contacts import bring_back, keep_contact, put_away
from clinic.referrals.operations.letters import begin, discard, file, keep_consent, release, save, withdraw_consent

__all__ = [
    "begin",
    "bring_back",
    "discard",
    "file",
    "keep_consent",
    "keep_contact",
    "put_away",
    "release",
    "save",
    "withdraw_consent",
]
