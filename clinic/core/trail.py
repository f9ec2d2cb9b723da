"""The sealed trail: the worker gives each audit line its position and a seal over it and the line before.

Whoever changes, removes, moves or adds a line without the clinic's keys breaks the chain, and `verify` says where.
Columns are read as they are stored: rubbish in one line is a finding, and stops neither the worker nor the check.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, Row, Select, String, cast, select, update
from sqlalchemy.exc import DataError, IntegrityError

from clinic.core import anchor
from clinic.core.anchor import AnchorTroubleError, Head
from clinic.core.audit import AuditLine
from clinic.core.crypto import Keyring
from clinic.core.db import AnySession, writing

log = logging.getLogger("clinic")
BATCH = 500
BATCHES_A_ROUND = 20  # mail waits meanwhile
PATIENCE = timedelta(seconds=60)


class Line(NamedTuple):
    """An audit line: its place in the trail, and what it tells, or None where that cannot be read."""

    id: int
    at: datetime | None
    told: tuple[str, ...] | None
    position: int | None = None
    seal: bytes | None = None


def sealed(lines: Iterable[Line], head: Head, keys: Keyring) -> Iterator[Line]:
    """These lines, readable ones, each with its position and seal, after the head."""
    for line in lines:
        position = head.position + 1
        head = Head(position, keys.sign("audit", *_signed(head, position, line)))
        yield line._replace(position=position, seal=head.seal)


def _signed(before: Head, position: int, line: Line) -> tuple[str, ...]:
    return (before.seal.hex(), str(position), *(line.told or ()))


def seal_new(session: AnySession, keys: Keyring, folder: Path) -> None:
    """Seal lines that have none yet, and note the new head in this folder. Commits.

    Where another worker was quicker, or somebody put rubbish in the way, the lines wait for the next round.
    """
    for _ in range(BATCHES_A_ROUND):
        head = _seal_batch(session, keys) if _some_wait(session) else None
        if head is None:
            return
        try:
            anchor.move(folder, head, is_kept=lambda known: _has(session, known))
        except (AnchorTroubleError, OSError) as error:
            log.warning("audit anchor not moved", extra={"kind": type(error).__name__})


def _some_wait(session: AnySession) -> bool:
    """Finding out takes no lock."""
    found = session.scalar(select(AuditLine.id).where(AuditLine.position.is_(None)).limit(1))
    session.rollback()
    return found is not None


def _seal_batch(session: AnySession, keys: Keyring) -> Head | None:
    """Seal the oldest lines that wait. The new head, or None where none could be sealed."""
    with writing():
        # The lock on the lines comes before the look at the head: a second worker then sees what the first sealed.
        waiting = _lines(session, _waiting(session).limit(BATCH).with_for_update())
        new = list(sealed([line for line in waiting if line.told], _head(session), keys))
        try:
            if new:
                values = [{"id": line.id, "position": line.position, "seal": line.seal} for line in new]
                session.execute(update(AuditLine), values)
            session.commit()
        except (IntegrityError, DataError, OverflowError):  # the last two: no number is left after the last
            session.rollback()
            return None
    return _head_at(new[-1]) if new else None


def _head(session: AnySession) -> Head:
    last = _stored(session).where(AuditLine.position.is_not(None)).order_by(AuditLine.position.desc()).limit(1)
    return max(map(_head_at, _lines(session, last)), default=Head())


def _head_at(line: Line) -> Head:
    return Head(line.position or 0, line.seal or b"")


def _has(session: AnySession, known: Head) -> bool:
    seal = session.scalar(select(AuditLine.seal).where(AuditLine.position == known.position))
    session.rollback()
    return seal == known.seal


def _stored(session: AnySession) -> Select[*tuple[Any, ...]]:
    """Every column as it is stored: SQLite lets anybody write anything into any of them."""
    raw = LargeBinary() if session.get_bind().dialect.name == "sqlite" else String()
    told = (AuditLine.at, AuditLine.actor, AuditLine.action, AuditLine.subject, AuditLine.detail)
    seal = cast(AuditLine.seal, LargeBinary())
    return select(AuditLine.id, cast(AuditLine.position, raw), seal, *(cast(column, raw) for column in told))


def _waiting(session: AnySession) -> Select[*tuple[Any, ...]]:
    return _stored(session).where(AuditLine.position.is_(None)).order_by(AuditLine.id)


def _lines(session: AnySession, query: Select[*tuple[Any, ...]]) -> Iterator[Line]:
    return map(_line, session.execute(query.execution_options(yield_per=BATCH)))


def _line(row: Row[*tuple[Any, ...]]) -> Line:
    number, position, seal, *told = row
    try:
        at, actor, action, subject, detail = (one.decode() if isinstance(one, bytes) else str(one) for one in told)
        moment = _instant(at)
        canonical = json.dumps(json.loads(detail), sort_keys=True, separators=(",", ":"))
    except (ValueError, OverflowError, RecursionError):
        return Line(number, None, None, _position(position), seal)
    words = (str(number), moment.isoformat(), actor, action, subject, canonical)
    return Line(number, moment, words, _position(position), seal)


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _position(stored: Any) -> int | None:
    """Nought for what is no number: no line stands there."""
    try:
        return None if stored is None else int(stored)
    except ValueError:
        return 0


class Walk:
    """Along the trail, line by line: what was found wrong, and what is still to be sealed."""

    def __init__(self, anchored: Head | None, keys: Keyring) -> None:
        self.findings: list[str] = []
        self.sealed = self.waiting = 0
        self.oldest: datetime | None = None
        self._anchored, self._keys = anchored, keys
        self._before, self._sound = Head(), True

    def step(self, line: Line) -> None:
        if line.position is None:
            self._wait(line)
        elif line.position <= self._before.position:
            self.findings.append(f"Line {line.id} stands at position {line.position}, where it cannot belong.")
        else:
            self._pass(line, line.position)

    def _wait(self, line: Line) -> None:
        self.waiting += 1
        self.oldest = min(filter(None, (self.oldest, line.at)), default=None)
        if line.seal is not None:
            self.findings.append(f"Line {line.id} has a seal but no position: it was taken out of its place.")
        if line.told is None:
            self.findings.append(f"Line {line.id}, not sealed yet, cannot be read.")

    def _pass(self, line: Line, position: int) -> None:
        self.sealed += 1
        if missing := position - self._before.position - 1:
            self.findings.append(_gap(position - missing, position - 1))
        sound_before = self._sound and not missing
        trouble = self._trouble(line, position, sound_before=sound_before)
        if trouble:
            self.findings.append(f"Position {position} (line {line.id}) {trouble}.")
        elif self._anchored and position == self._anchored.position and line.seal != self._anchored.seal:
            self.findings.append(f"Position {position} (line {line.id}) is not the line that the anchor knows.")
        self._before, self._sound = Head(position, line.seal or b""), trouble is None

    def _trouble(self, line: Line, position: int, *, sound_before: bool) -> str | None:
        if line.told is None:
            return "cannot be read"
        if line.seal is None:
            return "has no seal"
        if self._keys.is_signed(line.seal, "audit", *_signed(self._before, position, line)):
            return None
        if sound_before:
            return "was changed, moved or put in by somebody else, or its key is gone"
        return "cannot be checked: it hangs on the one before, which is broken or missing"

    def end(self) -> None:
        last, known = self._before.position, self._anchored
        if known and last < known.position:
            self.findings.append(
                f"The trail ends at position {last}, but the anchor knows {known.position} lines: its end was cut.",
            )

    def summary(self, now: datetime) -> str:
        """How many lines are sealed and how many wait, in a sentence or two."""
        text = f"{self.sealed} lines sealed, {self.waiting} not yet"
        if self.oldest is None:
            return f"{text}."
        text += f" (the oldest from {self.oldest:%Y-%m-%d %H:%M:%S} UTC)."
        return text if now - self.oldest <= PATIENCE else f"{text} No worker seems to run: start flask worker."


def _gap(first: int, last: int) -> str:
    if first == last:
        return f"Position {first} is missing: its line was deleted or moved."
    return f"Positions {first} to {last} are missing: their lines were deleted or moved."


def verify(lines: Iterable[Line], anchored: Head | None, keys: Keyring) -> Walk:
    """Walk along the lines, sealed ones in order of position, and tell what is wrong with them and where."""
    walk = Walk(anchored, keys)
    for line in lines:
        walk.step(line)
    walk.end()
    return walk


def check(session: AnySession, keys: Keyring, folder: Path) -> Walk:
    """Verify the table against the anchor in this folder. The anchor is read first: the trail may grow meanwhile."""
    anchored, trouble = None, ""
    try:
        anchored = anchor.read(folder)
    except AnchorTroubleError as error:
        trouble = str(error)
    in_place = _stored(session).where(AuditLine.position.is_not(None)).order_by(AuditLine.position)
    walk = verify(chain(_lines(session, in_place), _lines(session, _waiting(session))), anchored, keys)
    if not anchored and walk.sealed:
        walk.findings.append(trouble or f"{folder / anchor.NAME} is missing: a cut end of the trail would not be seen.")
    return walk
