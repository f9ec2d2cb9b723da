"""Who may use which page. Every view declares its audience; one without is refused to everybody.

The only module that touches flask_login.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import wraps
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

import flask_login
from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask import session as visit
from sqlalchemy.orm import Session

from clinic.core import audit, clock, links, tablet
from clinic.core.audit import GUEST, Actor
from clinic.core.db import db, is_writing, writing

View = TypeVar("View", bound=Callable[..., Any])


ROLES_OF = {
    "staff": ("therapist", "reception", "owner"),
    "therapist": ("therapist",),
    "therapist_or_owner": ("therapist", "owner"),
    "desk": ("reception", "owner"),
    "owner": ("owner",),
}


class SignedIn(Protocol):
    """What access needs to know of an account."""

    id: int
    name: str
    role: str
    active: bool
    sessions_version: int


class SignedInClient(Protocol):
    """What access needs to know of a client's own account."""

    client_id: UUID
    made_at: datetime
    sessions_version: int


class Holder:
    """The session's account, in the shape flask_login wants. Ended by a new sessions_version."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, account: SignedIn) -> None:
        self.account = account

    def get_id(self) -> str:
        return f"{self.account.id}.{self.account.sessions_version}"


class ClientHolder:
    """A client's session. Its id begins with a letter, so that it is never read as one of the staff, and says when the
    account was made: one that was deleted and made again opens no session of before.
    """

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, account: SignedInClient, *, by_password: bool) -> None:
        self.account, self.by_password = account, by_password

    def get_id(self) -> str:
        way, made = "c" if self.by_password else "m", int(self.account.made_at.timestamp())
        return f"{way}{self.account.client_id.hex}.{made}.{self.account.sessions_version}"


def set_up_access(
    app: Flask,
    load_account: Callable[[int], SignedIn | None],
    load_client_account: Callable[[UUID], SignedInClient | None],
) -> None:
    """Register the account loaders and the guard that asks every request for its audience."""
    manager = flask_login.LoginManager(app)
    manager.session_protection = None  # it binds sessions to the address, which phones change all day

    @manager.user_loader  # type: ignore[untyped-decorator]  # flask_login has no types
    def load(session_id: str) -> Holder | ClientHolder | None:
        known, way = session_id.partition(".")[0], session_id[:1]
        holder: Holder | ClientHolder | None = None
        with suppress(ValueError):
            if way in {"c", "m"}:
                client_account = load_client_account(UUID(known[1:]))
                holder = ClientHolder(client_account, by_password=way == "c") if client_account else None
            else:
                account = load_account(int(known))
                holder = Holder(account) if account and account.active else None
        return holder if holder and holder.get_id() == session_id else None

    app.extensions["clinic.session_holder"] = load
    app.before_request(_guard)


def signed_in() -> Any:
    """The account of the staff that is signed in, or None."""
    user = _holder()
    return user.account if isinstance(user, Holder) else None


def signed_in_client() -> Any:
    """The client's own account that is signed in, or None."""
    user = _holder()
    return user.account if isinstance(user, ClientHolder) else None


def by_password() -> bool:
    """Whether a client signed in with their password, and not by a link in a mail, which opens less."""
    user = _holder()
    return isinstance(user, ClientHolder) and user.by_password


def _holder() -> Any:
    """Whose session this is; None where it is nobody's. flask_login would find that out by a digest of the visitor's
    address and browser, a tenth of the lightest pages.
    """
    return flask_login.current_user if "_user_id" in visit else None


def actor() -> Actor:
    """Whoever makes this request, for the audit trail."""
    if account := signed_in():
        return Actor("account", str(account.id))
    themselves = signed_in_client()
    return Actor("client", str(themselves.client_id)) if themselves else GUEST


def sign_in(account: SignedIn) -> None:
    """Begin a fresh session: nothing of the one before is kept."""
    visit.clear()
    flask_login.login_user(Holder(account))


def sign_in_client(account: SignedInClient, *, by_password: bool) -> None:
    """The same for a client. Not by password: they came by a link in a mail."""
    visit.clear()
    flask_login.login_user(ClientHolder(account, by_password=by_password))


def await_second_factor(account: SignedIn, until: datetime) -> None:
    """Begin a fresh session of somebody who gave the right password, and is not signed in for that."""
    visit.clear()
    visit["awaited"] = [Holder(account).get_id(), int(until.timestamp())]


def awaited() -> Any:
    """The account of the staff whose password was given and whose second factor is not; None for everybody else."""
    session_id, until = visit.get("awaited", ("", 0))
    if not session_id or until <= clock.now().timestamp():
        return None
    holder = current_app.extensions["clinic.session_holder"](session_id)
    return holder.account if isinstance(holder, Holder) else None


def hand_over(account: SignedIn, pages: Sequence[str], back: str) -> None:
    """The browser in their hands becomes nobody's, and is kept to these pages until it is given back. See tablet.py."""
    sign_out()
    tablet.begin_lock(Holder(account).get_id(), pages, back)


