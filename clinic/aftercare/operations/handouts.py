"""The clinic's own papers for everybody. The caller commits."""

from datetime import datetime

from clinic.aftercare.models import Handout
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession


def replace_pdf(session: AnySession, handout: Handout, pdf: bytes, *, now: datetime, by: Actor) -> None:
    """Put another PDF in its place, under the same address."""
    handout.pdf, handout.size = pdf, len(pdf)
    audit.record(session, "handout.replaced", f"handout:{handout.id}", by=by, now=now, detail={"size": len(pdf)})
