"""Whether every signed note and amendment is still as it was signed, and none is gone."""

from itertools import groupby

from sqlalchemy import select

from clinic.core import crypto
from clinic.core.audit import AuditLine
from clinic.core.db import AnySession
from clinic.notes import chain
from clinic.notes.models import Signature

SIGNED = ("note.signed", "amendment.signed")
SUBJECT = "signature:"
SAID = {
    "changed": "was changed after it was signed",
    "unreadable": "cannot be opened: it was changed, moved or sealed with keys that are gone",
    "missing": "does not follow the one before it: one or more are missing between",
}


def findings(session: AnySession) -> list[str]:
    """A sentence for each signature that is not what it was, and for each that the audit trail knows and is gone."""
    query = select(Signature).order_by(Signature.client_id, Signature.number).execution_options(yield_per=500)
    found: list[str] = []
    here: set[str] = set()
    for client_id, signatures in groupby(session.scalars(query), key=lambda one: one.client_id):
        chained = list(signatures)
        here |= {str(one.id) for one in chained}
        troubles = chain.broken(crypto.keyring(), chained)
        found += [f"Signature {one.number} of client {client_id} {SAID[trouble]}." for one, trouble in troubles]
        session.expunge_all()
    told = _told(session)
    gone = [f"Signature {one} is gone: the audit trail says that it was made." for one in sorted(told - here)]
    unknown = [f"Signature {one} is not in the audit trail." for one in sorted(here - told)]
    return found + gone + unknown


def _told(session: AnySession) -> set[str]:
    """The ids of the signatures that the audit trail tells of."""
    subjects = session.scalars(select(AuditLine.subject).where(AuditLine.action.in_(SIGNED)))
    return {subject.removeprefix(SUBJECT) for subject in subjects}
