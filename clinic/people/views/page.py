"""What signing in and the pages of one's own account share."""

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, request
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from clinic.core import access, clock, throttle
from clinic.core.db import db
from clinic.core.templating import day_words
from clinic.core.times import local
from clinic.people.models import Account
from clinic.places.models import Clinic, Location

bp = Blueprint("access", __name__)
TOO_MANY = _l("Too many tries. Wait five minutes, then try again.")
LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x1f]*")  # browsers drop tabs and read a backslash as a slash
NOT_THE_CODE = _l("That code is wrong, too old or has been used. Wait for the next one, and check your phone's clock.")


def mine() -> Account:
    """The account of whoever asks: signed in, or as far as the right password."""
    account: Account = access.signed_in() or access.awaited()
    return account


def is_demo() -> bool:
    """Whether all is invented here, and nobody is asked for a second factor."""
    clinic = db.session.get(Clinic, 1)
    return bool(clinic and clinic.demo)


def clinic_name() -> str:
    clinic = db.session.get(Clinic, 1)
    return clinic.name if clinic else ""


def on_day(instant: datetime) -> str:
    """The day of an instant by the clinic's clock, Monday 5 January 2026."""
    at = local(instant, db.session.scalar(select(Location.zone).order_by(Location.id).limit(1)) or "UTC")
    return f"{day_words(at)} {at.year}"


def too_many_tries(email: str, *, kind: str) -> bool:
    """Count a try for this address, and from where it comes; staff and clients are counted apart. Commits."""
    whence = f"{kind} {request.remote_addr}"
    over = throttle.too_many(db.session, account=f"{kind} {email}", address=whence, now=clock.now())
    db.session.commit()
    return over


def next_page(otherwise: str) -> str:
    """Where they were going; only ever a page of this clinic."""
    return local_page(request.args.get("next", ""), otherwise)


def going_to() -> dict[str, Any]:
    """The same, to be carried along from one page of signing in to the next."""
    return {"next": request.args.get("next")}


def local_page(wanted: str | None, otherwise: str) -> str:
    """The wanted address, where it is a page of this clinic."""
    return wanted if wanted and LOCAL.fullmatch(wanted) else otherwise
