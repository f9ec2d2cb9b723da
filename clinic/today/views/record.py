"""A client's record, all of it on one page: appointments, what was told and decided, notes, plans and practice.

Reception and owners see contact and appointments; the rest is for the therapists who treat them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from clinic.aftercare import queries as plans
from clinic.aftercare import wording as plan_wording
from clinic.aftercare.models import PlanIssue, PlanOverride, PracticeLog
from clinic.aftercare.queries import SentLast
from clinic.aftercare.queries.check_ins import Answered, how_they_are, told_lately
from clinic.aftercare.wording import check_ins as check_words
from clinic.booking import history, wording
from clinic.booking import queries as booking
from clinic.booking.models import Appointment
from clinic.booking.programme import Programme
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.booking.wording import Told
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.parts import kept_part
from clinic.core.times import local
from clinic.health import wording as health_wording
from clinic.health.queries import missing_before
from clinic.health.wording import Given
from clinic.intake.queries import clearances_of
from clinic.intake.rules import SafetyRule
from clinic.intake.rules.clearing import OVERRIDE
from clinic.notes import queries as notes
from clinic.notes import wording as note_wording
from clinic.notes.course import course_of
from clinic.notes.models import Findings, Signature
from clinic.notes.queries.attachments import attachments_of_all
from clinic.notes.queries.co_signing import supervised_client
from clinic.notes.queries.episodes import episodes_of
from clinic.notes.queries.findings import findings_of, found_in
from clinic.people.queries import names_of
from clinic.today import queries
from clinic.today.course import WEEKS_OF_PRACTICE, practice_since, weeks_begin
from clinic.today.views.page import bp, to_do

CHECK_INS_SHOWN = timedelta(weeks=26)


@dataclass(frozen=True)
class Visit:
    """One appointment on the record. What was told, and that a note is signed, is for therapists alone."""

    appointment: Appointment
    to_come: bool
    to_do: str
    state: str
    told: Told | None = None
    noted: bool = False
    missing: tuple[str, ...] = ()


@bp.get("/clients/<uuid:client_id>")
@staff
def client(client_id: UUID) -> str:
    """Also for a supervisor who co-signs a note about them: to read, and nothing else."""
    account, now, found = access.signed_in(), clock.now(), their_client(client_id, otherwise=supervised_client)
    clinical = account.role == "therapist"
    if clinical:
        access.reading(f"client:{client_id}")
    known, appointments = programme_or_404(), booking.appointments_of(db.session, client_id)
    signed = notes.signatures_of(db.session, client_id) if clinical else []
    sent, theirs = plans.sent_last(db.session, client_id), not clinical or _treats(account.id, appointments)
    visits = _visits(appointments, signed, known, now, told_by=known.safety if clinical else None)
    return render_template(
        "today/client.html",
        client=found,
        clinical=clinical,
        theirs=theirs,
        missed=history.missed_among(appointments, known.clinic, now),
        missed_words=wording.missed,
        zone=known.location.zone,
        local=local,
        to_come=[visit for visit in reversed(visits) if visit.to_come],
        past=[visit for visit in visits if not visit.to_come],
        alerts=_alerts(visits, [] if clinical else queries.open_tasks(db.session, client_id)),
        issue=sent.issue,
        mine=account.id,
        **_signed(signed, known.location.zone, account.therapist.id if account.therapist else None),
        plan=_plan(client_id, sent, known, now, theirs=theirs) if clinical else "",
        **(_at_every_opening(client_id, known) if clinical else {}),
    )


def _visits(
    appointments: Sequence[Appointment],
    signed: Sequence[Signature],
    known: Programme,
    now: datetime,
    *,
    told_by: Sequence[SafetyRule] | None,
) -> list[Visit]:
    missing = _missing(appointments, known, now)
    noted = {one.appointment_id for one in signed if one.kind == "note"}
    return [_visit(one, now, noted, missing.get(one.id, ()), told_by) for one in appointments]


def _treats(account_id: int, appointments: Sequence[Appointment]) -> bool:
    """Whether this therapist treats them; a supervisor reads the record without that."""
    return any(one.therapist.account_id == account_id and not one.cancellation for one in appointments)


def _at_every_opening(client_id: UUID, known: Programme) -> dict[str, object]:
    """What they come for; and what was put aside against the safety list and still is, each with who did it."""
    troubles = episodes_of(db.session, client_id)
    return {"troubles": troubles, "episode_words": note_wording.episodes, "overrides": _overrides(client_id, known)}


def _overrides(client_id: UUID, known: Programme) -> list[tuple[Given, str]]:
    found = [
        health_wording.given(one, known.safety)
        for one in clearances_of(db.session, client_id)
        if one.way == OVERRIDE and one.revoked_at is None
    ]
    names = names_of(db.session, [f"account:{one.clearance.given_by_id}" for one in found])
    return [(one, names[f"account:{one.clearance.given_by_id}"]) for one in found]


def _missing(appointments: Sequence[Appointment], known: Programme, now: datetime) -> dict[UUID, tuple[str, ...]]:
    """What is still to be asked before each visit to come."""
    to_come = [one.id for one in appointments if _is_to_come(one, now)]
    return missing_before(db.session, to_come, known.clinic, now=now)


def _is_to_come(appointment: Appointment, now: datetime) -> bool:
    return not appointment.cancellation and appointment.ends_at > now


def _visit(
    appointment: Appointment,
    now: datetime,
    noted: set[UUID],
    missing: tuple[str, ...],
    told_by: Sequence[SafetyRule] | None,
) -> Visit:
    to_come = _is_to_come(appointment, now)
    what = to_do(appointment) if to_come else ""
    return Visit(
        appointment,
        to_come,
        what,
        booking.reached(appointment).state,
        wording.told(appointment, told_by) if told_by is not None else None,
        appointment.id in noted,
        missing,
    )


def _alerts(visits: Sequence[Visit], tasks: Sequence[str]) -> list[str]:
    """What is to be done before what is to come, and what was asked about them: each once, and never why."""
    to_come = [visit for visit in visits if visit.to_come]
    wanted = [_("Wants a chaperone")] if any(visit.appointment.chaperone for visit in to_come) else []
    asked = [wording.task(task) for task in tasks]
    return list(dict.fromkeys([*(visit.to_do for visit in to_come if visit.to_do), *asked, *wanted]))


def _signed(signatures: Sequence[Signature], zone: str, reader: int | None) -> dict[str, Markup]:
    """Notes and the course of pain. What is signed never changes, so they stand as they are until more is. `reader`:
    the therapist who reads, for remarks are shown to whoever wrote them.
    """
    key = zone, reader, *((one.id, one.document_sealed) for one in signatures)

    def notes_read() -> dict[str, object]:
        signed = notes.notes_in(signatures)
        attached = attachments_of_all(db.session, [one.appointment_id for one in signed])
        shown = {"local": local, "zone": zone, "reader": reader}
        return {"episodes": notes.by_episode(signed), "wording": note_wording, "attached": attached, **shown}

    def course() -> dict[str, object]:
        return {"course": course_of(notes.notes_in(signatures), zone)}

    return {
        "notes": kept_part("today/_notes.html", key, notes_read),
        "course": kept_part("today/_course.html", key, course),
    }


def _plan(client_id: UUID, sent: SentLast, known: Programme, now: datetime, *, theirs: bool) -> Markup:
    """The plan as the client has it, what was found before it and gone over, and what they told about it in the last
    weeks: it stands as it is until something of it is another.
    """
    issue, zone, findings = sent.issue, known.location.zone, findings_of(db.session, client_id)
    today = local(now, zone).date()
    logs, checks = told_lately(
        db.session, client_id, practised_since=weeks_begin(today), asked_since=now - CHECK_INS_SHOWN
    )

    def values() -> dict[str, object]:
        return {
            "client_id": client_id,
            "theirs": theirs,
            "findings": findings,
            "found": plan_wording.found_lines(found_in(findings)),
            "issue": issue,
            "document": plans.document_of(issue) if issue else None,
            "given_all_the_same": plans.overrides_of(sent.overrides),
            "practice": practice_since(logs, issue, today, zone) if issue else None,
            "checks": [(*one, how_they_are(one.check_in)) for one in checks],
            "check_words": check_words,
            "plan_wording": plan_wording,
            "weeks": WEEKS_OF_PRACTICE,
            "local": local,
            "zone": zone,
        }

    key = (
        theirs,
        today,
        *_plan_key(client_id, zone, findings, issue, logs),
        *map(_check_key, checks),
        *map(_override_key, sent.overrides),
    )
    return kept_part("today/_plan.html", key, values)


def _plan_key(
    client_id: UUID, zone: str, findings: Findings | None, issue: PlanIssue | None, logs: Sequence[PracticeLog]
) -> tuple[object, ...]:
    """All that the plan on a record is made of."""
    asked = findings and (findings.id, findings.answers_sealed, findings.found_at, findings.therapist.name)
    sent = issue and (issue.id, issue.document_sealed, issue.issued_at, issue.number, issue.therapist.name)
    told = [(log.id, log.answers_sealed, log.told_on, bool(log.call and not log.call.done_at)) for log in logs]
    return client_id, zone, asked, sent, *told


def _check_key(answered: Answered) -> tuple[object, ...]:
    it = answered.check_in
    return it.id, it.answers_sealed, it.answered_at, bool(it.call and not it.call.done_at), answered.taken_down_by


def _override_key(override: PlanOverride) -> tuple[object, ...]:
    return override.id, override.document_sealed, override.made_at, override.therapist.name
