"""The top of a note: what the client comes for, and which muscles are injured."""

from collections.abc import Sequence
from typing import Any

from clinic.booking import wording as booking_wording
from clinic.booking.models import Appointment
from clinic.core.db import db
from clinic.notes.catalogue.muscles import shipped_muscles
from clinic.notes.forms import NoteForm
from clinic.notes.queries import SignedNote
from clinic.notes.queries.episodes import ComesFor, episodes_of
from clinic.notes.queries.findings import findings_of, found_in
from clinic.notes.rules.episodes import EPISODE_SIDES
from clinic.notes.rules.injuries import with_noted


def comes_for(form: NoteForm, appointment: Appointment, earlier: Sequence[SignedNote]) -> dict[str, Any]:
    """What is chosen on this page, what else may be, and what is known of injuries. `earlier`: the notes signed before,
    the latest first. Two statements.
    """
    known = episodes_of(db.session, appointment.client_id)
    open_ones = [one for one in known if one.closed_at is None]
    if not form.is_submitted() and not form.revision.data:
        _propose(form, appointment, earlier, open_ones)
    chosen = next((one for one in known if one.id == form.episode.data), None)
    before = found_in(findings_of(db.session, appointment.client_id))
    return {
        "troubles": [one for one in known if one in open_ones or one is chosen],
        "chosen": chosen,
        "muscles": shipped_muscles().names,
        "before": before,
        "found": with_noted(before, form.content().injuries),
    }


def _propose(
    form: NoteForm, appointment: Appointment, earlier: Sequence[SignedNote], open_ones: Sequence[ComesFor]
) -> None:
    """On a new page: what they came for last, while it is open; else, before the first, what they told when booking."""
    last = earlier[0].document.get("episode", {}).get("id", "") if earlier else ""
    if last in {one.id for one in open_ones}:
        form.episode.data = last
    elif not open_ones:
        area, side = booking_wording.area(appointment.area), appointment.side
        form.complaint.data = ": ".join(filter(None, (area, appointment.word)))
        form.complaint_side.data = side if side in EPISODE_SIDES else ""
