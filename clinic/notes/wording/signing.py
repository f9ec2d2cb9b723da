"""What stands beside a signed note: by whom, how late, and why something was added; and where on the page something is
to be done before a note can be signed.
"""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from clinic.core.refusals import Refusal

REASONS = {
    "mistake": _l("Corrects a mistake"),
    "forgotten": _l("Adds something forgotten"),
    "asked": _l("The client asked for it"),
    "later": _l("Came up later"),
}
PLACES = {
    "note_empty": "words",
    "check_missing": "card",
    "release_spoken_against": "card",
    "consent_lacking": "consent",
    "consent_not_asked_again": "events",
    "release_place_missing": "chart",
}


def linked(refusal: Refusal, words: str) -> str:
    """The sentence of a refusal, leading to where on the page it is seen to."""
    place = PLACES.get(refusal.code)
    return Markup('<a href="#{}">{}</a>').format(place, words) if place else words


def late(after: timedelta) -> str:
    """Of a note signed long after its visit."""
    return str(_("Late entry: signed %(age)s after the visit", age=age(after)))


def age(since: timedelta) -> str:
    """How long ago, as people say it: 20 minutes, 5 hours, 3 days."""
    if since.days:
        return str(ngettext("%(num)d day", "%(num)d days", since.days))
    hours, seconds = divmod(since.seconds, 3600)
    if hours:
        return str(ngettext("%(num)d hour", "%(num)d hours", hours))
    return str(ngettext("%(num)d minute", "%(num)d minutes", seconds // 60))
