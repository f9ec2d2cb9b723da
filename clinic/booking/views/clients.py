"""The client whose page somebody of the staff opens."""

from uuid import UUID

from flask import abort, redirect, request, url_for

from clinic.booking import queries
from clinic.core import access
from clinic.core.db import db
from clinic.people.models import Client


def their_client(client_id: UUID) -> Client:
    """The client of this address, where this person may see them; for anybody else there is no such client. At the
    address of one who was merged, the way leads on to the client they are now.
    """
    found = queries.visible_client(db.session, client_id, access.signed_in()) or abort(404)
    if found.id != client_id:
        there = url_for(request.endpoint or "", **{**(request.view_args or {}), "client_id": found.id})
        abort(redirect(there, 303 if request.method == "GET" else 307))
    return found
