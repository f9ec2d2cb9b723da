"""What the clinic's pages wear: its logo, and the shades of its own colour. Addresses change with what they hold, so
that it may be kept for ever.
"""

from flask import Blueprint, Response, abort

from clinic.booking.programme import programme
from clinic.core.access import public_file
from clinic.core.db import db
from clinic.places import rules
from clinic.places.rules import Shades

bp = Blueprint("face", __name__)
FOR_EVER = "public, max-age=31536000, immutable"


@bp.get("/accent-<colour>.css")
@public_file
def accent(colour: str) -> Response:
    """A style sheet that puts this colour in place of the house's green; only of one that can be read."""
    written = f"#{colour}"
    if rules.colour_of(written) != written or not rules.can_be_read(written):
        abort(404)
    day, night = _named(rules.by_day(written)), _named(rules.by_night(written))
    sheet = f":root {{ {day} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {night} }} }}\n"
    return Response(sheet, mimetype="text/css", headers={"Cache-Control": FOR_EVER})


@bp.get("/logo/<digest>.png")
@public_file
def logo(digest: str) -> Response:
    """The clinic's logo as it is now; none under the address of one before."""
    known = programme(db.session)
    if known is None or known.logo is None or known.logo.digest[:16] != digest:
        abort(404)
    return Response(known.logo.png, mimetype="image/png", headers={"Cache-Control": FOR_EVER})


def _named(shades: Shades) -> str:
    """As clinic.css calls them."""
    named = {"pine": shades.pine, "pine-deep": shades.deep, "pine-tint": shades.tint, "pine-line": shades.line}
    return " ".join(f"--{name}: {shade};" for name, shade in named.items())
