"""Words that promise a cure or an outcome are found, and those that promise nothing are left alone."""

import pytest

from clinic.treatments.rules import RULES, promises
from clinic.treatments.wording import PROMISES

PROMISED = [  # the text, the words that are pointed out, and the rule
    ("Psoas release heals your back.", "heals", "cure"),
    ("The tape to heal your psoas", "heal", "cure"),
    ("A cure for sciatica", "cure", "cure"),
    ("I have cured hundreds of runners.", "cured", "cure"),
    ("Healing hands since 1998", "Healing hands", "cure"),
    ("A small miracle for hips", "miracle", "cure"),
    ("Results guaranteed", "Results guaranteed", "guarantee"),
    ("We guarantee relief.", "guarantee relief", "guarantee"),
    ("It works 100 % of the time", "100 %", "guarantee"),
    ("I promise you relief.", "promise you relief", "guarantee"),
    ("Pain free for good", "Pain free for good", "lasting"),
    ("Your pain gone forever", "pain gone forever", "lasting"),
    ("Sort out your back once and for all!", "back once and for all", "lasting"),
    ("Permanently loosens tight hips", "Permanently", "lasting"),
    ("The pain will never come back.", "pain will never come back", "lasting"),
    ("The pain never came back.", "pain never came back", "lasting"),
    ("Long-lasting relief", "Long-lasting relief", "lasting"),
    ("Walk out pain-free", "pain-free", "outcome"),
    ("Be free from chronic pain", "free from chronic pain", "outcome"),
    ("Eliminates back pain", "Eliminates back pain", "outcome"),
    ("We get rid of your pain.", "get rid of your pain", "outcome"),
    ("I take the pain away.", "take the pain away", "outcome"),
    ("Melts away tension", "Melts away tension", "outcome"),
    ("No more pain!", "No more pain", "outcome"),
    ("Say goodbye to back pain", "Say goodbye to back pain", "outcome"),
    ("It stops your pain.", "stops your pain", "outcome"),
    ("Fixes your hips", "Fixes your hips", "outcome"),
    ("We will fix your bad back.", "fix your bad back", "outcome"),
    ("Gain an inch", "Gain an inch", "outcome"),
    ("Lose two dress sizes", "Lose two dress sizes", "outcome"),
    ("Realigns the pelvis", "Realigns", "structure"),
    ("Puts your disc back into place", "Puts your disc back into place", "structure"),
    ("Corrects your posture", "Corrects your posture", "structure"),
    ("Flushes out toxins", "toxins", "structure"),
    ("A detoxifying massage", "detoxifying", "structure"),
    ("Boosts your immune system", "Boosts your immune system", "structure"),
    ("In just one session", "In just one session", "speed"),
    ("Back pain gone in one session", "pain gone in one session", "speed"),
    ("Feel better after one visit", "better after one visit", "speed"),
    ("After a session or two it goes", "a session or two", "speed"),
    ("Instant relief", "Instant relief", "speed"),
    ("“My back is so much better!” S. K.", "My back is so much better", "testimonial"),
    ("Clients tell us their pain has gone.", "Clients tell us their pain", "testimonial"),
    ("It changed my life", "changed my life", "testimonial"),
    ("Life-changing massage", "Life-changing", "testimonial"),
    ("Not only does it heal, it is warm too.", "heal", "cure"),
    ("This is not a trick, it eliminates pain.", "eliminates pain", "outcome"),
    ("It does not hurt and heals your back.", "heals", "cure"),
    ("We do not rush. We cure.", "cure", "cure"),
    ("Don't wait: fix your hips.", "fix your hips", "outcome"),
    ("It hurts nobody, but cures many", "cures", "cure"),
]
PROMISED_NOTHING = [
    "",
    "We do not promise a cure.",
    "We don't promise you'll be pain free.",
    "Massage is not a cure, and cannot guarantee anything.",
    "We do not claim to heal, cure or fix anybody.",
    "Nobody can say that a pain will never come back.",
    "I will never promise results in just one session.",
    "Without any promise of a cure.",
    "An honest hour rather than a miracle",
    "Remedial and sports massage, level 5",
    "Secure booking, manicure next door",
    "A muscle that is torn needs time to heal.",
    "We leave it alone while it heals, and begin to stretch after.",
    "Fixed prices, and we fix a time by phone.",
    "Two treatments in one visit, by one therapist",
    "Talk, tests, treatment and a plan to take home in one session",
    "Slow, deep work for hips and backs that sit all day.",
    "the same aim by stretch and breath, hands off the tummy",
    "slow, deep work at the front of the hip, with a therapist trained for it",
    "Many people find that massage eases how a back feels. Others do not.",
    "May help you to move more easily",
    "Good for tired legs",
    "Permission is asked at every step; we stop when you say so.",
    "Opposite the station, open for ever longer evenings",
    "I grow tomatoes and run ten kilometres.",
    "Massage for backs that sit too much",
]


@pytest.mark.parametrize(("text", "words", "rule"), PROMISED)
def test_a_promise_is_found_with_its_words_and_its_rule(text, words, rule):
    assert [(one.words, one.rule) for one in promises(text)] == [(words, rule)]


@pytest.mark.parametrize("text", PROMISED_NOTHING)
def test_words_that_promise_nothing_are_left_alone(text):
    assert promises(text) == []


def test_a_text_is_told_all_it_promises_in_its_order():
    found = promises("Gain an\ninch! We cure backs.\n\nResults guaranteed, pain free for good.")
    assert [one.words for one in found] == ["Gain an inch", "cure", "Results guaranteed", "pain free for good"]


def test_every_rule_says_why_and_names_its_source():
    assert set(PROMISES) == set(RULES) == {rule for _, _, rule in PROMISED}


def test_a_long_text_is_read_at_once():
    assert promises("my back " * 250 + "and after " * 200) == []
