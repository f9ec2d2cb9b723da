"""The people, rooms and treatments of the demo clinic. No such people live anywhere.

Phone numbers are from the range that Ofcom keeps for drama; mail addresses end in .test, which never resolves.
"""

from dataclasses import dataclass, field

PASSWORD = "let-me-lie-down"  # noqa: S105  (printed at every start: the demo holds no secrets)
ZONE = "Europe/London"
CHAPERONED = {1: ("10:00", "16:00"), 3: ("10:00", "16:00"), 5: ("09:00", "13:00")}  # reception can be in the room
ROOMS = ("Tide room", "Dune room", "Lantern room")

SIGN_INS = (
    ("ana@demo.test", "a therapist who does psoas release"),
    ("ben@demo.test", "a trainee of Ana's, who does not"),
    ("rosa@demo.test", "reception"),
    ("olu@demo.test", "the owner"),
)
STAFF = (("rosa@demo.test", "Rosa Quill", "reception"), ("olu@demo.test", "Olu Harbourne", "owner"))

ABDOMINAL, MASSAGE, PREGNANCY = "abdominal", "massage", "pregnancy"
PSOAS = "psoas_release"
COURSES = {PSOAS: "Psoas release, four days of practice", PREGNANCY: "Massage in pregnancy, a weekend course"}


@dataclass(frozen=True)
class DemoTherapist:
    """`lapsed`: the insurance ended a fortnight ago. `verified`: somebody has checked the papers. `supervisor`: the
    slug of whoever signs their notes as well, somebody before them in the list.
    """

    slug: str
    name: str
    about: str
    discipline: str
    level: int
    hours: dict[int, tuple[str, str]]
    skills: tuple[str, ...] = ()
    framework: str = "RQF"
    lapsed: bool = False
    verified: bool = True
    activities: tuple[str, ...] = (MASSAGE,)
    breaks: tuple[str, str] = ("13:00", "14:00")
    gender: str = "woman"
    words: str = ""
    languages: tuple[str, ...] = ("en",)
    supervisor: str = ""
    limits: dict[str, int] = field(default_factory=dict)


LIMITS = {"deep_minutes_a_day": 240, "releases_apart_minutes": 30}  # hands wear out
WEEK = dict.fromkeys(range(5), ("09:00", "17:30"))

THERAPISTS = (
    DemoTherapist(
        "ana-driftwood",
        "Ana Driftwood",
        "Slow, deep work for hips and backs that sit all day.",
        "sports",
        5,
        {**WEEK, 5: ("09:00", "15:00")},
        (PSOAS, "pregnancy"),
        activities=(MASSAGE, ABDOMINAL, PREGNANCY),
        limits=LIMITS,
        words="I rowed for ten years, and sat for ten more. Both taught me where hips begin.\n\n"
        "The first visit is half talking: how you sit, how you walk, what you would like to do again. "
        "Nothing is ever done that you have not said yes to, and we stop when you say so.",
        languages=("en", "cy"),
    ),
    DemoTherapist(
        "ben-lightfoot",
        "Ben Lightfoot",
        "Runners, cyclists, climbers, and people who would like to be.",
        "clinical",
        4,
        {1: ("10:00", "18:30"), 2: ("10:00", "18:30"), 3: ("10:00", "18:30"), 5: ("09:00", "16:00")},
        gender="man",
        words="I look at how you move before I lay a hand on you.",
        languages=("en", "pl"),
        supervisor="ana-driftwood",
    ),
    DemoTherapist(
        "lena-seabright",
        "Lena Seabright",
        "Gentle hands, long exhale. Works late and at weekends.",
        "remedial",
        4,
        {
            0: ("12:00", "20:00"),
            3: ("12:00", "20:00"),
            4: ("12:00", "20:00"),
            5: ("10:00", "17:00"),
            6: ("10:00", "16:00"),
        },
        (PSOAS,),
        activities=(MASSAGE, ABDOMINAL),
        breaks=("14:00", "14:45"),
        limits=LIMITS,
    ),
    DemoTherapist(
        "idris-oldcastle",
        "Idris Oldcastle",
        "Thirty years of necks and shoulders.",
        "sports",
        4,
        WEEK,
        lapsed=True,
        gender="man",
    ),
    DemoTherapist(
        "mina-newleaf",
        "Mina Newleaf",
        "New here, and very keen.",
        "clinical",
        4,
        WEEK,
        (PSOAS,),
        verified=False,
        activities=(MASSAGE, ABDOMINAL),
    ),
)


