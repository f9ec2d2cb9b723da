"""What a client comes for, from the note that first tells of it until it is closed. The caller commits."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from clinic.booking.models import Appointment
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.notes.models import Episode
from clinic.notes.operations.findings import keep_injuries
from clinic.notes.queries.episodes import episodes_of, trouble_in
from clinic.notes.rules import Content
from clinic.notes.rules.episodes import Trouble


def keep_what_they_come_for(
    session: AnySession, appointment: Appointment, content: Content, *, now: datetime, by: Actor
) -> dict[str, Any]:
    """As this note is signed: begin the episode it tells of, and keep what it found injured. What the signed document
    says of both, in the words of that day.
    """
    found = keep_injuries(session, appointment, content, now=now, by=by)
    unsound = sorted([*place, state] for place, state in found.injuries.items() if state != "none")
    return {"episode": _episode(session, appointment, content, now=now, by=by), "injuries": unsound}


def _episode(
    session: AnySession, appointment: Appointment, content: Content, *, now: datetime, by: Actor
) -> dict[str, Any]:
    """The one that is chosen; or a new one, of the complaint; or nothing."""
    known = {one.id: one.trouble for one in episodes_of(session, appointment.client_id)}
    if chosen := known.get(content.episode):
        return {**chosen.as_kept(), "id": content.episode}
    if not content.complaint:
        return {}
    trouble = Trouble(content.complaint, content.complaint_side, content.onset, content.mechanism)
    episode = Episode(
        client_id=appointment.client_id,
        therapist_id=appointment.therapist_id,
        begun_at=appointment.starts_at,
        content=json.dumps(trouble.as_kept()),
    )
    session.add(episode)
    audit.record(session, "episode.begun", f"episode:{episode.id}", by=by, now=now)
    session.flush()
    return {**trouble.as_kept(), "id": str(episode.id)}


def close_episode(
    session: AnySession, episode: Episode, closing: Mapping[str, str], *, now: datetime, by: Actor
) -> None:
    """The trouble is over, or they come for it no more: with why, how they are, and what they were advised."""
    episode.content = json.dumps(replace(trouble_in(episode), closing=dict(closing)).as_kept())
    episode.closed_at = now
    audit.record(session, "episode.closed", f"episode:{episode.id}", by=by, now=now)
    session.flush()


def reopen_episode(session: AnySession, episode: Episode, *, now: datetime, by: Actor) -> None:
    """They come for it again. What was said when it was closed stays with it until it is closed anew."""
    episode.closed_at = None
    audit.record(session, "episode.reopened", f"episode:{episode.id}", by=by, now=now)
    session.flush()
