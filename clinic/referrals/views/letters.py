"""Letters about a client: begun from the record, and written as long as they are drafts."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db, reads_first, writing
from clinic.core.refusals import Refusal
from clinic.core.times import local
from clinic.notes.queries import signed_notes
from clinic.people.models import Client
from clinic.referrals import operations, queries, wording
from clinic.referrals.forms import LetterForm, NewLetterForm
from clinic.referrals.models import Contact, Letter
from clinic.referrals.rules import Seen, Story, Words, filing_refusals, story_of
from clinic.referrals.views.filed import filed_page
from clinic.referrals.views.page import bp, letter_or_404, own_letter_or_404, themselves
from clinic.referrals.views.papers import print_letter

Answer = str | tuple[str, int] | Response


@bp.get("/clients/<uuid:client_id>/letters")
@therapist
def letters(client_id: UUID) -> str:
    client = their_client(client_id)
    return _list(client, NewLetterForm(formdata=None, data={"kind": "referral"}, contacts=_contacts()))


@bp.post("/clients/<uuid:client_id>/letters")
@therapist
def letter_beginning(client_id: UUID) -> Answer:
    """A draft, with its first words put together from what was signed."""
    client, known = their_client(client_id), {one.id: one for one in _contacts()}
    form = NewLetterForm(contacts=list(known.values()))
    if not form.validate():
        return _list(client, form), 422
    access.reading(f"client:{client.id}")
    contact_id = form.contact_id()
    to = known[contact_id].name if contact_id else ""
    words = wording.first_words(form.kind.data, _story(client.id), client=client.name, to=to)
    ids: dict[str, Any] = {"contact_id": contact_id, "therapist_id": themselves().id}
    begun = operations.begin(db.session, client.id, words, **ids, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("referrals.letter", letter_id=begun.id), 303)


@bp.get("/letters/<uuid:letter_id>")
@therapist
def letter(letter_id: UUID) -> str:
    """The draft to write on; once filed, what it says and how far it has come."""
    found = letter_or_404(letter_id)
    access.reading(f"client:{found.client_id}")
    if found.filed_at:
        return filed_page(found)
    words = queries.written(found).words
    data = {**vars(words), "contact": str(found.contact_id or ""), "revision": found.revision}
    return _page(found, LetterForm(formdata=None, data=data, contacts=_contacts(found.contact)))


@bp.post("/letters/<uuid:letter_id>")
@therapist
def letter_saving(letter_id: UUID) -> Answer:
    found = own_letter_or_404(letter_id)
    form = LetterForm(contacts=_contacts(found.contact))
    if not form.validate():
        access.reading(f"client:{found.client_id}")
        return _page(found, form), 422
    if refused := _save(found, form):
        return _refused(found, form, refused)
    flash(_("Saved."))
    return redirect(url_for("referrals.letter", letter_id=letter_id), 303)


@bp.post("/letters/<uuid:letter_id>/filing")
@reads_first
@therapist
def letter_filing(letter_id: UUID) -> Answer:
    """Keep what is typed, print it while nobody waits, and seal the paper."""
    found = own_letter_or_404(letter_id)
    form = LetterForm(contacts=_contacts(found.contact))
    if not form.validate():
        access.reading(f"client:{found.client_id}")
        return _page(found, form), 422
    db.session.rollback()
    with writing():
        refused = _save(own_letter_or_404(letter_id), form)
    refused = refused or _file(letter_id, form.words(), form.contact_id())
    if refused:
        return _refused(own_letter_or_404(letter_id), form, refused)
    flash(_("Filed. Next: ask the client whether they agree that it goes."))
    return redirect(url_for("referrals.letter", letter_id=letter_id), 303)


@bp.post("/letters/<uuid:letter_id>/removal")
@therapist
def letter_removal(letter_id: UUID) -> Response:
    """Of a draft, for good."""
    found = own_letter_or_404(letter_id)
    client_id = found.client_id
    refused = operations.discard(db.session, found, now=clock.now(), by=access.actor())
    db.session.commit()
    flash(wording.sentence(refused[0]) if refused else _("The draft is gone."))
    return redirect(url_for("referrals.letters", client_id=client_id), 303)


def _save(found: Letter, form: LetterForm) -> list[Refusal]:
    revision, by = form.revision.data or 0, access.actor()
    words, contact_id = form.words(), form.contact_id()
    refused = operations.save(db.session, found, words, contact_id, revision=revision, now=clock.now(), by=by)
    db.session.commit()
    return refused


def _file(letter_id: UUID, words: Words, contact_id: int | None) -> list[Refusal]:
    """Printing takes half a second, so it is done without the lock; the revision says that nothing came in between."""
    if refused := filing_refusals(words, contact_id):
        return refused
    found = own_letter_or_404(letter_id)
    revision, (paper, printed) = found.revision, print_letter(found, words)
    db.session.rollback()
    by, now = access.actor(), clock.now()
    with writing():
        found = own_letter_or_404(letter_id)
        refused = operations.file(db.session, found, paper, printed, revision=revision, now=now, by=by)
        db.session.commit()
    return refused


def _contacts(chosen: Contact | None = None) -> list[Contact]:
    """Whom a letter may go to: all who are there, and who was chosen before they were put away."""
    return [one for one in queries.contacts(db.session) if one.gone_at is None or one is chosen]


def _story(client_id: UUID) -> Story:
    zone = programme_or_404().location.zone
    notes = reversed(signed_notes(db.session, client_id))
    return story_of([Seen(local(note.starts_at, zone).date(), note.content, note.tests) for note in notes])


def _list(client: Client, form: NewLetterForm) -> str:
    access.reading(f"client:{client.id}")
    found = queries.letters_of(db.session, client.id, therapist_id=themselves().id)
    return render_template(
        "referrals/letters.html",
        client=client,
        form=form,
        has_errors=bool(form.errors),
        letters=[(one, queries.written(one)) for one in found],
        kinds=wording.LETTERS,
        zone=programme_or_404().location.zone,
        local=local,
    )


def _refused(found: Letter, form: LetterForm, refused: list[Refusal]) -> Answer:
    access.reading(f"client:{found.client_id}")
    if found.filed_at:
        flash(wording.sentence(refused[0]))
        return redirect(url_for("referrals.letter", letter_id=found.id), 303)
    form.form_errors.extend(map(wording.sentence, refused))
    form.revision.process_data(found.revision)
    form.revision.raw_data = None  # what is there now has been seen, so the next save may go over it
    kept = queries.written(found).words if refused[0].code == "letter_changed_meanwhile" else None
    return _page(found, form, kept=kept), 409


def _page(found: Letter, form: LetterForm, kept: Words | None = None) -> str:
    return render_template(
        "referrals/letter.html",
        letter=found,
        form=form,
        has_errors=bool(form.errors),
        kept=kept,
        parts=wording.PARTS,
    )
