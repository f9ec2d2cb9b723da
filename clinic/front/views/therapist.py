"""A therapist's own page, for anybody: words and photo, what they can be booked for, and what has been checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, make_response, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from clinic.booking import queries
from clinic.booking.offered import ListedTherapist, OfferedTreatment
from clinic.booking.programme import Programme
from clinic.booking.views.choice import Choice
from clinic.booking.views.kept import kept
from clinic.booking.views.page import programme_or_404
from clinic.booking.views.tiles import Tile, tile
from clinic.core import access, clock
from clinic.core.access import public
from clinic.core.db import db
from clinic.front.views.page import bp
from clinic.front.wording import GENDERS, credential_words, languages
from clinic.people.models import Portrait, Therapist
from clinic.qualifications.queries import Entry, register_of
from clinic.qualifications.rules import GOOD

SHOWN = 3
SIDE = 480  # pixels: the longest a photo is kept and shown


@dataclass(frozen=True)
class Words:
    """What a therapist says of themself, kept already or not yet."""

    about: str
    profile_words: str
    languages: Sequence[str]
    gender: str | None

    @property
    def paragraphs(self) -> list[str]:
        """An empty line begins another."""
        return [words for words in self.profile_words.split("\n\n") if words.strip()]


@dataclass(frozen=True)
class Times:
    """The next free times of one treatment."""

    chosen: Choice
    tiles: list[Tile]


@bp.get("/therapists/<slug>")
@public
@kept
def therapist(slug: str) -> str:
    """One of the listed; whoever is not listed is nobody."""
    known = programme_or_404()
    listed = known.therapist(slug) or abort(404)
    row = db.session.get(Therapist, listed.id) or abort(404)
    return page_of(known, listed, Words(row.about, row.profile_words, row.languages, row.gender))


@bp.get("/therapists/<slug>/photo")
@public
def photo(slug: str) -> Response:
    """The same for as long as its address is the same: that names its digest."""
    found = db.session.execute(
        select(Portrait, Therapist).join(Therapist, Therapist.id == Portrait.therapist_id).where(Therapist.slug == slug)
    ).one_or_none()
    if found is None or not (found.Therapist.listed or _may_change(found.Therapist)):
        abort(404)
    answer = make_response(found.Portrait.jpeg)
    answer.mimetype = "image/jpeg"
    answer.set_etag(found.Portrait.digest)
    named = request.args.get("v") == found.Portrait.digest and found.Therapist.listed
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "private, no-cache"
    return answer.make_conditional(request)


def page_of(known: Programme, listed: ListedTherapist, words: Words, *, preview: bool = False) -> str:
    """Their page with these words. Whoever is not listed can be booked for nothing."""
    now = clock.now()
    today = queries.today_at(known, now)
    able = listed in known.therapists
    given = [one for one in known.treatments if able and known.may_give(listed, one, today)]
    return render_template(
        "front/therapist.html",
        therapist=listed,
        words=words,
        genders=GENDERS,
        languages=languages(words.languages),
        photo=photo_address(listed.id, listed.slug),
        side=SIDE,
        given=[(one, _times_href(one, listed)) for one in given],
        next_times=_next_times(known, listed, given, today),
        checked=[credential_words(one) for one in register_of(db.session, listed.id, now) if _is_shown(one)],
        location=known.location,
        preview=preview,
    )


def photo_address(therapist_id: int, slug: str) -> str:
    """Empty where there is no photo."""
    digest = db.session.scalar(select(Portrait.digest).where(Portrait.therapist_id == therapist_id))
    return url_for("front.photo", slug=slug, v=digest) if digest else ""


def _is_shown(entry: Entry) -> bool:
    return entry.state in GOOD and entry.row.shown


def _times_href(treatment: OfferedTreatment, listed: ListedTherapist) -> str:
    return url_for("booking.times", slug=treatment.slug, therapist=listed.slug)


def _next_times(known: Programme, listed: ListedTherapist, given: list[OfferedTreatment], today: date) -> Times | None:
    """Of what takes them least time: two weeks in one look, further only if needed."""
    if not given:
        return None
    shortest = min(given, key=lambda one: one.usual.minutes)
    chosen = Choice(known, shortest, shortest.usual)
    for days in (queries.PAGE_DAYS, shortest.horizon_days + 1):
        look = queries.search(db.session, known, first=today, days=days, now=chosen.now, to_the_minute=True)
        slots = look.slots(shortest, shortest.usual.minutes, listed)[:SHOWN]
        if len(slots) == SHOWN:
            break
    return Times(chosen, [tile(slot, chosen, on_day=False) for slot in slots])


def _may_change(row: Therapist) -> bool:
    """Whoever makes the page sees its photo before anybody else does."""
    account = access.signed_in()
    return bool(account and (account.role == "owner" or account.id == row.account_id))
