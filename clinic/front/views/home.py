"""The clinic's home page, and the page that tells a machine whether the clinic is well."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from flask import Response, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import text

from clinic.booking import queries
from clinic.booking.offered import ListedTherapist, OfferedTreatment
from clinic.booking.programme import Programme, programme
from clinic.booking.queries import Search
from clinic.booking.views.choice import Choice
from clinic.booking.views.kept import kept
from clinic.booking.views.page import programme_or_404
from clinic.booking.views.tiles import Tile, tile
from clinic.core import clock
from clinic.core.access import public
from clinic.core.db import db
from clinic.drawings import draw, pictures_of
from clinic.front.views.page import bp
from clinic.places.privacy import privacy_words
from clinic.qualifications.wording import checks

SHOWN = 3
LENGTHS = (30, 60, 90)


@dataclass(frozen=True)
class Offer:
    """A treatment on the home page, with its next free times."""

    chosen: Choice
    tiles: list[Tile]

    @property
    def all_times(self) -> str:
        """A release begins with its safety page."""
        return self.chosen.href("screening" if self.chosen.treatment.is_release else "times")


@bp.get("/")
@public
@kept
def home() -> str | tuple[str, int]:
    """`minutes` narrows to what can be done in that time."""
    known = programme(db.session)
    if known is None or not (known.locations and known.treatments):
        return render_template("front/not_set_up.html"), 200
    return home_page(known, _asked_minutes())


def home_page(known: Programme, minutes: int | None = None, template: str = "front/home.html", **more: object) -> str:
    """The home page of this programme; in another template, with more for it, where it is only looked at."""
    today = queries.today_at(known, clock.now())
    return render_template(
        template,
        **more,
        drawing=_drawing(),
        offers=_offers(known, minutes),
        minutes=minutes,
        lengths=LENGTHS,
        location=known.location,
        therapists=[(one, found) for one in known.therapists if (found := _checked(known, one, today))],
    )


@bp.get("/privacy")
@public
def privacy() -> str:
    """The clinic's privacy notice: its own words, or those that come with the product."""
    words = privacy_words(programme_or_404().clinic)
    paragraphs = [paragraph for paragraph in words.split("\n\n") if paragraph.strip()]
    return render_template("front/privacy.html", paragraphs=paragraphs)


@bp.get("/healthz")
@public
def health() -> Response:
    """200 while the database answers; anything else is an error page."""
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")


def _drawing() -> Markup:
    """The picture by our own pen. Its words are escaped where it is drawn."""
    title = _("A hip-flexor stretch")
    description = _("Somebody kneels on one knee, the pelvis tucked, the hips gently forward.")
    return Markup(_draw(title, description))  # noqa: S704


@lru_cache
def _draw(title: str, description: str) -> str:
    hold = pictures_of("half_kneeling_hip_flexor")["hold"]
    picture = replace(hold, arrows=(), feels=())  # a welcome, no instruction; and the page is to be light
    return draw(picture, title=title, description=description)


def _asked_minutes() -> int | None:
    asked = request.args.get("minutes", "")
    return int(asked) if asked in {str(length) for length in LENGTHS} else None


def _offers(known: Programme, minutes: int | None) -> list[Offer]:
    """Every treatment that fits, each with its next three times: two weeks in one look, further only if needed."""
    chosen = [found for treatment in known.treatments if (found := _choice(known, treatment, minutes))]
    now = clock.now()
    today = queries.today_at(known, now)
    near = queries.search(db.session, known, first=today, days=queries.PAGE_DAYS, now=now, to_the_minute=True)
    offers = [_offer(near, one) for one in chosen]
    if all(len(offer.tiles) == SHOWN for offer in offers):
        return offers
    horizon = max(treatment.horizon_days for treatment in known.treatments) + 1
    far = queries.search(db.session, known, first=near.first, days=horizon, now=now)
    return [offer if len(offer.tiles) == SHOWN else _offer(far, offer.chosen) for offer in offers]


def _choice(known: Programme, treatment: OfferedTreatment, minutes: int | None) -> Choice | None:
    length = treatment.within(minutes) if minutes else treatment.usual
    return Choice(known, treatment, length) if length else None


def _offer(look: Search, chosen: Choice) -> Offer:
    slots = look.slots(chosen.treatment, chosen.length.minutes)[:SHOWN]
    return Offer(chosen, [tile(slot, chosen, on_day=False) for slot in slots])


def _checked(known: Programme, therapist: ListedTherapist, today: date) -> list[str]:
    """What has been checked of a therapist who can be booked today; nothing for one who cannot."""
    bookable = any(known.may_give(therapist, treatment, today) for treatment in known.treatments)
    return checks(therapist.held, today) if bookable else []
