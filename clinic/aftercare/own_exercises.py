"""The clinic's own exercises, and the product's as the clinic changed them. Each change is another version: a plan that
was sent keeps the one it was sent with. The caller commits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import select

from clinic.aftercare.catalogue import catalogue, read_exercise
from clinic.aftercare.models import ExerciseVersion
from clinic.aftercare.rules import WARM_UP, faults
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.places.models import Clinic


@dataclass(frozen=True)
class Typed:
    """An exercise as somebody words it: its content as exercises.yaml has it, a pose file or nothing, and the version
    that they saw before (0: none).
    """

    content: Mapping[str, Any]
    pose: str = ""
    seen: int = 0


def next_code() -> str:
    """For an exercise that the clinic adds."""
    return f"own_{token_hex(4)}"


def is_shipped(code: str) -> bool:
    """Whether it comes with the product."""
    return code in catalogue().exercises


def version_now(session: AnySession, code: str) -> ExerciseVersion | None:
    """What the clinic last made of this exercise; None where it is as it came, or not there."""
    query = select(ExerciseVersion).where(ExerciseVersion.code == code)
    return session.scalar(query.order_by(ExerciseVersion.number.desc()).limit(1))


def versions_of(session: AnySession, code: str) -> Sequence[ExerciseVersion]:
    """All that the clinic made of this exercise, the latest first."""
    query = select(ExerciseVersion).where(ExerciseVersion.code == code)
    return session.scalars(query.order_by(ExerciseVersion.number.desc())).all()


def version_numbered(session: AnySession, code: str, number: int) -> ExerciseVersion | None:
    """One of them, whether it still counts or not."""
    query = select(ExerciseVersion).where(ExerciseVersion.code == code, ExerciseVersion.number == number)
    return session.scalar(query)


def number_now(session: AnySession, code: str) -> int:
    """Of the version that counts: 1 for one as shipped; 0 where there is none."""
    held = version_now(session, code)
    return held.number if held else int(is_shipped(code))


def keep_exercise(
    session: AnySession, code: str, typed: Typed, *, account_id: int, now: datetime, by: Actor
) -> list[Refusal]:
    """Keep words, doses and drawing as the next version. A drawing takes the place of a photo. Refused where the words
    break a rule of plans, or another was first.
    """
    _lock(session)
    if number_now(session, code) != typed.seen:
        return [Refusal("exercise_changed_meanwhile")]
    if refused := faults(read_exercise(code, typed.content), catalogue().exercises.get(code)):
        return refused
    held = version_now(session, code)
    photo = {"photo": held.photo, "photo_words": held.photo_words} if held and not typed.pose else {}
    said = {"content": dict(typed.content), "pose": typed.pose, "offered": held.offered if held else True, **photo}
    _add(session, code, said, account_id, now, by=by)
    return []


def keep_photo(
    session: AnySession, code: str, photo: bytes | None, words: str, *, account_id: int, now: datetime, by: Actor
) -> None:
    """Show it by this photo from now on, a JPEG that `core.pictures.redrawn` made, in place of a drawing; None: as
    before the photo. `words` are for those who do not see it. KeyError where the exercise is not there.
    """
    _lock(session)
    said = {**_said(session, code), "photo": photo, "photo_words": words if photo else ""}
    _add(session, code, said if photo is None else {**said, "pose": ""}, account_id, now, by=by)


def offer_exercise(
    session: AnySession, code: str, *, offered: bool, account_id: int, now: datetime, by: Actor
) -> list[Refusal]:
    """From now on it may be put into plans, or not. What was sent stays. Not for the warm-up that every plan has."""
    _lock(session)
    said = _said(session, code)
    if code == WARM_UP and not offered:
        return [Refusal("warm_up_stays")]
    if said["offered"] != offered:
        _add(session, code, {**said, "offered": offered}, account_id, now, by=by)
    return []


def restore_exercise(session: AnySession, code: str, *, account_id: int, now: datetime, by: Actor) -> None:
    """One of the product's in its own words and drawings again. KeyError for any other."""
    _lock(session)
    if not is_shipped(code):
        raise KeyError(code)
    said = _said(session, code)
    as_shipped = {"content": {}, "pose": "", "offered": said["offered"]}
    if any(said[part] for part in ("content", "pose", "photo")):
        _add(session, code, as_shipped, account_id, now, by=by)


def _lock(session: AnySession) -> None:
    """One at a time makes versions."""
    session.scalar(select(Clinic.id).with_for_update(key_share=True))


def _said(session: AnySession, code: str) -> dict[str, Any]:
    """All that a version says, as it stands now."""
    held = version_now(session, code)
    if held is None:
        if not is_shipped(code):
            raise KeyError(code)
        return {"content": {}, "pose": "", "photo": None, "photo_words": "", "offered": True}
    return {name: getattr(held, name) for name in ("content", "pose", "photo", "photo_words", "offered")}


def _add(session: AnySession, code: str, said: Mapping[str, Any], account_id: int, now: datetime, *, by: Actor) -> None:
    number = number_now(session, code) + 1
    made = {"photo": None, "photo_words": "", **said, "code": code, "number": number}
    session.add(ExerciseVersion(**made, made_at=now, made_by_id=account_id))
    detail = {"number": number, "offered": made["offered"]}
    audit.record(session, "exercise.changed", f"exercise:{code}", by=by, now=now, detail=detail)
    session.flush()
