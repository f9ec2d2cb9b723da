"""A visit: one browser's stay on the public pages, known by an opaque random id in its session cookie."""

import hmac
import re
import secrets
from datetime import datetime
from uuid import UUID

from flask import Response, current_app, make_response, request, session

from clinic.core import crypto

BEGUN = re.compile(r"[\w-]{24}", re.ASCII)


def visit_id() -> str:
    """This visit's id: as a page with times began it, or made at its first use."""
    if "visit" not in session:
        session["visit"] = _begun() or _new()
    return str(session["visit"])


def begin(page: Response | str | bytes) -> Response:
    """The page, with the id of a visit for whoever has none yet: two quick taps are one visit's then, though the second
    leaves before the first was answered. A cookie of its own, for signing a session takes as long as the whole page
    does where it was kept; a random number needs no signature.
    """
    response = make_response(page)
    if "visit" not in session and not _begun():
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(_cookie(), _new(), secure=secure, httponly=True, samesite="Lax")
    return response


def came_with_cookie() -> bool:
    """Whether this browser sent back a cookie of ours. Where it keeps none, every page is another visit's."""
    return bool(session) or _begun() is not None


def _begun() -> str | None:
    given = request.cookies.get(_cookie(), "")
    return given if BEGUN.fullmatch(given) else None


def _new() -> str:
    return secrets.token_urlsafe(18)


def _cookie() -> str:
    """Only this host can set it where it is served over https: nobody can give somebody else a visit that they know."""
    return "__Host-visit" if current_app.config["SESSION_COOKIE_SECURE"] else "visit"


def note_client(client_id: UUID, until: datetime) -> None:
    """Remember for a while who this visit is: they came by the link of an appointment of theirs."""
    session["client"] = [client_id.hex, int(until.timestamp())]


def noted_client(now: datetime) -> UUID | None:
    client_id, until = session.get("client", ("", 0))
    return UUID(client_id) if until > now.timestamp() else None


def visit_digest() -> bytes:
    """What stands in the database for this visit."""
    return crypto.keyring().mac("visit", visit_id())


def wish_digest(*words: str) -> bytes:
    """What stands in the database for something this visit wishes for: sent again it is the same, from any other visit
    another.
    """
    return crypto.keyring().mac("wish", visit_id(), *words)


def note_hold(until: datetime | None) -> None:
    """Remember that this visit holds a time, so that only those who do are looked up. None: no longer."""
    if until:
        session["held_until"] = int(until.timestamp())
    elif "held_until" in session:
        del session["held_until"]


def is_holding(now: datetime) -> bool:
    return int(session.get("held_until", 0)) > now.timestamp()


def note_answers() -> None:
    """Remember that this visit answered a safety page, so that only answers that were given are looked up."""
    session["answered"] = True


def has_answered() -> bool:
    return "answered" in session


def forget_client() -> None:
    session.pop("client", None)


def new_booking_key() -> str:
    """A key that lets one check page make one booking, however often it is sent. Bound to this visit."""
    nonce = secrets.token_urlsafe(18)
    return f"{nonce}.{_bound(nonce)}"


def booking_key_is_ours(key: str) -> bool:
    """False for a key made for another visit, or for nobody."""
    nonce, _, digest = key.partition(".")
    return hmac.compare_digest(_bound(nonce).encode(), digest.encode("utf-8", "replace"))


def _bound(nonce: str) -> str:
    return crypto.keyring().mac("booking-key", visit_id(), nonce).hex()[:32]
