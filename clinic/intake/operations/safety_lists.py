"""Versions of the safety list: made by the clinic, signed off by a clinician, put back."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.intake.models import SafetyList
from clinic.intake.rules import SafetyRule, read_list
from clinic.intake.rules.changes import raw_rows
from clinic.intake.safety_lists import shipped


def newest_number(session: AnySession) -> int:
    """The number of the newest version, signed off or not; 0 is the list that comes with the product."""
    return session.scalar(select(func.max(SafetyList.number))) or 0


def keep_version(
    session: AnySession,
    rules: Sequence[SafetyRule],
    reason: str,
    *,
    seen: int,
    account_id: int,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Keep a changed list as the next version, made from version `seen`; it holds once it is signed off. Raises
    WrongListError for a list that cannot be. The caller commits.
    """
    if newest_number(session) != seen:
        return [Refusal("list_changed_meanwhile")]
    content = json.dumps(raw_rows(rules), sort_keys=True)
    read_list(json.loads(content))
    session.add(SafetyList(number=seen + 1, content=content, reason=reason, made_at=now, made_by_id=account_id))
    audit.record(session, "safety_list.changed", f"safety_list:{seen + 1}", by=by, now=now)
    try:
        session.flush()
    except IntegrityError:  # another was first in this very moment
        session.rollback()
        return [Refusal("list_changed_meanwhile")]
    return []


def sign_off(
    session: AnySession, number: int, approved_by: str, *, account_id: int, now: datetime, by: Actor
) -> list[Refusal]:
    """A clinician stands for this version: it holds from now on. Only the newest can be; 0, the list that comes with
    the product, becomes the first by it. The caller commits.
    """
    if newest_number(session) != number:
        return [Refusal("list_changed_meanwhile")]
    if not number:
        if refused := keep_version(session, shipped(), "", seen=0, account_id=account_id, now=now, by=by):
            return refused
        number = 1
    version = session.get_one(SafetyList, number, with_for_update=True)
    if version.approved_at is None:
        version.approved_at, version.approved_by, version.approved_by_id = now, approved_by, account_id
        audit.record(session, "safety_list.signed_off", f"safety_list:{number}", by=by, now=now)
    return []
