"""The key that a browser seals its drafts with. The answers are for a script; no page needs them."""

from uuid import UUID

from flask import Response, abort, jsonify, request

from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.notes.operations.draft_keys import destroy_key, give_key
from clinic.notes.views.page import bp


@bp.post("/notes/draft-keys")
@therapist
def draft_keys() -> Response:
    """Give whoever is signed in their key in this browser. It is never kept anywhere but here and in a page's memory:
    like every page of ours, the answer says no-store.
    """
    key = give_key(db.session, access.signed_in(), _device_or_404(), now=clock.now(), by=access.actor())
    answer = jsonify(id=str(key.id), key=key.key)
    db.session.commit()
    return answer


@bp.post("/notes/draft-keys/removal")
@therapist
def draft_keys_removal() -> tuple[str, int]:
    """They are signing out in this browser: what it still holds of theirs opens no more."""
    destroy_key(db.session, access.signed_in(), _device_or_404(), now=clock.now(), by=access.actor())
    db.session.commit()
    return "", 204


def _device_or_404() -> UUID:
    """The browser's name for itself."""
    try:
        return UUID(request.form.get("device", ""))
    except ValueError:
        abort(404)
