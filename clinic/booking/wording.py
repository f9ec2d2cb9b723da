"""Sentences of booking: for clients, plain and kind."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import get_day_names, get_timezone_name
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from clinic.booking.models import Appointment
from clinic.booking.rules import meant, soon_ends
from clinic.core.refusals import Refusal
from clinic.core.templating import clock_words, day_words
from clinic.intake import wording as intake
from clinic.intake.rules import SafetyRule
from clinic.places.models import Location

AREAS = {
    "low_back": _l("Low back"),
    "hip": _l("Front of the hip"),
    "groin": _l("Groin"),
    "buttock": _l("Buttock"),
    "thigh": _l("Thigh"),
    "neck_shoulders": _l("Neck or shoulders"),
    "elsewhere": _l("Somewhere else"),
}
SIDES = {"left": _l("Left"), "right": _l("Right"), "both": _l("Both sides")}
PARTS = {
    "morning": _l("mornings (before 12)"),
    "afternoon": _l("afternoons (12 to 5)"),
    "evening": _l("evenings (from 5)"),
}
GENDERS = {"woman": _l("A woman"), "man": _l("A man")}
WITH_WHOM = {"woman": _l("with a woman"), "man": _l("with a man")}
BLOCKS = {
    "lunch": _l("Lunch"),
    "meeting": _l("Meeting"),
    "private": _l("Private"),
    "kept_free": _l("Keep free until"),
    "other": _l("Something else"),
}
OF_A_VISIT = {
    "same_twice": _l("That would be the same treatment twice. Choose another second one, or a longer length."),
    "too_long": _l("Together that is longer than one visit can be. Choose a shorter length, or one of them."),
    "no_chaperone": _l("Nobody of ours can be in the room with you for that whole time."),
    "nobody_gives_both": _l("None of us gives both in one visit. Choose another second treatment, or one of them."),
}
OF_WHAT_WAS_TOLD = {
    "doctor_first": _l("Please see your doctor first, as the safety page says."),
    "ring_first": _l("Please ring us first. Then we book it together."),
    "release_ruled_out": _l("From your answers we leave out deep tummy work. Something else will suit you better."),
}
UNQUALIFIED = _l("That therapist is not available for this treatment on that day.")
TASKS = {
    "ring_before_visit": _l("Ring before the visit"),
    "ring_now": _l("Ring now: see the record"),
    "approve_appointment": _l("Say yes or no"),
    "ring_about_plan": _l("Ring about the home plan"),
    "ring_after_check_in": _l("Ring them: they told how they are"),
    "look_at_practice": _l("Look at how the home plan goes"),
    "ask_about_practice": _l("Ask how the home plan goes"),
    "ring_back": _l("Ring back"),
    "move_appointment": _l("Move the appointment: nobody is there then"),
    "replace_therapist": _l("Find another therapist: theirs may not give it then"),
    "book_assessment": _l("Book an assessment before it: it has none any more"),
    "send_form_again": _l("Send the form again"),
    "check_details": _l("Check the details"),
    "renew_qualification": _l("Renew the qualification"),
    "renew_training": _l("Renew the training"),
    "renew_insurance": _l("Renew the insurance"),
    "check_credential": _l("Check a paper"),
    "co_sign_note": _l("Co-sign the note"),
    "ask_about_consent": _l("Speak with them before anything is done"),
}  # what to do, for the day sheet; never why
TODOS = ("ring_back", "send_form_again", "check_details")  # what the staff asks of each other, about a client

STATES = {
    "booked": _l("booked"),
    "confirmed": _l("confirmed"),
    "arrived": _l("arrived"),
    "started": _l("started"),
    "finished": _l("finished"),
    "no_show": _l("did not come"),
    "cancelled": _l("cancelled"),
}
STEPS = {
    "confirmed": _l("They are coming"),
    "arrived": _l("Arrived"),
    "started": _l("Started"),
    "finished": _l("Finished"),
    "no_show": _l("Did not come"),
}
ATTENDING = {
    "missed_already": _l("It is marked that they did not come. Undo that first."),
    "further_already": _l("Their visit has come further already. This is how it stands now."),
    "not_begun_yet": _l("It has not begun yet. If they are not coming, cancel it."),
    "too_early": _l("That is for the day itself."),
    "undone_already": _l("That is undone already."),
    "taken_meanwhile": _l("Its time has been taken meanwhile. Find another time for them."),
    "cancelled_by_client": _l("Its client cancelled it. Book it anew if they want it back."),
    "minutes_unread": _l("Type the minutes as a number from 0 to 180."),
}  # why a visit cannot come to a state, for the staff


def state(code: str) -> str:
    return str(STATES[code])


def step(code: str) -> str:
    return str(STEPS[code])


def done(code: str, name: str) -> str:
    """What the staff just did: "Clara arrived" and so on."""
    words: dict[str, str] = {
        "confirmed": _("%(name)s is coming.", name=name),
        "arrived": _("%(name)s arrived.", name=name),
        "started": _("The visit of %(name)s has started.", name=name),
        "finished": _("The visit of %(name)s is finished.", name=name),
        "no_show": _("%(name)s did not come.", name=name),
        "cancelled": _("The visit of %(name)s is cancelled.", name=name),
        "undone": _("Undone for %(name)s.", name=name),
    }
    return words[code]


def missed(count: int, months: int) -> str:
    """How many visits a client missed or cancelled late, for the staff: "2 missed in 12 months"."""
    return str(_("%(count)s missed in %(months)s months", count=count, months=months))


def in_a_row(names: Iterable[str]) -> str:
    """A treatment's name, or two: Psoas release, then Low back."""
    first, *others = names
    return str(_("%(first)s, then %(second)s", first=first, second=others[0])) if others else first


