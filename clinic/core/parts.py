"""Parts of pages that are kept as they stand, for as long as all they were made of is the same."""

from collections.abc import Callable, Mapping

from flask import current_app
from markupsafe import Markup

from clinic.core.templating import language

MOST = 300  # parts that a process keeps
_parts: dict[tuple[object, ...], Markup] = {}


def kept_part(template: str, key: tuple[object, ...], values: Callable[[], Mapping[str, object]]) -> Markup:
    """A part of a page as it was made before under the same `key`: all that it is made of, but for the language."""
    whole = template, language(), *key
    made = _parts.get(whole)
    if made is None:
        made = part(template, values())
        if len(_parts) >= MOST:
            _parts.clear()
        _parts[whole] = made
    return made


def part(template: str, values: Mapping[str, object]) -> Markup:
    """A part of a page, made anew."""
    return Markup(current_app.jinja_env.get_template(template).render(values))  # noqa: S704  (escaped by the template)
