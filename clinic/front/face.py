"""What the clinic's pages wear: the shades of its own colour. Each address says all of its content, so it is kept."""

from flask import Blueprint, Response, abort

from clinic.core.access import public
from clinic.places import rules
from clinic.places.rules import Shades

bp = Blueprint("face", __name__)
FOR_EVER = "public, max-age=31536000, immutable"


@bp.get("/accent-<colour>.css")
@public
def accent(colour: str) -> Response:
    """A style sheet that puts this colour in place of the house's green; only of one that can be read."""
    written = f"#{colour}"
    if rules.colour_of(written) != written or not rules.can_be_read(written):
        abort(404)
    day, night = _named(rules.by_day(written)), _named(rules.by_night(written))
    sheet = f":root {{ {day} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {night} }} }}\n"
    return Response(sheet, mimetype="text/css", headers={"Cache-Control": FOR_EVER})


def _named(shades: Shades) -> str:
    """As clinic.css calls them."""
    named = {"pine": shades.pine, "pine-deep": shades.deep, "pine-tint": shades.tint, "pine-line": shades.line}
    return " ".join(f"--{name}: {shade};" for name, shade in named.items())
