"""What was written in the demo clinic: short notes, and plans to take home. Invented, like everybody in it."""

from dataclasses import dataclass

from clinic.aftercare.rules.check_ins import HowTheyAre


@dataclass(frozen=True)
class Story:
    """A complaint as it is told, found, judged and planned for; `treated` and `hurts` by area, sides added from the
    booking. `hip_angles`: of the modified Thomas test, in degrees.
    """

    complaint: str
    onset: str
    mechanism: str
    told: tuple[str, ...]
    found: tuple[str, ...]
    judged: tuple[str, ...]
    planned: tuple[str, ...]
    treated: tuple[str, ...]
    hurts: tuple[str, ...]
    hard_for_them: tuple[str, ...]
    hip_angles: tuple[int, ...] = ()


HIP = Story(
    "Front of the hip pulls",
    "three weeks ago",
    "Long drives",
    (
        "Pulls at the front of the hip getting out of the car. Sits eight hours a day.",
        "Walks further before the hip speaks up. Mornings still stiff.",
        "Good week. Only the long drive on Sunday was felt.",
    ),
    (
        "Short stride on that side. Resisted hip flexion weaker and sore. Pelvis tips forward standing.",
        "Stride more even. Resisted hip flexion holds, mild ache. Front of hip less guarded.",
        "Even stride. Resisted hip flexion strong, no pain.",
    ),
    (
        "Front of hip guarded, eased with slow work and breathing. Tolerated well.",
        "Responds well to slow release. Ready for more strengthening at home.",
        "Holding between visits.",
    ),
    (
        "Weekly for three visits. Calm exercises at home. No stretching yet.",
        "Add strengthening at home. Look again in a week.",
        "Every three weeks. Stretch with the tuck, both sides.",
    ),
    ("hip_flexors", "front_of_thigh"),
    ("hip_flexors",),
    ("getting out of the car", "stairs"),
    (12, 5, -3),
)
BACK = Story(
    "Low back aches",
    "the spring",
    "Days at the desk",
    (
        "Dull ache across the low back after a day at the desk. Nothing down the legs.",
        "Better for three days, then back after moving house.",
        "Hardly any ache now. Bends to tie shoes without thinking.",
    ),
    (
        "Back muscles tense on both sides. Bending forward stops half way, slow to come up.",
        "Bends further, comes up smoothly. Seat muscles tender.",
        "Full bend. Little tenderness.",
    ),
    (
        "Tension from sitting, eased by warmth and slow pressure.",
        "Carrying boxes set it back; otherwise better.",
        "Good response.",
    ),
    (
        "Two visits, a week apart. Walk at lunch.",
        "One more visit. Bridge and bird dog at home.",
        "Comes when needed.",
    ),
    ("low_back", "buttock"),
    ("low_back",),
    ("tying shoes", "getting out of bed"),
)
NECK = Story(
    "Neck is tight",
    "last winter, on and off",
    "The screen at work",
    ("Neck tight by the afternoon, turns the head less to one side.", "Turns further. Screen is higher now."),
    ("Turning stops short on one side. Upper shoulder tender.", "Turning nearly even."),
    ("Desk posture; eased at once.", "Much easier."),
    ("Raise the screen. Again in two weeks.", "As needed."),
    ("neck", "shoulder", "upper_back"),
    ("neck",),
    ("looking over the shoulder",),
)
STORIES = {"hip": HIP, "groin": HIP, "low_back": BACK, "": NECK}

AMENDMENTS = (
    "Rang the day after: slept well, a little tender, settled by the evening.",
    "The desk is at home, not at the office, as I wrote.",
)

SOUND = "none"
CALM_WEEK = ("constructive_rest", "breathing_90_90", "pelvic_tilt")
WAKE_THE_HIP = ("pelvic_tilt", "hip_flexor_isometric", "glute_bridge")
LENGTHEN = ("pelvic_tilt", "glute_bridge", "half_kneeling_hip_flexor")
NO_CONDITION: frozenset[str] = frozenset()
# How they are when their plan is looked at again: of those who answered, the first first.
ANSWERS = (
    HowTheyAre(pain=1, compared="better", back="no", word="I sit on the floor with the children again."),
    HowTheyAre(pain=2, compared="better", back="now_and_then", word="Only after long drives."),
    HowTheyAre(pain=0, compared="better", back="no"),
    HowTheyAre(pain=3, compared="same", new=("sore_settled",), back="yes"),
    HowTheyAre(pain=1, compared="better", back="no"),
    HowTheyAre(pain=2, compared="better", back="no", word="The stairs are easy now."),
    HowTheyAre(pain=2, compared="better", back="now_and_then"),
    HowTheyAre(pain=0, compared="better", back="no"),
    HowTheyAre(pain=3, compared="same", back="now_and_then"),
)
# What was found (muscles that are not sound, conditions), the exercises, and a word to the client.
PLANS: tuple[tuple[dict[str, str], frozenset[str], tuple[str, ...], str], ...] = (
    ({"psoas": "healing"}, NO_CONDITION, WAKE_THE_HIP, "Slow and small. Better three good ones than ten hurried."),
    ({}, NO_CONDITION, LENGTHEN, "Tuck first, then glide. Ring me if anything feels sharp."),
    ({}, frozenset({"kneeling_pain"}), CALM_WEEK, "Ten quiet minutes are enough for now."),
    ({"adductors": "unsure"}, frozenset({"ddd"}), CALM_WEEK, "Rest first. We look again together."),
)
