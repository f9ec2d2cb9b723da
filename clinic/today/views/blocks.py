"""Blocking time of a therapist or a room: lunch, a meeting, something private, a time kept free for a while."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.booking import operations, queries, wording
from clinic.booking.models import Block
from clinic.booking.operations import Blocked
from clinic.booking.queries import Blockable
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.times import from_address, local
from clinic.today.forms import BlockForm
from clinic.today.views.page import bp

USUAL = timedelta(minutes=60)


@bp.get("/diary/blocks/new")
@staff
def block_new() -> str:
    """`therapist` or `room`, `at` and `minutes` say what the form begins with."""
    whose = _whose()
    asked = request.args.get("therapist"), request.args.get("room", type=int)
    chosen = next(
        (one for one in whose if one.therapist == asked[0] or (one.room_id and one.room_id == asked[1])), None
    )
    at, minutes = from_address(request.args.get("at", "")), request.args.get("minutes", type=int)
    zone = (chosen or whose[0]).zone
    starts = local(at or clock.now(), zone).replace(second=0, microsecond=0)
    ends = starts + (timedelta(minutes=min(max(minutes, 5), 24 * 60)) if minutes else USUAL)
    told = {"kind": "lunch", "whose": (chosen or whose[0]).resource_id, "day": starts.date()}
    if at:
        told |= {"starts": starts.time(), "ends": ends.time() if ends.date() == starts.date() else datetime.min.time()}
    return _page(BlockForm(formdata=None, data=told, whose=whose, now=clock.now()))


@bp.post("/diary/blocks")
@staff
def blocks() -> Response | tuple[str, int]:
    """One, or one in each of so many weeks."""
    form = BlockForm(whose=_whose(), now=clock.now())
    if not form.validate():
        return _page(form, has_errors=True), 422
    wanted = [_blocked(form, stretch) for stretch in form.stretch().weekly(form.weeks.data)]
    made = operations.block(db.session, wanted, now=clock.now(), by=access.actor())
    first = made[0].id
    db.session.commit()
    return redirect(url_for("today.block", block_id=first), 303)


@bp.get("/diary/blocks/<uuid:block_id>")
@staff
def block(block_id: UUID) -> str:
    """What it is, which appointments lie in it, and changing it."""
    found, whose = _load(block_id)
    return _page(_filled(found, whose), found)


@bp.post("/diary/blocks/<uuid:block_id>")
@staff
def block_submit(block_id: UUID) -> Response | tuple[str, int]:
    found, whose = _load(block_id)
    form = BlockForm(whose=whose, now=clock.now())
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    wanted = _blocked(form, form.stretch())
    if _is_private_of_another(found, whose):
        wanted = replace(wanted, kind=found.kind, words=found.words, resource_id=found.resource_id, releases_at=None)
    seen = form.seen.data or ""
    refusals = operations.change_block(db.session, found, wanted, seen=seen, now=clock.now(), by=access.actor())
    if refusals:
        db.session.rollback()
        found, whose = _load(block_id)
        return _page(_filled(found, whose), found, message=wording.staff_sentence(refusals[0])), 409
    db.session.commit()
    return redirect(url_for("today.block", block_id=block_id), 303)


@bp.post("/diary/blocks/<uuid:block_id>/deletion")
@staff
def block_deletion(block_id: UUID) -> Response:
    """`all` takes those of the weeks after it too."""
    found, whose = _load(block_id)
    gone = queries.made_with(db.session, found) if request.form.get("all") else [found]
    zone = next(one.zone for one in whose if one.resource_id == found.resource_id)
    on = local(found.starts_at, zone).date()
    operations.unblock(db.session, gone, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("today.diary", on=on), 303)


def _whose() -> list[Blockable]:
    """Whose time this person may block: a therapist their own, reception and owners anybody's."""
    everybody, account = queries.blockable(db.session, programme_or_404()), access.signed_in()
    if account.role != "therapist":
        return everybody
    return [one for one in everybody if one.account_id == account.id] or abort(403)


def _load(block_id: UUID) -> tuple[Block, list[Blockable]]:
    whose = _whose()
    found = queries.block(db.session, block_id)
    if found is None or found.resource_id not in {one.resource_id for one in whose}:
        abort(404)
    return found, whose


def _is_private_of_another(found: Block, whose: list[Blockable]) -> bool:
    """Then its words, and whose it is, are neither shown nor changed."""
    owner = next(one for one in whose if one.resource_id == found.resource_id)
    return found.kind == "private" and owner.account_id != access.signed_in().id


def _blocked(form: BlockForm, stretch: Any) -> Blocked:
    zone = form.owner.zone
    starts_at, ends_at = stretch.span(zone)
    words = form.words.data or ""
    return Blocked(form.owner.resource_id, form.kind.data, starts_at, ends_at, stretch.releases_at(zone), words)


def _filled(found: Block, whose: list[Blockable]) -> BlockForm:
    """The form as the block stands."""
    zone = next(one.zone for one in whose if one.resource_id == found.resource_id)
    starts, ends = local(found.starts_at, zone), local(found.ends_at, zone)
    releases = local(found.releases_at, zone) if found.releases_at else None
    told = {
        "kind": found.kind,
        "whose": found.resource_id,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "words": "" if _is_private_of_another(found, whose) else found.words,
        "releases_day": releases.date() if releases else None,
        "releases_time": releases.time() if releases else None,
        "seen": operations.seen_of(found),
    }
    return BlockForm(formdata=None, data=told, whose=whose, now=clock.now())


def _page(form: BlockForm, found: Block | None = None, *, message: str = "", has_errors: bool = False) -> str:
    if found is None:
        return render_template("today/block_new.html", form=form, has_errors=has_errors)
    owner = form.known[found.resource_id]
    private, together = _is_private_of_another(found, list(form.known.values())), queries.made_with(db.session, found)
    return render_template(
        "today/block.html",
        form=form,
        block=found,
        title=wording.block(found.kind, found.words, own=not private),
        owner=owner,
        private=private,
        at=local(found.starts_at, owner.zone),
        until=local(found.ends_at, owner.zone),
        released=local(found.releases_at, owner.zone) if found.releases_at else None,
        is_released=found.releases_at is not None and found.releases_at <= clock.now(),
        later=[local(one.starts_at, owner.zone) for one in together[1:]],
        lie_in_it=queries.appointments_in(db.session, together),
        local=local,
        message=message,
        has_errors=has_errors,
    )
