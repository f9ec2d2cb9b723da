"""What is done with accounts, clients and therapists. The caller commits."""

from clinic.people.operations.clients import (
    change_client_password,
    change_contact,
    change_desk_note,
    delete_client_account,
    mail_link,
    make_client_account,
    use_link,
)
from clinic.people.operations.locking import lock, lock_client, lock_record, lock_therapist
from clinic.people.operations.passwords import hash_password, password_matches

__all__ = [
    "change_client_password",
    "change_contact",
    "change_desk_note",
    "delete_client_account",
    "hash_password",
    "lock",
    "lock_client",
    "lock_record",
    "lock_therapist",
    "mail_link",
    "make_client_account",
    "password_matches",
    "use_link",
]
