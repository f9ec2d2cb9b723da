"""The pages of phrases, for a therapist's own and for the clinic's: the same, but for whose they are."""

from dataclasses import dataclass
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.db import db
from clinic.notes.forms.phrases import PhraseForm
from clinic.notes.models import Phrase
from clinic.notes.operations.phrases import keep_phrase, remove_phrase
from clinic.notes.queries.words import all_formats, phrases_of

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Shelf:
    """Whose phrases they are, None for the clinic's, and the blueprint that has their pages."""

    therapist_id: int | None
    at: str

    def page(self, form: PhraseForm | None = None) -> str:
        """All of them, and a form for one more."""
        formats = all_formats(db.session)
        blank = PhraseForm(formdata=None, formats=formats)
        return render_template(
            "notes/phrases.html",
            shelf=self,
            phrases=phrases_of(db.session, self.therapist_id),
            clinics=phrases_of(db.session, None) if self.therapist_id else [],
            parts={part.id: part.label for one in formats.values() for part in one.parts},
            form=form or blank,
            has_errors=bool(form and form.errors),
        )

    def one(self, phrase_id: UUID) -> str:
        found = self._load(phrase_id)
        return self._page_of(found, PhraseForm.showing(found, all_formats(db.session)))

    def keep(self, phrase_id: UUID | None = None) -> Answer:
        """What was typed as a new phrase, or as other words of this one."""
        found = self._load(phrase_id) if phrase_id else None
        others = phrases_of(db.session, self.therapist_id)
        taken = {one.shortcut for one in others if one.shortcut and one is not found}
        form = PhraseForm(formats=all_formats(db.session), taken=taken)
        if not form.validate():
            return (self._page_of(found, form) if found else self.page(form)), 422
        by, now = access.actor(), clock.now()
        keep_phrase(db.session, found, form.said(), therapist_id=self.therapist_id, now=now, by=by)
        return self._done(_("Saved."))

    def remove(self, phrase_id: UUID) -> Response:
        remove_phrase(db.session, self._load(phrase_id), now=clock.now(), by=access.actor())
        return self._done(_("Removed. Notes that were written with it stay as they are."))

    def _load(self, phrase_id: UUID) -> Phrase:
        found = db.session.get(Phrase, phrase_id)
        return found if found and found.therapist_id == self.therapist_id else abort(404)

    def _page_of(self, found: Phrase, form: PhraseForm) -> str:
        has_errors = bool(form.errors)
        return render_template("notes/phrase.html", shelf=self, phrase=found, form=form, has_errors=has_errors)

    def _done(self, words: str) -> Response:
        db.session.commit()
        flash(words)
        return redirect(url_for(f"{self.at}.phrases"), 303)
