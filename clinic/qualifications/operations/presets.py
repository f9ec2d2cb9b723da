"""The presets as a clinic wants them: changed, added, hidden, and ours put back."""

from datetime import datetime
from typing import Any

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.qualifications.models import PresetChange
from clinic.qualifications.presets import Preset, raw_of, shipped
from clinic.qualifications.queries import all_presets


def keep_preset(session: AnySession, preset: Preset, *, now: datetime, by: Actor) -> bool:
    """From now on it reads so, whatever was filled in from it before; False where it did already. What was verified
    stays as it is.
    """
    found = all_presets(session).get(preset.code)
    before, after = raw_of(found) if found else {}, raw_of(preset)
    if before == after:
        return False
    row = session.get(PresetChange, preset.code) or PresetChange(code=preset.code)
    row.preset, row.changed_at, row.changed_by = after, now, str(by)
    session.add(row)
    differs = [name for name in {**before, **after} if before.get(name) != after.get(name)] if found else []
    detail = {"before": {name: before.get(name) for name in differs}, "after": after}
    audit.record(
        session, "preset.changed" if found else "preset.made", subject_of(preset.code), by=by, now=now, detail=detail
    )
    return True


def put_back(session: AnySession, code: str, *, now: datetime, by: Actor) -> None:
    """Ours, as it comes with the house. Of one that the clinic never changed, nothing happens."""
    row = session.get(PresetChange, code)
    if row is not None:
        session.delete(row)
        detail = _what(row.preset, raw_of(shipped()[code]))
        audit.record(session, "preset.put_back", subject_of(code), by=by, now=now, detail=detail)


def next_code(taken: list[str]) -> str:
    """For one of the clinic's own: own-1, own-2 …"""
    return next(code for n in range(1, len(taken) + 2) if (code := f"own-{n}") not in taken)


def subject_of(code: str) -> str:
    """As the trail names it."""
    return f"preset:{code}"


def _what(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """For the trail: what of it differs. Of a new one nothing was before."""
    differs = [name for name in {**before, **after} if before and before.get(name) != after.get(name)]
    return {"before": {name: before.get(name) for name in differs}, "after": after}
