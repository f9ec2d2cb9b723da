"""What is signed, in words that stand for ever: whatever the clinic names, words or sets otherwise later is written
down as it is that day. Each slot is filled by whoever knows it, and says nothing where a note has nothing of it.
"""

from typing import Any

from clinic.booking.models import Appointment
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.notes import queries, rules
from clinic.notes.queries.attachments import attachments_of
from clinic.notes.queries.physical_tests import known_tests
from clinic.notes.queries.words import all_formats
from clinic.notes.rules import Content
from clinic.notes.rules.physical_tests import frozen, incomplete
from clinic.people.models import Therapist


def note_document(session: AnySession, appointment: Appointment, content: Content) -> dict[str, Any]:
    """What a note says beside who, what and when."""
    return {
        "content": content.as_kept(),
        "format": _format(session, content),
        "tests": _tests(session, content),
        "attachments": _attachments(session, appointment),
        "supervisor": _supervisor(session, appointment),
    }


def unfinished_tests(session: AnySession, content: Content) -> list[Refusal]:
    """What tests still need before they can be signed."""
    return incomplete(content, known_tests(session)) if content.results else []


def about(appointment: Appointment, signer: Therapist) -> dict[str, Any]:
    """Who, what and when, in the words of that day: names may change later."""
    return {
        "appointment": {
            "id": str(appointment.id),
            "ref": appointment.ref,
            "starts_at": appointment.starts_at.isoformat(),
            "minutes": appointment.minutes,
            "treatment": " + ".join(one.name for one in appointment.treatments),
        },
        "client": {"id": str(appointment.client_id), "name": appointment.client.name},
        "therapist": {"id": signer.id, "name": signer.name},
    }


def _format(session: AnySession, content: Content) -> dict[str, Any]:
    """The name of the note's format, and its parts as they are called."""
    used = rules.format_in(all_formats(session), content)
    parts = [{"id": part.id, "label": part.label} for part in used.parts]
    return {"code": used.code, "number": used.number, "name": used.name, "parts": parts}


def _tests(session: AnySession, content: Content) -> dict[str, Any]:
    """Each test that was done, by its code, as it is defined."""
    return frozen(content.results, known_tests(session)) if content.results else {}


def _attachments(session: AnySession, appointment: Appointment) -> list[dict[str, Any]]:
    """Each photo and paper of the visit: its id, what it shows, and the digest of what is kept."""
    of_visit = attachments_of(session, appointment.id)
    return [{"id": str(one.id), "about": one.about, "digest": one.digest} for one in of_visit]


def _supervisor(session: AnySession, appointment: Appointment) -> dict[str, Any]:
    """Of a trainee: who is to sign this note as well."""
    supervisor = queries.supervisor_today(session, appointment.therapist)
    return {"id": supervisor.id, "name": supervisor.name} if supervisor else {}
