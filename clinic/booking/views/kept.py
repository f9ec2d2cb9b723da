"""Pages that are kept while nothing they were made of has changed.

A page of free times is asked for far more often than something is booked. Versions are read first and the data
after them, so a page made from newer data may be kept under an older version, and never the other way round.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, request

from clinic.booking.versions import versions_now
from clinic.core import access, clock
from clinic.core.db import db
from clinic.core.times import minute_of
from clinic.core.visit import begin, is_holding

MOST = 100  # pages a process keeps
View = TypeVar("View", bound=Callable[..., Any])
_pages: dict[tuple[object, ...], bytes] = {}  # as they are sent: half the memory, and nothing left to do


def kept(view: View) -> View:
    """For pages without anything personal. Kept for a minute at most, as times pass; never for whoever is signed in,
    nor for a visit that holds a time, which is free to itself alone. Times are tapped on them, so the visit is known
    from here on: a first tap sent twice is one visit's, though the second left before the first was answered.
    """

    @wraps(view)
    def page_or_kept(**values: Any) -> Response:
        return begin(_page(view, values))

    return cast("View", page_or_kept)


def _page(view: Callable[..., Any], values: dict[str, Any]) -> Any:
    if access.signed_in() or access.signed_in_client() or is_holding(clock.now()):
        return view(**values)
    engine = db.engine
    key = (engine.url.database, versions_now(engine), minute_of(clock.now()), request.full_path)
    if page := _pages.get(key):
        return page
    made = view(**values)
    if isinstance(made, str):
        if len(_pages) >= MOST:
            _pages.clear()
        _pages[key] = made.encode()
    return made
