"""The clinic's own formats of notes. Each change is another version: what was written keeps the version it was
written in. The caller commits.
"""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from sqlalchemy import select, update

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.notes import rules
from clinic.notes.catalogue.formats import Format, Part
from clinic.notes.models import NoteFormat
from clinic.notes.queries.words import all_formats
from clinic.places.models import Clinic


def latest_format(session: AnySession, code: str) -> Format | None:
    """The version that new notes are written in, offered or not."""
    return next((one for one in rules.latest(all_formats(session)) if one.code == code), None)


def make_format(
    session: AnySession, name: str, parts: Sequence[Part], *, account_id: int, now: datetime, by: Actor
) -> Format:
    """A format of the clinic's own, offered from now on."""
    made = Format(f"own_{token_hex(4)}", 1, name, tuple(parts))
    return _add(session, made, account_id=account_id, now=now, by=by)


def change_format(
    session: AnySession, code: str, name: str, parts: Sequence[Part], *, account_id: int, now: datetime, by: Actor
) -> bool:
    """Another version of a format that is there; False where it reads so already."""
    held = _lock(session, code)
    if (held.name, held.parts) == (name, tuple(parts)):
        return False
    newer = Format(code, held.number + 1, name, tuple(parts), held.offered)
    _add(session, newer, account_id=account_id, now=now, by=by)
    return True


def offer_format(session: AnySession, code: str, *, offered: bool, account_id: int, now: datetime, by: Actor) -> bool:
    """Offer it for new notes, or no more; False for the last one, for notes have to be written in some format."""
    held, formats = _lock(session, code), rules.offered(all_formats(session))
    if not offered and [one.code for one in formats] == [code]:
        return False
    if held.offered == offered:
        return True
    row = update(NoteFormat).where(NoteFormat.code == code, NoteFormat.number == held.number).values(offered=offered)
    if session.execute(row.returning(NoteFormat.id)).first() is None:  # the product's own stands in the catalogue
        newer = Format(code, held.number + 1, held.name, held.parts, offered)
        _add(session, newer, account_id=account_id, now=now, by=by)
    else:
        _record(session, "offered" if offered else "withdrawn", held, by=by, now=now)
    return True


def _lock(session: AnySession, code: str) -> Format:
    """One at a time makes versions. KeyError for a code that is not there."""
    session.scalar(select(Clinic.id).with_for_update(key_share=True))
    found = latest_format(session, code)
    if found is None:
        raise KeyError(code)
    return found


def _add(session: AnySession, made: Format, *, account_id: int, now: datetime, by: Actor) -> Format:
    parts = [{"id": part.id, "label": part.label, "hint": part.hint} for part in made.parts]
    said = {"code": made.code, "number": made.number, "name": made.name, "parts": parts, "offered": made.offered}
    session.add(NoteFormat(**said, made_at=now, made_by_id=account_id))
    session.flush()
    _record(session, "made", made, by=by, now=now)
    return made


def _record(session: AnySession, what: str, of: Format, *, by: Actor, now: datetime) -> None:
    audit.record(session, f"note_format.{what}", f"note_format:{of.key}", by=by, now=now)
