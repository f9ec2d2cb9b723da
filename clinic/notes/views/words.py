"""What the page of a note offers for its words: formats, chips, shortcuts, and what can be copied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from babel.dates import format_date
from flask import request

from clinic.booking.models import Appointment
from clinic.core.db import db
from clinic.core.templating import language
from clinic.core.times import local
from clinic.notes import queries, rules
from clinic.notes.catalogue.formats import USUAL, shipped, shipped_chips
from clinic.notes.forms import NoteForm, note_form
from clinic.notes.models import NoteDraft, Phrase
from clinic.notes.queries import SignedNote
from clinic.notes.queries.words import Source, all_formats, phrases_for, sources_of
from clinic.notes.rules import Content


@dataclass(frozen=True)
class Copy:
    """What a part can be copied from: its words, the mark they leave, and the day of that visit (7 Nov)."""

    words: str
    mark: str
    day: str


def showing(appointment: Appointment, draft: NoteDraft | None, content: Content) -> NoteForm:
    """A new page of this note; of one that is not begun, in the format its therapist likes."""
    formats = all_formats(db.session)
    if draft is None:
        content = rules.begun_in(content, formats, appointment.therapist.note_format)
    form = note_form(rules.format_in(formats, content)).showing(content, draft.revision if draft else 0)
    form.offer(formats)
    return form


def typed() -> NoteForm:
    """What was typed, in the format its page was made in."""
    formats = all_formats(db.session)
    made_in = rules.format_named(formats, request.form.get("format", "")) or shipped()[USUAL]
    form = note_form(made_in)()
    form.offer(formats)
    return form


def after_button(form: NoteForm, appointment: Appointment) -> Content:
    """What the page says once its button did its work: another format, or a part copied from the note before."""
    content = form.content()
    if form.turn.data:
        return form.turned(content)
    if part := form.copy.data:
        found = _sources(appointment, form, queries.signed_notes(db.session, appointment.client_id))
        return rules.copied_into(content, part, found[part].words) if part in found else content
    return content


def offered(appointment: Appointment, form: NoteForm, notes: Sequence[SignedNote], zone: str) -> dict[str, Any]:
    """For the page's parts: what can be copied, tapped and typed short. `notes`: all of this client's."""
    phrases = phrases_for(db.session, appointment.therapist_id)
    return {
        "sources": {part: _copy(part, one, zone) for part, one in _sources(appointment, form, notes).items()},
        "format_of": partial(rules.format_in, form.formats),
        "copied": form.content().copied,
        "copy_mark": rules.copy_mark,
        "chips": {part.id: _chips(part.id, phrases) for part in form.note_format.parts},
        "shortcuts": {one.shortcut: one.words for one in reversed(phrases) if one.shortcut},
    }


def _copy(part: str, source: Source, zone: str) -> Copy:
    day = format_date(local(source.starts_at, zone), "d MMM", locale=language())
    return Copy(source.words, rules.copy_mark(part, source.words), str(day))


def _sources(appointment: Appointment, form: NoteForm, notes: Sequence[SignedNote]) -> dict[str, Source]:
    """What each part can be copied from: the visits before this one."""
    earlier = [one for one in notes if one.starts_at < appointment.starts_at]
    return sources_of(earlier, [part.id for part in form.note_format.parts], form.content().episode)


def _chips(part: str, phrases: Iterable[Phrase]) -> list[str]:
    """Their own, the clinic's, and those of the product; each once."""
    words = [one.words or "" for one in phrases if one.part == part]
    return list({one.casefold(): one for one in reversed([*words, *shipped_chips().get(part, ())])}.values())[::-1]
