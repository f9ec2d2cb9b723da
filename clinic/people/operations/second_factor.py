"""The second factor of the staff: a code from their phone, or a recovery code. The caller commits."""

import hmac
from base64 import b32encode
from collections.abc import Sequence
from datetime import datetime
from secrets import choice

from sqlalchemy import delete, or_, select, update

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.crypto import keyring
from clinic.core.db import AnySession
from clinic.people.models import Account, RecoveryCode
from clinic.people.rules import STEP_SECONDS, steps_at, typed_code

SECRET_BYTES = 20
CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
GROUPS, LETTERS_A_GROUP = 3, 4  # 59 bits


def secret_of(account: Account, nonce: str) -> str:
    """The secret a set-up page shows, made of what its session remembers: nothing is kept until a code confirms it."""
    return b32encode(keyring().mac("second-factor", str(account.id), nonce)[:SECRET_BYTES]).decode()


def step_of(secret: str | None, typed: str, *, now: datetime) -> int | None:
    """Which step of 30 seconds this code belongs to: this one, the one before or the next; None where it is wrong."""
    from pyotp import TOTP

    code = typed_code(typed)
    if not secret:
        return None
    totp = TOTP(secret, interval=STEP_SECONDS)
    return next((n for n in steps_at(now) if hmac.compare_digest(totp.generate_otp(n).encode(), code.encode())), None)


def proves(session: AnySession, account: Account, typed: str, *, now: datetime, by: Actor) -> str | None:
    """What was typed is spent: "code" where their phone shows it, "recovery_code" where it is one of theirs; None where
    it is neither, or has been used. Of two at once with the same, one is believed.
    """
    step = step_of(account.totp, typed, now=now)
    if step is not None:
        return "code" if _spend_step(session, account.id, step) else None
    return "recovery_code" if _spend_recovery_code(session, account, typed, now=now, by=by) else None


def set_up(session: AnySession, account: Account, secret: str, *, step: int, now: datetime, by: Actor) -> Sequence[str]:
    """From now on they are asked for a code of this secret, whose step just confirmed it; where there was another, its
    sessions are at their end. Their new recovery codes.
    """
    another = account.second_factor_at is not None
    detail = {"second_factor": ["set" if another else "none", "set"]}
    account.totp, account.totp_step, account.second_factor_at = secret, step, now
    account.sessions_version += another
    audit.record(session, "account.second_factor_set_up", f"account:{account.id}", by=by, now=now, detail=detail)
    return make_recovery_codes(session, account, now=now, by=by)


def make_recovery_codes(session: AnySession, account: Account, *, now: datetime, by: Actor) -> Sequence[str]:
    """Ten new ones, to be shown once; those of before are good for nothing any more."""
    codes = ["-".join(_letters() for _ in range(GROUPS)) for _ in range(CODES)]
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.add_all(RecoveryCode(account_id=account.id, digest=_digest(account, code)) for code in codes)
    audit.record(session, "account.recovery_codes_made", f"account:{account.id}", by=by, now=now)
    return codes


def reset_second_factor(session: AnySession, account: Account, *, now: datetime, by: Actor) -> None:
    """For somebody who lost phone and codes: they set up another when they sign in next."""
    detail = {"second_factor": ["set" if account.second_factor_at else "none", "none"]}
    account.totp = account.totp_step = account.second_factor_at = None
    account.sessions_version += 1
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    audit.record(session, "account.second_factor_reset", f"account:{account.id}", by=by, now=now, detail=detail)


def _spend_step(session: AnySession, account_id: int, step: int) -> bool:
    fresh = or_(Account.totp_step.is_(None), Account.totp_step < step)
    spend = update(Account).where(Account.id == account_id, fresh).values(totp_step=step)
    return bool(session.execute(spend.returning(Account.id)).all())


def _spend_recovery_code(session: AnySession, account: Account, typed: str, *, now: datetime, by: Actor) -> bool:
    unused = select(RecoveryCode).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
    rows, code = session.scalars(unused).all(), typed_code(typed)
    signed = (str(account.id), code)
    found = next((row for row in rows if keyring().is_signed(row.digest, "recovery-code", *signed)), None)
    if found is None:
        return False
    spend = update(RecoveryCode).where(RecoveryCode.id == found.id, RecoveryCode.used_at.is_(None))
    if not session.execute(spend.values(used_at=now).returning(RecoveryCode.id)).all():
        return False
    left = {"left": [len(rows), len(rows) - 1]}
    audit.record(session, "account.recovery_code_used", f"account:{account.id}", by=by, now=now, detail=left)
    return True


def _letters() -> str:
    return "".join(choice(LETTERS) for _ in range(LETTERS_A_GROUP))


def _digest(account: Account, code: str) -> bytes:
    return keyring().sign("recovery-code", str(account.id), typed_code(code))
