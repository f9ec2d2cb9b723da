"""What is new in a plan since the one before, in sentences to the client."""

from collections.abc import Iterable

from flask_babel import gettext

from clinic.aftercare.rules.changes import Changes, Frozen
from clinic.aftercare.wording.doses import dose


def changed_lines(changes: Changes) -> list[str]:
    """A line for each kind of change. Where only rest or effort changed, the dose in words is the same."""
    said, unsaid = ([one for one in changes.worded if bool(one["words"]) == still] for still in (True, False))
    lines = [
        gettext("Added: %(names)s.", names=_names(changes.new)) if changes.new else "",
        gettext("Left out: %(names)s.", names=_names(changes.gone)) if changes.gone else "",
        *(gettext("%(name)s: now %(dose)s.", name=one["name"], dose=dose(one)) for one in changes.dosed),
        gettext("A new word for you: %(names)s.", names=_names(said)) if said else "",
        gettext("What we told you beside it no longer counts: %(names)s.", names=_names(unsaid)) if unsaid else "",
        gettext("Earlier or later than before: %(names)s.", names=_names(changes.moved)) if changes.moved else "",
    ]
    return [line for line in lines if line]


def _names(steps: Iterable[Frozen]) -> str:
    return ", ".join(one["name"] for one in steps)
