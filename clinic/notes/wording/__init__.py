"""Sentences of treatment notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from clinic.core.refusals import Refusal
from clinic.health import wording as health
from clinic.notes.catalogue.formats import USUAL, shipped
from clinic.notes.wording import chart as chart
from clinic.notes.wording import episodes as episodes
from clinic.notes.wording import events as events
from clinic.notes.wording import injuries as injuries
from clinic.notes.wording import results as results
from clinic.notes.wording import signing as signing

SOAP = shipped()[USUAL]
SIDES = {"left": _l("left"), "right": _l("right")}
SENTENCES: dict[str, LazyString] = {
    "note_signed": _l("This note is signed already. Write an amendment beside it."),
    "note_not_signed": _l("Sign the note first. Until then you can simply change it."),
    "note_changed_meanwhile": _l(
        "This note was changed on another page since you opened this one. What is kept now stands beside; "
        "what you typed here is still in the fields."
    ),
    "note_of_cancelled": _l(
        "This appointment was cancelled, so there is no treatment to sign for. Your draft is kept."
    ),
    "note_too_early": _l("This appointment has not begun yet. Your draft is kept: sign it after the treatment."),
    "note_empty": _l("There is nothing to sign yet. Write a word in at least one of its parts."),
    "consent_lacking": _l(
        "The consent to this release does not hold, so its note cannot be signed. Your draft is kept: "
        "sign the consent together first."
    ),
    "release_place_missing": _l(
        "Say where the release was done, and on which side, on the body chart. Your draft is kept."
    ),
    "note_not_awaiting": _l("This note does not wait for your signature."),
    "consent_not_asked_again": _l(
        "Ask once more aloud, and press “They said yes, asked aloud” once they agreed. Your draft is kept."
    ),
    "attachments_closed": _l(
        "This note is signed: no photo or paper is added to it or taken away any more. You can write an amendment."
    ),
    "attachments_full": _l("A visit keeps %(most)d photos and papers. Take one away before you add another."),
    "measures_too_late": _l("Thank you. It is too late to send this now: tell your therapist when you see them."),
    **health.SIGNING,
    **results.SENTENCES,
}

WHILE_TYPING = {
    **SENTENCES,
    "note_changed_meanwhile": _l("Not saved: this note was changed on another page. Press Save draft to see both."),
}


def sentence(refusal: Refusal) -> str:
    return str(SENTENCES[refusal.code]) % _in_words(refusal.values)


def while_typing(refusal: Refusal) -> str:
    """The same beside the fields, where nothing else of the page changes."""
    return str(WHILE_TYPING[refusal.code]) % dict(refusal.values)


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a sentence needs; `on` is a side."""
    return {**values, **({"on": results.side_words(values["on"])} if "on" in values else {})}


def saved(at: str, left_out: Sequence[str] = ()) -> str:
    """What the line beside the buttons says; with what could not be read."""
    if left_out:
        return str(gettext("Saved %(time)s, but for this: %(what)s", time=at, what=" ".join(left_out)))
    return str(gettext("Saved %(time)s", time=at))