@dataclass(frozen=True)
class DemoTreatment:
    """`lengths`: minutes → price in pence; the second is the usual one where there are two or more."""

    slug: str
    name: str
    words: str
    lengths: dict[int, int]
    usual: int
    activity: str = MASSAGE
    extra: dict[str, object] = field(default_factory=dict)


ALTERNATIVE = "hip-release-without-tummy-work"
TREATMENTS = (
    DemoTreatment(
        "psoas-release",
        "Psoas release",
        "slow, deep work at the front of the hip, with a therapist trained for it",
        {60: 6800, 75: 8200},
        60,
        ABDOMINAL,
        {"is_release": True, "training": PSOAS, "rest_minutes": 20, "deep": True},
    ),
    DemoTreatment(
        ALTERNATIVE,
        "Hip release without tummy work",
        "the same aim by stretch and breath, hands off the tummy",
        {45: 5200, 60: 6600, 75: 8000},
        60,
    ),
    DemoTreatment(
        "low-back-and-hips",
        "Low back and hips",
        "clinical massage of back, seat and hips",
        {30: 3600, 60: 6200, 90: 8800},
        60,
    ),
    DemoTreatment(
        "first-visit",
        "First visit: assessment and massage",
        "talk, tests, treatment and a plan to take home",
        {75: 7500},
        75,
        extra={"deposit_words": "We ask for £20 of it as a deposit, by bank transfer."},
    ),
    DemoTreatment(
        "sports-massage",
        "Sports massage",
        "for legs that run, ride or climb",
        {30: 3600, 60: 6000, 90: 8600},
        60,
    ),
    DemoTreatment(
        "neck-and-shoulders",
        "Neck and shoulders",
        "for the hours at a desk or a wheel",
        {30: 3500, 45: 4800},
        45,
        extra={"packed": True},
    ),
    DemoTreatment(
        "pregnancy-massage",
        "Pregnancy massage",
        "lying on your side, well propped, after the first three months",
        {60: 6400},
        60,
        PREGNANCY,
        {"training": "pregnancy", "preparation_minutes": 10, "most_a_day": 3},
    ),
    DemoTreatment(
        "walking-check",
        "Walking and hip check",
        "how you stand, walk and bend, and what would help",
        {45: 5000},
        45,
    ),
)

CONTACTS = (
    {
        "kind": "gp",
        "name": "Dr Hester Inkwell",
        "practice": "The surgery on Fish Street",
        "address": "9 Fish Street, Bristol BS0 0AA",
        "email": "surgery@demo.test",
        "phone": "0117 496 0987",
        "about": "Rings back the same day, before nine or after six",
    },
    {
        "kind": "physio",
        "name": "Barnaby Footstool",
        "practice": "Anchor Physiotherapy",
        "address": "4 Nowhere Quay, Bristol BS0 0AA",
        "email": "barnaby@demo.test",
        "phone": "0117 496 0765",
        "about": "Hips and knees that come back; runners",
    },
)
FIRST_NAMES = (
    "Clara",
    "Dmitri",
    "Priya",
    "George",
    "Nora",
    "Tom",
    "Maria",
    "Joe",
    "Ines",
    "Sam",
    "Ada",
    "Yusuf",
    "Greta",
    "Kofi",
    "Mei",
    "Hugo",
    "Leila",
    "Otto",
    "Runa",
    "Silas",
)
LAST_NAMES = ("Teacup", "Bookcase", "Lampshade", "Umbrella", "Thimble", "Marmalade", "Hatstand")
CLIENTS = tuple(
    (f"{first} {LAST_NAMES[(n + turn * 3) % len(LAST_NAMES)]}", f"{first.lower()}.{turn + 1}@demo.test")
    for turn in range(2)
    for n, first in enumerate(FIRST_NAMES)
)