def treatments(appointment: Appointment) -> str:
    """What an appointment is for, as its client and the staff read it."""
    return in_a_row(one.name for one in appointment.treatments)


def area(code: str | None) -> str:
    return str(AREAS.get(code or "", ""))


def side(code: str | None) -> str:
    return str(SIDES.get(code or "", ""))


def task(code: str) -> str:
    return str(TASKS[code])


def block(kind: str, words: str, *, own: bool) -> str:
    """A block for the diary: "Meeting: the team". The words of a private one are for its therapist alone."""
    names = {**BLOCKS, "kept_free": _("Kept free"), "other": _("Blocked")}
    name = str(names[kind])
    if not words or (kind == "private" and not own):
        return name
    return words if kind == "other" else str(_("%(name)s: %(words)s", name=name, words=words))


def weekly(weeks: int) -> str:
    """How often a block comes."""
    return str(_("Just once") if weeks == 1 else _("Every week, %(n)d times", n=weeks))


def weekday(day: int) -> str:
    """0 is Monday."""
    return str(get_day_names(locale=get_locale())[day])


def weekdays(days: Collection[int]) -> str:
    return ", ".join(weekday(day) for day in days)


def parts(codes: Collection[str]) -> str:
    return ", ".join(str(words) for code, words in PARTS.items() if code in codes)


def with_whom(gender: str | None) -> str:
    return str(WITH_WHOM[gender]) if gender else ""


def whom(names: Iterable[str], gender: str | None) -> str:
    """With whom somebody waits for a time."""
    asked = [", ".join(names), str(GENDERS[gender]) if gender else ""]
    return " · ".join(filter(None, asked)) or str(_("Any therapist"))


def zone(name: str) -> str:
    """What people call a location's time: United Kingdom Time."""
    return str(get_timezone_name(name, width="long", zone_variant="generic", locale=get_locale()))


def where(location: Location, among: Mapping[int, Location]) -> str:
    """The address, for whoever is about to book: by its name among several, with its clock where theirs differ."""
    if len(among) == 1:
        return location.address
    named = ", ".join(filter(None, [location.name, location.address]))
    return named if len({one.zone for one in among.values()}) == 1 else f"{named} ({zone(location.zone)})"


def saved(appointment: Appointment, at: datetime) -> str:
    """How what the staff has changed stands now, on the clock there. No client's name: it lies in the cookie."""
    told = {"day": day_words(at), "time": clock_words(at), "who": appointment.therapist.name}
    return str(_("Saved: %(day)s, %(time)s with %(who)s, %(n)d minutes.", **told, n=appointment.minutes))


def address_doubt(email: str) -> str:
    """What is pointed out about an address before mail is sent there; it stops nobody."""
    if likely := meant(email):
        return str(_("Is your email address right? Did you mean %(meant)s?", meant=likely))
    if soon_ends(email):
        lasts = _("Will you still read mail at this address in a few weeks?")
        return f"{lasts} {_('Your reminders and your plan for home go there.')}"
    return ""


def whose_clock(among: Mapping[int, Location]) -> str:
    """Above a page of times: where they are, and what clock they are on."""
    first, zones = next(iter(among.values())), {one.zone for one in among.values()}
    if len(among) == 1:
        return str(_("Times are for %(place)s, in %(zone)s.", place=first.name, zone=zone(first.zone)))
    if len(zones) == 1:
        return str(_("Each time says where it is. Times are in %(zone)s.", zone=zone(first.zone)))
    return str(_("Each time says where it is, and is on the clock there."))


@dataclass(frozen=True)
class Told:
    """What a client told when booking, and what that decided, for their therapist alone."""

    where: str
    word: str
    decision: str
    reasons: tuple[str, ...]


def told(appointment: Appointment, rules: Sequence[SafetyRule]) -> Told:
    decided = appointment.screening.decision(rules) if appointment.screening else None
    return Told(
        " · ".join(filter(None, (area(appointment.area), side(appointment.side)))),
        appointment.word or "",
        str(intake.decision(decided)) if decided else "",
        intake.reasons(rules, decided) if decided else (),
    )


