"""What every template may use: dates in words, prices, and addresses of static files."""

import hashlib
from collections.abc import Hashable
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path

from babel.dates import format_date
from flask import Flask, g, request, url_for
from flask_babel import Babel, get_locale, gettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from clinic.core import tablet
from clinic.core.access import signed_in, signed_in_client
from clinic.core.forms import csrf_field
from clinic.core.money import Money

STATIC = Path(__file__).parent.parent / "static"


def set_up_templating(app: Flask) -> None:
    app.config.update(BABEL_DEFAULT_LOCALE="en_GB")
    Babel(app, locale_selector=lambda: "en_GB")
    app.jinja_env.globals["_"] = translated
    app.jinja_env.globals["url_for"] = address_for
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        clock=clock_words, day=day_words, short_day=short_day_words, price=price_words, instant=datetime.fromisoformat
    )

    @app.context_processor
    def everywhere() -> dict[str, object]:
        people = {"signed_in": signed_in(), "signed_in_client": signed_in_client()}
        return {"asset": asset, "csrf_field": csrf_field, "here": request.path, "on_loan": tablet.lock(), **people}


@pass_eval_context
def translated(context: EvalContext, text: str, **values: object) -> str:
    """`_()` in templates. What jinja and flask_babel have for it asks for the language anew at every word of a page."""
    words = _translated(text, language(), html=context.autoescape)
    return words % values if "%" in words else words


def address_for(page: str, /, **values: Hashable) -> str:
    """`url_for` in templates. Page after page names the same addresses, and building one takes a while; those with a
    token are somebody's own and not remembered.
    """
    build = _address_for.__wrapped__ if "token" in values else _address_for
    return str(build(page, request.script_root, **values))


@cache
def asset(name: str) -> str:
    """The address of a static file; it changes when the file does, so it may be kept for ever."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def language() -> str:
    """The language of this page; asked once a request."""
    found: str | None = g.get("language")
    if found is None:
        found = g.language = str(get_locale() or "en_GB")
    return found


def clock_words(at: datetime | time) -> str:
    """2:30pm, 4pm, midday, midnight."""
    return _clock_words(at.hour, at.minute, language())


def day_words(at: date) -> str:
    """Wednesday 6 August"""
    return _day_words(date(at.year, at.month, at.day), "EEEE d MMMM", language())


def short_day_words(at: date, today: date) -> str:
    """today, tomorrow, Monday (within a week), Mon 30 Nov."""
    away = (at - today).days
    if away in {0, 1}:
        return str(gettext("today") if away == 0 else gettext("tomorrow"))
    return _day_words(at, "EEEE" if away < 7 else "EEE d MMM", language())


def price_words(price: Money) -> str:
    return _price_words(price, language())


# Pages say the same few days, hours and prices over and over, and putting them into words is slow.


@lru_cache(maxsize=24 * 60)
def _clock_words(hour: int, minute: int, locale: str) -> str:
    if (hour, minute) == (12, 0):
        return str(gettext("midday"))
    if (hour, minute) == (0, 0):
        return str(gettext("midnight"))
    half = gettext("am") if hour < 12 else gettext("pm")
    minutes = f":{minute:02d}" if minute else ""
    return f"{hour % 12 or 12}{minutes}{half}"


@lru_cache(maxsize=1000)
def _price_words(price: Money, locale: str) -> str:
    return price.words(locale)


@lru_cache(maxsize=1000)
def _day_words(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


@lru_cache(maxsize=4000)
def _address_for(page: str, root: str, /, **values: Hashable) -> str:
    return url_for(page, **values)  # type: ignore[arg-type]  # what can be in an address can be told from others


@lru_cache(maxsize=5000)
def _translated(text: str, locale: str, *, html: bool) -> str:
    words = str(gettext(text))
    return Markup(words) if html else words  # noqa: S704  (our own words; values are escaped as they are put in)
