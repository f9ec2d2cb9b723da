"""Letters as they lie in the database, for tests of other things."""

import json
from dataclasses import replace

from clinic.core.db import db
from clinic.referrals.models import Contact, Letter
from clinic.referrals.rules import Consent, Words, Written
from tests.conftest import NOW

PAPER = {
    "title": "Referral",
    "to": ["Dr Howe"],
    "date": "",
    "identity": "",
    "greeting": "",
    "closing": "",
    "sender": [],
}


def letters_about(client, therapist, *, word):
    """Somebody in the directory; a draft to them, and a letter that was released."""
    howe = Contact(kind="gp", name="Dr Howe")
    db.session.add(howe)
    db.session.flush()
    agreed = Consent("Clara", "person", "2026-03-11", word, NOW.isoformat(), therapist.account_id)
    written = Written(Words(found=word))
    of = {"client_id": client.id, "therapist_id": therapist.id, "contact_id": howe.id, "saved_at": NOW, "revision": 1}
    filed = replace(written, printed={**PAPER, "parts": [["Found", [[word]]]]}, consents=(agreed,))
    draft = Letter(content=json.dumps(written.as_kept()), **of)
    gone = Letter(content=json.dumps(filed.as_kept()), paper="eHg=", filed_at=NOW, released_at=NOW, **of)
    db.session.add_all([draft, gone])
    return howe, draft, gone