def sentence(refusal: Refusal) -> str:
    """Why a time cannot be booked, for the client. Qualifications are the clinic's business, not theirs."""
    sentences: dict[str, str] = {
        "not_offered": _("That is not offered any more."),
        "past": _("That time is in the past."),
        "too_soon": _("That time is too soon to book online. Call us, and we will see what we can do."),
        "too_far": _("That time is further ahead than we book online."),
        "outside_hours": _("We are not open for that whole time."),
        "off_grid": _("Appointments do not start at that minute."),
        "therapist_taken": _("Somebody else has just taken that time."),
        "client_taken": _("You have another appointment at that time."),
        "most_a_day": _("That day is full for this treatment. Another day has more room."),
        "deep_enough": _("That day already holds as much deep work as one pair of hands should give."),
        "releases_apart": _("That is too close to another release; hands need a rest in between."),
        "not_packed": _("That time is not offered any more. Please choose one of these."),
        "client_day_full": _("You have as many appointments on that day as we book online."),
        "assessment_first": _("An assessment comes first."),
        "no_room": _("All our rooms are taken at that time."),
        "screening_needed": _("Answer the safety page first, please."),
        "already_booked": _("You have already booked this. Here is your appointment."),
        "offer_ended": _("This time is not kept for you any more."),
        "already_begun": _("It has already begun. Please call us."),
        "client_merged": _("Your appointments have just been put together. Please choose once more."),
        "cancelled_already": _("This appointment is cancelled."),
        "change_too_late": _(
            "It is less than %(hours)s hours until your appointment, too late to move it online.",
            hours=refusal.values.get("hours", ""),
        ),
        "moved_enough": _(
            "You have moved it %(most)s times already, so let us find a time together.",
            most=refusal.values.get("most", ""),
        ),
    }
    sentences |= {code: str(words) for code, words in {**OF_A_VISIT, **OF_WHAT_WAS_TOLD}.items()}
    return sentences.get(refusal.code, str(UNQUALIFIED))


def staff_sentence(refusal: Refusal) -> str:
    """The same for the staff, who read the reason itself."""
    sentences: dict[str, str] = {
        "past": _("That time is over."),
        "outside_hours": absence(refusal.values) or _("They do not work for that whole time."),
        "therapist_taken": _("They have another appointment then."),
        "rest_short": _("There is no room for rest, cleaning or preparation around it."),
        "blocked": _("That time is blocked."),
        "no_chaperone": _("Nobody can be the chaperone for that whole time."),
        "client_taken": _("The client has another appointment then."),
        "client_day_full": _("The client has as many appointments on that day as you allow."),
        "assessment_first": _("An assessment comes first: they have had none, or too long ago."),
        "no_room": _("No room that is in use and fit for this is free then."),
        "not_offered": _("That is not offered."),
        "changed_meanwhile": _("Somebody has changed this appointment meanwhile. This is how it stands now."),
        "moved_meanwhile": _("It has been moved meanwhile. Look at its new time, then say yes or no."),
        "screening_needed": _("The safety questions come first."),
        "doctor_first": _("From their answers they see a doctor first."),
        "ring_first": _("Nothing is booked yet. Ask the therapist, who speaks with them first."),
        "release_ruled_out": _("From their answers deep tummy work is left out. Offer the other treatment."),
        "already_begun": _("It has already begun."),
        "block_changed": _("Somebody has changed this meanwhile. This is how it stands now."),
        "not_theirs": _("Ask reception to give it to somebody else."),
        "client_merged": _("This client has just been joined with another. Look them up again."),
    }
    return sentences.get(refusal.code) or str(ATTENDING.get(refusal.code) or sentence(refusal))


def heeded(first_name: str, instead: str, *, rings: bool, at_once: bool) -> str:
    """What became of a visit when something was told, for its client. `instead`: what it is now; empty where it stays
    what it was.
    """
    if at_once:
        return str(_("Please ring us before you come. %(name)s talks it over with you.", name=first_name))
    told = (
        [
            _(
                "We leave out deep tummy work for you. %(name)s can do “%(treatment)s” at the same time.",
                name=first_name,
                treatment=instead,
            )
        ]
        if instead
        else []
    )
    calls = [_("%(name)s will ring you before your visit.", name=first_name)] if rings else []
    return " ".join([*told, *calls])


def absence(values: Mapping[str, str]) -> str:
    """Why nobody is there who might be, for the staff: "Ana is away then."; empty where hours alone say it."""
    if "closed" in values:
        return str(_("Closed: %(words)s.", words=values["closed"]) if values["closed"] else _("The clinic is closed."))
    return str(_("%(name)s is away then.", name=values["away"])) if "away" in values else ""
