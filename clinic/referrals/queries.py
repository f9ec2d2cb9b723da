"""Reads for the pages of letters and contacts."""

import json
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, lazyload

from clinic.core.db import AnySession
from clinic.people.models import Client, Therapist
from clinic.referrals.models import Contact, Letter
from clinic.referrals.rules import Written


def contacts(session: AnySession) -> Sequence[Contact]:
    """All of the directory by name, also those whom nobody is sent to any more."""
    return session.scalars(CONTACTS).all()


def letters_of(session: AnySession, client_id: UUID, *, therapist_id: int) -> Sequence[Letter]:
    """A client's letters, the latest first; drafts only to whom they belong."""
    return session.scalars(LETTERS_OF, {"client_id": client_id, "therapist_id": therapist_id}).all()


def letter(session: AnySession, letter_id: UUID) -> Letter | None:
    return session.scalar(LETTER, {"id": letter_id})


def written(letter: Letter) -> Written:
    """What is sealed of it, but for its paper."""
    return Written.from_kept(json.loads(letter.content or "{}"))


PEOPLE = (
    joinedload(Letter.contact),
    joinedload(Letter.therapist).load_only(Therapist.name, Therapist.account_id).options(lazyload("*")),
    joinedload(Letter.client).load_only(Client.name).options(lazyload("*")),
)
CONTACTS = select(Contact).order_by(Contact.name, Contact.id)
LETTERS_OF = (
    select(Letter)
    .where(
        Letter.client_id == bindparam("client_id"),
        Letter.filed_at.is_not(None) | (Letter.therapist_id == bindparam("therapist_id")),
    )
    .options(*PEOPLE)
    .order_by(Letter.saved_at.desc(), Letter.id)
)
LETTER = select(Letter).where(Letter.id == bindparam("id")).options(*PEOPLE)
