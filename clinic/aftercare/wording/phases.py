"""What exercises are called, and when each phase begins."""

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _l

from clinic.aftercare.queries import Approval
from clinic.core.times import local

PHASES = {
    "warm_up": _l("Warm up"),
    "calm": _l("Calm"),
    "strengthen": _l("Strengthen"),
    "stretch": _l("Stretch"),
}


POSITIONS = {
    "standing": _l("Standing"),
    "lying": _l("Lying"),
    "side_lying": _l("Lying on the side"),
    "all_fours": _l("On all fours"),
    "seated": _l("Sitting"),
    "kneeling": _l("Kneeling"),
}


OPENS = {
    "warm_up": _l("Always first. The easy walk is added by itself where you choose none."),
    "calm": _l("From the first day."),
    "strengthen": _l("Once the calm ones have gone well for a few days, with little pain."),
    "stretch": _l("Once no muscle is injured, and strengthening goes well with little pain."),
}


BEGINS = {  # the same, to whoever reads it without a therapist
    "warm_up": _l("Always first."),
    "calm": _l("From the first day."),
    "strengthen": _l("Once the calm ones have gone well for a few days, with little pain."),
    "stretch": _l("Last, once strengthening goes well."),
}


NEVER_STRETCH = _l(
    "Never stretch a muscle that is injured, or that might be: it first needs calm, then strength. "
    "If you are not sure, ask us before you stretch."
)


def approved(approval: Approval | None, zone: str) -> str:
    """Whether anybody of the clinic stands by an exercise in the words it has now; `zone` of their wall."""
    if approval is None:
        return str(gettext("Not read by anybody of this clinic yet"))
    day = format_date(local(approval.at, zone).date(), "d MMMM y")
    return str(gettext("Read and approved by %(name)s on %(day)s", name=approval.name, day=day))
