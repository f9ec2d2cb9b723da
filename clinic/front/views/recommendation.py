"""“Whom do you recommend?” What is said is answered and forgotten: no record, no cookie, nothing in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from sqlalchemy import select

from clinic.booking import queries
from clinic.booking.offered import ListedTherapist
from clinic.booking.programme import Programme
from clinic.booking.queries import Search, Slot
from clinic.booking.rules import Narrowing
from clinic.booking.views.choice import Choice
from clinic.booking.views.page import programme_or_404
from clinic.booking.views.tiles import Tile, tile
from clinic.core import clock
from clinic.core.access import public
from clinic.core.db import db, reads_first
from clinic.core.forms import without_token
from clinic.front.forms import RecommendationForm
from clinic.front.rules import Known, Pick, Told, recommend
from clinic.front.views.page import bp
from clinic.front.wording import ADVICE, languages, places, reason
from clinic.intake import wording as intake
from clinic.intake.rules import PAGE, decide_by
from clinic.people.models import Therapist
from clinic.qualifications.wording import checks


@dataclass(frozen=True)
class Wish:
    """With whom, where and when somebody would rather come."""

    gender: str
    language: str
    location: str
    part: str

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(parts=(self.part,) if self.part else ())

    def fits(self, one: ListedTherapist, spoken: Sequence[str]) -> bool:
        return self.gender in {"", one.gender} and (not self.language or self.language in spoken)


@dataclass(frozen=True)
class Way:
    """Somebody who may give it, with what was checked of them and their next time."""

    therapist: ListedTherapist
    checks: list[str]
    tiles: list[Tile]


@dataclass(frozen=True)
class Suggested:
    """A treatment with the reason for it, and who gives it."""

    chosen: Choice
    reason: str
    ways: list[Way]


NO_WISH = Wish("", "", "", "")


@bp.get("/recommendation")
@public
def recommendation() -> str:
    known = programme_or_404()
    return _page(known, _form(known, formdata=None))


@bp.post("/recommendation")
@without_token
@reads_first
@public
def recommendation_given() -> str | tuple[str, int]:
    """An emergency is answered at once, whatever else is blank or wrong; "see a doctor" as soon as it is certain."""
    known = programme_or_404()
    form = _form(known)
    told, again = form.told(), url_for("front.recommendation")
    numbers = intake.numbers(known.clinic.country)
    decided = decide_by(known.safety, told.ticks, deep=True)
    if emergency := decided.emergency:
        return render_template("booking/emergency.html", emergency=emergency, numbers=numbers, again=again)
    fine = form.validate()
    if decided.refer and not any(form[group].errors for group in PAGE):
        return render_template(
            "booking/doctor_first.html",
            numbers=numbers,
            asked=intake.ticked(known.safety, decided.reasons),
            today=queries.today_at(known, clock.now()),
            location=known.location,
            again=again,
        )
    return _answer(known, form) if fine else (_page(known, form, has_errors=True), 422)


def _answer(known: Programme, form: RecommendationForm) -> str:
    """Whoever nobody suits is shown everybody, and told so."""
    told = form.told()
    wish = Wish(*map(form.one, ("gender", "language", "location", "part")))
    found = recommend(told, decide_by(known.safety, told.ticks, deep=True), _facts(known))
    suggested = _suggested(known, told, found.picks, wish)
    in_vain = bool(found.picks and not suggested and wish != NO_WISH)
    return render_template(
        "front/recommended.html",
        said=places(told, form.one("side")),
        suggested=_suggested(known, told, found.picks, NO_WISH) if in_vain else suggested,
        in_vain=in_vain,
        advice=[ADVICE[code] for code in found.advice],
        again=url_for("front.recommendation"),
    )


def _facts(known: Programme) -> list[Known]:
    slugs = {one.id: one.slug for one in known.treatments}
    return [
        Known(
            one.slug,
            f"{one.name}: {one.words}",
            one.is_release,
            one.needs.training,
            slugs.get(one.assessment_id or 0),
            slugs.get(one.alternative_id or 0),
        )
        for one in known.treatments
    ]


def _suggested(known: Programme, told: Told, picks: Sequence[Pick], wish: Wish) -> list[Suggested]:
    """Those that somebody may give today who suits, each with who that is."""
    now = clock.now()
    today, spoken = queries.today_at(known, now), _spoken()
    chosen = [(_choice(known, pick.slug), pick) for pick in picks]
    whom = [one for one in known.therapists if wish.fits(one, spoken.get(one.id, ()))]
    far = max((choice.treatment.horizon_days for choice, _pick in chosen), default=0) + 1
    looks = [queries.search(db.session, known, first=today, days=days, now=now) for days in (queries.PAGE_DAYS, far)]
    found = [
        Suggested(choice, reason(pick.why, told), _ways(looks, choice, whom, wish, today)) for choice, pick in chosen
    ]
    return [one for one in found if one.ways]


def _choice(known: Programme, slug: str) -> Choice:
    treatment = known.treatment(slug)
    assert treatment is not None  # only what is offered is picked
    return Choice(known, treatment, treatment.usual)


def _ways(looks: list[Search], chosen: Choice, whom: list[ListedTherapist], wish: Wish, today: date) -> list[Way]:
    known = chosen.programme
    able = [one for one in whom if known.may_give(one, chosen.treatment, today)]
    ways = [(one, _first_time(looks, chosen, one, wish)) for one in able]
    return [
        Way(one, checks(one.held, today), [tile(slot, chosen, on_day=False)] if slot else [])
        for one, slot in ways
        if slot or not (wish.part or wish.location)
    ]


def _first_time(looks: list[Search], chosen: Choice, one: ListedTherapist, wish: Wish) -> Slot | None:
    """In the next two weeks, else as far as it is booked ahead."""
    for look in looks:
        slots = look.slots(chosen.treatment, chosen.length.minutes, one, wish.narrowing)
        if found := next((slot for slot in slots if wish.location in {"", str(slot.location_id)}), None):
            return found
    return None


def _spoken() -> dict[int, list[str]]:
    """The languages each listed therapist treats in."""
    rows = db.session.scalars(select(Therapist).where(Therapist.listed))
    return {one.id: one.languages for one in rows}


def _form(known: Programme, **more: object) -> RecommendationForm:
    codes = sorted({code for spoken in _spoken().values() for code in spoken})
    locations = {str(key): one.name for key, one in known.locations.items()}
    return RecommendationForm(rules=known.safety, languages=languages(codes), locations=locations, **more)


def _page(known: Programme, form: RecommendationForm, *, has_errors: bool = False) -> str:
    return render_template(
        "front/recommendation.html",
        form=form,
        has_errors=has_errors,
        questions=intake.questions(known.safety),
        numbers=intake.numbers(known.clinic.country),
    )
