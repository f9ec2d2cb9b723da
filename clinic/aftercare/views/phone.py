"""A plan on its client's own phone: it opens without a network, can be put beside the apps, and tells later."""

from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, json, jsonify, request, url_for
from flask_babel import gettext as _

from clinic.aftercare import operations
from clinic.aftercare.forms import Entry, entry_told
from clinic.aftercare.views.page import bp, today_here
from clinic.aftercare.views.year import before_the_year
from clinic.booking.views.page import programme_or_404
from clinic.core import clock
from clinic.core.access import holder_of, public_file
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.forms import without_token
from clinic.core.templating import STATIC, asset

WORKER = (STATIC / "js/plans-worker.js").read_bytes()
MOST_BYTES, MOST_ENTRIES = 64 * 1024, 100
SHORT = 12  # letters that fit beneath an icon


@bp.get("/plans/sw.js")
@public_file
def worker() -> Response:
    """The script that answers for the pages of plans where there is no network. Its address says which: those below."""
    return Response(WORKER, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@bp.get("/plans/<token>/manifest.webmanifest")
@holder_of("plan")
@before_the_year
def manifest(subject_id: UUID, token: str) -> Response:
    """What a phone calls the plan, and draws, where it is put beside the apps."""
    clinic, home = programme_or_404().clinic, url_for("aftercare.plan", token=token)
    said = {
        "id": home,
        "start_url": home,
        "scope": "/plans/",
        "name": clinic.name,
        "short_name": clinic.name[:SHORT].strip(),
        "display": "standalone",
        "background_color": "#fbf8f3",  # as clinic.css by day: --paper, --pine
        "theme_color": "#1d5c63",
        "icons": [_icon("192"), _icon("512"), {**_icon("512", "maskable-"), "purpose": "maskable"}],
    }
    headers = {"X-Robots-Tag": "noindex"}
    return Response(json.dumps(said), content_type="application/manifest+json", headers=headers)


def _icon(size: str, kind: str = "") -> dict[str, str]:
    return {"src": asset(f"img/icon-{kind}{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}


@bp.post("/plans/<token>/practice")
@without_token
@holder_of("plan")
@before_the_year
def practice(subject_id: UUID, token: str) -> Response | tuple[Response, int]:
    """What was told without a network, each with an id that the phone gave it: the same twice is once. The link is all
    it takes, and that a page of this clinic sends it. Answers which were kept, and which nobody could read.
    """
    if request.headers.get("Origin") not in {current_app.config["PUBLIC_URL"], request.host_url.rstrip("/")}:
        abort(403)
    entries = _entries()
    if entries is None:
        return jsonify(message=_("What this phone told could not be read. Please tell it on the page.")), 422
    today, kept, refused = today_here(), [], []
    for given in entries:
        entry = entry_told(given, today=today, now=clock.now())
        if entry:
            _log(subject_id, entry, token)
            kept.append(given["id"])
        elif isinstance(given, dict) and isinstance(given.get("id"), str):
            refused.append(given["id"])
    db.session.commit()
    return jsonify(kept=kept, refused=refused)


def _log(plan_id: UUID, entry: Entry, token: str) -> None:
    by = Actor.by_link(token)
    operations.log_practice(db.session, plan_id, entry.told, on=entry.on, entry=str(entry.id), now=clock.now(), by=by)


def _entries() -> list[Any] | None:
    """What was sent, one by one; None where it has no shape of ours."""
    if request.mimetype != "application/json":
        abort(415)
    request.max_content_length = MOST_BYTES
    try:
        sent = json.loads(request.get_data())
    except (ValueError, RecursionError):
        return None
    entries = sent.get("entries") if isinstance(sent, dict) else None
    return entries if isinstance(entries, list) and len(entries) <= MOST_ENTRIES else None
