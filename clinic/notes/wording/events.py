"""Words for what makes a therapist stop, and what to do then."""

from flask_babel import lazy_gettext as _l

STOPS = {
    "cried_out": _l("Cried out"),
    "asked_to_stop": _l("Asked me to stop"),
    "sharp_pain": _l("Sharp or shooting pain"),
    "pulse_felt": _l("Felt a pulse"),
    "reaction": _l("Reaction, after-effect"),
    "other": _l("Something else"),
}
# Source: safety.md §4, technique safety steps: move off the artery and off the nerve, withdraw gradually.
TO_DO = {
    "sharp_pain": _l(
        "Ease off now, slowly. No more deep pressure there today. "
        "If numbness or weakness comes and stays, they see a doctor today."
    ),
    "pulse_felt": _l(
        "Come off at once, slowly. No more deep pressure there today. A pulse felt in the tummy: no release until a "
        "doctor has looked. With sudden severe pain, or faint and sweaty: ring for an ambulance."
    ),
}
DONE = (
    _l("Stopped"),
    _l("Went lighter"),
    _l("Moved elsewhere"),
    _l("Checked, all well"),
    _l("Referred"),
)
