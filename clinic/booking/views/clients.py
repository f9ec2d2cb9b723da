"""The client whose page somebody of the staff opens."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, redirect, request, url_for

from clinic.booking import queries
from clinic.core import access
from clinic.core.db import AnySession, db
from clinic.people.models import Account, Client

Lookup = Callable[[AnySession, UUID, Account], Client | None]


def their_client(client_id: UUID, *, otherwise: Lookup | None = None) -> Client:
    """The client of this address, where this person may see them; for anybody else there is no such client. At the
    address of one who was merged, the way leads on to the client they are now. `otherwise`: who else may see this page.
    """
    account = access.signed_in()
    found = queries.visible_client(db.session, client_id, account)
    if found is None and otherwise:
        found = otherwise(db.session, client_id, account)
    if found is None:
        abort(404)
    if found.id != client_id:
        there = url_for(request.endpoint or "", **{**(request.view_args or {}), "client_id": found.id})
        abort(redirect(there, 303 if request.method == "GET" else 307))
    return found
