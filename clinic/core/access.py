"""Who may use which page. Every view declares its audience; one without is refused to everybody.

The only module that touches flask_login.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

import flask_login
from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask import session as visit
from sqlalchemy.orm import Session

from clinic.core import audit, clock, links
from clinic.core.audit import GUEST, Actor
from clinic.core.db import db, is_writing, writing

View = TypeVar("View", bound=Callable[..., Any])


class SignedIn(Protocol):
    """What access needs to know of an account."""

    id: int
    name: str
    role: str
    active: bool
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


def set_up_access(app: Flask, load_account: Callable[[int], SignedIn | None]) -> None:
    """Register the account loader and the guard that asks every request for its audience."""
    manager = flask_login.LoginManager(app)
    manager.session_protection = None  # it binds sessions to the address, which phones change all day

    @manager.user_loader  # type: ignore[untyped-decorator]  # flask_login has no types
    def load(session_id: str) -> Holder | None:
        account_id, _, version = session_id.partition(".")
        account = load_account(int(account_id))
        if account is None or not account.active or str(account.sessions_version) != version:
            return None
        return Holder(account)

    app.before_request(_guard)


def signed_in() -> Any:
    """The signed-in account, or None."""
    user = flask_login.current_user
    return user.account if user and user.is_authenticated else None


def actor() -> Actor:
    """Whoever makes this request, for the audit trail."""
    account = signed_in()
    return Actor("account", str(account.id)) if account else GUEST


def sign_in(account: SignedIn) -> None:
    """Begin a fresh session: nothing of the one before is kept."""
    visit.clear()
    flask_login.login_user(Holder(account))


def sign_out() -> None:
    flask_login.logout_user()
    visit.clear()


def public(view: View) -> View:
    """Anybody."""
    return _declare(view, "public")


def staff(view: View) -> View:
    """Therapists, reception and owners."""
    return _declare(view, "staff")


def therapist(view: View) -> View:
    """Therapists alone: pages that hold what clients told and what was found. The view looks up whose clients."""
    return _declare(view, "therapist")


def reading(subject: str) -> None:
    """Put on record that this person is about to read somebody's health data, and commit it before they do.

    In a connection of its own: on SQLite a transaction that has read cannot always write. A request that writes, and
    shows the record again because it was refused, has the write lock already and commits in its own.
    """
    by = actor()
    if is_writing():
        audit.record(db.session, "record.viewed", subject, by=by, now=clock.now())
        db.session.commit()
        return
    with writing(), Session(db.engine) as session:
        audit.record(session, "record.viewed", subject, by=by, now=clock.now())
        session.commit()


def holder_of(scope: str) -> Callable[[View], View]:
    """The bearer of a link: the view gets what the link is for, not the token's word for it."""

    def declare(view: View) -> View:
        @wraps(view)
        def with_subject(token: str, **values: Any) -> Any:
            return view(subject_id=_subject_or_404(token, scope), token=token, **values)

        return _declare(cast("View", with_subject), f"holder_of:{scope}")

    return declare


def audience_of(endpoint: str) -> str | None:
    return getattr(current_app.view_functions.get(endpoint), "audience", None)


def _declare(view: View, audience: str) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    return view


def _guard() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: the 404 comes next
    audience = audience_of(request.endpoint)
    if audience is None:
        abort(403)
    if audience not in {"staff", "therapist"}:
        return None
    if account := signed_in():
        return None if audience == "staff" or account.role == "therapist" else abort(403)
    if request.method not in {"GET", "HEAD"}:
        abort(403)
    return cast("Response", redirect(url_for("access.sign_in", next=request.full_path.rstrip("?")), 303))


def _subject_or_404(token: str, scope: str) -> UUID:
    subject_id = links.subject_of(db.session, token, scope, clock.now())
    if subject_id is None:
        abort(404)
    return subject_id
