"""Why words are pointed out that promise a cure or an outcome."""

from flask_babel import lazy_gettext as _l

CNHC = _l("CNHC Code, C4: advertise only what is factual and can be verified")
CAP = _l("UK CAP Code, section 12: hold evidence for what you say about health")

PROMISES = {  # what is wrong with it, and whose rule that is
    "cure": (_l("It promises a cure."), CAP),
    "guarantee": (_l("Nobody can guarantee how a body answers."), CNHC),
    "lasting": (_l("It promises that something lasts. Nobody can know that."), CNHC),
    "outcome": (_l("It promises an outcome. Say what you do, and not what will become of it."), CAP),
    "structure": (_l("It says what no hands have been shown to do."), CAP),
    "speed": (_l("It promises an outcome by a certain visit."), CNHC),
    "testimonial": (_l("It shows somebody's story as what others may expect."), CNHC),
}
