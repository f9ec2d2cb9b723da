"""Sentences of letters and contacts, and a letter's first words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.core.refusals import Refusal
from clinic.core.templating import language
from clinic.notes import wording as notes
from clinic.notes.wording import chart, results
from clinic.referrals.models import Contact
from clinic.referrals.rules import Story, Words

CONTACTS = {
    "gp": _l("GP"),
    "physio": _l("Physiotherapist"),
    "osteopath": _l("Osteopath"),
    "movement": _l("Movement and fitness specialist"),
    "yoga": _l("Yoga teacher"),
    "other": _l("Somebody else"),
}
LETTERS = {
    "referral": _l("Referral"),
    "report": _l("Report on the treatment"),
    "doctor": _l("Asking a doctor to look"),
}
WAYS = {"person": _l("Aloud, in person"), "phone": _l("On the phone"), "writing": _l("In writing")}
PARTS = {
    "reason": _l("Why I am writing"),
    "found": _l("What was found"),
    "done": _l("What was done"),
    "asked": _l("What I ask of you"),
}
SENTENCES: dict[str, LazyString] = {
    "letter_empty": _l("There is nothing in this letter yet. Write a word in at least one part."),
    "letter_to_nobody": _l("Choose to whom it goes before you file it."),
    "letter_filed": _l("This letter is filed and does not change any more. Write another if something is to be added."),
    "letter_changed_meanwhile": _l(
        "This letter was changed on another page since you opened this one. What is kept now stands below; "
        "what you typed here is still in the fields."
    ),
    "letter_not_filed": _l("File the letter first: they agree to the words that are sent."),
    "letter_released": _l("This letter was released already, and what has gone cannot be called back."),
    "letter_without_consent": _l("Write down first that the client agreed to this letter."),
    "letter_consent_withdrawn": _l("The client took their consent back, so this letter stays here."),
}


def sentence(refusal: Refusal) -> str:
    return str(SENTENCES[refusal.code]) % dict(refusal.values)


def contact_line(contact: Contact) -> str:
    """Dr Howe, Hill Surgery (GP)"""
    named = ", ".join(filter(None, (contact.name, contact.practice)))
    return f"{named} ({CONTACTS.get(contact.kind, '')})"


def day(on: date) -> str:
    """12 March 2026"""
    return str(format_date(on, "d MMMM y", locale=language()))


def agreed_to(name: str) -> str:
    """What is asked of a client before a letter goes."""
    return str(_("That %(name)s gets this letter, with all it says.", name=name))


def first_words(kind: str, story: Story, *, client: str, to: str) -> Words:
    """A letter to begin with, from what signed notes say. It names what was told, measured and done, and no illness."""
    return Words(
        kind=kind,
        greeting=_("Dear %(name)s,", name=to) if to else _("Dear colleague,"),
        reason=f"{_seen(story, client)} {_reason(kind)}",
        found="\n\n".join(_found(story)),
        done=_("Treated: %(places)s.", places="; ".join(map(chart.place, story.places))) if story.places else "",
        asked=_asked(kind),
    )


def _seen(story: Story, client: str) -> str:
    if story.first_on is None or story.last_on is None:
        return str(_("%(name)s is a client of our clinic.", name=client))
    if story.visits == 1:
        return str(_("I treated %(name)s with massage on %(day)s.", name=client, day=day(story.first_on)))
    visits = ngettext("%(num)d visit", "%(num)d visits", story.visits)
    first, last = day(story.first_on), day(story.last_on)
    said = {"name": client, "first": first, "last": last, "visits": visits}
    return str(_("I have treated %(name)s with massage since %(first)s: %(visits)s, the last on %(last)s.", **said))


def _reason(kind: str) -> str:
    if kind == "referral":
        return str(_("I would be glad if you would see them."))
    if kind == "report":
        return str(_("This is how it has gone."))
    return str(_("There is something that I would like a doctor to look at."))


def _found(story: Story) -> list[str]:
    """A paragraph each: what they come about, how strong the pain was, and what the therapist saw and measured."""
    about = [
        _("They come about: %(what)s.", what=_told(story)) if story.complaint else "",
        _("Since: %(when)s.", when=story.onset.rstrip(".")) if story.onset else "",
        _("How it began: %(how)s.", how=story.mechanism.rstrip(".")) if story.mechanism else "",
    ]
    said = (" ".join(filter(None, about)), _pain(story), _charted(story), _tested(story), story.objective)
    return list(filter(None, said))


def _told(story: Story) -> str:
    side = str(notes.SIDES.get(story.side, ""))
    return ", ".join(filter(None, (story.complaint.rstrip("."), side)))


def _pain(story: Story) -> str:
    if story.pain_at_last is None:
        return ""
    if story.pain_at_first is None:
        return str(_("They gave their pain on arrival as %(pain)d of 10.", pain=story.pain_at_last))
    said = {"first": story.pain_at_first, "last": story.pain_at_last}
    return str(_("They gave their pain on arrival as %(first)d of 10 at first, and as %(last)d the last time.", **said))


def _charted(story: Story) -> str:
    """Where it hurt at the last visit at which that was asked, a line each."""
    if story.charted is None:
        return ""
    where = map(chart.mark, story.charted.content.marks)
    return "\n".join([_("Where it hurt on %(day)s:", day=day(story.charted.on)), *where])


def _tested(story: Story) -> str:
    """What tests showed at the last visit that had any, a line each."""
    if story.tested is None:
        return ""
    told = results.told(story.tested.content.results, story.tested.tests)
    lines = [f"{one.name}: {'; '.join(f'{label} {value}' for label, value in one.values)}" for one in told]
    return "\n".join([_("Tests on %(day)s:", day=day(story.tested.on)), *lines]) if lines else ""


def _asked(kind: str) -> str:
    if kind == "referral":
        return str(_("Please assess them and treat them as you see fit. I would be glad to hear from you."))
    if kind == "report":
        return str(_("This is for your information. Please write or ring if anything is unclear."))
    return str(_("Please see them about this. I have made no diagnosis, which is not mine to make."))


def paper(
    words: Words,
    *,
    client: str,
    contact: Contact | None,
    sender: Sequence[str],
    clinic: Sequence[str],
    on: date,
) -> Mapping[str, Any]:
    """All that stands on the paper, as it is printed and as it is kept with it. `sender`: who signs, and as what;
    `clinic`: its name, then its address, phone and mail.
    """
    return {
        "lang": "en",
        "region": "GB",
        "title": f"{LETTERS[words.kind]}: {client}",
        "clinic": clinic[0],
        "clinic_lines": list(clinic[1:]),
        "to": [line for line in _address(contact) if line],
        "date": day(on),
        "identity": words.identity,
        "greeting": words.greeting,
        "parts": [[str(head), _paragraphs(text)] for part, head in PARTS.items() if (text := getattr(words, part))],
        "closing": _("Yours sincerely,"),
        "sender": list(sender),
        "foot": _("Confidential: for whom it is addressed to alone"),
        "page": _("Page"),
    }


def _address(contact: Contact | None) -> list[str]:
    return [contact.name, contact.practice, *contact.address.splitlines()] if contact else []


def _paragraphs(text: str) -> list[list[str]]:
    """Each with its lines."""
    return [one.split("\n") for one in text.split("\n\n") if one.strip()]