def handed_over_by() -> Any:
    """The account of whoever handed this tablet over; None where nobody did, or they may not sign in any more."""
    lock = tablet.lock()
    holder = current_app.extensions["clinic.session_holder"](lock.by) if lock else None
    return holder.account if isinstance(holder, Holder) else None


def sign_out() -> None:
    flask_login.logout_user()
    visit.clear()


def public(view: View) -> View:
    """Anybody."""
    return _declare(view, "public")


def public_file(view: View) -> View:
    """Anybody, and the same for all of them: what a page is dressed in, kept by browsers. Nobody's session is read."""
    return _declare(view, "public_file")


def handed_over(view: View) -> View:
    """Whoever holds a tablet that the staff handed over. It knows nobody: the view tells nothing of anybody."""
    return _declare(view, "handed_over")


def staff(view: View) -> View:
    """Therapists, reception and owners."""
    return _declare(view, "staff")


def therapist(view: View) -> View:
    """Therapists alone: pages that hold what clients told and what was found. The view looks up whose clients."""
    return _declare(view, "therapist")


def therapist_or_owner(view: View) -> View:
    """A therapist for what is their own, an owner for everybody's. The view looks up whose it is."""
    return _declare(view, "therapist_or_owner")


def desk(view: View) -> View:
    """Reception and owners: what is done for the whole clinic, and never by a therapist."""
    return _declare(view, "desk")


def owner(view: View) -> View:
    """Owners alone: what the clinic is, and who works in it."""
    return _declare(view, "owner")


def known_by_password(view: View) -> View:
    """Staff who are signed in, or have given their password and still owe the second factor."""
    return _declare(view, "known_by_password")


def client(view: View) -> View:
    """Clients who are signed in, by their password or by a link in a mail. The view shows what is theirs."""
    return _declare(view, "client")


def client_by_password(view: View) -> View:
    """Clients who signed in with their password: pages with what they told, and their account itself."""
    return _declare(view, "client_by_password")


def reading(subject: str, *, action: str = "record.viewed", by: Actor | None = None) -> None:
    """Put on record that this person is about to read somebody's health data, or to take what they read with them, and
    commit it before they do.

    In a connection of its own: on SQLite a transaction that has read cannot always write. A request that writes, and
    shows the record again because it was refused, has the write lock already and commits in its own. `by`: who it is,
    where they come by a link.
    """
    by = by or actor()
    if is_writing():
        audit.record(db.session, action, subject, by=by, now=clock.now())
        db.session.commit()
        return
    with writing(), Session(db.engine) as session:
        audit.record(session, action, subject, by=by, now=clock.now())
        session.commit()


def holder_of(scope: str, *, otherwise: Any = None) -> Callable[[View], View]:
    """The bearer of a link: the view gets what the link is for, not the token's word for it. `otherwise`: what whoever
    has a link that is good no longer, or never was, is told; or what makes the page for them.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def with_subject(token: str, **values: Any) -> Any:
            subject_id = links.subject_of(db.session, token, scope, clock.now())
            if subject_id is None:
                return otherwise() if callable(otherwise) else abort(404, otherwise)
            return view(subject_id=subject_id, token=token, **values)

        return _declare(cast("View", with_subject), f"holder_of:{scope}")

    return declare


def audience_of(endpoint: str) -> str | None:
    return getattr(current_app.view_functions.get(endpoint), "audience", None)


def _declare(view: View, audience: str) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    return view


def _guard() -> Response | None:
    audience = audience_of(request.endpoint) if request.endpoint else None
    if audience == "public_file":
        return None
    if lock := tablet.lock():
        return None if audience == "handed_over" or lock.opens(request.path) else _turn_back()
    return _ask_for(audience) if request.endpoint else None  # no such page: the 404 comes next


def _ask_for(audience: str | None) -> Response | None:
    if audience is None:
        abort(403)
    if audience in {"client", "client_by_password"}:
        return None if by_password() or (audience == "client" and signed_in_client()) else _turn_to("my.sign_in")
    if audience == "known_by_password":
        return None if signed_in() or awaited() else _turn_to("access.sign_in")
    if audience == "handed_over":
        return _turn_to("access.sign_in")
    if audience not in ROLES_OF:
        return None
    if account := signed_in():
        return None if account.role in ROLES_OF[audience] else abort(403)
    return _turn_to("access.sign_in")


def _turn_to(sign_in_page: str) -> Response:
    """A page that has to be signed in for leads there; nothing else does."""
    if request.method not in {"GET", "HEAD"}:
        abort(403)
    return cast("Response", redirect(url_for(sign_in_page, next=request.full_path.rstrip("?")), 303))


def _turn_back() -> Response:
    """From any other page to the one where the tablet is given back, or goes on."""
    if request.method not in {"GET", "HEAD"}:
        abort(403)
    return cast("Response", redirect(url_for("health.tablet_back"), 303))
