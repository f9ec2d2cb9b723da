"""What was agreed to, and which words hold: for pages, in a number of statements that does not grow."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from clinic.booking.models import Appointment, Cancellation
from clinic.consent.catalogue import shipped
from clinic.consent.models import Consent, ConsentText, ConsentWithdrawal
from clinic.consent.rules import Asked, Signed, Version, consent_state, digest_of, together
from clinic.core.db import AnySession
from clinic.people.models import Client, Therapist
from clinic.people.queries import same_person
from clinic.treatments.models import Treatment


@dataclass(frozen=True)
class Words:
    """The words that hold for a treatment. `number` is empty while they are the product's own, and unsigned."""

    elements: Mapping[str, str]
    language: str
    digest: str
    number: int | None = None
    approved_by: str = ""


def words_for(session: AnySession, treatment: Treatment) -> Words:
    """What somebody agrees to today who comes for this treatment."""
    found = latest_text(session, treatment.id)
    if found:
        return Words(found.elements, found.language, found.digest, found.number, found.approved_by)
    text = shipped(is_release=treatment.is_release)
    return Words(text.elements, text.language, digest_of(text.elements, text.language))


def latest_text(session: AnySession, treatment_id: int) -> ConsentText | None:
    return session.scalars(TEXTS_OF_ONE, {"treatment_id": treatment_id}).first()


def texts_of(session: AnySession, treatment_id: int) -> Sequence[ConsentText]:
    """All versions of a treatment's text, the latest first."""
    return session.scalars(TEXTS_OF_ONE, {"treatment_id": treatment_id}).all()


def consent_states(session: AnySession, appointments: Collection[Appointment]) -> dict[UUID, str]:
    """How the consent to each of these visits stands, by appointment; of two treatments, the one that lacks more.
    Two statements, however many they are.
    """
    return {visit: together(list(of.values())) for visit, of in states_by_treatment(session, appointments).items()}


def release_consent(session: AnySession, appointment: Appointment) -> str:
    """How the consent to the release of a visit stands; `valid` where none is given in it."""
    releases = {one.id for one in appointment.treatments if one.is_release}
    if not releases:
        return together(())
    states = states_by_treatment(session, [appointment])[appointment.id]
    return together([state for treatment_id, state in states.items() if treatment_id in releases])


def states_by_treatment(session: AnySession, appointments: Collection[Appointment]) -> dict[UUID, dict[int, str]]:
    """The same for each treatment of each visit, by treatment."""
    wanted = [(one, treatment) for one in appointments for treatment in one.treatments]
    versions = _versions(session, {treatment.id for _, treatment in wanted})
    signed = _signed(session, {one.client_id for one, _ in wanted})
    states: dict[UUID, dict[int, str]] = defaultdict(dict)
    for one, treatment in wanted:
        text = shipped(is_release=treatment.is_release)
        states[one.id][treatment.id] = consent_state(
            _asked(one, treatment),
            signed[one.client_id],
            versions[treatment.id],
            digest_of(text.elements, text.language),
        )
    return states


def consents_of(session: AnySession, client_id: UUID) -> Sequence[Consent]:
    """All that a client signed, the latest first; also what those signed who were merged into them."""
    return session.scalars(CONSENTS_OF_ONE, {"client_id": client_id}).all()


def consent_of(session: AnySession, client_id: UUID, consent_id: UUID) -> Consent | None:
    """One of them."""
    return next((one for one in consents_of(session, client_id) if one.id == consent_id), None)


def document_of(consent: Consent) -> Any:
    """Who signed, how, where and before whom."""
    return json.loads(consent.document or "{}")


def visits_of(session: AnySession, client_id: UUID, after: datetime) -> Sequence[Appointment]:
    """A client's standing visits that are not over, the next first, with treatments and therapist."""
    return session.scalars(VISITS_TO_COME, {"client_id": client_id, "after": after}).all()


def treatments_of(session: AnySession, ids: Iterable[int]) -> dict[int, Treatment]:
    found = session.scalars(TREATMENTS, {"ids": list(ids)})
    return {one.id: one for one in found}


def _asked(one: Appointment, treatment: Treatment) -> Asked:
    visit = one.id, treatment.id, treatment.is_release, treatment.consent_each_visit
    return Asked(*visit, starts_at=one.starts_at, ends_at=one.ends_at)


def _versions(session: AnySession, treatment_ids: Collection[int]) -> dict[int, list[Version]]:
    found: dict[int, list[Version]] = defaultdict(list)
    for treatment_id, number, digest, made_at in session.execute(VERSIONS, {"ids": list(treatment_ids)}):
        found[treatment_id].append(Version(number, digest, made_at))
    return found


def _signed(session: AnySession, client_ids: Collection[UUID]) -> dict[UUID, list[Signed]]:
    found: dict[UUID, list[Signed]] = defaultdict(list)
    for client_id, treatment_id, digest, visit, at, withdrawn_at in session.execute(SIGNED, {"ids": list(client_ids)}):
        found[client_id].append(Signed(treatment_id, digest, visit, at, withdrawn_at))
    return found


# Built once: putting these together takes longer than the database takes to answer.
TEXTS_OF_ONE = (
    select(ConsentText).where(ConsentText.treatment_id == bindparam("treatment_id")).order_by(ConsentText.number.desc())
)
VERSIONS = select(ConsentText.treatment_id, ConsentText.number, ConsentText.digest, ConsentText.made_at).where(
    ConsentText.treatment_id.in_(bindparam("ids", expanding=True))
)
PERSON = func.coalesce(Client.merged_into_id, Client.id)
SIGNED = (
    select(
        PERSON,
        ConsentText.treatment_id,
        ConsentText.digest,
        Consent.appointment_id,
        Consent.signed_at,
        ConsentWithdrawal.at,
    )
    .join(ConsentText, ConsentText.id == Consent.text_id)
    .join(Client, Client.id == Consent.client_id)
    .outerjoin(ConsentWithdrawal, ConsentWithdrawal.consent_id == Consent.id)
    .where(or_(*(one.in_(bindparam("ids", expanding=True)) for one in (Client.id, Client.merged_into_id))))
)
CONSENTS_OF_ONE = (
    select(Consent)
    .where(Consent.client_id.in_(same_person(bindparam("client_id", type_=Consent.client_id.type))))
    .options(joinedload(Consent.text), joinedload(Consent.withdrawal))
    .order_by(Consent.signed_at.desc(), Consent.id)
)
VISITS_TO_COME = (
    select(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Appointment.client_id.in_(same_person(bindparam("client_id", type_=Consent.client_id.type))),
        Appointment.ends_at > bindparam("after"),
        Cancellation.appointment_id.is_(None),
    )
    .options(
        joinedload(Appointment.treatment),
        joinedload(Appointment.second_treatment),
        joinedload(Appointment.therapist).joinedload(Therapist.account),
        joinedload(Appointment.room),
        joinedload(Appointment.client),
    )
    .order_by(Appointment.starts_at, Appointment.id)
)
TREATMENTS = select(Treatment).where(Treatment.id.in_(bindparam("ids", expanding=True)))
